//! The things of a lineage, and what is said of each.

use super::{Node, NodeGap};
use crate::location::Location;
use crate::model::code::{ItemIndex, ModuleIndex, TagOwner};
use crate::model::record::{Field, Fields, Record, RecordKind, Value};
use crate::model::vocabulary::Shape;
use crate::standard::SafetyClass;

use super::walk::Walk;

/// Something that a lineage passes.
#[derive(Clone, Debug)]
pub(super) enum Thing<'m> {
    /// A record that is no unit.
    Record(&'m Record),
    /// A part of a record with an id of its own.
    Part(Part<'m>),
    /// A unit or the module that stands in for it, by its place in the list of units.
    Unit(usize),
    /// A function or another tagged item.
    Code(ItemIndex),
    /// A module.
    Module(ModuleIndex),
}

/// A part, criterion or cause of a record.
#[derive(Clone, Debug)]
pub(super) struct Part<'m> {
    pub(super) record: &'m Record,
    pub(super) id: String,
    pub(super) at: &'m Location,
    pub(super) text: Option<&'m str>,
    /// The table that it is, where it is one.
    pub(super) table: Option<&'m Fields>,
}

impl<'m> Part<'m> {
    /// The part of this id.
    pub(super) fn of(record: &'m Record, id: &str) -> Option<Self> {
        Self::all(record).into_iter().find(|part| part.id == id)
    }

    /// Every part of a record.
    pub(super) fn all(record: &'m Record) -> Vec<Self> {
        let mut parts = Vec::new();
        for field in &record.fields {
            match (record.fields.shape().field(&field.name.value), &field.value) {
                (Some(Shape::Parts), Value::Table(table)) => {
                    parts.extend(table.iter().map(|part| Self::of_table(record, part)));
                }
                (_, Value::Tables(tables)) => {
                    parts.extend(tables.iter().filter_map(|table| Self::cause(record, table)));
                }
                _ => {}
            }
        }
        parts
    }

    fn of_table(record: &'m Record, field: &'m Field) -> Self {
        let text = match &field.value {
            Value::Text(text) => Some(text.value.as_str()),
            _ => None,
        };
        let id = format!("{}.{}", record.id.value, field.name.value);
        Self { record, id, at: &field.name.at, text, table: None }
    }

    fn cause(record: &'m Record, table: &'m Fields) -> Option<Self> {
        table.shape().field("id").filter(|shape| *shape == Shape::OwnId)?;
        let id = table.text("id")?;
        let text = table.text("text").map(|text| text.value.as_str());
        Some(Self { record, id: id.value.clone(), at: &id.at, text, table: Some(table) })
    }

    /// The own name of the part in its record: `a` of `SRS-7.a`.
    pub(super) fn name(&self) -> &str {
        self.id
            .strip_prefix(&self.record.id.value)
            .map_or(&self.id, |rest| rest.trim_start_matches('.'))
    }
}

/// The fields that say what a record is about, the first that a kind has.
const TEXTS: [&str; 5] = ["text", "situation", "title", "what", "purpose"];

impl<'m> Walk<'m, '_> {
    /// What is said of a thing.
    pub(super) fn node(&self, thing: &Thing<'m>) -> Node {
        let at = self.at(thing).clone();
        let (id, what, text, class) = match thing {
            Thing::Record(record) => {
                let text = TEXTS.iter().find_map(|name| text_of(record, name));
                (record.id.value.clone(), what(record), text, self.class(record))
            }
            Thing::Part(part) => {
                (part.id.clone(), part_of(part), part.text.map(str::to_owned), None)
            }
            Thing::Unit(index) => {
                let unit = &self.trace.units()[*index];
                (unit.id.clone(), unit.word().to_owned(), None, Some(unit.class.class))
            }
            Thing::Code(item) => (self.path(*item), self.what_code(*item), None, None),
            Thing::Module(module) => {
                let path = self.trace.project().code.modules[module.0].path.clone();
                (path, "module".to_owned(), None, None)
            }
        };
        let gaps = self.gaps(thing, &id);
        Node { id, what, text, class, at, gaps }
    }

    /// Where a thing stands, which no other thing does.
    pub(super) fn at<'t>(&'t self, thing: &'t Thing<'m>) -> &'t Location {
        let code = &self.trace.project().code;
        match thing {
            Thing::Record(record) => record.at(),
            Thing::Part(part) => part.at,
            Thing::Unit(index) => &self.trace.units()[*index].at,
            Thing::Code(item) => &code.items[item.0].at,
            Thing::Module(module) => &code.modules[module.0].declared_at,
        }
    }

    /// The path of an item, its module in front.
    pub(super) fn path(&self, item: ItemIndex) -> String {
        let code = &self.trace.project().code;
        code.path_of(&code.items[item.0])
    }

    /// `fn`, or a test with its level.
    fn what_code(&self, item: ItemIndex) -> String {
        let found = &self.trace.project().code.items[item.0];
        if found.test.is_none() {
            return found.kind.to_owned();
        }
        let links = self.links_of(|owner| owner == TagOwner::Item(item));
        let level = links.into_iter().find_map(|link| link.level);
        level.map_or_else(|| "test".to_owned(), |level| format!("{} test", level.word()))
    }

    fn class(&self, record: &Record) -> Option<SafetyClass> {
        let same = |other: &Record| other.at() == record.at();
        let class = match record.kind {
            RecordKind::Requirement => {
                &self.trace.requirements().iter().find(|it| same(it.record))?.class
            }
            RecordKind::RiskControl => {
                &self.trace.risk_controls().iter().find(|it| same(it.record))?.class
            }
            RecordKind::Item | RecordKind::SoftwareSystem => {
                return Some(self.trace.classes().of_record(&record.id.value).class);
            }
            _ => return None,
        };
        Some(class.class)
    }

    /// Findings whose subject a thing is, or that stand in a piece of code.
    fn gaps(&self, thing: &Thing<'m>, id: &str) -> Vec<NodeGap> {
        let code = &self.trace.project().code;
        let open = self.analysis.findings().into_iter().map(|finding| (finding, None));
        let accepted = self.analysis.accepted().map(|(finding, by)| (finding, Some(by)));
        let findings = open.chain(accepted).filter(|(finding, _)| {
            let subject = &finding.gap.subject;
            match thing {
                Thing::Record(record) => subject.kind == record.kind.noun() && subject.id == id,
                Thing::Unit(index) => {
                    subject.kind == self.trace.units()[*index].word() && subject.id == id
                }
                Thing::Part(_) | Thing::Module(_) => subject.id == id,
                Thing::Code(item) => {
                    let item = &code.items[item.0];
                    finding.gap.at.as_ref().is_some_and(|label| {
                        label.at.file == item.at.file
                            && item.span.range().contains(&(label.at.span.start as usize))
                    })
                }
            }
        });
        findings
            .map(|(finding, acceptance)| NodeGap {
                severity: finding.severity,
                acceptance,
                rule: finding.rule,
                message: finding.gap.message.clone(),
            })
            .collect()
    }
}

fn text_of(record: &Record, name: &str) -> Option<String> {
    record.fields.shape().field(name)?;
    match record.fields.get(name)? {
        Value::Text(text) => Some(text.value.clone()),
        _ => None,
    }
}

/// The words for a record: `hazardous situation (serious)`, `review (requirements, passed)`.
fn what(record: &Record) -> String {
    let fields: &[&str] = match record.kind {
        RecordKind::HazardousSituation => &["severity"],
        RecordKind::RiskControl | RecordKind::Soup | RecordKind::Tool => &["kind"],
        RecordKind::Review => &["kind", "result", "date"],
        RecordKind::Problem | RecordKind::Change => &["state"],
        _ => &[],
    };
    let withdrawn = record.withdrawn().map(|why| format!("withdrawn: {}", why.value));
    let fields = fields.iter().filter_map(|name| text_of(record, name));
    let details: Vec<String> = fields.chain(withdrawn).collect();
    let noun = record.kind.noun();
    if details.is_empty() { noun.to_owned() } else { format!("{noun} ({})", details.join(", ")) }
}

fn part_of(part: &Part<'_>) -> String {
    let Some(table) = part.table else {
        let word = if part.record.kind == RecordKind::Unit { "criterion" } else { "part" };
        return word.to_owned();
    };
    let text = |name| table.text(name).map(|text| text.value.as_str());
    match (text("kind"), text("item")) {
        (Some(kind), Some(item)) => format!("cause ({kind}) in {item}"),
        (Some(kind), None) => format!("cause ({kind})"),
        (None, Some(item)) => format!("cause in {item}"),
        (None, None) => "cause".to_owned(),
    }
}
