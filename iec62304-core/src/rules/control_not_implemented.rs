//! A risk control in software that no product code realises.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{RiskControl, Trace};

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
    let mut gap = Gap::new(
        Subject::new("risk control", id),
        format!("risk control {id} is not implemented"),
    )
    .at(control.record.at(), "no product code names it");
    for requirement in trace.requirements_of(control) {
        if requirement
            .evidence
            .missing_implementation(&requirement.parts)
            .is_some()
        {
            let text = format!(
                "{} has it as source and is not implemented",
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
            "tag the code that realises it: `#[risk_control(\"{id}\")]`"
        ))
        .help(format!(
            "or implement every requirement with `source = [\"{id}\"]`"
        )),
    );
}
