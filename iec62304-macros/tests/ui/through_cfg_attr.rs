use iec62304_macros::requirement;

#[cfg_attr(all(), requirement("SRS 1"))]
fn active() {}

#[cfg_attr(any(), requirement("SRS 1"))]
fn inactive() {}

fn main() {}
