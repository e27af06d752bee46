//! A configuration or record file that does not say what it should.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "record-malformed",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("record_malformed.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for problem in &trace.project().record_problems {
        let subject = Subject::new("file", problem.at.file.as_str());
        let mut gap = Gap::new(subject, &problem.message).at(&problem.at, "");
        if let Some(related) = &problem.related {
            gap = gap.related(&related.at, &related.value);
        }
        if let Some(help) = &problem.help {
            gap = gap.help(help);
        }
        if let Some((written, nearest)) = &problem.nearest {
            gap = gap.replace(written, nearest);
        }
        gaps.push(gap);
    }
    trace.project().documents.len()
}
