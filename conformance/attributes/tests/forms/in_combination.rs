//! Tags where two test macros meet, by their paths and under other names.

use attributes::alarm::Alarms;
use iec62304_macros::requirement;
use iec62304_macros::requirement as shows;

#[rstest::rstest]
#[requirement("COMBINED.rstest-tokio")]
#[case(60)]
#[tokio::test]
async fn a_calm_pulse_does_not_alarm(#[case] pulse: u32) {
    assert!(!std::future::ready(pulse).await.alarms());
}

#[test_case::test_case(30)]
#[test_case::test_case(180)]
#[tokio::test]
#[requirement("COMBINED.test-case-tokio")]
async fn a_slow_and_a_fast_pulse_alarm(pulse: u32) {
    assert!(std::future::ready(pulse).await.alarms());
}

#[iec62304_macros::requirement("RENAMED.path")]
#[test]
fn no_pulse_alarms() {
    assert!(0.alarms());
}

#[test]
#[shows("RENAMED.alias")]
fn the_highest_pulse_alarms() {
    assert!(u32::MAX.alarms());
}
