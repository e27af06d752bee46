//! Software items, what belongs to them, and whether they are broken down into units.

use std::collections::BTreeSet;

use crate::model::record::{Record, RecordKind};
use crate::trace::Trace;
use crate::trace::architecture::Tree;
use crate::trace::class::{ClassTree, Classed, Effective};

/// A software item.
#[derive(Clone, Debug)]
pub struct Item<'m> {
    /// Its record.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// The units that name it.
    pub units: Vec<&'m Record>,
    /// Whether items below it name all of its packages.
    pub is_only_items: bool,
    /// Whether a requirement is allocated to it or to a part of it.
    pub has_requirement: bool,
    /// Whether a package or unit with code belongs to it or to a part of it.
    pub has_code: bool,
}

impl Classed for Item<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

impl Item<'_> {
    /// Whether units, or items that are judged themselves, make up the whole of it.
    pub fn is_broken_down(&self) -> bool {
        !self.units.is_empty() || self.is_only_items
    }
}

/// Every software item, in the order of the records.
pub fn items<'m>(
    records: &[&'m Record],
    classes: &ClassTree,
    tree: &Tree<'m, '_>,
) -> Vec<Item<'m>> {
    let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
    let naming = |kind, field, id: &'m str| -> Vec<&'m Record> {
        of_kind(kind).filter(|record| record.text(field) == Some(id)).collect()
    };
    let item = |record: &'m Record| {
        let id = record.id.value.as_str();
        let children = naming(RecordKind::Item, "parent", id);
        Item {
            record,
            class: classes.item(id),
            units: naming(RecordKind::Unit, "item", id),
            is_only_items: !children.is_empty() && are_packages_of(record, &children),
            has_requirement: tree.with_requirement.contains(id),
            has_code: tree.with_code.contains(id),
        }
    };
    of_kind(RecordKind::Item).map(item).collect()
}

/// Whether the items below an item name all of its packages.
fn are_packages_of(record: &Record, children: &[&Record]) -> bool {
    let below: BTreeSet<&str> = children
        .iter()
        .flat_map(|child| child.fields.list("crates"))
        .map(|name| name.value.as_str())
        .collect();
    record.fields.list("crates").iter().all(|name| below.contains(name.value.as_str()))
}

impl<'m> Trace<'m> {
    /// Every software item, in the order of the records.
    pub fn items(&self) -> &[Item<'m>] {
        &self.items
    }

    /// Whether the project has begun to declare units.
    pub fn declares_units(&self) -> bool {
        self.units().first().is_some_and(super::Unit::is_declared)
    }
}
