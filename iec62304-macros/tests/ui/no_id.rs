use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement]
fn without_parentheses() {}

#[requirement()]
fn with_parentheses() {}

#[risk_control()]
fn risk_control_without_id() {}

#[software_unit()]
fn software_unit_without_id() {}

#[verifies(level = "unit")]
fn only_a_level() {}

fn main() {}
