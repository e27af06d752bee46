//! Messages as an editor reads them: places against the text, nothing lost without a word.

use iec62304_macros::{requirement, verifies};
use serde_json::Value;

use super::rustc_json;
use super::span::{name_in_quotes, span};
use crate::analyze;
use crate::finding::Label;
use crate::location::{FilePath, LineIndex, Location, Span};
use crate::rules::RULES;
use crate::snapshot::{Content, Package, Snapshot, TextFile};

fn file(path: &str, text: &str) -> TextFile {
    let content = Content::Bytes(text.as_bytes().into());
    TextFile { path: FilePath::new(path), content }
}

fn package(folder: &str) -> Package {
    Package {
        name: "pump".to_owned(),
        version: "0.1.0".to_owned(),
        folder: FilePath::new(folder),
        targets: Vec::new(),
        path_dependencies: Vec::new(),
    }
}

/// A requirement whose source is one letter off, in a package at `folder`.
fn project(folder: &str) -> Snapshot {
    let records = "requirement.SRS-1 = { text = \"a\", source = [\"RC-2\"] }\n\
                   risk_control.RC-1 = { text = \"b\", kind = \"software\" }\n";
    Snapshot {
        packages: vec![package(folder)],
        configuration: Some(file("iec62304.toml", "records = [\"records/*.toml\"]\n")),
        records: vec![file("records/all.toml", records)],
        ..Snapshot::default()
    }
}

fn messages(snapshot: &Snapshot) -> Vec<Value> {
    let text = rustc_json(&analyze(snapshot), snapshot, false);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn codes(messages: &[Value]) -> Vec<&str> {
    let code = |line: &'_ Value| line["message"]["code"]["code"].as_str().is_some();
    let lines = messages.iter().filter(|line| code(line));
    lines.map(|line| line["message"]["code"]["code"].as_str().unwrap()).collect()
}

/// Lines and columns of the only `[…]` in a text, which stands for a label.
fn check(text: &str, lines: (usize, usize), columns: (usize, usize), shown: &[&str]) {
    let (before, rest) = text.split_once('[').unwrap();
    let (marked, after) = rest.split_once(']').unwrap();
    let text = format!("{before}{marked}{after}");
    let at = Span::new(before.len(), before.len() + marked.len());
    let at = Location::new(&FilePath::new("a"), at);
    let label = Label { at, text: String::new() };
    let found = span(&label, text.as_bytes(), &LineIndex::new(text.as_bytes()));
    assert_eq!((found.line_start, found.line_end), lines, "{text:?}");
    assert_eq!((found.column_start, found.column_end), columns, "{text:?}");
    let texts: Vec<&str> = found.text.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, shown, "{text:?}");
    assert_eq!(found.text[0].highlight_start, columns.0);
    assert_eq!(found.text.last().unwrap().highlight_end, columns.1);
}

#[test]
#[requirement("TOOL-34")]
#[verifies("render")]
fn places_count_as_an_editor_counts() {
    check("a\nb[c]d\n", (2, 2), (2, 3), &["bcd"]);
    check("ü[ü]ü", (1, 1), (2, 3), &["üüü"]);
    check("a[b\r\nc]d\r\n", (1, 2), (2, 2), &["ab", "cd"]);
    check("a\r\n[b\r\n]c", (2, 3), (1, 1), &["b", "c"]);
    check("a\r[\n]b", (1, 2), (2, 1), &["a", "b"]);
    check("\u{feff}a[b]", (1, 1), (2, 3), &["ab"]);
    check("\u{feff}[]\nb", (1, 1), (1, 1), &[""]);
    check("[a\n\nb]", (1, 3), (1, 2), &["a", "", "b"]);
    check("[]", (1, 1), (1, 1), &[""]);
}

#[test]
#[requirement("TOOL-34")]
fn a_name_is_replaced_only_where_it_stands_alone() {
    let check = |text: &str, name, expected: Option<(u32, u32)>| {
        let at = Location::new(&FilePath::new("a"), Span::new(0, text.len()));
        let found = name_in_quotes(text.as_bytes(), &at, name);
        assert_eq!(found.map(|at| (at.span.start, at.span.end)), expected, "{text}");
    };
    check("\"SRS-1\"", "SRS-1", Some((1, 6)));
    check("'SRS-1'", "SRS-1", Some((1, 6)));
    check("r#\"SRS-1\"#", "SRS-1", Some((3, 8)));
    check("source", "source", Some((0, 6)));
    check("\"SRS-1..SRS-2\"", "SRS-2", None);
    check("\"SRS-1..SRS-2\"", "SRS-1", None);
    check("\"\\u0053RS-1\"", "SRS-1", None);
    check("\"\"", "", None);
}

#[test]
#[requirement("TOOL-34")]
fn an_unknown_id_comes_with_the_nearest_known_one() {
    let messages = messages(&project(""));
    let unknown = messages
        .iter()
        .find(|line| line["message"]["code"]["code"] == "iec62304::unknown-reference")
        .unwrap();
    let children = unknown["message"]["children"].as_array().unwrap();
    let spans = children.iter().filter_map(|child| child["spans"].get(0)).collect::<Vec<_>>();
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0]["suggested_replacement"], "RC-1");
    assert_eq!(spans[0]["suggestion_applicability"], "MaybeIncorrect");
    assert_eq!(spans[0]["text"][0]["highlight_start"], 46);
    assert_eq!(spans[0]["text"][0]["highlight_end"], 50);
}

/// rust-analyzer drops a message without a primary span.
#[test]
#[requirement("TOOL-34")]
fn every_message_has_a_place_and_every_finding_a_message() {
    let mut bare = project("");
    bare.configuration = None;
    for snapshot in [project(""), project("motor"), bare, Snapshot::default()] {
        let analysis = analyze(&snapshot);
        let messages = messages(&snapshot);
        let expected = analysis.findings().len() + analysis.not_checked.len();
        let codes = codes(&messages);
        let added = ["iec62304::findings-elsewhere", "iec62304::nothing-to-check"];
        let own = codes.iter().filter(|code| !added.contains(code)).count();
        assert_eq!(own, expected);
        assert_eq!(codes.len() + 1, messages.len());
        for message in &messages[..messages.len() - 1] {
            let spans = message["message"]["spans"].as_array().unwrap();
            let primary = spans.iter().filter(|span| span["is_primary"] == true).count();
            assert_eq!(primary, 1, "{message}");
        }
        assert_eq!(messages[messages.len() - 1]["reason"], "build-finished");
    }
}

/// rust-analyzer keeps only what stands in the folders of packages.
#[test]
#[requirement("TOOL-34")]
fn findings_that_an_editor_may_not_show_are_named_where_it_does() {
    let elsewhere = |snapshot: &Snapshot| {
        let messages = messages(snapshot);
        let found = messages
            .iter()
            .find(|line| line["message"]["code"]["code"] == "iec62304::findings-elsewhere")?;
        let message = &found["message"];
        Some((message["spans"][0]["file_name"].clone(), message["message"].clone()))
    };
    assert_eq!(elsewhere(&project("")), None);
    let (file, text) = elsewhere(&project("motor")).unwrap();
    assert_eq!(file, "motor/Cargo.toml");
    assert!(text.as_str().unwrap().contains("records/all.toml ("), "{text}");
}

#[test]
#[requirement("TOOL-34")]
fn nothing_to_check_is_said() {
    let messages = messages(&Snapshot::default());
    assert!(codes(&messages).contains(&"iec62304::nothing-to-check"));
}

#[test]
fn what_was_not_checked_has_no_name_of_a_rule() {
    let mut names = vec!["findings-elsewhere", "nothing-to-check"];
    for snapshot in [project(""), Snapshot::default()] {
        names.extend(analyze(&snapshot).not_checked.iter().map(|entry| entry.name));
    }
    for rule in RULES {
        assert!(!names.contains(&rule.name), "{}", rule.name);
    }
}
