//! `docs/markdown-records.md` as a test: its example is read as it says.

use iec62304_macros::requirement;

use crate::content;
use crate::location::FilePath;
use crate::model::record::RecordKind;
use crate::records::{self, Document, FileRole};
use crate::snapshot::{Content, TextFile};

const PAGE: &str = include_str!("../../../docs/markdown-records.md");

/// The block of the page, counted from 0, that is written in a language.
fn block(language: &str, at: usize) -> &'static str {
    let opening = format!("```{language}\n");
    let block = PAGE.split(&opening).nth(at + 1).unwrap();
    &block[..block.find("```\n").unwrap()]
}

fn file(path: &str, text: &str) -> TextFile {
    TextFile { path: FilePath::new(path), content: Content::Bytes(text.as_bytes().into()) }
}

fn toml(text: &str, role: FileRole) -> Document {
    let document = records::read(&file("records.toml", text), role);
    assert_eq!(document.problems, []);
    document
}

fn example() -> Document {
    let settings = toml(block("toml", 0), FileRole::Configuration);
    let kinds = crate::config::Configuration::resolve(&settings).0.kinds_of_ids();
    records::read_records(&file("docs/requirements.md", block("markdown", 0)), &kinds)
}

#[test]
#[requirement("TOOL-32")]
fn the_example_is_read_as_its_page_says() {
    let document = example();
    assert_eq!(document.problems, []);
    let kinds: Vec<_> = document.records.iter().map(|record| record.kind).collect();
    let expected =
        [RecordKind::SystemRequirement, RecordKind::RiskControl, RecordKind::Requirement];
    assert_eq!(kinds, expected);
}

#[test]
#[requirement("TOOL-32")]
fn the_same_requirement_has_one_hash_in_toml_and_in_markdown() {
    let hash =
        |document: &Document| content::of_record(document.records.last().unwrap(), &[]).to_string();
    let same = toml(block("toml", 1), FileRole::Records);
    assert_eq!(hash(&example()), hash(&same));
    let other = toml(&block("toml", 1).replace("Stop the motor", "Stop it"), FileRole::Records);
    assert_ne!(hash(&example()), hash(&other));
}
