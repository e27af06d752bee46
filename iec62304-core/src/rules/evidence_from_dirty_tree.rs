//! A run whose results are from files that no commit holds.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "evidence-from-dirty-tree",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.1.11"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("evidence_from_dirty_tree.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-63")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let mut judged = 0;
    for stored in trace.results().used() {
        judged += 1;
        let (path, run) = (stored.path.as_str(), &stored.run);
        let message = match (&run.commit, run.is_dirty) {
            (Some(_), Some(false)) => continue,
            (Some(commit), Some(true)) => {
                format!("the run in {path} is of files that differ from commit {commit}")
            }
            (None, _) | (_, None) => {
                format!("the run in {path} does not say from which commit it is")
            }
        };
        let gap = Gap::new(Subject::new("run", path), message)
            .at(&stored.at(), "nobody can check out what was tested")
            .help("commit what is to be verified, then run `cargo iec62304 verify`");
        gaps.push(gap);
    }
    judged
}
