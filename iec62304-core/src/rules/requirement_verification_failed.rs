//! A requirement with a linked test that has not passed on what stands there now.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, standing_of};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-verification-failed",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.7.4"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("requirement_verification_failed.md"),
    check: Check::RequirementResult(check),
};

#[requirement("TOOL-63")]
fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let open = trace.failing(&requirement.evidence.tests);
    let Some(first) = open.first() else {
        return;
    };
    let id = &requirement.record.id.value;
    let message = format!("requirement {id} has linked tests that have not passed");
    let label = match open.len() {
        1 => format!("{} {}", first.path, standing_of(&first.standing)),
        number => format!("{number} of its tests"),
    };
    let gap = Gap::new(Subject::new("requirement", id), message).at(requirement.record.at(), label);
    let gap = open.iter().fold(gap, |gap, test| gap.related(test.at, standing_of(&test.standing)));
    gaps.push(gap.help("make every linked test pass, then run `cargo iec62304 verify`"));
}
