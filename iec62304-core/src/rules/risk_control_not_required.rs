//! A risk control in software that no requirement asks for.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::{RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "risk-control-not-required",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.3", "7.2.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("risk_control_not_required.md"),
    check: Check::RiskControl(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    if !control.requirements.is_empty() || !trace.has_begun(RecordKind::Requirement, "source") {
        return;
    }
    let id = &control.record.id.value;
    let message = format!("no software requirement realises risk control {id}");
    gaps.push(
        Gap::new(Subject::new("risk control", id), message)
            .at(control.record.at(), "no requirement names it as its source")
            .help(format!("in the requirement that realises it, write `source = [\"{id}\"]`")),
    );
}
