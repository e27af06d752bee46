//! A package that somebody else than its maker has changed.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-modified",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_modified.md"),
    check: Check::Soup(check),
};

fn check(_: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let Some(modified) = &row.modified else {
        return;
    };
    if row.modified_because.is_some() {
        return;
    }
    let is_covered = row.record.as_ref().is_some_and(|record| record.covers.is_some());
    let record = if is_covered { "a SOUP record of its own" } else { "its SOUP record" };
    let message =
        format!("{} is not what its maker delivers, and no record says why it stays SOUP", row.id);
    let gap = Gap::new(Subject::new("SOUP item", &row.id), message)
        .at(&row.at, modified)
        .note(
            "until then it is own software, which needs what its class asks for: requirements, \
             units, verification",
        )
        .help(format!(
            "name it in the `crates` of an item, or write into {record} what was changed and why \
             it stays SOUP: `modified = \"…\"`"
        ));
    gaps.push(gap);
}
