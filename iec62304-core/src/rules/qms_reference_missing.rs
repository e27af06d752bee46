//! A project that names no quality management system.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "qms-reference-missing",
    severity: Severity::Note,
    clauses: PerEdition::both(&["4.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("qms_reference_missing.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-23")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let configuration = &trace.project().configuration;
    if configuration.quality_system.is_none() {
        let gap = Gap::new(Subject::new("project", "quality management system"), "no quality management system is named")
            .at(&configuration.at, "`quality_system` is missing in [project]")
            .help("in [project], write `quality_system = \"…\"`: the manual and its revision, as `QM-001 rev 12`");
        gaps.push(gap);
    }
    1
}
