//! Tags around `#[rstest]` and its cases.

use attributes::alarm::is_slow;
use iec62304_macros::{requirement, risk_control, verifies};
use rstest::{fixture, rstest};

#[fixture]
fn limit() -> u32 {
    50
}

#[requirement("RSTEST.above")]
#[verifies("alarm.AC-1", level = "unit")]
#[rstest]
#[case(0, true)]
#[case(49, true)]
#[case(50, false)]
fn a_slow_pulse_alarms(#[case] pulse: u32, #[case] alarm: bool) {
    assert_eq!(is_slow(pulse), alarm);
}

#[rstest]
#[requirement("RSTEST.before-cases")]
#[case::at_the_limit(50)]
#[requirement("RSTEST.between-cases")]
#[case::above_it(51)]
#[risk_control("RC-RSTEST")]
fn a_pulse_of_fifty_is_not_slow(#[case] pulse: u32) {
    assert!(!is_slow(pulse));
}

#[rstest]
#[requirement("RSTEST.below")]
fn one_below_the_limit_is_slow(limit: u32, #[values(1, 2)] below: u32) {
    assert!(is_slow(limit - below));
}
