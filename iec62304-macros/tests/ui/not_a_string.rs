use iec62304_macros::requirement;

#[requirement(SRS_1)]
fn one() {}

#[requirement(1)]
fn two() {}

#[requirement("SRS-1", b"SRS-2", ("SRS-3"))]
fn three() {}

fn main() {}
