//! Every record by its id: what an id names, and what comes nearest to one that names
//! nothing.

use std::collections::BTreeMap;

use super::Document;
use crate::location::{Located, Location};
use crate::model::record::{Record, RecordKind, Reference};

/// What an id names.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'m> {
    /// The record.
    pub record: &'m Record,
    /// The part of a requirement, criterion of a unit or cause of a hazardous situation,
    /// without the id of the record.
    pub part: Option<&'m str>,
}

/// An id that stands twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The first place.
    pub first: Location,
    /// The id at its second place.
    pub second: Located<String>,
}

/// What became of a reference.
#[derive(Clone, Debug)]
pub enum Resolution<'m> {
    /// It names these records, all of a kind that it may name.
    Found(Vec<Entry<'m>>),
    /// Nothing has this id: the reference's own, or an end of its range.
    Unknown(Located<String>),
    /// The record of this id is of another kind.
    WrongKind(Located<String>, &'m Record),
}

/// Every record of a project by its id.
#[derive(Clone, Debug, Default)]
pub struct Index<'m> {
    entries: BTreeMap<String, Entry<'m>>,
    duplicates: Vec<Duplicate>,
}

impl<'m> Index<'m> {
    /// Indexes all records. Where an id stands twice, the first one counts.
    pub fn build(documents: &'m [Document]) -> Self {
        let mut index = Self::default();
        for record in documents.iter().flat_map(|document| &document.records) {
            // Versions and defect names are no ids: they may well equal one.
            if matches!(record.kind, RecordKind::Release | RecordKind::CommonDefect) {
                continue;
            }
            index.insert(record.id.clone(), Entry { record, part: None });
            for (part, id) in parts(record) {
                index.insert(
                    id,
                    Entry {
                        record,
                        part: Some(part),
                    },
                );
            }
        }
        index
            .duplicates
            .sort_by(|a, b| a.second.at.cmp(&b.second.at));
        index
    }

    fn insert(&mut self, id: Located<String>, entry: Entry<'m>) {
        if let Some(first) = self.entries.get(&id.value) {
            let first = first.record.at().clone();
            self.duplicates.push(Duplicate { first, second: id });
        } else {
            self.entries.insert(id.value, entry);
        }
    }

    /// What an id names.
    pub fn find(&self, id: &str) -> Option<Entry<'m>> {
        self.entries.get(id).copied()
    }

    /// Every id that stands twice, by place.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// The records that an id or a range of ids names.
    pub fn named(&self, id: &str) -> Vec<&'m Record> {
        let Some(range) = Range::parse(id) else {
            return self
                .find(id)
                .map(|entry| entry.record)
                .into_iter()
                .collect();
        };
        let inside = self.entries.range(range.prefix.to_owned()..);
        let same_prefix = inside.take_while(|(id, _)| id.starts_with(range.prefix));
        let whole = same_prefix.filter(|(_, entry)| entry.part.is_none());
        whole
            .filter(|(id, _)| range.contains(id))
            .map(|(_, entry)| entry.record)
            .collect()
    }

    /// Resolves a reference of a record.
    pub fn resolve(&self, reference: &Reference) -> Resolution<'m> {
        let id = &reference.id;
        let ends = match Range::parse(&id.value) {
            Some(range) => vec![range.first, range.last],
            None => vec![id.value.as_str()],
        };
        let mut found = Vec::new();
        for end in ends {
            let located = || Located::new(end.to_owned(), id.at.clone());
            // A document may be named with a place in it: `SDP-1#processes`.
            let whole = end.split_once('#').map_or(end, |(document, _)| document);
            match self.find(whole) {
                None => return Resolution::Unknown(located()),
                Some(entry) if !reference.kinds.contains(&entry.record.kind) => {
                    return Resolution::WrongKind(located(), entry.record);
                }
                Some(entry) => found.push(entry),
            }
        }
        Resolution::Found(found)
    }

    /// The id of one of these kinds that comes nearest to `id`, if any is near.
    pub fn nearest(&self, id: &str, kinds: &[RecordKind]) -> Option<&str> {
        let fitting = self
            .entries
            .iter()
            .filter(|(_, entry)| kinds.contains(&entry.record.kind));
        nearest(id, fitting.map(|(id, _)| id.as_str()))
    }
}

/// The name that comes nearest to `name`, if any is near; the first of several.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    let distance = |known: &str| strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase());
    let near = names
        .map(|known| (distance(known), known))
        .filter(|(distance, _)| *distance <= limit);
    near.min().map(|(_, known)| known)
}

/// The parts of requirements, criteria of units and causes of hazardous situations,
/// each with its full id.
fn parts(record: &Record) -> Vec<(&str, Located<String>)> {
    let keyed = |field: &str| {
        let fields = record.fields.table(field).map_or(&[][..], |table| &table.0);
        let full = |name: &Located<String>| {
            Located::new(
                format!("{}.{}", record.id.value, name.value),
                name.at.clone(),
            )
        };
        fields
            .iter()
            .map(|field| (field.name.value.as_str(), full(&field.name)))
            .collect()
    };
    match record.kind {
        RecordKind::Requirement => keyed("parts"),
        RecordKind::Unit => keyed("acceptance"),
        RecordKind::HazardousSituation => record
            .fields
            .tables("cause")
            .iter()
            .filter_map(|cause| cause.text("id"))
            .map(|id| (id.value.as_str(), id.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

/// `SRS-1..SRS-20`: all ids of one prefix with a number in between.
struct Range<'a> {
    first: &'a str,
    last: &'a str,
    prefix: &'a str,
    numbers: std::ops::RangeInclusive<u64>,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (first, last) = text.split_once("..")?;
        let (prefix, from) = split_number(first)?;
        let (last_prefix, to) = split_number(last)?;
        (prefix == last_prefix).then_some(Self {
            first,
            last,
            prefix,
            numbers: from..=to,
        })
    }

    fn contains(&self, id: &str) -> bool {
        split_number(id)
            .is_some_and(|(prefix, number)| prefix == self.prefix && self.numbers.contains(&number))
    }
}

fn split_number(id: &str) -> Option<(&str, u64)> {
    let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, number) = id.split_at(id.len() - digits);
    Some((prefix, number.parse().ok()?))
}
