//! A risk control of which nothing says whether it can itself lead to harm.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-side-effects-unreviewed",
    severity: Severity::Error,
    clauses: PerEdition { first: &["7.3.2"], amended: &["7.3.1"] },
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_side_effects_unreviewed.md"),
    check: Check::RiskControl(check),
};

fn check(_: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    if control.record.fields.text("side_effects").is_some() {
        return;
    }
    let id = &control.record.id.value;
    let message =
        format!("nothing says whether risk control {id} can itself lead to a hazardous situation");
    gaps.push(
        Gap::new(Subject::new("risk control", id), message)
            .at(control.record.at(), "`side_effects` is missing")
            .help(
                "write `side_effects = \"…\"`: what it may cause itself, or that nothing was \
                 found, and who says so",
            ),
    );
}
