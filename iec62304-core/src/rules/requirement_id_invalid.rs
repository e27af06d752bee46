//! An id that does not follow the project's own pattern.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "requirement-id-invalid",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_id_invalid.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let project = trace.project();
    let mut judged = 0;
    for (kind, pattern) in &project.configuration.ids {
        let whole =
            project.configuration.id_pattern(*kind).expect("every kind on the list has a pattern");
        for record in project.all_records().filter(|record| record.kind == *kind) {
            judged += 1;
            let id = &record.id.value;
            if !whole.allows(id) {
                let message =
                    format!("the id `{id}` does not match the pattern `{}`", pattern.value);
                gaps.push(
                    Gap::new(Subject::new(kind.noun(), id), message)
                        .at(record.at(), format!("this {} id", kind.noun()))
                        .related(&pattern.at, "the pattern")
                        .help("correct the id here and wherever it is named, or widen the pattern"),
                );
            }
        }
    }
    judged
}
