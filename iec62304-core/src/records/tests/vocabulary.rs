//! The whole vocabulary, as one invented device uses it.

use std::collections::BTreeSet;

use super::*;
use crate::model::record::Value;
use crate::model::vocabulary::{self as words, FieldShape, Shape};

pub(super) const EXAMPLE: &str =
    include_str!("../../../../tests/fixtures/vocabulary/iec62304.toml");

#[test]
fn the_example_has_no_mistake() {
    let document = read_text(EXAMPLE);
    assert_eq!(problems(EXAMPLE.as_bytes(), &document), [""; 0]);
    assert!(document.parsed);
}

#[test]
fn windows_line_breaks_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
    let [unix, windows] = [EXAMPLE, &windows].map(|text| {
        let document = read_text(text);
        assert_eq!(document.problems, []);
        let ids = document.references.into_iter().map(|reference| {
            let at = LineIndex::new(text.as_bytes())
                .position(text.as_bytes(), reference.id.at.span.start);
            (reference.id.value, at)
        });
        ids.collect::<Vec<_>>()
    });
    assert_eq!(unix, windows);
    assert!(unix.len() > 140, "{}", unix.len());
}

#[test]
fn every_table_of_the_example_is_a_record_or_a_setting() {
    let document = read_text(EXAMPLE);
    let headers: BTreeSet<_> = EXAMPLE
        .lines()
        .filter_map(|line| line.strip_prefix('['))
        .filter(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(']'))
        .map(|(header, _)| header)
        .filter(|header| RecordKind::parse(header.split('.').next().unwrap()).is_some())
        .filter(|header| header.matches('.').count() == 1 || header.starts_with("release"))
        .map(|header| header.replace('"', ""))
        .collect();
    let records: BTreeSet<_> = document
        .records
        .iter()
        .map(|record| format!("{}.{}", record.kind.table(), record.id.value))
        .collect();
    assert_eq!(records, headers);
    assert_eq!(records.len(), document.records.len());
    let settings = document.settings.iter().map(|field| field.name.value.as_str());
    assert_eq!(settings.collect::<Vec<_>>(), ["schema", "project", "plan"]);
}

#[test]
fn every_reference_of_the_example_leads_somewhere() {
    let documents = [read_text(EXAMPLE)];
    let index = Index::build(&documents);
    assert_eq!(index.duplicates(), []);
    let mut tests = Vec::new();
    for reference in &documents[0].references {
        match index.resolve(reference) {
            Resolution::Found(_) | Resolution::Range(_) => {}
            Resolution::Test => tests.push(reference.id.value.as_str()),
            other => panic!("{reference:?} leads to {other:?}"),
        }
    }
    assert_eq!(
        tests,
        [
            "ipc_isolation::order_with_bad_checksum_is_dropped",
            "dose_accumulator::volume_is_continuous_over_midnight",
        ]
    );
}

#[test]
fn every_text_of_the_example_stands_where_it_says() {
    let document = read_text(EXAMPLE);
    let mut seen = 0;
    for record in &document.records {
        let id = &record.id;
        assert_eq!(EXAMPLE[id.at.span.range()].trim_matches('"'), id.value);
        for field in &record.fields {
            let name = &field.name;
            assert_eq!(&EXAMPLE[name.at.span.range()], name.value);
            if let Value::Text(text) = &field.value {
                let source = EXAMPLE[text.at.span.range()].trim_matches('"');
                assert_eq!(source, text.value);
                seen += 1;
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

/// A field that the example never uses is listed here, so that a new one is shown there
/// or left out knowingly.
#[test]
fn the_example_uses_all_but_a_few_fields() {
    let document = read_text(EXAMPLE);
    let mut unused = Vec::new();
    for kind in RecordKind::ALL {
        let of_kind = document.records.iter().filter(|record| record.kind == kind);
        let records: Vec<_> = of_kind.collect();
        let is_unused = |field: &&FieldShape| {
            let uses = |record: &&Record| record.fields.get(field.name).is_some();
            !records.iter().any(uses)
        };
        let fields = words::of(kind).named().iter().filter(is_unused);
        unused.extend(fields.map(|field| format!("{}.{}", kind.table(), field.name)));
    }
    let of_soup = "kind package version source license modified architecture not_a_cause \
                   verified_by sbom archive covers covers_reason support";
    let of_tools = "kind title manufacturer package version purpose validation archive covers \
                    covers_reason";
    let mut expected =
        ["system_requirement.title", "system_requirement.withdrawn"].map(str::to_owned).to_vec();
    for kind in ["software_system", "item"] {
        expected
            .extend(["lowered_by", "legacy", "not_a_cause"].map(|field| format!("{kind}.{field}")));
    }
    let of_others = [
        "segregation.same_process",
        "requirement.title",
        "requirement.source_reason",
        "requirement.withdrawn",
        "hazardous_situation.no_cause",
        "hazardous_situation.withdrawn",
        "risk_control.title",
        "risk_control.withdrawn",
    ];
    expected.extend(of_others.map(str::to_owned));
    expected.extend(of_soup.split(' ').map(|field| format!("soup.{field}")));
    expected.extend(of_tools.split(' ').map(|field| format!("tool.{field}")));
    expected.push("change.soup".to_owned());
    assert_eq!(unused, expected);
}

/// The values of every form arrive in that form.
#[test]
fn values_of_every_form_are_read() {
    let document = read_text(EXAMPLE);
    let documents = [document];
    let index = Index::build(&documents);
    let record = |id| &index.get(id).unwrap().record_in(&documents).fields;
    let apart = record("SEG-1").lists("keeps_apart");
    assert_eq!(apart.len(), 2);
    assert_eq!(apart[1][0].value, "event-log");
    assert!(record("CR-1").bool("class_still_valid").unwrap().value);
    assert_eq!(documents[0].settings.integer("schema").unwrap().value, 1);
    let parts = record("SRS-7").table("parts").unwrap();
    assert_eq!(parts.text("b").unwrap().value, "soft limit: warn and ask again");
    let release = record("1.3.0");
    assert_eq!(release.tables("anomalies")[1].text("problem").unwrap().value, "PR-2");
    let archive = release.table("archive").unwrap();
    assert_eq!(archive.text("keep_until").unwrap().value, "2046-06-01");
    assert_eq!(words::of(RecordKind::Unit).field("topics").unwrap().form(), words::Form::Table);
    assert_eq!(words::of(RecordKind::Unit).field("acceptance"), Some(Shape::Parts));
}
