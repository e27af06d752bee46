//! A software unit without acceptance criteria.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-criteria-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_criteria_missing.md"),
    check: Check::DeclaredUnit(check),
};

fn check(_: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    if !unit.criteria().is_empty() {
        return;
    }
    let id = &unit.id;
    let message = format!("unit {id} has no acceptance criteria");
    let gap = Gap::new(Subject::new("unit", id), message)
        .at(&unit.at, "`acceptance` is missing")
        .help(format!(
            "write `[unit.{id}.acceptance]` with `AC-1 = \"…\"`: what must hold before the unit \
             goes into integration"
        ));
    gaps.push(gap);
}
