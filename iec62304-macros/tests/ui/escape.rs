use iec62304_macros::requirement;

#[requirement("SRS\u{2d}1")]
fn one() {}

fn main() {}
