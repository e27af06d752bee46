//! A linked test whose last result is a failure.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::evidence::Outcome;
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "result-failed",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.5", "5.6.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("result_failed.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-63")]
fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    let TestStanding::Failed(outcome) = test.standing else {
        return;
    };
    let (verb, label) = match outcome {
        Outcome::TimedOut => ("did not end in time", "timed out in the last stored run"),
        Outcome::Failed | Outcome::Passed => ("failed", "failed in the last stored run"),
    };
    let gap = Gap::new(Subject::new("test", &test.path), format!("test {} {verb}", test.path))
        .at(test.at, label)
        .note(format!("it is linked to {}", test.ids.join(", ")))
        .help("correct the code or the test, then run `cargo iec62304 verify`");
    gaps.push(gap);
}
