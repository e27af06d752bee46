//! A linked test that passed only on a retry.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "result-flaky",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.5.5"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("result_flaky.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-63")]
fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    let TestStanding::Passed { attempts: attempts @ 2.. } = test.standing else {
        return;
    };
    let message = format!("test {} passed only at attempt {attempts}", test.path);
    let gap = Gap::new(Subject::new("test", &test.path), message)
        .at(test.at, "failed before it passed, on the same code")
        .note(format!("it is linked to {}", test.ids.join(", ")))
        .help("find what it depends on beside the code, and make it pass each time");
    gaps.push(gap);
}
