use iec62304_macros::requirement;

#[requirement("SRS-1" "SRS-2")]
fn one() {}

#[requirement("SRS-1"; "SRS-2")]
fn two() {}

fn main() {}
