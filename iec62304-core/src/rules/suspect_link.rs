//! A link of which one end changed since somebody confirmed it.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, on, subject};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::Record;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::confirmation::{ChangedEnd, Edge};
use crate::words::plural;

pub(super) static RULE: Rule = Rule {
    name: "suspect-link",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.2.5"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("suspect_link.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let confirmations = trace.confirmations();
    if !confirmations.is_begun {
        return 0;
    }
    gaps.extend(confirmations.changed.iter().map(changed));
    gaps.extend(confirmations.undivided.iter().map(|(review, edges)| undivided(review, edges)));
    gaps.extend(confirmations.never.iter().map(|(record, others)| never(record, others)));
    confirmations.edges.len()
}

fn changed(changed: &ChangedEnd<'_>) -> Gap {
    let (noun, id) = (changed.end.kind.noun(), &changed.end.id.value);
    let message = format!("{noun} {id} changed since its links were confirmed");
    let gap = Gap::new(Subject::new(noun, id), message)
        .at(changed.end.at(), "this end is not what it was")
        .note(format!(
            "the other {}: {}",
            plural(changed.others.len(), "end"),
            names(&changed.others)
        ));
    changed
        .reviews
        .iter()
        .fold(gap, |gap, review| gap.related(review.at(), on(review)))
        .help(format!("look at each of these links, then record that: {}", confirm(id)))
}

/// One hash over all tells that something changed, and not what.
fn undivided(review: &Record, edges: &[Edge<'_>]) -> Gap {
    let id = &review.id.value;
    let links: Vec<String> = edges
        .iter()
        .map(|edge| format!("{} and {}", edge.upper.id.value, edge.lower.id.value))
        .collect();
    Gap::new(
        Subject::new("review", id),
        format!("something changed since review {id} confirmed its links"),
    )
    .at(review.at(), "one hash over all ends does not tell which")
    .note(format!("its links: {}", links.join("; ")))
    .help("confirm them with a hash for each end: `cargo iec62304 review add --kind trace`")
}

fn never(record: &Record, others: &[&Record]) -> Gap {
    let id = &record.id.value;
    let message = format!("{} has links that nobody confirmed", named(record));
    Gap::new(subject(record), message)
        .at(record.at(), "no review of kind `trace` holds the hashes of both ends")
        .note(format!("the other {}: {}", plural(others.len(), "end"), names(others)))
        .help(format!("look at each of these links, then record that: {}", confirm(id)))
}

fn confirm(id: &str) -> String {
    format!("`cargo iec62304 review add --kind trace --of {id} --by NAME`")
}

fn names(records: &[&Record]) -> String {
    records.iter().map(|record| named(record)).collect::<Vec<_>>().join(", ")
}
