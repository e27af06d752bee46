//! What reading says about a Markdown file: every record, every mistake at its place.

use iec62304_macros::{requirement, verifies};

use super::*;
use crate::model::record::Value;
use crate::model::vocabulary;
use crate::records::{KindsOfId, read_records};

mod hostile;

pub(super) fn read_markdown(text: &[u8], kinds: KindsOfId<'_>) -> Document {
    let file =
        TextFile { path: FilePath::new("docs/srs.md"), content: Content::Bytes(text.into()) };
    read_records(&file, kinds)
}

/// Ids as a project may form them.
pub(super) fn kinds(id: &str) -> Vec<RecordKind> {
    let kind = match id.split_once('-') {
        Some(("SRS", _)) => RecordKind::Requirement,
        Some(("SYS", _)) => RecordKind::SystemRequirement,
        Some(("RC", _)) => RecordKind::RiskControl,
        Some(("HAZ", _)) => RecordKind::HazardousSituation,
        Some(("R", _)) => {
            return vec![RecordKind::Requirement, RecordKind::SystemRequirement];
        }
        _ if id == "ALARM" => RecordKind::Requirement,
        _ => return Vec::new(),
    };
    vec![kind]
}

#[track_caller]
fn check_md(text: &str, expected: &[&str]) {
    let document = read_markdown(text.as_bytes(), &kinds);
    assert_eq!(problems(text.as_bytes(), &document), expected, "{text}");
}

/// Every field of every record as `id.name = value`, with what stands at its place.
fn shown(text: &str) -> Vec<String> {
    let document = read_markdown(text.as_bytes(), &kinds);
    assert_eq!(problems(text.as_bytes(), &document), [""; 0], "{text}");
    let mut lines = Vec::new();
    for record in &document.records {
        let at = &text[record.id.at.span.range()];
        lines.push(format!("{} {} ({at})", record.kind.noun(), record.id.value));
        let at = |text: &str, value: &Located<String>| {
            format!("{:?} ({})", value.value, &text[value.at.span.range()])
        };
        for field in &record.fields {
            let name = &field.name.value;
            match &field.value {
                Value::Text(value) => lines.push(format!("  {name} = {}", at(text, value))),
                Value::List(list) => {
                    let list: Vec<_> = list.iter().map(|value| at(text, value)).collect();
                    lines.push(format!("  {name} = [{}]", list.join(", ")));
                }
                Value::Table(table) => {
                    for part in table {
                        if let Value::Text(value) = &part.value {
                            let name = format!("{name}.{}", part.name.value);
                            lines.push(format!("  {name} = {}", at(text, value)));
                        }
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }
    lines
}

#[track_caller]
fn check_shown(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

const AIR: &str = "\
# Requirements

What the pump does.

## SRS-12: Stop on air

The software shall stop the motor within 200 ms after the air
detector reports a bubble.

- category: a
- source: SYS-3, RC-2
- verify: unit test
- verify_reason: the bench has no *air*
- part a: hard limit: refuse
";

#[test]
#[requirement("TOOL-32")]
#[verifies("records")]
fn a_heading_a_text_and_a_list_are_a_record() {
    check_shown(
        AIR,
        &[
            "requirement SRS-12 (SRS-12)",
            "  title = \"Stop on air\" (Stop on air)",
            "  text = \"The software shall stop the motor within 200 ms after the air\\ndetector reports a bubble.\" (The software shall stop the motor within 200 ms after the air\ndetector reports a bubble.)",
            "  category = \"a\" (a)",
            "  source = [\"SYS-3\" (SYS-3), \"RC-2\" (RC-2)]",
            "  verify = \"unit test\" (unit test)",
            "  verify_reason = \"the bench has no *air*\" (the bench has no *air*)",
            "  parts.a = \"hard limit: refuse\" (hard limit: refuse)",
        ],
    );
    let document = read_markdown(AIR.as_bytes(), &kinds);
    let references: Vec<_> = document.references.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(references, ["requirement SRS-12, source"; 2]);
}

#[test]
fn line_breaks_and_a_byte_order_mark_change_nothing() {
    let plain = read_markdown(AIR.as_bytes(), &kinds);
    let windows = format!("\u{feff}{}", AIR.replace('\n', "\r\n"));
    let windows = read_markdown(windows.as_bytes(), &kinds);
    assert_eq!(windows.problems, []);
    let texts = |document: &Document| -> Vec<_> {
        document.records.iter().map(|record| record.text("text").map(str::to_owned)).collect()
    };
    assert_eq!(texts(&windows), texts(&plain));
    let moved = windows.records[0].id.at.span.start - plain.records[0].id.at.span.start;
    assert_eq!(moved, 3 + 4, "the mark, and a byte for each of four lines");
}

#[test]
fn every_style_of_markdown_is_read_as_the_page_shows_it() {
    check_shown(
        concat!(
            "SRS-1: Stop\non air\n---\n\nIt shall.\n\n",
            "##### <a id=\"x\"></a>`SRS_2`: Stop `x` #####\n\nIt shall. <!-- not yet -->\n\nAlso this:\n\n1. one\n2. two\n\n",
            "* **source:** SRS\\_1 , `SYS_3`\n* **category**: b\n\n",
            "# **SRS-3: Bold**\n| a | b |\n|---|---|\n| 1 | 2 |\n\n+ source:\n  - SYS-3\n  - RC&#45;2\n+ verify_reason: one\n  line\n\n  and another\n",
        ),
        &[
            "requirement SRS-1 (SRS-1)",
            "  title = \"Stop\\non air\" (Stop\non air)",
            "  text = \"It shall.\" (It shall.)",
            "requirement SRS_2 (SRS_2)",
            "  title = \"Stop `x`\" (Stop `x`)",
            "  text = \"It shall. \\n\\nAlso this:\\n\\n1. one\\n2. two\" (It shall. <!-- not yet -->\n\nAlso this:\n\n1. one\n2. two)",
            "  source = [\"SRS_1\" (SRS\\_1), \"SYS_3\" (SYS_3)]",
            "  category = \"b\" (b)",
            "requirement SRS-3 (SRS-3)",
            "  title = \"Bold\" (Bold)",
            "  text = \"| a | b |\\n|---|---|\\n| 1 | 2 |\" (| a | b |\n|---|---|\n| 1 | 2 |)",
            "  source = [\"SYS-3\" (SYS-3), \"RC-2\" (RC&#45;2)]",
            "  verify_reason = \"one\\n  line\\n\\n  and another\" (one\n  line\n\n  and another)",
        ],
    );
}

#[test]
fn the_kind_is_said_or_that_of_the_pattern() {
    check_shown(
        "## SYS-1: t\n\ns\n\n- allocated_to: pump\n\n## RC-1: t\n\ns\n\n- kind: software\n\n## ALARM: t\n\ns\n\n## X1: t\n\ns\n\n- record: risk control\n\n## sys-2: t\n\ns\n\n## R-1: t\n\ns\n\n- record: requirement",
        &[
            "system requirement SYS-1 (SYS-1)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
            "  allocated_to = [\"pump\" (pump)]",
            "risk control RC-1 (RC-1)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
            "  kind = \"software\" (software)",
            "requirement ALARM (ALARM)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
            "risk control X1 (X1)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
            "system requirement sys-2 (sys-2)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
            "requirement R-1 (R-1)",
            "  title = \"t\" (t)",
            "  text = \"s\" (s)",
        ],
    );
    check_md("## R-1: t\n\ns", &[]);
    check_md("## HAZ-1: t\n\ns", &[]);
    check_md("## SRS-1: t\n\ns\n\n- record: risk contrl", &[]);
}

#[test]
#[requirement("TOOL-32")]
fn a_heading_that_is_nearly_a_record_is_a_mistake() {
    for heading in [
        "SRS-12 Stop",
        "SRS-12:Stop",
        "SRS-12 : Stop",
        "SRS-12:",
        "SRS-12",
        "SRS 12: Stop",
        "4.2 SRS-12: Stop",
        "4.2 SRS-12 Stop",
        "Requirement SRS-12: Stop",
        "[SRS-12] Stop",
        "[SRS-12]: Stop",
        "SRS-12, SRS-13: Stop",
        "SRS\u{2013}12: Stop",
        "\u{200b}SRS-12: Stop",
        "SRS12 Stop",
        "ALARM Stop",
        "Note: this",
        "AIR:Stop",
        "12: Stop",
        "SRS-1..SRS-3: Stop",
        "~~SRS-12: Stop~~",
    ] {
        check_md(&format!("## {heading}\n\nIt shall."), &[]);
    }
}

#[test]
fn a_chapter_is_no_record() {
    for heading in [
        "Requirements",
        "4.2 Alarms",
        "CO2 and SpO2 limits",
        "3D view",
        "Rationale of SRS-12",
        "Alarms of the pump: overview",
        "std::fmt of things",
        "https://example.com",
        "",
    ] {
        check_md(&format!("## SRS-1: t\n\ns\n\n## {heading}\n\nprose\n"), &[]);
    }
}
