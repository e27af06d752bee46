//! A part of a requirement that only tests of the whole stand for.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-part-uncovered",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6", "5.7.1"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("requirement_part_uncovered.md"),
    check: Check::Requirement(check),
};

#[requirement("TOOL-24")]
fn check(_: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let Requirement { record, parts, evidence, .. } = requirement;
    let names_whole = evidence.tests.iter().any(|link| link.part.is_none());
    if !names_whole || !evidence.reviews.is_empty() {
        return;
    }
    let is_open = |part: &&&str| !evidence.tests.iter().any(|link| link.part == Some(**part));
    let id = &record.id.value;
    for part in parts.iter().filter(is_open) {
        let whole = format!("{id}.{part}");
        let message = format!("part {whole} has no verification of its own");
        gaps.push(
            Gap::new(Subject::new("requirement", id), message)
                .at(record.at(), "tests name the whole, and none this part")
                .help(format!("tag the test that shows it: `#[requirement(\"{whole}\")]`")),
        );
    }
}
