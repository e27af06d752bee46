//! A risk control that rests on the very requirements whose failure is the cause.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Cause, Requirement, RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-same-as-cause",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_same_as_cause.md"),
    check: Check::Failure(check),
};

fn check(trace: &Trace<'_>, cause: &Cause<'_>, gaps: &mut Vec<Gap>) {
    for control in trace.controls_of(cause) {
        let mut requirements = trace.requirements_of(control);
        if !control.requirements.is_empty() && requirements.all(|own| fails(cause, own)) {
            gaps.push(gap(trace, cause, control));
        }
    }
}

/// Whether the whole of a requirement fails in a cause: by its id, or part by part.
fn fails(cause: &Cause<'_>, requirement: &Requirement<'_>) -> bool {
    let id = &requirement.record.id.value;
    let named = |id: &str| cause.requirements.iter().any(|named| named == id);
    let parts = &requirement.parts;
    named(id) || (!parts.is_empty() && parts.iter().all(|part| named(&format!("{id}.{part}"))))
}

fn gap(trace: &Trace<'_>, cause: &Cause<'_>, control: &RiskControl<'_>) -> Gap {
    let (name, id) = (cause.name(), &control.record.id.value);
    let message = format!("risk control {id} rests on what fails in cause {name}, on nothing else");
    let gap = Gap::new(Subject::new("cause", name), message)
        .at(control.record.at(), "every requirement of it fails in that cause");
    trace
        .requirements_of(control)
        .fold(gap.related(cause.at(), "the cause"), |gap, requirement| {
            gap.related(requirement.record.at(), "the failure of this is the cause")
        })
        .help(format!("write a requirement for what is left, with `source = [\"{id}\"]`"))
        .help("or correct the `requirements` of the cause")
}
