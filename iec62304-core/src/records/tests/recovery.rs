//! Files that are not what they should be: not UTF-8, not TOML, or partly so.

use iec62304_macros::{requirement, risk_control};

use super::*;

const LEFT_OUT: &str = "correct the line; it is left out until then";
const TWICE: &str = "rename or remove one of the two; the second is left out until then";

/// Whatever line breaks and byte order mark a file has, places are right.
#[test]
fn windows_files_are_read() {
    let toml = "\u{feff}schema = 1\r\n[item.i]\r\nclss = \"A\"\r\n";
    check(toml, &["3:1 unknown field `clss` in item i / did you mean `class`?"]);
    let document = read_text(toml);
    assert_eq!(&toml[document.records[0].id.at.span.range()], "i");
}

#[test]
fn bytes_that_are_no_text_are_reported_at_the_first() {
    let bytes = b"[item.a]\n# caf\xe9\n";
    let document = read_bytes(bytes, FileRole::Configuration);
    assert_eq!(problems(bytes, &document), ["2:6 this is not UTF-8 text / save the file as UTF-8"]);
    assert_eq!(document.problems[0].at.span, Span::new(14, 15));
    assert!(!document.parsed);

    let cut = read_bytes(b"name = \"\xe2\x82", FileRole::Configuration);
    assert_eq!(cut.problems[0].at.span, Span::new(8, 10));
}

#[test]
fn an_unreadable_file_says_why() {
    let file = TextFile {
        path: FilePath::new("records/a.toml"),
        content: Content::Unreadable("permission denied".to_owned()),
    };
    let document = read(&file, FileRole::Records);
    assert_eq!(
        problems(b"", &document),
        ["1:1 cannot read this file: permission denied / make the file readable"]
    );
    assert!(!document.parsed);
}

#[track_caller]
fn check_recovery(toml: &str, expected: &[&str], records: &[&str]) {
    check(toml, expected);
    let document = read_text(toml);
    assert!(!document.parsed);
    assert_eq!(ids(&document), records, "{toml}");
}

#[test]
#[requirement("TOOL-6")]
#[risk_control("GUARD-1")]
fn every_syntax_error_is_reported_and_the_other_records_are_read() {
    check_recovery(
        "[item.a]\nclass = A\n[item.b]\nclass = \"B\"\n[item.c]\nclass\n[item.d]\nclass = \"C\"\n",
        &[
            &format!("2:9 string values must be quoted, expected literal string / {LEFT_OUT}"),
            &format!("6:6 key with no value, expected `=` / {LEFT_OUT}"),
        ],
        &["a", "b", "c", "d"],
    );
    let document = read_text("[item.a]\nclass = A\n[item.b]\nclass = \"B\"\n");
    assert_eq!(document.records[0].fields.text("class"), None);
    assert_eq!(document.records[1].fields.text("class").unwrap().value, "B");
}

#[test]
fn a_value_that_does_not_end_swallows_no_other_record() {
    check_recovery(
        "[item.a]\ncrates = [\"x\",\n\n[item.b]\n",
        &[&format!("2:15 unclosed array, expected `]` / {LEFT_OUT}")],
        &["a", "b"],
    );
    check_recovery(
        "[item.a]\nrationale = \"x\n[item.b]\n",
        &[&format!("2:15 invalid basic string, expected `\"` / {LEFT_OUT}")],
        &["a", "b"],
    );
    check_recovery(
        "[item.a]\nrationale = \"\"\"x\n[item.b]\n",
        &[&format!("2:17 invalid multi-line basic string, expected `\"` / {LEFT_OUT}")],
        &["a", "b"],
    );
}

#[test]
fn a_table_with_a_broken_header_is_left_out() {
    check_recovery(
        "[item.a]\n[item.b\nclass = \"D\"\n[item.c]\n",
        &[&format!("2:8 unclosed table, expected `]` / {LEFT_OUT}")],
        &["a", "c"],
    );
    let document = read_text("[item.a]\n[item.b\nclass = \"D\"\n");
    assert_eq!(document.records[0].fields.text("class"), None);
}

#[test]
fn a_list_in_a_broken_list_is_no_table() {
    check_recovery(
        "[segregation.S]\nkeeps_apart = [\n[a, b],\n]\n[item.a]\n",
        &[&format!("3:2 string values must be quoted, expected literal string / {LEFT_OUT}")],
        &["S", "a"],
    );
}

#[test]
fn what_a_broken_line_may_hold_is_not_missed() {
    check_recovery(
        "[requirement.S-1]\ntext = stop\n[requirement.S-2]\n",
        &[
            &format!("2:8 string values must be quoted, expected literal string / {LEFT_OUT}"),
            "3:14 requirement S-2 has no `text` / add `text`: what the software must do",
        ],
        &["S-1", "S-2"],
    );
    check_recovery(
        "[requirement.S-1]\nverify = \"test\"\nverify = \"test\"\n[requirement.S-2]\ntext = stop\n",
        &[
            &format!("3:1 duplicate key `verify` / {TWICE}"),
            &format!("5:8 string values must be quoted, expected literal string / {LEFT_OUT}"),
        ],
        &["S-1", "S-2"],
    );
}

#[test]
fn a_table_that_stands_twice_is_reported_once_and_the_first_counts() {
    check_recovery(
        "[item.a]\nclass = \"A\"\n[item.b]\n[item.a]\nclass = \"B\"\nrationale = \"r\"\n[item.c]\n",
        &[&format!("4:7 duplicate key `a` / {TWICE}")],
        &["a", "b", "c"],
    );
    let document = read_text("[item.a]\nclass = \"A\"\n[item.a]\nrationale = \"r\"\n");
    let fields = &document.records[0].fields;
    assert_eq!(fields.text("class").unwrap().value, "A");
    assert_eq!(fields.text("rationale"), None);
}

#[test]
fn a_key_that_stands_twice_is_reported_and_the_first_counts() {
    check_recovery(
        "[item.a]\nclass = \"A\"\nclass = \"B\"\ncrates = [\n  \"x\",\n]\ncrates = [\n  \"y\",\n]\n",
        &[
            &format!("3:1 duplicate key `class` / {TWICE}"),
            &format!("7:1 duplicate key `crates` / {TWICE}"),
        ],
        &["a"],
    );
}

#[test]
fn mistakes_of_both_sorts_come_together() {
    check_recovery(
        "[item.a]\nclss = \"A\"\n[item.b]\nclass = @\n[item.c]\nclass = 3\n",
        &[
            "2:1 unknown field `clss` in item a / did you mean `class`?",
            &format!("4:9 string values must be quoted, expected literal string / {LEFT_OUT}"),
            "6:9 `class` must be a text, found a whole number / put it in quotes: `\"3\"`",
        ],
        &["a", "b", "c"],
    );
}

#[test]
fn no_text_is_too_strange() {
    for toml in [
        "\u{0}\u{1}[[[",
        "]]]]\n====\n[[a.b]\n[a]\n'''",
        "[item.a]\nx = { y = [ { z = \n",
        "\"\"\" \n [item.a] \n'''\n[item.b",
        "\u{feff}\u{feff}",
        "[item.é\n\u{a0}= 1",
        "\r\r\n[\r",
    ] {
        for end in (0..=toml.len()).filter(|end| toml.is_char_boundary(*end)) {
            let text = &toml[..end];
            for problem in read_text(text).problems {
                assert!(problem.at.span.range().end <= text.len(), "{text:?}");
            }
        }
    }
    let deep = format!("[item.a]\nx = {}", "[".repeat(100_000));
    assert!(!read_text(&deep).parsed);
    let dotted = format!("{}b = 1", "a.".repeat(100_000));
    assert!(!read_text(&dotted).parsed);
}

#[test]
fn text_that_is_no_toml_at_all_is_not_gone_through_line_by_line() {
    let prose = "This is a letter, not a list.\n".repeat(1000);
    let document = read_text(&format!("{prose}[item.a]\n"));
    assert_eq!(ids(&document), ["a"]);
    assert_eq!(document.problems.len(), 20);
}

/// Cuts the whole vocabulary anywhere: reading ends, and what it says lies in the text.
#[test]
fn a_file_cut_anywhere_is_read() {
    let whole = vocabulary::EXAMPLE;
    for end in (0..whole.len()).step_by(97) {
        let Some(text) = whole.get(..end) else {
            continue;
        };
        let document = read_text(text);
        for problem in &document.problems {
            assert!(problem.at.span.range().end <= end);
        }
        assert_eq!(document.parsed, toml::de::DeTable::parse(text).is_ok(), "{end}");
    }
}
