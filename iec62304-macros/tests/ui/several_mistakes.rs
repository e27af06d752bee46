use iec62304_macros::requirement;

#[requirement("SRS 1", "", level = "big", SRS)]
fn one() {}

fn main() {
    one();
}
