//! Two records with one id.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "requirement-id-duplicate",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_id_duplicate.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for duplicate in trace.index().duplicates() {
        let id = &duplicate.second.value;
        let subject = Subject::new("record", id);
        gaps.push(
            Gap::new(subject, format!("the id `{id}` stands twice"))
                .at(&duplicate.second.at, "here again")
                .related(&duplicate.first, "first here")
                .note("links to this id go to the first record")
                .help("give one of the two an id of its own"),
        );
    }
    trace.project().records().count()
}
