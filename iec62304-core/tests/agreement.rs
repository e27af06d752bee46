//! The scan and the attribute macros read one grammar: on every misuse that the macros
//! refuse, the scan says the same, in the same words and at the same place.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "reads the fixtures of the macro crate"
)]

use std::fs;
use std::path::Path;

use iec62304_core::location::LineIndex;
use iec62304_core::scan::outline;
use iec62304_macros::{requirement, risk_control};

/// The errors of the compiler by line; it reports those of nested items last.
fn compiled(stderr: &str) -> Vec<(usize, String)> {
    let mut lines = stderr.lines();
    let mut errors = Vec::new();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else {
            continue;
        };
        let place = lines
            .by_ref()
            .find_map(|line| line.trim_start().strip_prefix("--> "))
            .unwrap();
        let number = place.split(':').nth(1).unwrap();
        errors.push((number.parse().unwrap(), message.to_owned()));
    }
    errors.sort();
    errors
}

fn scanned(source: &str) -> Vec<(usize, String)> {
    let index = LineIndex::new(source.as_bytes());
    let outline = outline(source.as_bytes());
    assert_eq!(outline.tags_counted, outline.tags_settled);
    let line = |start| index.position(source.as_bytes(), start).line;
    let problems = outline.problems.iter();
    let mut found: Vec<_> = problems
        .map(|problem| (line(problem.span.start), problem.message.clone()))
        .collect();
    found.sort();
    found
}

#[test]
#[requirement("TOOL-2", "TOOL-4")]
#[risk_control("GUARD-1")]
fn the_scan_refuses_what_the_macros_refuse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../iec62304-macros/tests/ui");
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let stderr = fs::read_to_string(path.with_extension("stderr")).unwrap();
            assert_eq!(scanned(&source), compiled(&stderr), "{}", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 12, "only {compared} files were compared");
}
