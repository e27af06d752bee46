use iec62304_macros::{requirement, risk_control, verifies};

#[requirement("SRS-1", "SRS-1")]
fn twice() {}

#[risk_control("RC-1", "RC-2", "RC-1", r"RC-1")]
fn three_times() {}

#[verifies("rate-controller", level = "unit", "rate-controller")]
fn around_the_level() {}

fn main() {}
