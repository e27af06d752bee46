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
    /// The nesting of these records. An item whose `parent` is no system or item, or is not
    /// stated, is a part of the software system, if there is one alone.
    pub fn of(records: &[&'m Record]) -> Self {
        let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let systems: Vec<&Record> = of_kind(RecordKind::SoftwareSystem).collect();
        let items = of_kind(RecordKind::Item);
        let only_system = match systems.as_slice() {
            [only] => Some(only.id.value.as_str()),
            _ => None,
        };
        let records: Vec<&Record> = systems.into_iter().chain(items.clone()).collect();
        let known: BTreeSet<&str> = records.iter().map(|record| record.id.value.as_str()).collect();
        let whole = |item: &'m Record| {
            let stated = item.text("parent").filter(|parent| known.contains(parent));
            Some((item.id.value.as_str(), stated.or(only_system)?))
        };
        Self { wholes: items.filter_map(whole).collect(), records }
    }

    /// Every item that is a part of something, with what that is.
    pub fn wholes(&self) -> impl Iterator<Item = (&'m str, &'m str)> {
        self.wholes.iter().map(|(part, whole)| (*part, *whole))
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
