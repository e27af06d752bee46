//! In any order with the attributes of test frameworks.

use iec62304_macros::{requirement, risk_control, verifies};
use rstest::{fixture, rstest};
use test_case::{test_case, test_matrix};

#[tokio::test]
#[requirement("SRS-1", level = "integration")]
async fn below_tokio() {
    assert_eq!(limited(3).await, 2);
}

#[requirement("SRS-1")]
#[tokio::test(flavor = "current_thread")]
async fn above_tokio() {
    assert_eq!(limited(1).await, 1);
}

#[requirement("SRS-1")]
#[tokio::test]
#[risk_control("RC-1")]
#[should_panic(expected = "the pump stops")]
async fn around_tokio() {
    assert_eq!(limited(1).await, 2, "the pump stops");
}

#[requirement("SRS-1")]
async fn limited(rate: u8) -> u8 {
    rate.min(2)
}

#[fixture]
#[requirement("SRS-1")]
fn rate() -> u8 {
    2
}

#[rstest]
#[requirement("SRS-1")]
fn below_rstest(rate: u8) {
    assert_eq!(rate, 2);
}

#[requirement("SRS-1")]
#[rstest]
#[case(1, 2)]
#[case::named(2, 3)]
fn above_rstest_with_cases(#[case] rate: u8, #[case] next: u8) {
    assert_eq!(rate + 1, next);
}

#[rstest]
#[requirement("SRS-1")]
#[case(1, 2)]
#[risk_control("RC-1")]
#[case(2, 3)]
fn between_rstest_and_its_cases(#[case] rate: u8, #[case] next: u8) {
    assert_eq!(rate + 1, next);
}

#[rstest]
#[case(1, 2)]
#[case(2, 3)]
#[requirement("SRS-1")]
fn below_the_cases_of_rstest(#[case] rate: u8, #[case] next: u8) {
    assert_eq!(rate + 1, next);
}

#[rstest]
#[tokio::test]
#[verifies("rate-controller.AC-1")]
async fn below_rstest_and_tokio(#[values(1, 2)] rate: u8) {
    assert_eq!(limited(rate).await, rate);
}

#[test_case(1, 2)]
#[test_case(2, 3; "named")]
#[requirement("SRS-1")]
fn below_test_case(rate: u8, next: u8) {
    assert_eq!(rate + 1, next);
}

#[requirement("SRS-1")]
#[test_case(1 => 2)]
#[test_case(2 => 3)]
fn above_test_case(rate: u8) -> u8 {
    rate + 1
}

#[test_case(1 => 2)]
#[requirement("SRS-1")]
#[test_case(2 => 3)]
fn between_test_cases(rate: u8) -> u8 {
    rate + 1
}

#[test_matrix([1, 2], [3, 4])]
#[requirement("SRS-1")]
fn below_test_matrix(rate: u8, limit: u8) {
    assert!(rate < limit);
}

#[requirement("SRS-1")]
#[quickcheck_macros::quickcheck]
fn above_quickcheck(rate: u8) -> bool {
    rate.min(2) <= 2
}

#[quickcheck_macros::quickcheck]
#[requirement("SRS-1")]
fn below_quickcheck(rate: u8) -> bool {
    rate.min(2) <= 2
}
