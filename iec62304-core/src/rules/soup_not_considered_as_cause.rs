//! A SOUP item in code that can lead to harm, and nobody asked whether its failure can.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use std::collections::BTreeSet;

use crate::model::record::RecordKind;
use crate::soup::{Group, Inventory};
use crate::standard::{Classes, SafetyClass};
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "soup-not-considered-as-cause",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.1.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_not_considered_as_cause.md"),
    check: Check::Inventory(check),
};

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    let harmful = items_of_causes(trace);
    let mut judged = 0;
    for group in inventory.groups() {
        let items: BTreeSet<&str> =
            group.rows.iter().flat_map(|row| &row.items).map(String::as_str).collect();
        let shared: Vec<&&str> = items.intersection(&harmful).collect();
        if shared.is_empty() || group.class.class == SafetyClass::A {
            continue;
        }
        judged += 1;
        let judgement = group.judgement();
        if judgement.causes.is_empty() && judgement.not_a_cause.is_none() {
            let items: Vec<&str> = shared.iter().map(|item| **item).collect();
            gaps.push(gap(&group, &items));
        }
    }
    judged
}

/// The items that a cause of a hazardous situation names.
fn items_of_causes<'m>(trace: &Trace<'m>) -> BTreeSet<&'m str> {
    let records = trace.project().records();
    let situations = records.filter(|record| record.kind == RecordKind::HazardousSituation);
    let causes = situations.flat_map(|situation| situation.fields.tables("cause"));
    causes.filter_map(|cause| cause.text("item")).map(|item| item.value.as_str()).collect()
}

fn gap(group: &Group<'_>, items: &[&str]) -> Gap {
    let id = &group.record.id.value;
    let message = format!("nobody has asked whether a failure of SOUP item {id} can lead to harm");
    Gap::new(Subject::new("SOUP item", id), message)
        .at(&group.record.id.at, format!("used by {}, which a cause names", items.join(", ")))
        .help(
            "name it in the `soup` of a cause of a hazardous situation, or say why it is none: \
             `not_a_cause = \"…\"`",
        )
}
