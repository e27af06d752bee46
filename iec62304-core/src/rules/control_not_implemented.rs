//! A risk control in software that no product code realises.

use super::{Check, PerEdition, Rule, with_requirements};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Requirement, RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-not-implemented",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.2.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_not_implemented.md"),
    check: Check::RiskControl(check),
};

fn check(trace: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    if trace.is_implemented(control) {
        return;
    }
    let id = &control.record.id.value;
    let subject = Subject::new("risk control", id);
    let gap = Gap::new(subject, format!("risk control {id} is not implemented"))
        .at(control.record.at(), "no product code names it");
    let is_open = |requirement: &Requirement<'_>| {
        requirement.evidence.missing_implementation(&requirement.parts).is_some()
    };
    gaps.push(
        with_requirements(gap, trace, control, "implemented", is_open)
            .help(format!("tag the code that realises it: `#[risk_control(\"{id}\")]`"))
            .help(format!("or implement every requirement with `source = [\"{id}\"]`")),
    );
}
