//! A risk control in software that no test and no passed review shows to work.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{RiskControl, Trace};

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
    let mut gap = Gap::new(
        Subject::new("risk control", id),
        format!("risk control {id} is not verified"),
    )
    .at(control.record.at(), "no test and no passed review names it");
    for requirement in trace.requirements_of(control) {
        if requirement
            .evidence
            .missing_verification(&requirement.parts)
            .is_some()
        {
            let text = format!(
                "{} has it as source and is not verified",
                requirement.record.id.value
            );
            gap = gap.related(requirement.record.at(), text);
        }
    }
    if control.requirements.is_empty() {
        gap = gap.note(format!("no requirement names {id} as its source either"));
    }
    gaps.push(
        gap.help(format!(
            "tag a test that shows it to work: `#[risk_control(\"{id}\")]`"
        ))
        .help(format!(
            "or verify every requirement with `source = [\"{id}\"]`"
        )),
    );
}
