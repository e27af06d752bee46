//! A linked test of which no stored run has a result.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "result-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.5", "5.6.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("result_missing.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-63")]
fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    if test.standing != TestStanding::Missing {
        return;
    }
    let message = format!("no stored run has a result of test {}", test.path);
    let gap = Gap::new(Subject::new("test", &test.path), message)
        .at(test.at, "never run, as far as the stored evidence tells")
        .note(format!("it is linked to {}", test.ids.join(", ")))
        .help("run it and store the result: `cargo iec62304 verify`");
    gaps.push(gap);
}
