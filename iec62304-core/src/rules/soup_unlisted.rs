//! Something ships that was not developed for the device, and no record lists it.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row, RowKind};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-unlisted",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_unlisted.md"),
    check: Check::Soup(check),
};

fn check(_: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let is_of_lock_file = matches!(row.kind, RowKind::Package | RowKind::NativeLibrary);
    if row.record.is_some() || !is_of_lock_file {
        return;
    }
    let what = match row.kind {
        RowKind::NativeLibrary => row.title.clone(),
        _ => row.package.as_ref().map_or_else(|| row.title.clone(), ToString::to_string),
    };
    let message = format!("{what} ships and no SOUP record lists it");
    let mut gap = Gap::new(Subject::new("SOUP item", &row.id), message)
        .at(&row.at, &row.designator)
        .help(format!(
            "run `cargo iec62304 soup --update`, which writes [soup.{}], or name the package \
             in the `covers` of a record that judges it too",
            crate::soup::table_key(&row.id)
        ));
    if let Some(path) = row.paths.first() {
        gap = gap.note(format!("it ships by way of {}", path.join(" > ")));
    }
    if let Some(modified) = &row.modified {
        gap = gap.note(format!(
            "{modified}: either it is own software, then name it in the `crates` of an item, \
             or it is SOUP, then a record says so"
        ));
    }
    gaps.push(gap);
}
