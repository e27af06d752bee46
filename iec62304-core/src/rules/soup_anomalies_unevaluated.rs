//! A SOUP item whose published anomalies nobody has evaluated.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Group, Inventory};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-anomalies-unevaluated",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.1.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_anomalies_unevaluated.md"),
    check: Check::SoupGroup(check),
};

fn check(_: &Inventory, group: &Group<'_>, gaps: &mut Vec<Gap>) {
    let (id, judgement) = (&group.record.id.value, group.judgement());
    if judgement.not_a_cause.is_some() && judgement.causes.is_empty() {
        return;
    }
    let missing = group.rows[0].evaluation.missing();
    let Some(first) = missing.first() else {
        return;
    };
    let message = format!("SOUP item {id}: {}", first.value);
    let mut gap = Gap::new(Subject::new("SOUP item", id), message).at(&first.at, "");
    for other in &missing[1..] {
        gap = gap.note(&other.value);
    }
    let help = format!(
        "read its list of known anomalies and write `[soup.{}.anomalies]` with `source`, \
         `reviewed`, `by` and `verdict`; or say in `not_a_cause` why no failure of it can lead to \
         harm",
        crate::soup::table_key(id)
    );
    gaps.push(gap.help(help));
}
