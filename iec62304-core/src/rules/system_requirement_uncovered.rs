//! A system requirement for the software that no software requirement follows from.

use super::{Check, PerEdition, Rule};
use std::collections::BTreeSet;

use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::{Record, RecordKind};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "system-requirement-uncovered",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.1", "5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("system_requirement_uncovered.md"),
    check: Check::Project(check),
};

/// What `allocated_to` calls the software.
const SOFTWARE: &str = "software";

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let sources: BTreeSet<&str> = trace
        .requirements()
        .iter()
        .flat_map(|requirement| requirement.record.fields.list("source"))
        .map(|source| source.value.as_str())
        .collect();
    let mut judged = 0;
    for record in trace.project().records().filter(|record| is_for_software(record)) {
        judged += 1;
        let id = &record.id.value;
        if !sources.contains(id.as_str()) {
            let message = format!("no software requirement follows from system requirement {id}");
            gaps.push(
                Gap::new(Subject::new("system requirement", id), message)
                    .at(record.at(), "no requirement names it as its source")
                    .help(format!("in the requirement that follows, write `source = [\"{id}\"]`"))
                    .help("or leave `software` out of its `allocated_to`"),
            );
        }
    }
    judged
}

/// Whether the software has a part in it; one that says nothing of the kind may.
fn is_for_software(record: &Record) -> bool {
    if record.kind != RecordKind::SystemRequirement {
        return false;
    }
    let allocated = record.fields.list("allocated_to");
    allocated.is_empty() || allocated.iter().any(|part| part.value == SOFTWARE)
}
