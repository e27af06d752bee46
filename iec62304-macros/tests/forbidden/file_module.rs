use iec62304_macros::requirement;

#[requirement("SRS-1")]
#[path = "outer/alarm.rs"]
mod alarm;

fn main() {
    alarm::stop();
}
