//! Records that are withdrawn: they keep their ids and ask for nothing, and no link may
//! lead to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::Location;
use crate::model::record::{Record, RecordKind, Reference};
use crate::records::{Entry, Index};
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
    let all: BTreeSet<_> = project.withdrawn().map(|it| (it.kind, it.id.value.as_str())).collect();
    let is_live = |reference: &&Reference| match &reference.record {
        Some((kind, id)) => *kind != RecordKind::Review && !all.contains(&(*kind, id.as_str())),
        None => true,
    };
    let references = project.documents.iter().flat_map(|document| &document.references);
    let from_records = references.filter(is_live).flat_map(|reference| {
        let Reference { id, kinds, field, .. } = reference;
        let records = index.entries(&id.value, kinds).into_iter().filter_map(withdrawn);
        records.map(|record| WithdrawnLink { record, at: &id.at, by: field.clone() })
    });
    let links = from_tags.chain(from_records);
    // A range may lead to one record more than once, and one tag stand in several targets.
    let links: BTreeMap<_, _> = links.map(|link| ((link.at, link.record.at()), link)).collect();
    links.into_values().collect()
}

impl<'m> Trace<'m> {
    /// Every link to a withdrawn record, by place.
    pub fn withdrawn_links(&self) -> &[WithdrawnLink<'m>] {
        &self.withdrawn_links
    }
}
