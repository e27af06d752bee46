use iec62304_macros::verifies;

#[verifies("rate", level = "module")]
fn one() {}

#[verifies("rate", level = 1)]
fn two() {}

#[verifies("rate", level = "unit", level = "system")]
fn three() {}

#[verifies("rate", level =)]
fn four() {}

fn main() {}
