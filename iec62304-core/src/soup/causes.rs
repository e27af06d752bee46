//! The software items that a cause of a hazardous situation may sit in.

use std::collections::BTreeSet;

use crate::model::record::Record;
use crate::trace::Trace;
use crate::trace::nesting::Nesting;

/// The items and systems that causes name, with what they are part of and what is part of
/// them: a cause in a whole may be in any part, and one in a part is in the whole.
///
/// A cause in software that names no item may be in every one.
pub(super) fn items(trace: &Trace<'_>) -> BTreeSet<String> {
    let records: Vec<&Record> = trace.project().records().collect();
    let nesting = Nesting::of(&records);
    let ids: Vec<&str> = nesting.records().map(|record| record.id.value.as_str()).collect();
    let mut named = BTreeSet::new();
    for cause in trace.hazards().causes() {
        match cause.item() {
            Some(item) => {
                named.insert(item);
            }
            None if cause.kind().is_some_and(is_outside_software) => {}
            None => named.extend(&ids),
        }
    }
    let wholes = named.iter().flat_map(|id| nesting.with_wholes(id));
    let is_part = |id: &&str| nesting.with_wholes(id).iter().any(|whole| named.contains(whole));
    let parts = ids.iter().copied().filter(is_part);
    wholes.chain(parts).map(str::to_owned).collect()
}

fn is_outside_software(kind: &str) -> bool {
    matches!(kind, "hardware" | "misuse")
}
