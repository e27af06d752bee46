//! What reading says about a Markdown file: every record, every mistake at its place.

use iec62304_macros::{requirement, verifies};

use super::*;
use crate::model::record::Value;
use crate::model::vocabulary::{self, Form, Shape};
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

/// Compares each text and its problems with a table.
#[track_caller]
fn check_table(texts: &[&str], expected: &str) {
    let mut table = String::new();
    for text in texts {
        let document = read_markdown(text.as_bytes(), &kinds);
        table += &format!("{}\n", text.escape_debug());
        for problem in problems(text.as_bytes(), &document) {
            table += &format!("    {problem}\n");
        }
    }
    assert!(table == expected, "the table is now\n<<<\n{table}>>>");
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
    check_table(
        &["## R-1: t\n\ns", "## HAZ-1: t\n\ns", "## SRS-1: t\n\ns\n\n- record: risk contrl"],
        include_str!("markdown/kinds.txt"),
    );
}

#[test]
#[requirement("TOOL-32")]
fn a_heading_that_is_nearly_a_record_is_a_mistake() {
    check_table(
        &[
            "## SRS-12 Stop\n\ns",
            "## SRS-12:Stop\n\ns",
            "## SRS-12 : Stop\n\ns",
            "## SRS-12:\n\ns",
            "## SRS-12\n\ns",
            "## SRS 12: Stop\n\ns",
            "## 4.2 SRS-12: Stop\n\ns",
            "## 4.2 SRS-12 Stop\n\ns",
            "## Requirement SRS-12: Stop\n\ns",
            "## [SRS-12] Stop\n\ns",
            "## [SRS-12]: Stop\n\ns",
            "## SRS-12, SRS-13: Stop\n\ns",
            "## SRS\u{2013}12: Stop\n\ns",
            "## \u{200b}SRS-12: Stop\n\ns",
            "## SRS12 Stop\n\ns",
            "## ALARM Stop\n\ns",
            "## Note: this\n\ns",
            "## AIR:Stop\n\ns",
            "## 12: Stop\n\ns",
            "## SRS-1..SRS-3: Stop\n\ns",
            "## ~~SRS-12: Stop~~\n\ns",
        ],
        include_str!("markdown/headings.txt"),
    );
}

#[test]
#[requirement("TOOL-32")]
fn a_field_that_is_not_sound_is_a_mistake_at_its_place() {
    check_table(
        &[
            "## SRS-1: t\n\ns\n\n- catgory: a",
            "## SRS-1: t\n\ns\n\n- **Category**: a\n- priority: 1",
            "## SRS-1: t\n\ns\n\n- category: a\n- verify: test\n- category: b",
            "## SRS-1: t\n\ns\n\n- category: z\n- verify: systm test",
            "## SRS-1: t\n\ns\n\n- category: a\n-\n- verify",
            "## SRS-1: t\n\ns\n\n- verify test",
            "## SRS-1: t\n\ns\n\n- category:\n- source:\n- verify_reason: <!-- x -->",
            "## SRS-1: t\n\ns\n\n- source: RC-1,,SYS-1,\n- items: SYS-9..SYS-1",
            "## SRS-1: t\n\ns\n\n- source: RC-1\n  - RC-2\n- items:\n  - a\n  -\n  - b\n    - c\n- verify: test\n  - x",
            "## SRS-1: t\n\ns\n\n- verify_reason: TODO\n- part a: TBD\n- part b c: x\n- parts: x\n- part : x",
            "## SRS-1: t\n\ns\n\n- part a: x\n- part  a: y",
            "## SRS-1: t\n\ns\n\n- title: x\n- text: y",
            "## SRS-1: t\n\n- category: a",
            "## RC-1: t\n\ns\n\n- category: a\n- part a: x",
            "## SRS-1: t\r\n\r\ns\r\n\r\n- source_reason: \u{e4}\r\n- verify: \u{e4}\r\n",
            "## SRS-1: t\n\ns\n\n- category: a\nlazy",
            "## SRS-1: t\n\ns\n\n- category: a\n\n  more",
        ],
        include_str!("markdown/fields.txt"),
    );
}

#[test]
#[requirement("TOOL-32")]
fn what_looks_like_a_record_or_a_field_and_is_none_is_a_mistake() {
    let after = |text: &str| format!("## SRS-1: t\n\ns\n\n{text}");
    let cases = [
        "> ## SRS-2: t\n",
        "> SRS-2: t\n> ---\n",
        "- x\n\n  ## SRS-2: t\n",
        "    ## SRS-2: t\n",
        "##SRS-2: t\n",
        "####### SRS-2: t\n",
        "<div>\n## SRS-2: t\n</div>\n",
        "<h2>SRS-2: t</h2>\n",
        "<!-- x --> ## SRS-2: t\n",
        "**SRS-2: t**\n",
        "verify: system test\n",
        "1. **Verify**: system test\n",
        "| a | b |\n|---|---|\n| source | RC-1 |\n",
        "- category: a\n\nand this\n",
        "## Chapter\n\n- verify: system test\n- other: x\n",
        "## Note: x\n\n- verify: system test\n\n    ## SRS-2: t\n",
        "```\n## SRS-2: t\n",
        "<!-- \n## SRS-2: t\n",
    ];
    let mut cases: Vec<String> = cases.into_iter().map(after).collect();
    cases.extend(["", "Prose.\n", "---\na: b\n---\n", "---\n# SRS-1: t\n---\n"].map(str::to_owned));
    let cases: Vec<_> = cases.iter().map(String::as_str).collect();
    check_table(&cases, include_str!("markdown/lost.txt"));
}

#[test]
fn what_is_an_example_or_hidden_is_no_record() {
    for text in [
        "```markdown\n## SRS-2: t\n- verify: x\n```\n",
        "> ~~~\n> ## SRS-2: t\n> ~~~\n",
        "<!--\n## SRS-2: t\n\nverify: x\n-->\n",
        "<!-->\n",
        "***\n",
        "It is `SRS-2: t` and **bold: text**.\n",
        "* air\n* occlusion\n",
        "[SRS-2]: https://example.com\n",
    ] {
        check_md(&format!("## SRS-1: t\n\ns\n\n{text}"), &[]);
    }
    check_md("---\ntitle: x\n...\n## SRS-1: t\n\ns\n", &[]);
}

#[test]
#[requirement("TOOL-32")]
fn a_file_that_is_not_utf_8_names_the_place() {
    let document = read_markdown(b"## SRS-1: t\n\nz\xff", &kinds);
    assert_eq!(
        problems(b"## SRS-1: t\n\nz\xff", &document),
        ["3:2 this is not UTF-8 text / save the file as UTF-8"]
    );
}

#[test]
fn the_name_of_a_file_says_what_it_holds() {
    let is = |path| is_markdown(&FilePath::new(path));
    assert!(is("docs/srs.md") && is("SRS.MD"));
    assert!(!is("a.rec") && !is("srs.md/records.toml") && !is("md") && !is("srs.markdown"));
}

/// Fields that Markdown cannot hold would make a record of these kinds worth less there.
#[test]
fn every_field_of_these_kinds_can_be_written() {
    for kind in [RecordKind::Requirement, RecordKind::SystemRequirement, RecordKind::RiskControl] {
        for field in vocabulary::of(kind).named() {
            let can = matches!(field.shape.form(), Form::Text | Form::List | Form::Bool);
            assert!(can || field.shape == Shape::Parts, "{}", field.name);
            assert_ne!(field.shape, Shape::Date, "{}", field.name);
        }
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
