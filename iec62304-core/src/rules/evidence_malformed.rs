//! A file among the stored runs that is none, or is not what was written.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "evidence-malformed",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("evidence_malformed.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-61")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let results = trace.results();
    for problem in &results.problems {
        let file = problem.at.file.as_str();
        let gap = Gap::new(Subject::new("file", file), format!("{file} {}", problem.message))
            .at(&problem.at, "nothing in this file counts")
            .help("take the file as it was stored out of version control, or out of the pipeline")
            .help("or delete it and run `cargo iec62304 verify`");
        gaps.push(gap);
    }
    results.runs.len() + results.problems.len()
}
