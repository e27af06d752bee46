//! A cause of a hazardous situation that nothing controls, and no reason why nothing must.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Located;
use crate::model::record::Record;
use crate::standard::Classes;
use crate::trace::{Cause, Trace};

pub(super) static RULE: Rule = Rule {
    name: "cause-without-control",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.2.1", "7.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("cause_without_control.md"),
    check: Check::Cause(check),
};

fn check(_: &Trace<'_>, cause: &Cause<'_>, gaps: &mut Vec<Gap>) {
    match cause.fields.text("no_control") {
        None if cause.controls.is_empty() => gaps.push(open(cause)),
        None => {}
        Some(reason) => {
            let own = cause.controls.iter().find(|control| names(control, cause));
            gaps.extend(own.map(|control| contradicted(cause, reason, control)));
        }
    }
}

fn open(cause: &Cause<'_>) -> Gap {
    let message = format!("cause {} has no risk control", cause.name());
    Gap::new(Subject::new("cause", cause.name()), message)
        .at(cause.at(), "no risk control is against it")
        .help(format!(
            "write `[risk_control.…]` with `against = [\"{}\"]`, of whatever kind it is",
            cause.reference()
        ))
        .help("or say why it needs none: `no_control = \"…\"`")
}

/// Whether a control names the cause itself; one of the whole situation may well be there
/// for the other causes.
fn names(control: &Record, cause: &Cause<'_>) -> bool {
    let id = cause.fields.text("id");
    let mut against = control.fields.list("against").iter();
    id.is_some_and(|id| against.any(|named| named.value == id.value))
}

fn contradicted(cause: &Cause<'_>, reason: &Located<String>, control: &Record) -> Gap {
    let (name, control_id) = (cause.name(), &control.id.value);
    let message =
        format!("cause {name} is said to need no risk control, and {control_id} is against it");
    Gap::new(Subject::new("cause", name), message)
        .at(&reason.at, "`no_control` says that it needs none")
        .related(control.at(), "this one names it")
        .help("delete `no_control`, or take the cause out of `against`")
}
