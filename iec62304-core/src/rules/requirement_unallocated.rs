//! A software requirement that no item realises.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-unallocated",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.1", "5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("requirement_unallocated.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let record = requirement.record;
    let is_open = record.fields.list("items").is_empty();
    if is_open && trace.has_begun(RecordKind::Requirement, "items") {
        let id = &record.id.value;
        let message = format!("requirement {id} is allocated to no software item");
        gaps.push(
            Gap::new(Subject::new("requirement", id), message)
                .at(record.at(), "`items` names none")
                .help("name the items that realise it: `items = [\"ID\"]`"),
        );
    }
}
