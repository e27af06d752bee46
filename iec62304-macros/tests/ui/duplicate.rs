use iec62304_macros::risk_control;

#[risk_control("RC-1", "RC-2", "RC-1")]
fn one() {}

fn main() {}
