//! A SOUP item of which nothing says which hardware and software it needs.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-environment-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.4"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_environment_missing.md"),
    check: Check::SoupGroup(check),
};

fn check(_: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    if group.judgement().environment.is_some() {
        return;
    }
    let id = &group.record.id.value;
    let message = format!("nothing says which hardware and software SOUP item {id} needs");
    let gap = Gap::new(Subject::new("SOUP item", id), message)
        .at(&group.record.id.at, "`environment` is missing")
        .help(
            "write `environment = \"…\"`: targets, Rust version, core or std, memory, the \
             libraries and devices that it relies on",
        );
    gaps.push(gap);
}
