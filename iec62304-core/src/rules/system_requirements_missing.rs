//! A project that says where its software requirements come from, and has no system
//! requirements.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "system-requirements-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.1.3", "5.2.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("system_requirements_missing.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    if !trace.has_begun(RecordKind::Requirement, "source") {
        return 0;
    }
    let configuration = &trace.project().configuration;
    let is_elsewhere = configuration.system_requirements.is_some();
    let mut records = trace.project().records();
    if !is_elsewhere && !records.any(|record| record.kind == RecordKind::SystemRequirement) {
        let message = "there is no system requirement, and nothing says where they stand";
        let gap = Gap::new(Subject::new("project", "system requirements"), message)
            .at(&configuration.at, "`system_requirements` is missing in [project]")
            .help("write `[system_requirement.SYS-1]` with a `text` into a record file")
            .help("or in [project], `system_requirements = \"…\"`: the document that holds them");
        gaps.push(gap);
    }
    1
}
