//! Each case is a file and what is to be said of it, by line and column.

use super::{Document, FileRole, Index, read};
use crate::location::{FilePath, LineIndex};
use crate::snapshot::{Content, TextFile};

fn file(path: &str, bytes: &[u8]) -> TextFile {
    TextFile {
        path: FilePath::new(path),
        content: Content::Bytes(bytes.into()),
    }
}

fn said(bytes: &[u8], role: FileRole) -> (Document, String) {
    let document = read(&file("iec62304.toml", bytes), role);
    let index = LineIndex::new(bytes);
    let lines = document.problems.iter().map(|problem| {
        let at = index.position(bytes, problem.at.span.start);
        let help = problem
            .help
            .as_ref()
            .map_or(String::new(), |help| format!(" / {help}"));
        format!("{}:{} {}{help}", at.line, at.column, problem.message)
    });
    let said = lines.collect::<Vec<_>>().join("\n");
    (document, said)
}

#[track_caller]
fn check(toml: &str, expected: &str) {
    assert_eq!(
        said(toml.as_bytes(), FileRole::Configuration).1,
        expected.trim()
    );
}

#[test]
fn the_whole_vocabulary_of_the_example_parses() {
    let text = include_str!("../../../tests/fixtures/vocabulary/iec62304.toml");
    let (document, said) = said(text.as_bytes(), FileRole::Configuration);
    assert_eq!(said, "");
    assert_eq!(document.records.len(), 78);
    let documents = [document];
    let index = Index::build(&documents);
    assert_eq!(index.duplicates(), []);
    let unknown: Vec<&str> = documents[0]
        .references
        .iter()
        .filter(|reference| !matches!(index.resolve(reference), super::Resolution::Found(_)))
        .map(|reference| reference.id.value.as_str())
        .collect();
    let tests = [
        "ipc_isolation::order_with_bad_checksum_is_dropped",
        "dose_accumulator::volume_is_continuous_over_midnight",
    ];
    assert_eq!(unknown, tests, "only paths of tests name no record");
}

#[test]
fn an_unknown_field_or_table_is_named_with_the_nearest() {
    check(
        "[requirement.SRS-1]\ntext = \"x\"\nsorce = [\"derived\"]",
        "3:1 requirement SRS-1 has no field `sorce` / the nearest is `source`",
    );
    check(
        "[requirment.SRS-1]\ntext = \"x\"",
        "1:2 there is no table or field `requirment` / the nearest is `requirement`",
    );
    check(
        "[project]\nedtion = \"2006\"",
        "2:1 `project` of the file has no field `edtion` / the nearest is `edition`",
    );
}

#[test]
fn a_wrong_type_names_what_was_found_and_what_belongs() {
    check(
        "[requirement.SRS-1]\ntext = 1\nsource = \"SYS-1\"\nparts = [\"a\"]",
        "2:8 `text` is a whole number, where a text belongs
3:10 `source` is a text, where a list of texts belongs
4:9 `parts` is a list, where a table belongs",
    );
    check(
        "[review.R]\nkind = \"unit\"\nof = []\nby = []\ndate = \"2026-05-11\"\nresult = \"passed\"",
        "5:8 `date` is a text, where a date without quotes, as 2026-05-11 belongs",
    );
    check(
        "requirement = 1",
        "1:15 `requirement` is a whole number, where a table belongs",
    );
}

#[test]
fn a_word_that_is_not_on_the_list_is_named_with_the_nearest() {
    check(
        "[risk_control.RC-1]\ntext = \"x\"\nkind = \"softwear\"",
        "3:8 `kind` cannot be \"softwear\" / the nearest is \"software\"",
    );
}

#[test]
fn a_missing_field_is_reported_at_the_record() {
    check(
        "[requirement.SRS-1]\ncategory = \"a\"",
        "1:14 requirement SRS-1 has no `text` / write `text`: what the software shall do",
    );
}

#[test]
fn all_mistakes_of_a_broken_file_are_reported_and_sound_records_kept() {
    let toml = "[requirement.SRS-1]\ntext = \"x\"\nverify = \n[requirement.SRS-2]\ntext = 'y\n[requirement.SRS-3]\ntext = \"z\"\n";
    let (document, said) = said(toml.as_bytes(), FileRole::Configuration);
    assert!(!document.parsed);
    assert!(said.lines().any(|line| line.starts_with("3:")), "{said}");
    assert!(said.lines().any(|line| line.starts_with("5:")), "{said}");
    let ids: Vec<&str> = document
        .records
        .iter()
        .map(|record| record.id.value.as_str())
        .collect();
    assert_eq!(ids, ["SRS-1", "SRS-2", "SRS-3"]);
}

#[test]
fn a_record_that_stands_twice_in_one_file_is_reported() {
    let (_, said) = said(
        b"[requirement.SRS-1]\ntext = \"x\"\n[requirement.SRS-1]\ntext = \"y\"\n",
        FileRole::Configuration,
    );
    assert!(said.starts_with("3:14 duplicate key"), "{said}");
}

#[test]
fn byte_order_mark_and_line_ends_do_no_harm() {
    check(
        "\u{feff}[requirement.SRS-1]\r\ntext = \"x\"\r\nsorce = []\r\n",
        "3:1 requirement SRS-1 has no field `sorce` / the nearest is `source`",
    );
}

#[test]
fn text_that_is_not_utf_8_is_reported_at_its_byte() {
    let (document, said) = said(b"schema = 1\n# \xff", FileRole::Configuration);
    assert!(!document.parsed);
    assert_eq!(
        said,
        "2:3 the file is not UTF-8 / make it a readable text file in UTF-8"
    );
}

#[test]
fn an_unreadable_file_says_why() {
    let content = Content::Unreadable("permission denied".to_owned());
    let file = TextFile {
        path: FilePath::new("a.toml"),
        content,
    };
    let document = read(&file, FileRole::Records);
    assert_eq!(
        document.problems[0].message,
        "the file cannot be read: permission denied"
    );
}

#[test]
fn settings_belong_into_the_configuration() {
    let (_, said) = said(b"schema = 1\nrecords = []\n", FileRole::Records);
    assert_eq!(
        said,
        "2:1 `records` does not belong into a record file / move it to iec62304.toml at the workspace root"
    );
}

#[test]
fn a_class_or_edition_that_does_not_exist_is_left_to_its_rule() {
    check(
        "project.edition = \"1999\"\nsoftware_system.pump.class = \"D\"",
        "",
    );
}

#[test]
fn an_unknown_version_of_the_format_is_refused() {
    check(
        "schema = 2",
        "1:10 this tool does not know version 2 of the format / write `schema = 1`, or use a newer version of the tool",
    );
}

#[test]
fn an_id_has_no_white_space() {
    check(
        "[requirement.\"SRS 1\"]\ntext = \"x\"",
        "1:14 the id \"SRS 1\" is empty or has white space in it / write an id without white space, as attributes and links name it",
    );
}

#[test]
fn a_topic_names_a_criterion_or_gives_a_reason() {
    check(
        "[unit.u]\nitem = \"i\"\nacceptance.AC-1 = \"x\"\ntopics = { memory = \"AC-2\", boundary = \"not present: \", event_sequence = \"AC-1\" }",
        "4:21 \"AC-2\" is no criterion of u / the nearest is `AC-1`
4:40 \"not present: \" is no criterion of u / name a criterion of the unit, or write `not present: ` and a reason",
    );
}

#[test]
fn a_range_names_every_record_between_its_ends() {
    let toml = "requirement.SRS-2.text = \"x\"\nrequirement.SRS-10.text = \"x\"\nrequirement.SRS-30.text = \"x\"";
    let documents = [said(toml.as_bytes(), FileRole::Configuration).0];
    let index = Index::build(&documents);
    let named = |id| -> Vec<&str> {
        index
            .named(id)
            .iter()
            .map(|record| record.id.value.as_str())
            .collect()
    };
    assert_eq!(named("SRS-2..SRS-10"), ["SRS-10", "SRS-2"]);
    assert_eq!(named("SRS-30"), ["SRS-30"]);
    assert!(named("SYS-1..SYS-9").is_empty());
}
