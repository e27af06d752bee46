//! A SOUP item without functional or performance requirements.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-requirements-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_requirements_missing.md"),
    check: Check::SoupGroup(check),
};

fn check(_: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    let judgement = group.judgement();
    let fields = [
        ("functional", judgement.functional.is_empty(), "functional"),
        ("performance", judgement.performance.is_empty(), "performance"),
    ];
    let missing: Vec<&(&str, bool, &str)> = fields.iter().filter(|field| field.1).collect();
    if missing.is_empty() {
        return;
    }
    let words: Vec<&str> = missing.iter().map(|field| field.2).collect();
    let id = &group.record.id.value;
    let message = format!("SOUP item {id} has no {} requirements", words.join(" and no "));
    let written: Vec<String> =
        missing.iter().map(|field| format!("`{} = [\"…\"]`", field.0)).collect();
    let gap = Gap::new(Subject::new("SOUP item", id), message)
        .at(&group.record.id.at, format!("{} missing", super::is_or_are(missing.len())))
        .help(format!("say what the device needs of it: {}", written.join(" and ")));
    gaps.push(gap);
}
