//! A project that names no risk management file.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "risk-file-reference-missing",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["4.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("risk_file_reference_missing.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-23")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let configuration = &trace.project().configuration;
    if configuration.risk_file.is_none() {
        let gap = Gap::new(
            Subject::new("project", "risk management file"),
            "no risk management file is named",
        )
        .at(&configuration.at, "`risk_file` is missing in [project]")
        .help("in [project], write `risk_file = \"…\"`: its id and revision, as `RMF-1 rev 7`");
        gaps.push(gap);
    }
    1
}
