//! A software unit of which no code implements a requirement.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-without-requirement",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.4.4"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("unit_without_requirement.md"),
    check: Check::DeclaredUnit(check),
};

/// As long as the project declares no requirement, this is listed as not checked.
fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    if !unit.implements.is_empty() || trace.requirements().is_empty() {
        return;
    }
    let id = &unit.id;
    let message = format!("unit {id} implements no requirement");
    let gap = Gap::new(Subject::new("unit", id), message)
        .at(&unit.at, "its code names no requirement and no risk control")
        .help("tag the code that does what a requirement asks: `#[requirement(\"SRS-1\")]`")
        .help("or ask whether the unit is needed");
    gaps.push(gap);
}
