//! A class that rests on a risk control which the software system realises itself.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, lowered_by};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::Lowering;

pub(super) static RULE: Rule = Rule {
    name: "class-lowered-by-internal-control",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("class_lowered_by_internal_control.md"),
    check: Check::Lowering(check),
};

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, lowering: &Lowering<'_>, gaps: &mut Vec<Gap>) {
    if !lowering.is_inside {
        return;
    }
    let what = match lowering.control.text("kind") {
        Some(_) => "a control in software",
        None => "a control of no stated kind, taken for one in software",
    };
    let inside = "lies inside the software system";
    let label = "only controls outside the software system lower a class";
    gaps.push(lowered_by(lowering, inside, label, what).help(
        "or, if something else realises the control, say what: `kind = \"hardware\"`, \
         `\"procedure\"` or `\"information for safety\"`; if that is the software of \
         another system, declare that system and its items",
    ));
}
