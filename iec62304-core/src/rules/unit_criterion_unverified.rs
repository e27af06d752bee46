//! An acceptance criterion of a unit that no test and no passed review names.

use super::{Check, PerEdition, Rule, with_failing};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-criterion-unverified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.3", "5.5.5"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_criterion_unverified.md"),
    check: Check::DeclaredUnit(check),
};

fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    for criterion in unit.criteria() {
        if trace.is_criterion_verified(unit, criterion) {
            continue;
        }
        let id = format!("{}.{}", unit.id, criterion.value);
        let message = format!("acceptance criterion {id} is not verified");
        let mut gap = Gap::new(Subject::new("unit", &unit.id), message)
            .at(&criterion.at, "no unit-level test and no passed review names it");
        let naming = unit.named_by.iter().filter(|link| link.part == Some(&criterion.value));
        gap = with_failing(gap, &trace.failing(naming));
        for note in near_misses(unit, &criterion.value) {
            gap = gap.note(note);
        }
        gaps.push(
            gap.help(format!("name it on a test: `#[verifies(\"{id}\")]`"))
                .help(format!("or record a passed review of kind \"unit\" with `of = [\"{id}\"]`")),
        );
    }
}

/// Tests that come close and do not count, by reason.
fn near_misses(unit: &Unit<'_>, criterion: &str) -> Vec<String> {
    let higher = unit.named_by.iter().filter(|link| link.part == Some(criterion)).count();
    let whole = unit.named_by.iter().filter(|link| link.part.is_none()).count();
    [
        (higher, "tests that name it at a higher level, which is no unit verification"),
        (whole, "tests that name the unit as a whole, and no criterion"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{what}: {count}"))
    .collect()
}
