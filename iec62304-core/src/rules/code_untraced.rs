//! Public functions of a unit that trace to no requirement and no risk control.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};
use crate::words::count;

/// Functions that are shown.
const SHOWN: usize = 3;

pub(super) static RULE: Rule = Rule {
    name: "code-untraced",
    severity: Severity::Note,
    clauses: PerEdition::both(&["5.5.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("code_untraced.md"),
    check: Check::Unit(check),
};

#[requirement("TOOL-26")]
fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    // A unit that traces to nothing at all is a finding of `unit-without-requirement`.
    if unit.implements.is_empty() {
        return;
    }
    let untraced = trace.untraced_functions(unit);
    let Some(first) = untraced.first() else {
        return;
    };
    let (word, id) = (unit.word(), &unit.id);
    let number = count(untraced.len(), "public function");
    let verb = if untraced.len() == 1 { "traces" } else { "trace" };
    let message = format!("{number} of {word} {id} {verb} to no requirement and no risk control");
    let mut gap = Gap::new(Subject::new(word, id), message)
        .at(&first.at, "no tag on it or around it")
        .help("tag what they are there for, on them, on their `impl` block or on their module")
        .help("or make what only this crate uses `pub(crate)`");
    for other in untraced.iter().take(SHOWN).skip(1) {
        gap = gap.related(&other.at, "nor on this one");
    }
    gaps.push(gap);
}
