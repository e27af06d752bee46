//! An evaluation of published anomalies that no longer fits what ships.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-anomalies-stale",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.1.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_anomalies_stale.md"),
    check: Check::SoupGroup(check),
};

fn check(_: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    let id = &group.record.id.value;
    for stale in group.rows[0].evaluation.stale() {
        let message = format!("SOUP item {id}: {}", stale.value);
        let gap = Gap::new(Subject::new("SOUP item", id), message).at(&stale.at, "").help(
            "read the list of known anomalies again, then write the new date, name and \
             fingerprint",
        );
        gaps.push(gap);
    }
}
