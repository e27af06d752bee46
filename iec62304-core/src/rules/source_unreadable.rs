//! Rust code that cargo compiles and the scan could not read or follow in full.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::CodeProblemKind;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "source-unreadable",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("source_unreadable.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for problem in &trace.project().code.problems {
        match problem.kind {
            CodeProblemKind::Tag => {}
            CodeProblemKind::Syntax | CodeProblemKind::File => {
                let subject = Subject::new("file", problem.at.file.as_str());
                let gap = Gap::new(subject, &problem.message).at(&problem.at, "");
                gaps.push(gap.help(&problem.help));
            }
        }
    }
    trace.project().code.files
}
