//! A SOUP item without a manufacturer, or without what tells it from every other.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, ListedIn, RecordRef, Row};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-field-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_field_missing.md"),
    check: Check::Soup(check),
};

fn check(_: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let Some(record) = &row.record else {
        return;
    };
    if row.manufacturer.name.is_none() {
        gaps.push(gap(
            row,
            record,
            "who makes it",
            "manufacturer",
            "`manufacturer = \"…\"`: the person, project or company that publishes it",
        ));
    }
    if row.version.is_none() && row.judgement.designator.is_none() {
        gaps.push(gap(
            row,
            record,
            "which one exactly it is",
            "version",
            "`version = \"…\"`, or where it has no number, `designator = \"…\"`: release date, \
             patch, build or digest",
        ));
    }
}

fn gap(row: &Row, record: &RecordRef, what: &str, field: &str, line: &str) -> Gap {
    let message = format!("nothing says of SOUP item {} {what}", row.id);
    let gap = Gap::new(Subject::new("SOUP item", &row.id), message);
    if let Some(ListedIn { bill, .. }) = &row.listed_in {
        return gap.at(&row.at, format!("{bill} lists it without {field}")).help(
            "ask the supplier for a bill of materials that says so, or complete the copy here",
        );
    }
    if record.covers.is_some() {
        let key = crate::soup::table_key(&row.id);
        return gap
            .at(&record.id.at, format!("`covers` names it, and its own manifest has no {field}"))
            .help(format!("give it a record of its own: in `[soup.{key}]`, write {line}"));
    }
    gap.at(&record.id.at, format!("`{field}` is missing")).help(format!("write {line}"))
}
