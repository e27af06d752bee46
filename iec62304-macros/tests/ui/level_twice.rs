use iec62304_macros::requirement;

#[requirement("SRS-1", level = "unit", level = "unit")]
fn the_same() {}

#[requirement(level = "unit", "SRS-1", level = "system")]
fn another() {}

fn main() {}
