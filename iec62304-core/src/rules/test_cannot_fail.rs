//! A linked test in which nothing is seen that could make it fail.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{LinkedTest, Trace};

pub(super) static RULE: Rule = Rule {
    name: "test-cannot-fail",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.5.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("test_cannot_fail.md"),
    check: Check::LinkedTest(check),
};

fn check(_: &Trace<'_>, test: &LinkedTest<'_>, gaps: &mut Vec<Gap>) {
    if test.can_fail {
        return;
    }
    let message = format!("nothing is seen that could make test {} fail", test.path);
    let gap = Gap::new(Subject::new("test", &test.path), message)
        .at(test.at, "no assertion, no panic, no `Result`")
        .note(format!("it is linked to {}", test.ids.join(", ")))
        .help("assert what it is to show: `assert_eq!(…)`")
        .help("if a function elsewhere asserts, give it a name with `assert` in it");
    gaps.push(gap);
}
