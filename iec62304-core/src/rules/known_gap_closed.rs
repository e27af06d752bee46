//! A listed gap that is there no longer.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::policy::Settlement;
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "known-gap-closed",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("known_gap_closed.md"),
    check: Check::Settlement(check),
};

fn check(settlement: &Settlement, gaps: &mut Vec<Gap>) -> usize {
    for closed in &settlement.closed {
        let gap = &closed.value;
        let message = format!("the list of known gaps has one that is not there: {}", gap.words);
        let gap = Gap::new(Subject::new("known gap", &gap.fingerprint), message)
            .at(&closed.at, format!("{} does not find this", gap.rule))
            .help("take it out of the list: `cargo iec62304 check --write-known-gaps FILE`")
            .help("if it says something else by now, resolve it or waive it: no gap can be added");
        gaps.push(gap);
    }
    settlement.listed
}
