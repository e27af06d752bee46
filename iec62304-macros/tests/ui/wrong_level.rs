use iec62304_macros::{requirement, risk_control, verifies};

#[requirement("SRS-1", level = "module")]
fn unknown() {}

#[requirement("SRS-1", level = "Unit")]
fn capital_letter() {}

#[risk_control("RC-1", level = unit)]
fn without_quotes() {}

#[verifies("rate-controller", level = b"unit")]
fn byte_string() {}

#[requirement("SRS-1", level = )]
fn without_value() {}

#[requirement("SRS-1", level)]
fn only_the_name() {}

#[requirement("SRS-1", level("unit"))]
fn in_parentheses() {}

fn main() {}
