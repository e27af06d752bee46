use iec62304_macros::requirement;

#[requirement("SRS-1")]
#[macro_export]
macro_rules! stop {
    () => {};
}

fn main() {
    crate::stop!();
}
