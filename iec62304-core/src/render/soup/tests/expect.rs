//! Output compared with the files under `testdata`; `UPDATE_EXPECT=1` writes them.
#![expect(clippy::disallowed_methods, reason = "reads and writes the expected outputs")]

use std::io::Read;
use std::path::Path;
use std::{env, fs};

/// Compares an output with its file.
#[track_caller]
pub(super) fn expect(name: &str, actual: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/soup/testdata");
    let path = folder.join(name);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{name}: look at the change after UPDATE_EXPECT=1");
}

/// A file in a spreadsheet, without the escapes of XML.
pub(super) fn unpacked(spreadsheet: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(spreadsheet)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
