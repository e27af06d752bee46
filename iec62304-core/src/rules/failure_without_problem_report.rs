//! A failed test above the level of units that no problem report names.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::{Level, ends_in};
use crate::model::record::{Record, RecordKind};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "failure-without-problem-report",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.6.8", "5.7.2"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("failure_without_problem_report.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-63")]
fn check(trace: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    let is_above = matches!(test.level, Some(Level::Integration | Level::System));
    let has_failed = matches!(test.standing, TestStanding::Failed(_));
    let mut problems =
        trace.project().records().filter(|record| record.kind == RecordKind::Problem);
    if !is_above || !has_failed || problems.any(|problem| names(problem, &test.path)) {
        return;
    }
    let level = test.level.map_or("", Level::word);
    let message = format!("no problem report names the failed {level} test {}", test.path);
    let gap = Gap::new(Subject::new("test", &test.path), message)
        .at(test.at, "failed, and no problem report is open on it")
        .help(format!("write a [problem.…] with `found_by = \"{}\"`", test.path));
    gaps.push(gap);
}

/// Whether a problem that is not closed names a test.
fn names(problem: &Record, test: &str) -> bool {
    let is_closed = problem.fields.text("state").is_some_and(|state| state.value == "closed");
    let found_by = problem.text("found_by");
    let verified_by = problem.fields.list("verified_by").iter().map(|id| id.value.as_str());
    !is_closed && found_by.into_iter().chain(verified_by).any(|name| ends_in(test, name))
}
