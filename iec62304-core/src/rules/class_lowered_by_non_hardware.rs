//! In the 2006 edition, a class that rests on a risk control which is no hardware.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, lowered_by};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::Lowering;

pub(super) static RULE: Rule = Rule {
    name: "class-lowered-by-non-hardware",
    severity: Severity::Error,
    clauses: PerEdition { first: &["4.3"], amended: &[] },
    classes: PerEdition { first: Classes::ABC, amended: Classes::NONE },
    page: include_str!("class_lowered_by_non_hardware.md"),
    check: Check::Lowering(check),
};

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, lowering: &Lowering<'_>, gaps: &mut Vec<Gap>) {
    let kind = lowering.control.text("kind").unwrap_or("software");
    // What lies inside the software system has a rule of its own.
    if lowering.is_inside || kind == "hardware" {
        return;
    }
    let (label, what) =
        ("in this edition only hardware lowers a class", format!("its kind is {kind}"));
    gaps.push(lowered_by(lowering, "is no hardware", label, &what).help(
        "or follow the amended edition, which counts every control outside the software \
         system: `edition = \"2006+AMD1:2015\"`",
    ));
}
