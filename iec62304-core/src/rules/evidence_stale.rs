//! A linked test whose result is of something else than what stands there now.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, TestStanding, Trace};

pub(super) static RULE: Rule = Rule {
    name: "evidence-stale",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.5", "8.2.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("evidence_stale.md"),
    check: Check::TestResult(check),
};

#[requirement("TOOL-62")]
fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    let TestStanding::Stale(changes) = &test.standing else {
        return;
    };
    let message = format!("the result of test {} is of other content", test.path);
    let gap = Gap::new(Subject::new("test", &test.path), message)
        .at(test.at, "ran before what it shows was as it is now");
    let gap = changes.iter().fold(gap, |gap, change| gap.note(format!("since then {change}")));
    gaps.push(gap.help("run it again: `cargo iec62304 verify`"));
}
