//! A hazardous situation without the events that lead to it.
//!
//! The amendment dropped the clause; what is found is then a note, since no clause is left.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{HazardousSituation, Trace};

pub(super) static RULE: Rule = Rule {
    name: "sequence-missing",
    severity: Severity::Error,
    clauses: PerEdition { first: &["7.1.5"], amended: &[] },
    classes: PerEdition::both(Classes::BC),
    page: include_str!("sequence_missing.md"),
    check: Check::HazardousSituation(check),
};

fn check(_: &Trace<'_>, situation: &HazardousSituation<'_>, gaps: &mut Vec<Gap>) {
    let is_there = !situation.record.fields.list("sequence").is_empty();
    if is_there || situation.no_cause().is_some() {
        return;
    }
    let id = &situation.record.id.value;
    let message = format!("hazardous situation {id} has no sequence of events");
    gaps.push(
        Gap::new(Subject::new("hazardous situation", id), message)
            .at(situation.record.at(), "`sequence` is missing")
            .note("ISO 14971 asks for it, whatever the edition of IEC 62304")
            .help("write `sequence = [\"…\", \"…\"]`: the events that lead to it, in order"),
    );
}
