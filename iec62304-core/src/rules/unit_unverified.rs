//! A software unit without evidence by its declared methods.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, with_failing, with_outdated};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::Level;
use crate::model::record::Record;
use crate::standard::Classes;
use crate::trace::evidence::{kind_is_one_of, passed};
use crate::trace::{Origin, Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-unverified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.5"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_unverified.md"),
    check: Check::Unit(check),
};

#[requirement("TOOL-10")]
fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    let open = open_methods(trace, unit);
    if open.is_empty() {
        return;
    }
    let (word, id) = (unit.word(), &unit.id);
    let message = match unit.origin {
        Origin::Leftover => format!("module {id} belongs to no unit and is not verified"),
        Origin::Declared(_) | Origin::StandIn => format!("{word} {id} is not verified"),
    };
    let mut gap = Gap::new(Subject::new(word, id), message).at(&unit.at, label(unit, &open));
    if let (Some(module), false) = (unit.modules.first(), unit.is_declared()) {
        gap = gap.note(format!("its key is `{}`", trace.module_key(*module)));
    }
    for note in near_misses(trace, unit) {
        gap = gap.note(note);
    }
    let gap = with_failing(gap, &trace.failing(trace.unit_tests(unit)));
    let gap = with_outdated(gap, &outdated(trace, unit, &open));
    gaps.push(open.iter().fold(gap, |gap, method| gap.help(help(unit, method))));
}

/// The declared methods without evidence; without declared methods, any evidence will do.
fn open_methods<'m>(trace: &Trace<'m>, unit: &Unit<'m>) -> Vec<&'m str> {
    let methods = unit.methods().iter();
    let declared: Vec<&str> = methods.map(|method| method.value.as_str()).collect();
    if declared.is_empty() {
        let any = ["test", "review"].iter().any(|method| has_evidence(trace, unit, method));
        return if any { Vec::new() } else { vec!["test"] };
    }
    declared.into_iter().filter(|method| !has_evidence(trace, unit, method)).collect()
}

fn has_evidence(trace: &Trace<'_>, unit: &Unit<'_>, method: &str) -> bool {
    match method {
        "test" => trace.has_unit_test(unit),
        "review" => trace.has_unit_review(unit, &["unit"]),
        other => trace.has_unit_review(unit, &[other]),
    }
}

/// The reviews by one of these methods that judged the unit as it was.
fn outdated<'m>(trace: &Trace<'m>, unit: &Unit<'m>, open: &[&str]) -> Vec<&'m Record> {
    let Origin::Declared(record) = unit.origin else {
        return Vec::new();
    };
    // Without declared methods a review would do as well as a test.
    let kinds = open.iter().copied().filter(|method| *method != "review").chain(["unit"]);
    let kinds: Vec<&str> = kinds.collect();
    trace.outdated_reviews(record, |review| passed(review) && kind_is_one_of(review, &kinds))
}

fn label(unit: &Unit<'_>, open: &[&str]) -> String {
    match unit.origin {
        Origin::Declared(_) => format!("no evidence by {}", open.join(" and by ")),
        Origin::StandIn => {
            "stands in for a unit, and no unit-level test is linked to it".to_owned()
        }
        Origin::Leftover => "no unit-level test is linked to it".to_owned(),
    }
}

/// Tests that share an id with the unit and still do not count, counted by reason.
fn near_misses(trace: &Trace<'_>, unit: &Unit<'_>) -> Vec<String> {
    let near = trace.near_tests(unit);
    let here = |link: &&&_| trace.stands_in_package_of(unit, link);
    let undeclared = near.iter().filter(here).filter(|link| link.level.is_none()).count();
    let higher = near
        .iter()
        .filter(|link| matches!(link.level, Some(Level::Integration | Level::System)))
        .count();
    let elsewhere = near.iter().filter(|link| !here(link)).count();
    [
        (undeclared, "share an id with it but declare no level"),
        (higher, "share an id with it at a higher level, which is no unit verification"),
        (elsewhere, "in other packages share an id with it: a question, not evidence"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("linked tests that {what}: {count}"))
    .collect()
}

fn help(unit: &Unit<'_>, method: &str) -> String {
    let id = &unit.id;
    match (unit.origin, method) {
        (Origin::Declared(_), "test") => format!(
            "name the unit on a test: `#[verifies(\"{id}\")]`; or share a requirement between a \
             unit-level test of its package and its code"
        ),
        (Origin::Declared(_), "review") => {
            format!("record a passed review of kind \"unit\" with `of = [\"{id}\"]`")
        }
        (Origin::Declared(_), other) => {
            format!("record a passed review of kind \"{other}\" with `of = [\"{id}\"]`")
        }
        (Origin::StandIn | Origin::Leftover, _) => format!(
            "declare a unit with `modules = [\"{id}\"]` and name it on a test, or share a \
             requirement between its code and a unit-level test of its package"
        ),
    }
}
