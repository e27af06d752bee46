use iec62304_macros::{requirement, risk_control, verifies};

#[requirement("SRS-1" "SRS-2" "SRS-3")]
fn between_ids() {}

#[risk_control("RC-1" level = "unit")]
fn before_the_level() {}

#[verifies(level = "unit" "rate-controller")]
fn after_the_level() {}

#[requirement("SRS-1"; "SRS-2")]
fn semicolon() {}

fn main() {}
