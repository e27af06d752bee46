use iec62304_macros::{requirement, risk_control, verifies};

#[requirement("SRS-1", foo = "unit")]
fn unknown() {}

#[risk_control("RC-1", Level = "unit")]
fn capital_letter() {}

#[verifies(id = "rate-controller.AC-1")]
fn named_id() {}

#[requirement("SRS-1", r#type = 1 + 1, kind = [a, b])]
fn two() {}

fn main() {}
