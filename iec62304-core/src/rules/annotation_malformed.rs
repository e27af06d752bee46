//! A tag that does not parse, or a comment that nearly is one.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::CodeProblemKind;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "annotation-malformed",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("annotation_malformed.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for problem in &trace.project().code.problems {
        if problem.kind == CodeProblemKind::Tag {
            let subject = Subject::new("tag", problem.at.file.as_str());
            let gap = Gap::new(subject, &problem.message).at(&problem.at, "this tag links nothing");
            gaps.push(gap.help(&problem.help));
        }
    }
    trace.project().code.tags.len() + gaps.len()
}
