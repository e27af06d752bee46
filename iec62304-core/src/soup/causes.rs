//! The software items that a cause of a hazardous situation may sit in.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::record::{Record, RecordKind};
use crate::trace::Trace;

/// The items and systems that causes name, with what they are part of and what is part of
/// them: a cause in a whole may be in any part, and one in a part is in the whole.
///
/// A cause in software that names no item may be in every one.
pub(super) fn items(trace: &Trace<'_>) -> BTreeSet<String> {
    let records: Vec<&Record> = trace.project().records().collect();
    let of_kind = |kind| records.iter().filter(move |record| record.kind == kind);
    let items: Vec<&Record> =
        of_kind(RecordKind::SoftwareSystem).chain(of_kind(RecordKind::Item)).copied().collect();
    let parents: BTreeMap<&str, &str> =
        items.iter().filter_map(|item| Some((item.id.value.as_str(), parent(item)?))).collect();
    let situations = of_kind(RecordKind::HazardousSituation);
    let mut named = BTreeSet::new();
    for cause in situations.flat_map(|situation| situation.fields.tables("cause")) {
        let outside = cause.text("kind").is_some_and(|kind| is_outside_software(&kind.value));
        match cause.text("item") {
            Some(item) => {
                named.insert(item.value.as_str());
            }
            None if outside => {}
            None => named.extend(items.iter().map(|item| item.id.value.as_str())),
        }
    }
    let whole: BTreeSet<&str> = named.iter().flat_map(|id| above(id, &parents)).collect();
    let is_part = |id: &str| above(id, &parents).iter().any(|above| named.contains(above));
    let parts = items.iter().map(|item| item.id.value.as_str()).filter(|id| is_part(id));
    whole.iter().copied().chain(parts).map(str::to_owned).collect()
}

fn parent(item: &Record) -> Option<&str> {
    if item.kind == RecordKind::Item { item.text("parent") } else { None }
}

fn is_outside_software(kind: &str) -> bool {
    matches!(kind, "hardware" | "misuse")
}

/// An item and all that it is part of; ends where parents form a circle.
fn above<'r>(id: &'r str, parents: &BTreeMap<&'r str, &'r str>) -> BTreeSet<&'r str> {
    let mut found = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| found.insert(*id)) {
        next = parents.get(id).copied();
    }
    found
}
