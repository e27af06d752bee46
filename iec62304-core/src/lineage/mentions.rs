//! Which record names which, by which field: every reference of the vocabulary, from both
//! ends.

use std::collections::BTreeMap;

use crate::location::{Located, Location};
use crate::model::record::{Fields, Record, Value};
use crate::records::{Entry, Index};
use crate::trace::Project;

/// One end of a reference, as seen from the other.
#[derive(Clone, Debug)]
pub(super) struct Mention<'m> {
    /// The name of the field.
    pub(super) field: &'static str,
    /// The record at the other end.
    pub(super) record: &'m Record,
    /// The id of a part of that record, where only a part is meant.
    pub(super) part: Option<String>,
}

/// All references between records.
#[derive(Debug, Default)]
pub(super) struct Mentions<'m> {
    by_record: BTreeMap<&'m Location, Vec<Mention<'m>>>,
    of_id: BTreeMap<String, Vec<Mention<'m>>>,
}

impl<'m> Mentions<'m> {
    pub(super) fn of(project: &'m Project<'m>, index: &Index) -> Self {
        let mut mentions = Self::default();
        for record in project.all_records() {
            let mut add = |owner: Option<&str>, field: &'static str, entry: &Entry| {
                let named = entry.record_in(&project.documents);
                let id = entry.id.value.clone();
                let part = entry.is_part.then(|| id.clone());
                let forward = Mention { field, record: named, part };
                mentions.by_record.entry(record.at()).or_default().push(forward);
                let backward = Mention { field, record, part: owner.map(str::to_owned) };
                mentions.of_id.entry(id).or_default().push(backward);
            };
            references(&record.fields, None, index, &mut add);
        }
        mentions
    }

    /// What a record names.
    pub(super) fn by(&self, record: &Record) -> &[Mention<'m>] {
        self.by_record.get(record.at()).map_or(&[], Vec::as_slice)
    }

    /// Who names an id.
    pub(super) fn naming(&self, id: &str) -> &[Mention<'m>] {
        self.of_id.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Every reference of a table and of the tables in it; `owner` is the id that an inner table
/// gives itself, as a cause does.
fn references(
    fields: &Fields,
    owner: Option<&str>,
    index: &Index,
    add: &mut impl FnMut(Option<&str>, &'static str, &Entry),
) {
    for named in fields.shape().named() {
        let Some(value) = fields.get(named.name) else {
            continue;
        };
        if let Some(target) = named.shape.target() {
            for id in ids(value) {
                for entry in index.entries(&id.value, target.kinds) {
                    add(owner, named.name, entry);
                }
            }
        }
        match value {
            Value::Table(table) => references(table, owner, index, add),
            Value::Tables(tables) => {
                for table in tables {
                    references(table, own_id(table), index, add);
                }
            }
            _ => {}
        }
    }
}

fn own_id(table: &Fields) -> Option<&str> {
    table.shape().field("id")?;
    table.text("id").map(|id| id.value.as_str())
}

fn ids(value: &Value) -> Vec<&Located<String>> {
    match value {
        Value::Text(id) => vec![id],
        Value::List(ids) => ids.iter().collect(),
        Value::Lists(lists) => lists.iter().flatten().collect(),
        _ => Vec::new(),
    }
}
