use iec62304_macros::{requirement, risk_control};

#[requirement("SRS\u{2d}1")]
fn escape() {}

#[risk_control(r"RC\1")]
fn raw() {}

fn main() {}
