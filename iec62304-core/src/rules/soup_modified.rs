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
    let message =
        format!("{} is changed: until a record says otherwise it is own software", row.id);
    let gap = Gap::new(Subject::new("SOUP item", &row.id), message)
        .at(&row.at, modified)
        .note("own software needs what its class asks for: requirements, units, verification")
        .help(
            "name it in the `crates` of an item, or write into its SOUP record what was changed \
             and why it stays SOUP: `modified = \"…\"`",
        );
    gaps.push(gap);
}
