//! All ids of a project: what they name, which stand twice, what a reference finds.
//!
//! Ids of records and of their parts share one namespace, since a review may name any
//! of them. Releases and common defects have one each: versions and defects are not ids.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Document;
use super::nearest::nearest;
use super::range::{ends, numbered};
use crate::location::{Located, Location};
use crate::model::record::{Fields, Record, RecordKind, Reference, Value};
use crate::model::vocabulary::Shape;
use slips::Slips;

mod slips;

/// Every id and what it names.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    by_id: BTreeMap<(Namespace, String), usize>,
    by_number: BTreeMap<(String, u64), Vec<usize>>,
    duplicates: Vec<Duplicate>,
    /// Only needed for messages, so only made for the first one.
    slips: OnceLock<Slips>,
}

/// What an id names: a record, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id, where it is given.
    pub id: Located<String>,
    /// The kind of the record.
    pub kind: RecordKind,
    /// The document of the record, counted from 0.
    pub document: usize,
    /// The record in its document, counted from 0.
    pub record: usize,
    /// Whether the id names a part, a criterion or a cause instead of the whole record.
    pub is_part: bool,
}

/// An id that is given twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Where it stands first.
    pub first: Location,
    /// The id, where it stands again.
    pub second: Located<String>,
    /// What the first and the second name.
    pub kinds: [RecordKind; 2],
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution<'i, 'r> {
    /// To this.
    Found(&'i Entry),
    /// It is a range, and these are in it.
    Range(Vec<&'i Entry>),
    /// To no record; since it may name a test, it does or is unknown.
    Test,
    /// To nothing. `id` is the reference, or the end of a range that there is not.
    Unknown {
        /// What is not known.
        id: &'r str,
    },
    /// To a record of a kind that may not stand here.
    WrongKind(&'i Entry),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Namespace {
    Shared,
    CommonDefect,
    Release,
}

impl Namespace {
    const ALL: [Self; 3] = [Self::Shared, Self::CommonDefect, Self::Release];

    fn of(kind: RecordKind) -> Self {
        match kind {
            RecordKind::CommonDefect => Self::CommonDefect,
            RecordKind::Release => Self::Release,
            _ => Self::Shared,
        }
    }
}

impl Index {
    /// Indexes the records of all documents. Of an id given twice the first counts.
    pub fn build(documents: &[Document]) -> Self {
        let mut index = Self::default();
        for (document, content) in documents.iter().enumerate() {
            for (at, record) in content.records.iter().enumerate() {
                let entry =
                    |id, is_part| Entry { id, kind: record.kind, document, record: at, is_part };
                index.add(entry(record.id.clone(), false));
                for id in ids_of_parts(record) {
                    index.add(entry(id, true));
                }
            }
        }
        index
    }

    /// The ids that are given more than once.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// What `id` names.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        Namespace::ALL.into_iter().find_map(|namespace| self.get_in(namespace, id))
    }

    /// What `id` names, where that is a record of `kind` or a part of one.
    pub fn get_kind(&self, kind: RecordKind, id: &str) -> Option<&Entry> {
        self.get_in(Namespace::of(kind), id).filter(|entry| entry.kind == kind)
    }

    /// The known id of one of these kinds that was most likely meant by `id`.
    ///
    /// Names may be a few letters away. Where there are digits, only one letter: the
    /// number next but one is another number, not a slip.
    pub fn nearest(&self, id: &str, kinds: &[RecordKind]) -> Option<&str> {
        let of_kind = |entry: &&Entry| kinds.contains(&entry.kind);
        let slips = self.slips.get_or_init(|| Slips::of(self.entries.iter().map(id_of)));
        let candidates = slips.candidates(id).into_iter();
        let close = candidates.map(|at| &self.entries[at]).filter(of_kind);
        let near = nearest(id, close.map(id_of));
        if near.is_some() || has_digit(id) {
            return near;
        }
        let others = self.entries.iter().filter(of_kind).map(id_of);
        nearest(id, others.filter(|other| !has_digit(other)))
    }

    /// Follows a reference.
    pub fn resolve<'r>(&self, reference: &'r Reference) -> Resolution<'_, 'r> {
        let id = reference.id.value.as_str();
        match self.resolve_id(id, reference.kinds) {
            Resolution::Unknown { .. } if reference.or_test && ends(id).is_none() => {
                Resolution::Test
            }
            resolution => resolution,
        }
    }

    /// What an id or a range of ids leads to where these kinds of record may stand.
    pub fn resolve_id<'r>(&self, id: &'r str, kinds: &[RecordKind]) -> Resolution<'_, 'r> {
        match ends(id) {
            Some((first, last)) => self.resolve_range(first, last, kinds),
            None => self.resolve_one(id, kinds),
        }
    }

    /// What an id or a range of ids names of these kinds, as far as it names something.
    pub fn entries(&self, id: &str, kinds: &[RecordKind]) -> Vec<&Entry> {
        match self.resolve_id(id, kinds) {
            Resolution::Found(entry) => vec![entry],
            Resolution::Range(entries) => entries,
            Resolution::Test | Resolution::Unknown { .. } | Resolution::WrongKind(_) => Vec::new(),
        }
    }

    fn resolve_one<'r>(&self, id: &'r str, kinds: &[RecordKind]) -> Resolution<'_, 'r> {
        if let Some(entry) = kinds.iter().find_map(|kind| self.get_kind(*kind, id)) {
            return Resolution::Found(entry);
        }
        if let Some((document, _)) = id.split_once('#')
            && kinds.contains(&RecordKind::Document)
        {
            return self.resolve_one(document, kinds);
        }
        match self.get(id) {
            Some(entry) => Resolution::WrongKind(entry),
            None => Resolution::Unknown { id },
        }
    }

    fn resolve_range<'r>(
        &self,
        first: &'r str,
        last: &'r str,
        kinds: &[RecordKind],
    ) -> Resolution<'_, 'r> {
        for end in [first, last] {
            match self.resolve_one(end, kinds) {
                Resolution::Found(_) => {}
                other => return other,
            }
        }
        let (Some((prefix, from)), Some((_, to))) = (numbered(first), numbered(last)) else {
            return Resolution::Unknown { id: first };
        };
        let range = (prefix.to_owned(), from)..=(prefix.to_owned(), to);
        let within = self.by_number.range(range).flat_map(|(_, entries)| entries);
        let entries = within.map(|at| &self.entries[*at]);
        Resolution::Range(entries.filter(|entry| kinds.contains(&entry.kind)).collect())
    }

    fn get_in(&self, namespace: Namespace, id: &str) -> Option<&Entry> {
        let at = self.by_id.get(&(namespace, id.to_owned()))?;
        Some(&self.entries[*at])
    }

    fn add(&mut self, entry: Entry) {
        let key = (Namespace::of(entry.kind), entry.id.value.clone());
        if let Some(first) = self.by_id.get(&key) {
            let first = &self.entries[*first];
            self.duplicates.push(Duplicate {
                first: first.id.at.clone(),
                kinds: [first.kind, entry.kind],
                second: entry.id,
            });
            return;
        }
        let at = self.entries.len();
        if let Some((prefix, number)) = numbered(&entry.id.value) {
            let numbered = self.by_number.entry((prefix.to_owned(), number));
            numbered.or_default().push(at);
        }
        self.by_id.insert(key, at);
        self.entries.push(entry);
    }
}

fn id_of(entry: &Entry) -> &str {
    &entry.id.value
}

fn has_digit(id: &str) -> bool {
    id.contains(|letter: char| letter.is_ascii_digit())
}

impl Entry {
    /// The record, from the documents that the index was built of.
    pub fn record_in<'d>(&self, documents: &'d [Document]) -> &'d Record {
        &documents[self.document].records[self.record]
    }
}

/// The ids that a record gives to its parts, criteria and causes.
fn ids_of_parts(record: &Record) -> Vec<Located<String>> {
    let mut ids = Vec::new();
    for field in &record.fields {
        match (record.fields.shape().field(&field.name.value), &field.value) {
            (Some(Shape::Parts), Value::Table(parts)) => {
                ids.extend(parts.iter().map(|part| {
                    let id = format!("{}.{}", record.id.value, part.name.value);
                    Located::new(id, part.name.at.clone())
                }));
            }
            (_, Value::Tables(tables)) => ids.extend(tables.iter().flat_map(own_ids)),
            _ => {}
        }
    }
    ids
}

fn own_ids(table: &Fields) -> Vec<Located<String>> {
    let gives_id = |name: &str| table.shape().field(name) == Some(Shape::OwnId);
    let own = table.iter().filter(|field| gives_id(&field.name.value));
    own.filter_map(|field| match &field.value {
        Value::Text(id) => Some(id.clone()),
        _ => None,
    })
    .collect()
}
