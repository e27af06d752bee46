//! A record that was written for another version than the one that ships.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-version-mismatch",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_version_mismatch.md"),
    check: Check::Soup(check),
};

fn check(_: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let (Some(stated), Some(version)) = (&row.stated_version, &row.version) else {
        return;
    };
    if stated.value != *version {
        let message =
            format!("SOUP item {} is recorded as {}, and {version} ships", row.id, stated.value);
        let gap = Gap::new(Subject::new("SOUP item", &row.id), message)
            .at(&stated.at, "the record's version")
            .related(&row.at, "the version that ships")
            .help("judge the new version as a change (6.1, 8.2), then write its number here");
        gaps.push(gap);
    }
}
