use iec62304_macros::requirement;

#[requirement("")]
fn one() {}

#[requirement(r#""#)]
fn two() {}

fn main() {}
