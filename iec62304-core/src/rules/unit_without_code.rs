//! A software unit that no code belongs to.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-without-code",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("unit_without_code.md"),
    check: Check::DeclaredUnit(check),
};

fn check(_: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    if !unit.declarations.is_empty() {
        return;
    }
    let id = &unit.id;
    let label = if unit.modules.is_empty() {
        "it has no module and no function"
    } else {
        "its modules declare nothing that ships"
    };
    let gap = Gap::new(Subject::new("unit", id), format!("unit {id} has no code"))
        .at(&unit.at, label)
        .help("name the modules that implement it: `modules = [\"crate_name::module\"]`")
        .help(format!("or mark single functions with `#[software_unit(\"{id}\")]`"));
    gaps.push(gap);
}
