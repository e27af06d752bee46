use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement]
fn one() {}

#[requirement()]
fn two() {}

#[risk_control()]
fn three() {}

#[software_unit()]
fn four() {}

#[verifies(level = "unit")]
fn five() {}

fn main() {}
