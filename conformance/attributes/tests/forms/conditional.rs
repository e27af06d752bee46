//! Tags inside `cfg_attr`.

use attributes::beat::Interval;
use iec62304_macros::{requirement, risk_control};

fn is_plausible(milliseconds: u32) -> bool {
    Interval { milliseconds }.is_plausible()
}

#[cfg_attr(test, requirement("CFG-ATTR.above"))]
#[test]
fn a_second_is_plausible() {
    assert!(is_plausible(1_000));
}

#[test]
#[cfg_attr(test, requirement("CFG-ATTR.below"), risk_control("RC-CFG-ATTR"))]
fn nothing_and_a_minute_are_not() {
    assert!(!is_plausible(0));
    assert!(!is_plausible(60_000));
}

#[test]
#[cfg_attr(all(), cfg_attr(test, requirement("CFG-ATTR.nested")))]
fn both_limits_are_plausible() {
    assert!(is_plausible(200));
    assert!(is_plausible(3_000));
}

#[cfg_attr(test, requirement("CFG-ATTR.with-test"), test)]
fn beyond_the_limits_nothing_is() {
    assert!(!is_plausible(199));
    assert!(!is_plausible(3_001));
}
