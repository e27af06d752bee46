//! A software item that is broken down into no unit.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Item, Trace};

pub(super) static RULE: Rule = Rule {
    name: "item-without-unit",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("item_without_unit.md"),
    check: Check::Item(check),
};

/// As long as the project declares no unit at all, this is listed as not checked.
fn check(trace: &Trace<'_>, item: &Item<'_>, gaps: &mut Vec<Gap>) {
    if item.is_broken_down() || !trace.declares_units() {
        return;
    }
    let id = &item.record.id.value;
    let message = format!("item {id} is not broken down into units");
    let gap =
        Gap::new(Subject::new("item", id), message).at(item.record.at(), "no unit names it").help(
            format!("declare its units: `[unit.NAME]` with `item = \"{id}\"` and `modules = […]`"),
        );
    gaps.push(gap);
}
