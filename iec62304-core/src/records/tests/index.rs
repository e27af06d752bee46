//! What ids and references lead to, over several files.

use iec62304_macros::requirement;

use super::*;
use crate::model::record::Reference;
use crate::model::vocabulary::SETTINGS;

const RECORDS: &str = r#"
[document.SDP-1]
title = "plan"
[system_requirement.SYS-1]
text = "t"
[requirement.SRS-1]
text = "t"
[requirement.SRS-2]
text = "t"
parts = { a = "one", b = "two" }
[requirement.SRS-10]
text = "t"
[item.motor]
[item.safety-monitor]
[item.SRS-5]
[item.gateway-42]
[unit.rate]
item = "motor"
acceptance = { AC-1 = "exact", AC-2 = "fast" }
[hazardous_situation.HAZ-1]
situation = "s"
cause = [{ id = "HAZ-1.a", text = "t" }]
[release."1.0"]
[common_defect.overflow]
control = "checked"
[review.REV-1]
kind = "unit"
of = ["rate"]
by = ["N"]
date = 2026-01-02
result = "passed"
"#;

fn documents(files: &[&str]) -> Vec<Document> {
    let read = |(at, text): (usize, &&str)| {
        let file = TextFile {
            path: FilePath::new(&format!("{at}.toml")),
            content: Content::Bytes(text.as_bytes().into()),
        };
        let document = read(&file, FileRole::Records);
        assert_eq!(document.problems, []);
        document
    };
    files.iter().enumerate().map(read).collect()
}

/// The resolution of `id` in a field that may name `kinds`, in a few words.
fn resolution(id: &str, kinds: &'static [RecordKind], or_test: bool) -> String {
    let documents = documents(&[RECORDS]);
    let index = Index::build(&documents);
    let reference = Reference {
        id: Located::new(id.to_owned(), Location::new(&FilePath::new("0.toml"), Span::default())),
        record: None,
        field: String::new(),
        kinds,
        or_test,
    };
    match index.resolve(&reference) {
        Resolution::Found(entry) => format!("{} {}", entry.kind.noun(), entry.id.value),
        Resolution::Range(entries) => {
            let ids: Vec<_> = entries.iter().map(|entry| entry.id.value.as_str()).collect();
            ids.join(" ")
        }
        Resolution::Test => "test".to_owned(),
        Resolution::Unknown { id } => match index.nearest(id, kinds) {
            Some(nearest) => format!("unknown {id}, nearest {nearest}"),
            None => format!("unknown {id}"),
        },
        Resolution::WrongKind(entry) => format!("wrong kind: {}", entry.kind.noun()),
    }
}

#[track_caller]
fn check_resolution(id: &str, kinds: &'static [RecordKind], expected: &str) {
    assert_eq!(resolution(id, kinds, false), expected, "{id}");
}

#[test]
fn a_reference_finds_records_and_their_parts() {
    check_resolution("SRS-1", &[RecordKind::Requirement], "requirement SRS-1");
    check_resolution("SRS-2.b", &[RecordKind::Requirement], "requirement SRS-2.b");
    check_resolution("rate.AC-1", &[RecordKind::Unit], "unit rate.AC-1");
    let situations = &[RecordKind::HazardousSituation];
    check_resolution("HAZ-1.a", situations, "hazardous situation HAZ-1.a");
    check_resolution("1.0", &[RecordKind::Review, RecordKind::Release], "release 1.0");
}

#[test]
fn only_documents_have_fragments() {
    check_resolution("SDP-1#topics", &[RecordKind::Document], "document SDP-1");
    check_resolution("SDP-2#topics", &[RecordKind::Document], "unknown SDP-2, nearest SDP-1");
    check_resolution("SRS-1#x", &[RecordKind::Requirement], "unknown SRS-1#x");
}

#[test]
fn a_range_holds_what_there_is_between_its_ends() {
    let requirements = &[RecordKind::Requirement];
    check_resolution("SRS-1..SRS-10", requirements, "SRS-1 SRS-2 SRS-10");
    check_resolution("SRS-2..SRS-2", requirements, "SRS-2");
    check_resolution("rate.AC-1..rate.AC-2", &[RecordKind::Unit], "rate.AC-1 rate.AC-2");
    check_resolution("SRS-1..SRS-11", requirements, "unknown SRS-11, nearest SRS-1");
    check_resolution("SRS-0..SRS-2", requirements, "unknown SRS-0, nearest SRS-1");
    check_resolution("SYS-1..SYS-1", requirements, "wrong kind: system requirement");
}

/// Where a test may be named, an unknown id may be that of one; the end of a range may not.
#[test]
fn no_end_of_a_range_is_taken_for_a_test() {
    let check = |id, expected| assert_eq!(resolution(id, &[RecordKind::Review], true), expected);
    check("a_test", "test");
    check("REV-8..REV-9", "unknown REV-8, nearest REV-1");
}

#[test]
#[requirement("TOOL-11")]
fn an_unknown_id_is_told_from_one_of_another_kind() {
    check_resolution("SYS-1", &[RecordKind::Requirement], "wrong kind: system requirement");
    check_resolution("moter", &[RecordKind::Item], "unknown moter, nearest motor");
    check_resolution("moter", &[RecordKind::Unit], "unknown moter");
    check_resolution("MOTRO", &[RecordKind::Item], "unknown MOTRO, nearest motor");
    check_resolution(
        "safty-montor",
        &[RecordKind::Item],
        "unknown safty-montor, nearest safety-monitor",
    );
    check_resolution("safe7y-m0nitor", &[RecordKind::Item], "unknown safe7y-m0nitor");
    check_resolution("gateway-ab", &[RecordKind::Item], "unknown gateway-ab");
    check_resolution("SRS-77", &[RecordKind::Requirement], "unknown SRS-77");
    check_resolution("SRS-77.a", &[RecordKind::Requirement], "unknown SRS-77.a");
    check_resolution("SRS2", &[RecordKind::Requirement], "unknown SRS2, nearest SRS-2");
    check_resolution("SR-S2", &[RecordKind::Requirement], "unknown SR-S2, nearest SRS-2");
    check_resolution("overflow", &[RecordKind::Item], "wrong kind: common defect");
}

#[test]
fn what_is_no_record_may_be_a_test() {
    let reviews: &[RecordKind] = &[RecordKind::Review];
    assert_eq!(resolution("rate::is_exact", reviews, true), "test");
    assert_eq!(resolution("REV-1", reviews, true), "review REV-1");
    assert_eq!(resolution("SRS-1", reviews, true), "wrong kind: requirement");
}

#[track_caller]
fn check_duplicates(files: &[&str], expected: &[&str]) {
    let documents = documents(files);
    let index = Index::build(&documents);
    let line = |duplicate: &Duplicate| {
        let [first, second] = duplicate.kinds.map(RecordKind::noun);
        let (id, at) = (&duplicate.second.value, &duplicate.second.at.file);
        format!("{second} {id} in {at}, {first} in {}", duplicate.first.file)
    };
    let found: Vec<_> = index.duplicates().iter().map(line).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_id_given_in_two_files_is_a_duplicate() {
    let requirement = "[requirement.A]\ntext = \"t\"";
    check_duplicates(
        &[requirement, "[item.B]", requirement],
        &["requirement A in 2.toml, requirement in 0.toml"],
    );
    check_duplicates(&[requirement, "[item.A]"], &["item A in 1.toml, requirement in 0.toml"]);
}

#[test]
fn ids_of_parts_and_of_records_must_differ() {
    check_duplicates(
        &["[requirement.A]\ntext = \"t\"\nparts.x = \"t\"\n[item.\"A.x\"]"],
        &["item A.x in 0.toml, requirement in 0.toml"],
    );
    check_duplicates(
        &[
            "[hazardous_situation.H]\nsituation = \"s\"\ncause = [{ id = \"a\", text = \"t\" }, { id = \"a\", text = \"t\" }]",
        ],
        &["hazardous situation a in 0.toml, hazardous situation in 0.toml"],
    );
}

#[test]
fn releases_and_common_defects_have_names_of_their_own() {
    let defect = "[common_defect.A]\ncontrol = \"c\"";
    check_duplicates(&["[item.A]\n[release.A]", defect], &[]);
    check_duplicates(
        &["[release.\"1.0\"]", "[release.\"1.0\"]"],
        &["release 1.0 in 1.toml, release in 0.toml"],
    );
}

#[test]
fn a_document_without_content_is_indexed() {
    assert_eq!(Document::default().settings.shape(), &SETTINGS);
    assert_eq!(Index::build(&[Document::default()]).get("A"), None);
}
