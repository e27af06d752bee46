//! The attributes leave every kind of item as it is, token for token.

use iec62304_macros::requirement;

#[test]
#[requirement("TOOL-1")]
fn every_item_kind_keeps_its_tokens() {
    trybuild::TestCases::new().pass("tests/pass/every_item_kind.rs");
}

#[test]
fn the_witness_sees_a_changed_token() {
    trybuild::TestCases::new().compile_fail("tests/control/*.rs");
}
