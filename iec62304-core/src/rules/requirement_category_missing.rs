//! A software requirement of no kind.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-category-missing",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.2.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_category_missing.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let record = requirement.record;
    let is_open = record.text("category").is_none();
    if is_open && trace.has_begun(RecordKind::Requirement, "category") {
        let id = &record.id.value;
        let message = format!("requirement {id} has no category");
        gaps.push(
            Gap::new(Subject::new("requirement", id), message)
                .at(record.at(), "`category` is missing")
                .help("write its letter of 5.2.2: `category = \"a\"` for function and capability"),
        );
    }
}
