//! An id in a tag or a record that names nothing.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.1.1", "5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("unknown_reference.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for unresolved in trace.unresolved() {
        let subject = Subject::new("reference", &unresolved.id.value);
        let mut gap = Gap::new(subject, &unresolved.message)
            .at(&unresolved.id.at, format!("named by {}", unresolved.by))
            .help(&unresolved.help);
        if let Some(nearest) = &unresolved.nearest {
            gap = gap.replace(&unresolved.id.value, nearest);
        }
        gaps.push(gap);
    }
    trace.references()
}
