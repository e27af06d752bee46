//! A package that says it needs a newer Rust than the toolchain that is pinned.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Inventory, Row};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-environment-conflict",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.3.4", "5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_environment_conflict.md"),
    check: Check::Soup(check),
};

fn check(inventory: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let toolchain = &inventory.toolchain;
    let (Some(needed), Some(newest)) = (&row.rust_version, toolchain.newest_release()) else {
        return;
    };
    if numbers(needed) <= newest {
        return;
    }
    let pinned = toolchain.channel.as_deref().unwrap_or_default();
    let message = format!("SOUP item {} needs Rust {needed}, and {pinned} is pinned", row.id);
    let mut gap = Gap::new(Subject::new("SOUP item", &row.id), message)
        .at(&row.at, format!("`rust-version = \"{needed}\"` in its manifest"))
        .help("pin a newer toolchain, or an older version of the package");
    if let Some(at) = &toolchain.at {
        gap = gap.related(at, "the toolchain that is pinned");
    }
    gaps.push(gap);
}

/// `1.88` and `1.88.0` as numbers that compare as releases do.
fn numbers(version: &str) -> [u32; 3] {
    let mut numbers = [0; 3];
    for (number, part) in numbers.iter_mut().zip(version.split('.')) {
        *number = part.parse().unwrap_or(0);
    }
    numbers
}
