use iec62304_macros::{requirement, software_unit};

#[requirement("SRS-1", leval = "unit")]
fn one() {}

#[software_unit("rate", level = "unit")]
fn two() {}

#[software_unit("rate", "dose")]
fn three() {}

fn main() {}
