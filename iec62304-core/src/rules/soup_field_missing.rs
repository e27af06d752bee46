//! A SOUP item without title, manufacturer or unique designator.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row};
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
    let missing = [
        ("manufacturer", row.manufacturer.name.is_none(), "who makes it"),
        ("version", row.version.is_none(), "which one exactly it is"),
    ];
    for (field, is_missing, what) in missing {
        if !is_missing {
            continue;
        }
        let message = format!("nothing says of SOUP item {} {what}", row.id);
        let gap = Gap::new(Subject::new("SOUP item", &row.id), message)
            .at(&record.id.at, format!("`{field}` is missing"));
        let help = format!("write `{field} = \"…\"`; a name with a reason is better than none");
        gaps.push(gap.help(help));
    }
}
