//! Rust's own libraries, the C library or the operating system without a record.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row, RowKind};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-standard-library-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_standard_library_missing.md"),
    check: Check::Soup(check),
};

fn check(_: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let comes_with_the_target = match row.kind {
        RowKind::StandardLibrary | RowKind::Runtime | RowKind::Declared(_) => true,
        RowKind::Package | RowKind::NativeLibrary => false,
    };
    if row.record.is_some() || !comes_with_the_target {
        return;
    }
    let message = format!("{} ({}) ships and no SOUP record lists it", row.id, row.title);
    let help = format!(
        "write `[soup.{}]` with `kind = \"{}\"`, its version and its manufacturer; \
         `cargo iec62304 soup --update` writes the table",
        row.id,
        row.kind.words(),
    );
    let gap = Gap::new(Subject::new("SOUP item", &row.id), message).at(&row.at, &row.designator);
    gaps.push(gap.note("no lock file lists what toolchain and target bring along").help(help));
}
