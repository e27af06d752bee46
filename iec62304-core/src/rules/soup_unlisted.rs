//! Something ships that was not developed for the device, and no record lists it.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, NO_REASON, RecordRef, Row, RowKind};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-unlisted",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_unlisted.md"),
    check: Check::Soup(check),
};

fn check(inventory: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let is_of_lock_file = matches!(row.kind, RowKind::Package | RowKind::NativeLibrary);
    match &row.record {
        None if is_of_lock_file => gaps.push(unlisted(row)),
        Some(record) if is_first_without_reason(inventory, row, record) => {
            gaps.push(without_reason(inventory, record));
        }
        None | Some(_) => {}
    }
    gaps.extend(unusable_bill(row));
}

/// What is inside a part is on no list while its bill of materials cannot be used.
fn unusable_bill(row: &Row) -> Option<Gap> {
    let why = row.unusable_bill.as_ref()?;
    let message = format!("what is inside SOUP item {} is on no list", row.id);
    let label = format!("this bill of materials cannot be used: {}", why.value);
    let gap = Gap::new(Subject::new("SOUP item", &row.id), message).at(&why.at, label);
    Some(gap.help(
        "put the supplier's CycloneDX file there, 1.3 to 1.7 in JSON or 1.3 to 1.5 in XML, by a \
         path from the workspace root",
    ))
}

fn unlisted(row: &Row) -> Gap {
    let what = match row.kind {
        RowKind::NativeLibrary => row.title.clone(),
        _ => row.package.as_ref().map_or_else(|| row.title.clone(), ToString::to_string),
    };
    let message = format!("{what} ships and no SOUP record lists it");
    let mut gap = Gap::new(Subject::new("SOUP item", &row.id), message)
        .at(&row.at, &row.designator)
        .help(help(row));
    if let Some(path) = row.paths.first() {
        gap = gap.note(format!("it ships by way of {}", path.join(" > ")));
    }
    if let Some(modified) = &row.modified {
        gap = gap.note(format!(
            "{modified}: either it is own software, then name it in the `crates` of an item, \
             or it is SOUP, then a record says so"
        ));
    }
    gap
}

fn help(row: &Row) -> String {
    let key = crate::soup::table_key(&row.id);
    if row.kind == RowKind::NativeLibrary {
        return format!(
            "write `[soup.{key}]` with `kind = \"native library\"`, its version and its \
             manufacturer; `cargo iec62304 soup --update` writes the table"
        );
    }
    format!(
        "run `cargo iec62304 soup --update`, which writes [soup.{key}], or name the package in \
         the `covers` of a record that judges it too"
    )
}

fn is_covered_without_reason(row: &Row, by: &RecordRef) -> bool {
    let record = row.record.as_ref().filter(|record| record.id.at == by.id.at);
    record.is_some_and(|record| record.covers.as_deref() == Some(NO_REASON))
}

/// One finding for each record, at the first package that it covers.
fn is_first_without_reason(inventory: &Inventory, row: &Row, record: &RecordRef) -> bool {
    let first = inventory.soup.iter().find(|row| is_covered_without_reason(row, record));
    first.is_some_and(|first| first.at == row.at)
}

fn without_reason(inventory: &Inventory, record: &RecordRef) -> Gap {
    let covered = inventory.soup.iter().filter(|row| is_covered_without_reason(row, record));
    let names: Vec<String> =
        covered.filter_map(|row| row.package.as_ref()).map(ToString::to_string).collect();
    let id = &record.id.value;
    let message =
        format!("nothing says why {} can be judged with SOUP item {id}", names.join(", "));
    Gap::new(Subject::new("SOUP item", id), message)
        .at(&record.id.at, "`covers` without a reason")
        .help("write `covers_reason = \"…\"`, or give each package a record of its own")
}
