//! `ARCHITECTURE.md` names what exists: paths, tests, dependencies.
#![expect(clippy::disallowed_methods, reason = "reads the repository's own files")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

fn section<'p>(page: &'p str, title: &str) -> &'p str {
    let (_, text) = page.split_once(&format!("\n## {title}\n")).unwrap();
    text.split("\n## ").next().unwrap()
}

/// What stands between backquotes in a text.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, text);
        } else if is_rust && path.is_file() {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_path_of_the_codemap_exists() {
    let page = page();
    let rows = section(&page, "Codemap").lines().filter(|line| line.starts_with("| `"));
    let mut checked = 0;
    for row in rows {
        let path = quoted(row)[0];
        assert!(root().join(path).exists(), "{path} is on the codemap and not in the repository");
        checked += 1;
    }
    assert!(checked > 20);
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let mut text = String::new();
    for folder in ["cargo-iec62304", "iec62304-core", "iec62304-macros", "tests"] {
        sources(&root().join(folder), &mut text);
    }
    let page = page();
    let invariants: Vec<&str> = section(&page, "Invariants")
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    assert!(invariants.len() >= 10);
    for (number, invariant) in (1..).zip(invariants) {
        assert!(invariant.starts_with(&format!("{number}. ")), "{invariant}");
        if let Some((_, tests)) = invariant.split_once("Held by") {
            for test in quoted(tests) {
                assert!(text.contains(&format!("fn {test}()")), "there is no test {test}");
            }
        } else {
            assert!(invariant.contains("clippy.toml"), "nothing holds: {invariant}");
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, list) = manifest.split_once("[workspace.dependencies]\n").unwrap();
    let list = list.split("\n[").next().unwrap();
    let names = list.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let expected: Vec<&str> = names.filter(|name| !name.starts_with("iec62304")).collect();
    let page = page();
    let rows = section(&page, "Dependencies").lines().filter(|line| line.starts_with("| `"));
    let listed: Vec<&str> = rows.map(|row| quoted(row)[0]).collect();
    let mut sorted = expected.clone();
    sorted.sort_unstable();
    assert_eq!(listed, sorted);
}
