//! A software system whose class comes without its reason or its place in the risk management file.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::StatedClass;

pub(super) static RULE: Rule = Rule {
    name: "class-rationale-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("class_rationale_missing.md"),
    check: Check::StatedClass(&[RecordKind::SoftwareSystem], check),
};

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, stated: &StatedClass<'_>, gaps: &mut Vec<Gap>) {
    let absent = |field: &&str| stated.record.fields.text(field).is_none();
    let missing: Vec<&str> = ["rationale", "risk_ref"].into_iter().filter(absent).collect();
    let (what, label) = match missing.as_slice() {
        [] => return,
        ["rationale"] => ("no rationale", "`rationale` is missing"),
        ["risk_ref"] => ("no reference into the risk management file", "`risk_ref` is missing"),
        _ => (
            "neither a rationale nor a reference into the risk management file",
            "`rationale` and `risk_ref` are missing",
        ),
    };
    let name = named(stated.record);
    let gap =
        Gap::new(subject(stated.record), format!("class {} of {name} has {what}", stated.states));
    gaps.push(missing.iter().map(help).fold(gap.at(stated.at, label), Gap::help));
}

fn help(field: &&str) -> &'static str {
    match *field {
        "rationale" => {
            "write `rationale = \"…\"`: which harm the software can lead to, after controls \
             outside it"
        }
        _ => "write `risk_ref = \"…\"`: where the risk management file records the decision",
    }
}
