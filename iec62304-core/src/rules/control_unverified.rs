//! A risk control in software that no test and no passed review shows to work.

use super::{Check, PerEdition, Rule, with_failing, with_outdated, with_requirements};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::evidence::verifies;
use crate::trace::{Requirement, RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-unverified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.3.1", "7.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_unverified.md"),
    check: Check::RiskControl(check),
};

fn check(trace: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    if trace.is_verified(control) {
        return;
    }
    let id = &control.record.id.value;
    let subject = Subject::new("risk control", id);
    let failing = trace.failing(&control.evidence.tests);
    let label = match failing.len() {
        0 => "no test and no passed review names it",
        _ => "no test that names it has passed, and no passed review does",
    };
    let gap = Gap::new(subject, format!("risk control {id} is not verified"))
        .at(control.record.at(), label);
    let gap = with_failing(gap, &failing);
    let gap = with_outdated(gap, &trace.outdated_reviews(control.record, verifies));
    let is_open = |requirement: &Requirement<'_>| !trace.has_passed(requirement);
    gaps.push(
        with_requirements(gap, trace, control, "verified", is_open)
            .help(format!("tag a test that shows it to work: `#[risk_control(\"{id}\")]`"))
            .help(format!("or verify every requirement with `source = [\"{id}\"]`")),
    );
}
