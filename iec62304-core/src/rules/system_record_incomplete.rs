//! A run with results of system tests that does not say all that 5.7.5 asks for.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, incomplete_runs};
use crate::finding::{Gap, Severity};
use crate::model::code::Level;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "system-record-incomplete",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.7.5"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("system_record_incomplete.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-63")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    incomplete_runs(trace, Level::System, gaps)
}
