//! What the attributes report, where Rust does not let them stand, and what works there.

use iec62304_macros::{requirement, verifies};

#[test]
#[requirement("TOOL-2")]
#[verifies("attribute-macros.AC-1")]
fn every_misuse_is_reported_at_its_place() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// The crate's documentation lists these places, and what to write there instead: where
/// Rust comes to allow one, it has to follow.
#[test]
fn rust_forbids_what_the_documentation_says() {
    trybuild::TestCases::new().compile_fail("tests/forbidden/*.rs");
}

#[test]
fn what_the_documentation_offers_instead_builds() {
    trybuild::TestCases::new().pass("tests/pass/instead_of_forbidden_places.rs");
}
