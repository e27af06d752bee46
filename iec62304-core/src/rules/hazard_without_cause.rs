//! A hazardous situation without a software cause, and without a reason why there is none.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Located;
use crate::standard::Classes;
use crate::trace::{HazardousSituation, Trace};

pub(super) static RULE: Rule = Rule {
    name: "hazard-without-cause",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.1.2", "7.1.4", "7.3.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("hazard_without_cause.md"),
    check: Check::HazardousSituation(check),
};

fn check(_: &Trace<'_>, situation: &HazardousSituation<'_>, gaps: &mut Vec<Gap>) {
    match situation.no_cause() {
        None if situation.causes.is_empty() => gaps.push(open(situation)),
        Some(reason) if !situation.causes.is_empty() => gaps.push(contradicted(situation, reason)),
        None | Some(_) => {}
    }
}

fn open(situation: &HazardousSituation<'_>) -> Gap {
    let id = &situation.record.id.value;
    let message = format!("hazardous situation {id} has no software cause");
    Gap::new(Subject::new("hazardous situation", id), message)
        .at(situation.record.at(), "no cause stands below it")
        .help(format!(
            "write `[[hazardous_situation.{id}.cause]]` with `id`, `item`, `kind` and `text`"
        ))
        .help("or say why nothing in the software can contribute to it: `no_cause = \"…\"`")
}

fn contradicted(situation: &HazardousSituation<'_>, reason: &Located<String>) -> Gap {
    let id = &situation.record.id.value;
    let message =
        format!("hazardous situation {id} is said to have no software cause, and has one");
    let subject = Subject::new("hazardous situation", id);
    let gap = Gap::new(subject, message).at(&reason.at, "`no_cause` says that there is none");
    let causes = situation.causes.iter();
    causes
        .fold(gap, |gap, cause| gap.related(cause.at(), "this is one"))
        .help("delete `no_cause`, or delete the causes")
}
