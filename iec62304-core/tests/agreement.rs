//! The scan and the attribute macros read one grammar: the scan refuses every tag that
//! the macros refuse, and no other.
//!
//! Compared are the lines: where several mistakes meet in one tag, each side says what it
//! can. Left out are fixtures that go through `macro_rules!` or `cfg_attr`, where the
//! compiler sees what is expanded, and the scan what is written.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "reads the fixtures of the macro crate"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use iec62304_core::location::LineIndex;
use iec62304_core::scan::outline;
use iec62304_macros::{requirement, risk_control};

/// The lines of the compiler's errors.
fn compiled(stderr: &str) -> BTreeSet<usize> {
    let mut lines = stderr.lines();
    let mut errors = BTreeSet::new();
    while let Some(message) = lines.by_ref().find_map(|line| line.strip_prefix("error: ")) {
        let place = lines.by_ref().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap();
        // An empty `tags!` may be another crate's, as far as a scan can see; it tags nothing.
        if !message.starts_with("`tags!` holds no tag") {
            errors.insert(place.split(':').nth(1).unwrap().parse().unwrap());
        }
    }
    errors
}

/// The lines of the scan's problems.
fn scanned(source: &str) -> BTreeSet<usize> {
    let index = LineIndex::new(source.as_bytes());
    let outline = outline(source.as_bytes());
    assert_eq!(outline.tags_counted, outline.tags_settled);
    let line = |start| index.position(source.as_bytes(), start).line;
    outline.problems.iter().map(|problem| line(problem.span.start)).collect()
}

#[test]
#[requirement("TOOL-2", "TOOL-4")]
#[risk_control("GUARD-1")]
fn the_scan_refuses_what_the_macros_refuse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../iec62304-macros/tests/ui");
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|extension| extension == "rs")
            && !name.starts_with("through")
        {
            let source = fs::read_to_string(&path).unwrap();
            let stderr = fs::read_to_string(path.with_extension("stderr")).unwrap();
            assert_eq!(scanned(&source), compiled(&stderr), "{name}");
            compared += 1;
        }
    }
    assert!(compared >= 12, "only {compared} files were compared");
}

#[test]
#[requirement("TOOL-4")]
fn the_scan_accepts_what_the_macros_accept() {
    let items = include_str!("../../iec62304-macros/tests/pass/every_item_kind.rs");
    let outline = outline(items.as_bytes());
    // The one inside a `macro_rules!` names a variable, which no scan can follow.
    let messages: Vec<&str> =
        outline.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["an id is a string literal"]);
    assert!(outline.tags.len() > 20);
}
