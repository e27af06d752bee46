//! A system test that names no requirement and no risk control.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "system-test-untraced",
    severity: Severity::Note,
    clauses: PerEdition::both(&["5.7.4"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("system_test_untraced.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let tests = trace.system_tests();
    for test in tests.iter().filter(|test| !test.is_traced) {
        let message = format!("system test {} names no requirement and no risk control", test.path);
        let gap = Gap::new(Subject::new("test", &test.path), message)
            .at(test.at, "nothing says what it shows")
            .help("tag it with what it verifies: `#[requirement(\"SRS-1\", level = \"system\")]`")
            .help("or say another level, in its tag or by a pattern in [tests.levels]");
        gaps.push(gap);
    }
    tests.len()
}
