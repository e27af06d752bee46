//! A software requirement of which nobody can say how it is shown to be met.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-not-testable",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_not_testable.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let record = requirement.record;
    let is_open = record.text("verify").is_none();
    if is_open && trace.has_begun(RecordKind::Requirement, "verify") {
        let id = &record.id.value;
        let message = format!("nothing says how requirement {id} is verified");
        gaps.push(
            Gap::new(Subject::new("requirement", id), message)
                .at(record.at(), "`verify` is missing")
                .help(
                    "name the method: `verify = \"system test\"`, \"integration test\", \
                     \"unit test\", \"inspection\", \"analysis\" or \"demonstration\"",
                ),
        );
    }
}
