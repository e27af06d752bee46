//! A tag on code that the declared product does not compile.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::role::Misplaced;
use crate::trace::{MisplacedTag, Trace};

pub(super) static RULE: Rule = Rule {
    name: "annotation-compiled-out",
    severity: Severity::Warning,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("annotation_compiled_out.md"),
    check: Check::Project(check),
};

/// Without a product there is nothing that could leave code out.
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let left_out = trace.misplaced().iter().filter(|tag| tag.why == Misplaced::LeftOut);
    for MisplacedTag { tag, .. } in left_out {
        let word = tag.kind.word();
        let subject = Subject::new("tag", format!("{word} at {}", tag.at.file));
        let message = format!(
            "this `{word}` tag links nothing: its `cfg` holds in no build of the declared product"
        );
        let help = "name the missing feature or target in the `[product]` of iec62304.toml if the \
                    device has it, or tag the code that ships";
        gaps.push(Gap::new(subject, message).at(&tag.at, "").help(help));
    }
    let project = trace.project();
    if project.builds.is_empty() { 0 } else { project.code.tags.len() }
}
