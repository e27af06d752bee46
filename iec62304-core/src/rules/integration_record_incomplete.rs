//! A run with results of integration tests that does not say all that 5.6.7 asks for.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, incomplete_runs};
use crate::finding::{Gap, Severity};
use crate::model::code::Level;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "integration-record-incomplete",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.6.7"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("integration_record_incomplete.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-63")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    incomplete_runs(trace, Level::Integration, gaps)
}
