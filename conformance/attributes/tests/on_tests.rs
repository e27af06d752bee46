//! The attributes above and below `#[test]`, as tests carry them.

use iec62304_macros::{requirement, risk_control, verifies};

#[test]
#[requirement("SRS-1", level = "unit")]
#[risk_control("RC-1", level = "unit")]
fn below_test() {}

#[verifies("rate-controller.AC-1", level = "unit")]
#[test]
fn above_test() {}

#[requirement("SRS-1")]
#[test]
#[risk_control("RC-1")]
#[should_panic(expected = "the pump stops")]
fn around_test() {
    panic!("the pump stops");
}

#[cfg_attr(test, requirement("SRS-1"))]
#[test]
fn inside_cfg_attr() {}

#[test]
#[requirement("SRS-1")]
fn with_a_result() -> Result<(), std::num::ParseIntError> {
    "1".parse::<u8>().map(drop)
}
