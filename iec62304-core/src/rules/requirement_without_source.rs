//! A software requirement that follows from nothing.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-without-source",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_without_source.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    if !trace.has_begun(RecordKind::Requirement, "source") {
        return;
    }
    let record = requirement.record;
    let id = &record.id.value;
    let sources = record.fields.list("source");
    let subject = || Subject::new("requirement", id);
    if sources.is_empty() {
        gaps.push(
            Gap::new(subject(), format!("requirement {id} traces to no source"))
                .at(record.at(), "`source` is missing")
                .help(
                    "name the system requirement, risk control or document that it follows from: \
                     `source = [\"SYS-1\"]`",
                )
                .help("or write `source = [\"derived\"]` with a `source_reason`"),
        );
    }
    let derived = sources.iter().find(|source| source.value == "derived");
    if let Some(derived) = derived.filter(|_| record.text("source_reason").is_none()) {
        gaps.push(
            Gap::new(subject(), format!("nothing says why requirement {id} has no parent"))
                .at(&derived.at, "derived from what the design asks for, and why?")
                .help("write `source_reason = \"…\"`"),
        );
    }
}
