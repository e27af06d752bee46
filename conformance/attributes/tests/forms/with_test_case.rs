//! Tags around `#[test_case(…)]`.

use attributes::alarm::is_fast;
use iec62304_macros::{requirement, risk_control};
use test_case::{test_case, test_matrix};

#[requirement("TEST-CASE.above")]
#[test_case(120, false)]
#[test_case(121, true; "one above the limit")]
fn a_fast_pulse_alarms(pulse: u32, alarm: bool) {
    assert_eq!(is_fast(pulse), alarm);
}

#[test_case(0 => false)]
#[requirement("TEST-CASE.between")]
#[test_case(u32::MAX => true)]
#[requirement("TEST-CASE.below")]
#[risk_control("RC-TEST-CASE")]
fn the_ends_of_the_range_are_judged(pulse: u32) -> bool {
    is_fast(pulse)
}

#[test_matrix([121, 180], [0, 60])]
#[requirement("TEST-CASE.matrix")]
fn faster_than_fast_is_fast(pulse: u32, more: u32) {
    assert!(is_fast(pulse + more));
}
