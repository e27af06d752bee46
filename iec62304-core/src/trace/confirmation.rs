//! Links whose ends a review of kind `trace` has confirmed, and which of these ends have
//! changed since.
//!
//! A link is confirmed by a review that names both of its ends, as they were. So one
//! hash for each end serves all its links, and a record stays as long as there are ends,
//! not links.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::location::Location;
use crate::model::record::{Record, RecordKind};
use crate::records::Index;
use crate::trace::evidence::{self, kind_is_one_of};
use crate::trace::review::{Binding, Judgement, Judgements};
use crate::trace::{Project, Unit};

/// The kind of review that confirms links.
pub const KIND: &str = "trace";

/// A link between two records: what a requirement follows from, or what implements it.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'m> {
    /// The end that says what must be.
    pub upper: &'m Record,
    /// The end that follows from it.
    pub lower: &'m Record,
}

/// One end of links that changed since they were confirmed.
#[derive(Clone, Debug)]
pub struct ChangedEnd<'m> {
    /// What changed.
    pub end: &'m Record,
    /// The other ends of these links.
    pub others: Vec<&'m Record>,
    /// The reviews that confirmed them last.
    pub reviews: Vec<&'m Record>,
}

/// All links, and how far they are confirmed.
#[derive(Clone, Debug, Default)]
pub struct Confirmations<'m> {
    /// Every link between records.
    pub edges: Vec<Edge<'m>>,
    /// Whether any review confirms links at all.
    pub is_begun: bool,
    /// Ends that changed.
    pub changed: Vec<ChangedEnd<'m>>,
    /// Reviews with one hash over all, of which something changed, and the links.
    pub undivided: Vec<(&'m Record, Vec<Edge<'m>>)>,
    /// Records with links that no review confirms, and the other ends of these.
    pub never: Vec<(&'m Record, Vec<&'m Record>)>,
}

impl<'m> Confirmations<'m> {
    /// Looks at every link of a project.
    #[requirement("TOOL-28")]
    pub fn build(
        project: &'m Project<'m>,
        index: &Index,
        units: &[Unit<'m>],
        judgements: &Judgements<'m>,
    ) -> Self {
        let edges = edges(project, index, units);
        let is_begun = project.records().any(confirms);
        let mut sorter = Sorter::default();
        if is_begun {
            for edge in &edges {
                sorter.sort(*edge, judgements);
            }
        }
        let Sorter { changed, undivided, never } = sorter;
        Self {
            edges,
            is_begun,
            changed: changed.into_values().collect(),
            undivided: undivided.into_values().collect(),
            never: never.into_values().collect(),
        }
    }

    /// The other ends of all links of a record.
    pub fn linked_to(&self, record: &Record) -> Vec<&'m Record> {
        let other = |edge: &Edge<'m>| match () {
            () if edge.upper.at() == record.at() => Some(edge.lower),
            () if edge.lower.at() == record.at() => Some(edge.upper),
            () => None,
        };
        self.edges.iter().filter_map(other).collect()
    }
}

/// Whether a review confirms links, and says of which content.
fn confirms(review: &Record) -> bool {
    review.kind == RecordKind::Review
        && kind_is_one_of(review, &[KIND])
        && evidence::passed(review)
        && crate::trace::content::names_a_hash(review)
}

/// Every link between two records, each once: the sources of requirements, and what the
/// code of declared units implements.
fn edges<'m>(project: &'m Project<'m>, index: &Index, units: &[Unit<'m>]) -> Vec<Edge<'m>> {
    let mut edges: BTreeMap<(&Location, &Location), Edge<'m>> = BTreeMap::new();
    let mut add = |upper: &'m Record, lower: &'m Record| {
        edges.entry((upper.at(), lower.at())).or_insert(Edge { upper, lower });
    };
    for record in project.records().filter(|record| record.kind == RecordKind::Requirement) {
        for source in record.fields.list("source") {
            let id = source.value.split_once('#').map_or(source.value.as_str(), |(id, _)| id);
            if let Some(entry) = index.get(id) {
                add(entry.record_in(&project.documents), record);
            }
        }
    }
    for unit in units {
        if let crate::trace::Origin::Declared(record) = unit.origin {
            for link in &unit.implements {
                add(link.record, record);
            }
        }
    }
    edges.into_values().collect()
}

/// Puts links where they belong.
#[derive(Default)]
struct Sorter<'m> {
    changed: BTreeMap<&'m Location, ChangedEnd<'m>>,
    undivided: BTreeMap<&'m Location, (&'m Record, Vec<Edge<'m>>)>,
    never: BTreeMap<&'m Location, (&'m Record, Vec<&'m Record>)>,
}

impl<'m> Sorter<'m> {
    fn sort(&mut self, edge: Edge<'m>, judgements: &Judgements<'m>) {
        let both = |[upper, lower]: &[Binding; 2]| {
            *upper == Binding::Current && *lower == Binding::Current
        };
        let confirmations = confirmations(edge, judgements);
        if confirmations.iter().any(|(_, bindings)| both(bindings)) {
            return;
        }
        let Some((review, [upper, lower])) = confirmations.last() else {
            return self.add_never(edge);
        };
        if judgements.is_undivided(review) {
            let entry = self.undivided.entry(review.at()).or_insert((review, Vec::new()));
            return entry.1.push(edge);
        }
        if *upper == Binding::Changed {
            self.add_changed(edge.upper, edge.lower, review);
        }
        if *lower == Binding::Changed {
            self.add_changed(edge.lower, edge.upper, review);
        }
    }

    fn add_changed(&mut self, end: &'m Record, other: &'m Record, review: &'m Record) {
        let changed = ChangedEnd { end, others: Vec::new(), reviews: Vec::new() };
        let entry = self.changed.entry(end.at()).or_insert(changed);
        entry.others.push(other);
        if !entry.reviews.iter().any(|known| known.at() == review.at()) {
            entry.reviews.push(review);
        }
    }

    /// What is new is most often the requirement, so it stands there.
    fn add_never(&mut self, edge: Edge<'m>) {
        let is_source = edge.lower.kind == RecordKind::Requirement;
        let (at, other) =
            if is_source { (edge.lower, edge.upper) } else { (edge.upper, edge.lower) };
        self.never.entry(at.at()).or_insert((at, Vec::new())).1.push(other);
    }
}

/// The reviews that confirm both ends of a link, the oldest first, with how each end
/// stands to it.
fn confirmations<'m>(
    edge: Edge<'m>,
    judgements: &Judgements<'m>,
) -> Vec<(&'m Record, [Binding; 2])> {
    let binds = |found: &&Judgement<'_>| {
        confirms(found.review) && !matches!(found.binding, Binding::NotCovered | Binding::Foreign)
    };
    let lower: BTreeMap<&Location, Binding> = judgements
        .of(edge.lower)
        .iter()
        .filter(binds)
        .map(|found| (found.review.at(), found.binding))
        .collect();
    let upper = judgements.of(edge.upper).iter().filter(binds);
    let both = upper.filter_map(|found| {
        let lower = lower.get(found.review.at())?;
        Some((found.review, [found.binding, *lower]))
    });
    both.collect()
}

/// The ends of links, each once, in the order of the records.
pub fn distinct<'m>(records: impl IntoIterator<Item = &'m Record>) -> Vec<&'m Record> {
    let mut seen = BTreeSet::new();
    records.into_iter().filter(|record| seen.insert(record.at())).collect()
}
