//! Which item is a part of which, up to the software system.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::record::{Record, RecordKind};

/// Software systems and items, each with what it is a part of.
#[derive(Clone, Debug)]
pub struct Nesting<'m> {
    records: Vec<&'m Record>,
    wholes: BTreeMap<&'m str, &'m str>,
}

impl<'m> Nesting<'m> {
    /// The nesting that the `parent` of each item states.
    pub fn of(records: &[&'m Record]) -> Self {
        let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let systems = of_kind(RecordKind::SoftwareSystem);
        let items = of_kind(RecordKind::Item);
        let whole = |item: &'m Record| Some((item.id.value.as_str(), item.text("parent")?));
        Self {
            wholes: items.clone().filter_map(whole).collect(),
            records: systems.chain(items).collect(),
        }
    }

    /// Every software system, then every item.
    pub fn records(&self) -> impl Iterator<Item = &'m Record> {
        self.records.iter().copied()
    }

    /// An item and all that it is a part of; ends where parents form a circle.
    pub fn with_wholes<'i>(&self, id: &'i str) -> BTreeSet<&'i str>
    where
        'm: 'i,
    {
        let mut found = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| found.insert(*id)) {
            next = self.wholes.get(id).copied();
        }
        found
    }
}
