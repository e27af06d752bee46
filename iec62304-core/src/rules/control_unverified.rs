//! A risk control in software that no test and no passed review shows to work.

use super::{Check, PerEdition, Rule, with_outdated, with_requirements};
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
    let gap = Gap::new(subject, format!("risk control {id} is not verified"))
        .at(control.record.at(), "no test and no passed review names it");
    let gap = with_outdated(gap, &trace.outdated_reviews(control.record, verifies));
    let is_open = |requirement: &Requirement<'_>| {
        requirement.evidence.missing_verification(&requirement.parts).is_some()
    };
    gaps.push(
        with_requirements(gap, trace, control, "verified", is_open)
            .help(format!("tag a test that shows it to work: `#[risk_control(\"{id}\")]`"))
            .help(format!("or verify every requirement with `source = [\"{id}\"]`")),
    );
}
