//! Records that are withdrawn: they keep their ids and ask for nothing, and no link may
//! lead to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::Location;
use crate::model::record::{Record, RecordKind, Reference};
use crate::records::{Entry, Index, Resolution};
use crate::trace::{Project, Trace};

/// A link to a withdrawn record.
#[derive(Clone, Debug)]
pub struct WithdrawnLink<'m> {
    /// The record.
    pub record: &'m Record,
    /// The id, where it is named.
    pub at: &'m Location,
    /// Who names it: `#[requirement]`, or `requirement SRS-3, source`.
    pub by: String,
}

/// Every link to a withdrawn record, from tags and from records that are not withdrawn
/// themselves, by place.
///
/// What a review judged in its time stays judged, so reviews may name withdrawn records.
pub fn links<'m>(project: &'m Project<'m>, index: &Index) -> Vec<WithdrawnLink<'m>> {
    let withdrawn = |entry: &Entry| {
        let record = entry.record_in(&project.documents);
        record.withdrawn().is_some().then_some(record)
    };
    let tagged = project.code.tags.iter().flat_map(|tag| tag.ids.iter().map(move |id| (tag, id)));
    let from_tags = tagged.filter_map(|(tag, id)| {
        let record = withdrawn(index.get(&id.value)?)?;
        Some(WithdrawnLink { record, at: &id.at, by: format!("#[{}]", tag.kind.word()) })
    });
    let name = |record: &Record| format!("{} {}", record.kind.noun(), record.id.value);
    let names: BTreeSet<String> = project.withdrawn().map(name).collect();
    let references = project.documents.iter().flat_map(|document| &document.references);
    let live = references.filter(|reference| !is_beyond(reference, &names));
    let from_records = live.flat_map(|reference| {
        let entries = match index.resolve(reference) {
            Resolution::Found(entry) => vec![entry],
            Resolution::Range(entries) => entries,
            Resolution::Test | Resolution::Unknown { .. } | Resolution::WrongKind(_) => Vec::new(),
        };
        let records: Vec<_> = entries.into_iter().filter_map(withdrawn).collect();
        let (at, by) = (&reference.id.at, reference.field.clone());
        records.into_iter().map(move |record| WithdrawnLink { record, at, by: by.clone() })
    });
    let links = from_tags.chain(from_records);
    // A range may lead to one record more than once, and one tag stand in several targets.
    let links: BTreeMap<_, _> = links.map(|link| ((link.at, link.record.at()), link)).collect();
    links.into_values().collect()
}

/// Whether a reference stands in a review, or in one of the records with these names.
fn is_beyond(reference: &Reference, withdrawn: &BTreeSet<String>) -> bool {
    let (record, _) = reference.field.split_once(", ").unwrap_or_default();
    record.starts_with(RecordKind::Review.noun()) || withdrawn.contains(record)
}

impl<'m> Trace<'m> {
    /// Every link to a withdrawn record, by place.
    pub fn withdrawn_links(&self) -> &[WithdrawnLink<'m>] {
        &self.withdrawn_links
    }
}
