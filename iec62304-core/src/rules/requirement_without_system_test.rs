//! A requirement that is verified below system level alone, and nothing says why that is enough.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::code::Level;
use crate::standard::Classes;
use crate::trace::link::Link;
use crate::trace::{Requirement, Trace};

/// Tests that are shown.
const SHOWN: usize = 3;

pub(super) static RULE: Rule = Rule {
    name: "requirement-without-system-test",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.7.1"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("requirement_without_system_test.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-24")]
fn check(_: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let tests = &requirement.evidence.tests;
    let is_below = |link: &Link<'_>| matches!(link.level, Some(Level::Unit | Level::Integration));
    let record = requirement.record;
    let is_explained = record.text("verify_reason").is_some();
    if tests.is_empty()
        || !tests.iter().all(is_below)
        || !requirement.evidence.reviews.is_empty()
        || is_explained
    {
        return;
    }
    let id = &record.id.value;
    let message = format!("requirement {id} is verified below system level only");
    let mut gap = Gap::new(Subject::new("requirement", id), message)
        .at(record.at(), "no system test names it")
        .help(format!("tag a system test: `#[requirement(\"{id}\", level = \"system\")]`"))
        .help("or say why a lower level is enough: `verify_reason = \"…\"`");
    for link in tests.iter().take(SHOWN) {
        let level = link.level.map_or("", Level::word);
        gap = gap.related(&link.tag.at, format!("{level} test"));
    }
    gaps.push(gap);
}
