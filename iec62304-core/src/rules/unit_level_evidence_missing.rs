//! A unit that tests of a higher level reach, and none of its own level.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::Level;
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

/// Tests that are shown.
const SHOWN: usize = 3;

pub(super) static RULE: Rule = Rule {
    name: "unit-level-evidence-missing",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.5.5"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_level_evidence_missing.md"),
    check: Check::Unit(check),
};

#[requirement("TOOL-26")]
fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    let near = trace.near_tests(unit);
    let higher: Vec<_> = near
        .iter()
        .filter(|link| matches!(link.level, Some(Level::Integration | Level::System)))
        .collect();
    let is_reviewed = trace.has_unit_review(unit, &["unit", "static analysis", "proof"]);
    if higher.is_empty() || !trace.unit_tests(unit).is_empty() || is_reviewed {
        return;
    }
    let (word, id) = (unit.word(), &unit.id);
    let message = format!("only tests above the level of the unit are linked to {word} {id}");
    let mut gap = Gap::new(Subject::new(word, id), message)
        .at(&unit.at, format!("integration and system tests: {}", higher.len()))
        .help(
            "write tests of the unit by itself, and say their level: `level = \"unit\"`, or a \
               pattern in [tests.levels]",
        )
        .help("or verify it by another method, and name that in `methods`");
    for link in higher.iter().take(SHOWN) {
        let level = link.level.map_or("", Level::word);
        gap = gap.related(&link.tag.at, format!("{level} test"));
    }
    gaps.push(gap);
}
