//! The attributes leave every kind of item as it is, token for token.

use iec62304_macros::requirement;

#[test]
#[requirement("TOOL-1")]
fn every_item_kind_keeps_its_tokens() {
    assert_compiles("tests/pass/every_item_kind.rs");
}

#[test]
fn the_witness_sees_a_changed_token() {
    trybuild::TestCases::new().compile_fail("tests/control/*.rs");
}

/// The case has to compile and to run; trybuild says so when its cases are dropped.
fn assert_compiles(case: &str) {
    trybuild::TestCases::new().pass(case);
}
