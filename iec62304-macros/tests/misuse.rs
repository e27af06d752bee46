//! What the attributes report, where Rust does not let them stand, and what works there.

use std::fs;
use std::path::Path;
use std::process::Command;

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

/// The test cases above are all built in the edition of this crate.
#[test]
fn a_mistake_is_reported_in_every_edition() {
    for edition in ["2015", "2018", "2021", "2024"] {
        let messages = check_messages(edition);
        assert!(messages.contains("the id is empty"), "{messages}");
        assert_eq!(messages.matches("error:").count(), 2, "{messages}");
    }
}

/// What cargo says of a crate with one mistake: the mistake, and that it could not build.
fn check_messages(edition: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edition");
    let source = "extern crate iec62304_macros;\n\
                  #[iec62304_macros::requirement(\"\")] pub fn stop() {}\n\
                  pub fn main() { stop() }\n";
    let manifest = format!(
        "[package]\nname = \"edition\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\
         [dependencies]\niec62304-macros = {{ path = {:?} }}\n\
         [workspace]\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
    fs::write(folder.join("src/lib.rs"), source).expect("the target folder can be written");
    let check = Command::new(env!("CARGO"))
        .current_dir(&folder)
        .args(["check", "--quiet", "--offline", "--color", "never"])
        .args(["--target-dir", "target"])
        .output()
        .expect("cargo runs");
    String::from_utf8_lossy(&check.stderr).into_owned()
}
