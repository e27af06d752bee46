//! What the rules on units have not looked at.

use super::undeclared;
use crate::finding::{Label, NotChecked};
use crate::standard::SafetyClass;
use crate::trace::{Trace, Unit};
use crate::words::count;

/// Items without units and without code, as long as the project declares no unit: where
/// there is code, its modules stand in for units, and are listed as such.
pub(super) fn items_without_units(trace: &Trace<'_>) -> Option<NotChecked> {
    let is_stood_in_for = |id: &str| trace.units().iter().any(|unit| unit.item == Some(id));
    let open = trace.items().iter().filter(|item| {
        let binds = item.class.class > SafetyClass::A;
        binds && !item.is_broken_down() && !is_stood_in_for(&item.record.id.value)
    });
    let places: Vec<Label> = open
        .map(|item| Label { at: item.record.at().clone(), text: item.record.id.value.clone() })
        .collect();
    let what = format!(
        "whether {} {} broken down into units: no unit is declared",
        places.len(),
        if places.len() == 1 { "item is" } else { "items are" },
    );
    let switch_on = "write `[unit.NAME]` with `item` and `modules` into a record file";
    (!places.is_empty() && !trace.declares_units())
        .then(|| undeclared("items-without-units", what, switch_on, places))
}

/// Unsafe code of declared units, as long as no review judges any unit.
pub(super) fn unsafe_reviews(trace: &Trace<'_>) -> Option<NotChecked> {
    let binds = |unit: &&Unit<'_>| unit.is_declared() && unit.class.class > SafetyClass::A;
    let open = trace.units().iter().filter(binds).flat_map(|unit| &unit.unsafe_code);
    let mut places: Vec<Label> =
        open.map(|found| Label { at: found.at.clone(), text: found.what.clone() }).collect();
    places.sort_by(|a, b| a.at.cmp(&b.at));
    places.dedup();
    let what = format!(
        "whether somebody reviewed the unsafe code at {}: no review of a unit is recorded",
        count(places.len(), "place"),
    );
    let switch_on = "record a passed review of kind \"unit\" for each unit that holds it";
    (!places.is_empty() && !trace.reviews_units())
        .then(|| undeclared("unsafe-reviews", what, switch_on, places))
}
