//! A SOUP item in code that can lead to harm, and nobody asked whether its failure can.

use std::collections::BTreeSet;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-not-considered-as-cause",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.1.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_not_considered_as_cause.md"),
    check: Check::SoupGroup(check),
};

fn check(inventory: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    let judgement = group.judgement();
    match (&judgement.not_a_cause, judgement.causes.as_slice()) {
        (None, []) => gaps.extend(used_near_cause(inventory, group).map(|by| open(group, &by))),
        (Some(_), [_, ..]) => gaps.push(contradicted(group)),
        (Some(_), []) | (None, _) => {}
    }
}

/// Who uses a group near a cause: a phrase; nobody where no cause names what uses it.
///
/// What no item is known to use may be used by any.
fn used_near_cause(inventory: &Inventory, group: &Group<'_>) -> Option<String> {
    let near = &inventory.items_of_causes;
    let items = group.rows.iter().flat_map(|row| &row.items);
    let shared: BTreeSet<&str> =
        items.filter(|item| near.contains(*item)).map(String::as_str).collect();
    if !shared.is_empty() {
        let items: Vec<&str> = shared.into_iter().collect();
        return Some(format!("used by {}, where a cause may sit", items.join(", ")));
    }
    let nobody_knows = group.rows.iter().any(|row| row.items.is_empty());
    (nobody_knows && !near.is_empty())
        .then(|| "no item is known to use it, so one with a cause may".to_owned())
}

fn open(group: &Group<'_>, used_by: &str) -> Gap {
    let id = &group.record.id.value;
    let message = format!("nobody has asked whether a failure of SOUP item {id} can lead to harm");
    Gap::new(Subject::new("SOUP item", id), message).at(&group.record.id.at, used_by).help(
        "name it in the `soup` of a cause of a hazardous situation, or say why it is none: \
         `not_a_cause = \"…\"`",
    )
}

fn contradicted(group: &Group<'_>) -> Gap {
    let id = &group.record.id.value;
    let causes = group.judgement().causes.join(", ");
    let message = format!("SOUP item {id} is said to be no cause, and cause {causes} names it");
    Gap::new(Subject::new("SOUP item", id), message)
        .at(&group.record.id.at, "`not_a_cause` stands here")
        .help("delete `not_a_cause`, or take the item out of the cause")
}
