//! A hazardous situation that leads to no software item.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Cause, HazardousSituation, Trace};

pub(super) static RULE: Rule = Rule {
    name: "hazard-without-item",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.1.1", "7.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("hazard_without_item.md"),
    check: Check::HazardousSituation(check),
};

fn check(_: &Trace<'_>, situation: &HazardousSituation<'_>, gaps: &mut Vec<Gap>) {
    if situation.causes.is_empty() && situation.no_cause().is_none() {
        let id = &situation.record.id.value;
        let subject = Subject::new("hazardous situation", id);
        let message = format!("hazardous situation {id} names no software item");
        gaps.push(
            Gap::new(subject, message)
                .at(situation.record.at(), "no cause names one")
                .help("write a cause with `item = \"…\"`: the item that may contribute to it")
                .help("or say why nothing in the software can: `no_cause = \"…\"`"),
        );
    }
    let open = situation.causes.iter().filter(|cause| cause.item().is_none());
    gaps.extend(open.map(|cause| without_item(situation, cause)));
}

/// The chain breaks at each cause that leads to no item, whatever the others do.
fn without_item(situation: &HazardousSituation<'_>, cause: &Cause<'_>) -> Gap {
    let subject = Subject::new("hazardous situation", &situation.record.id.value);
    let message = format!("cause {} names no software item", cause.name());
    Gap::new(subject, message)
        .at(cause.at(), "`item` is missing")
        .help("write `item = \"…\"`: the item that may contribute, or the software system")
}
