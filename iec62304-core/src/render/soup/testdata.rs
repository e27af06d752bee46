//! Whole documents, kept as files beside the code: `UPDATE_EXPECT=1` writes them anew.
#![expect(clippy::disallowed_methods, reason = "reads and writes expected output of tests")]

use std::path::Path;
use std::{env, fs};

/// Compares a document with the file that is kept of it.
pub(super) fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/soup/testdata").join(name);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == found, "{name} is not what is written; UPDATE_EXPECT=1 writes it anew");
}
