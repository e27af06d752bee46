//! A linked test that was there and did not run.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "result-skipped",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.5", "5.6.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("result_skipped.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-63")]
fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    let TestStanding::Skipped(why) = test.standing else {
        return;
    };
    let gap = Gap::new(Subject::new("test", &test.path), format!("test {} did not run", test.path))
        .at(test.at, why.words())
        .note(format!("it is linked to {}", test.ids.join(", ")))
        .help("let it run in the configuration of [evidence], or take its tags away");
    gaps.push(gap);
}
