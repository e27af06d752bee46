use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement("")]
fn plain() {}

#[risk_control(r#""#)]
fn raw() {}

#[software_unit("")]
fn unit() {}

#[verifies("rate-controller", "")]
fn second() {}

fn main() {}
