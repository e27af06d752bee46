//! A software requirement that no product code names.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::evidence::Missing;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-not-implemented",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.5.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_not_implemented.md"),
    check: Check::Requirement(check),
};

fn check(_: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let Some(missing) = requirement.evidence.missing_implementation(&requirement.parts) else {
        return;
    };
    let id = &requirement.record.id.value;
    let subject = Subject::new("requirement", id);
    let gap = match missing {
        Missing::All => Gap::new(subject, format!("requirement {id} is implemented by no code"))
            .at(requirement.record.at(), "no product code names it")
            .help(format!("tag the code that implements it: `#[requirement(\"{id}\")]`")),
        Missing::Parts(parts) => {
            let open =
                parts.iter().map(|part| format!("{id}.{part}")).collect::<Vec<_>>().join(", ");
            Gap::new(subject, format!("requirement {id} is implemented in part only"))
                .at(requirement.record.at(), format!("no product code names {open}"))
                .help(format!(
                    "tag the code that implements the rest: `#[requirement(\"{id}.{}\")]`",
                    parts[0]
                ))
        }
    };
    gaps.push(
        gap.note("no edition asks for links from requirements to code in words; reviewers do"),
    );
}
