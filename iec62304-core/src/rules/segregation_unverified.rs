//! A segregation that nothing shows to work.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, with_outdated};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::{Record, RecordKind};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::architecture::Segregation;
use crate::trace::evidence::{passed, verifies};
use crate::trace::link::names_a_test;

pub(super) static RULE: Rule = Rule {
    name: "segregation-unverified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.5"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("segregation_unverified.md"),
    check: Check::Segregation(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, segregation: &Segregation<'_>, gaps: &mut Vec<Gap>) {
    let record = segregation.record;
    let named = record.fields.list("verified_by");
    let is_reviewed = !trace.judgements().evidence(record, verifies).is_empty();
    if is_reviewed || named.iter().any(|name| shows(trace, record, &name.value)) {
        return;
    }
    let id = &record.id.value;
    let message = format!("nothing shows that segregation {id} works");
    let label = if named.is_empty() {
        "`verified_by` is missing"
    } else {
        "`verified_by` names no test and no passed review that there is"
    };
    let gap = Gap::new(Subject::new(record.kind.noun(), id), message).at(record.at(), label);
    gaps.push(
        with_outdated(gap, &trace.outdated_reviews(record, verifies)).help(
            "name tests and passed reviews that show it: `verified_by = [\"TEST\", \"REV-1\"]`",
        ),
    );
}

/// Whether this is a test, or a passed review that nothing has overtaken.
fn shows(trace: &Trace<'_>, record: &Record, name: &str) -> bool {
    match trace.index().get_kind(RecordKind::Review, name) {
        Some(entry) => {
            let review = entry.record_in(&trace.project().documents);
            passed(review) && !trace.judgements().is_outdated(review, record)
        }
        None => names_a_test(trace.project(), name),
    }
}
