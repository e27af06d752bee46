use iec62304_macros::requirement;

fn main() {
    let stop = #[requirement("SRS-1")]
    || 1;
    stop();
}
