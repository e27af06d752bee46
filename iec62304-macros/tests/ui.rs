//! Every misuse, with the exact message and its exact place.

use iec62304_macros::{requirement, verifies};

#[test]
#[requirement("TOOL-2")]
#[verifies("attribute-macros.AC-1")]
fn every_misuse_has_its_message() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

#[test]
#[requirement("TOOL-1")]
fn every_item_can_carry_a_tag() {
    trybuild::TestCases::new().pass("tests/pass/*.rs");
}
