//! A software requirement that no test and no passed review names.

use super::{Check, PerEdition, Rule, with_outdated};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::evidence::{Missing, verifies};
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-unverified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.7.1", "5.7.4"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("requirement_unverified.md"),
    check: Check::Requirement(check),
};

fn check(trace: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let Some(missing) = requirement.evidence.missing_verification(&requirement.parts) else {
        return;
    };
    let id = &requirement.record.id.value;
    let subject = Subject::new("requirement", id);
    let (message, label, tag) = match missing {
        Missing::All => (
            format!("requirement {id} is not verified"),
            "no test and no passed review names it".to_owned(),
            id.clone(),
        ),
        Missing::Parts(parts) => {
            let open =
                parts.iter().map(|part| format!("{id}.{part}")).collect::<Vec<_>>().join(", ");
            (
                format!("requirement {id} is verified in part only"),
                format!("no test names {open}"),
                format!("{id}.{}", parts[0]),
            )
        }
    };
    let outdated = trace.outdated_reviews(requirement.record, verifies);
    gaps.push(
        with_outdated(Gap::new(subject, message).at(requirement.record.at(), label), &outdated)
            .help(format!("tag a test that shows it: `#[requirement(\"{tag}\")]`"))
            .help(format!(
                "or record a passed review of kind \"inspection\" with `of = [\"{id}\"]`"
            )),
    );
}
