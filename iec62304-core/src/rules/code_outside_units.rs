//! A module with code that belongs to no unit, although its item has units.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Module, Trace};

pub(super) static RULE: Rule = Rule {
    name: "code-outside-units",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("code_outside_units.md"),
    check: Check::Module(check),
};

#[requirement("TOOL-26")]
fn check(_: &Trace<'_>, module: &Module<'_>, gaps: &mut Vec<Gap>) {
    if !module.is_to_be_claimed || !module.units.is_empty() || !module.holds_code {
        return;
    }
    let path = module.path;
    let label = match module.item {
        Some(item) => format!("item {item} has units, and none of them claims it"),
        None => "the project has units, and none of them claims it".to_owned(),
    };
    let gap = Gap::new(Subject::new("module", path), format!("module {path} belongs to no unit"))
        .at(module.at, label)
        .help(format!("add \"{path}\" to the `modules` of a unit, or declare a unit for it"));
    gaps.push(gap);
}
