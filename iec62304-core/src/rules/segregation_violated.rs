//! A segregation whose sides cargo joins.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::architecture::{Crossing, Joint, Segregation, SharedFeatures};

pub(super) static RULE: Rule = Rule {
    name: "segregation-violated",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.5"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("segregation_violated.md"),
    check: Check::Segregation(check),
};

#[requirement("TOOL-25")]
fn check(_: &Trace<'_>, segregation: &Segregation<'_>, gaps: &mut Vec<Gap>) {
    let record = segregation.record;
    let is_argued = record.text("same_process").is_some();
    for Crossing { one, other, by } in &segregation.crossings {
        let (what, help) = match by {
            Joint::Build(_) if is_argued => continue,
            Joint::Build(group) => (
                format!("{} links both", group.name()),
                "put each into a binary of its own, or say in `same_process` why one cannot \
                 disturb the other in the same process",
            ),
            Joint::Crate(package) => (
                format!("package {package} holds code of both"),
                "put the code of each into a package of its own",
            ),
            Joint::Path(path) => (
                format!("packages depend on each other: {}", path.join(" → ")),
                "remove the dependency, or let both use what neither of them owns",
            ),
            Joint::Features(SharedFeatures { package, by, to, features }) => (
                format!(
                    "for {by} cargo turns on {} of {package}, which {to} links without",
                    features.join(", "),
                ),
                "build each by itself, with `cargo build -p`, or let both ask for the same features",
            ),
        };
        // Whether both are built in one command is not seen.
        let is_seen = !matches!(by, Joint::Features(_));
        let severity = if is_seen { Severity::Error } else { Severity::Warning };
        let id = &record.id.value;
        let message = format!("segregation {id} does not keep {one} and {other} apart: {what}");
        gaps.push(
            Gap::new(Subject::new(record.kind.noun(), id), message)
                .weighs(severity)
                .at(record.at(), format!("keeps {one} and {other} apart by its words"))
                .help(help),
        );
    }
}
