//! A SOUP item whose requirements nothing verifies.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-unverified",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.3.3", "5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_unverified.md"),
    check: Check::SoupGroup(check),
};

fn check(_: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    let judgement = group.judgement();
    if judgement.verified_by.len() > judgement.not_verified_by.len() {
        return;
    }
    let id = &group.record.id.value;
    let message = format!("nothing verifies that SOUP item {id} meets its requirements");
    let label = if judgement.not_verified_by.is_empty() {
        "`verified_by` is missing".to_owned()
    } else {
        judgement.not_verified_by.join("; ")
    };
    let gap = Gap::new(Subject::new("SOUP item", id), message)
        .at(&group.record.id.at, label)
        .help("name the tests, or the reviews that passed, that show it: `verified_by = [\"…\"]`");
    gaps.push(gap);
}
