//! A link that leads to a withdrawn record.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "withdrawn-reference",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.5"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("withdrawn_reference.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-40")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for link in trace.withdrawn_links() {
        let record = link.record;
        let why = record.withdrawn().map_or("", |why| why.value.as_str());
        let message = format!("{} is withdrawn, and {} names it", named(record), link.by);
        let gap = Gap::new(subject(record), message)
            .at(link.at, "links to what asks for nothing any more")
            .related(record.at(), format!("withdrawn: {why}"))
            .help("name what took its place, or remove the link and what is there for it alone")
            .help("or take `withdrawn` out of the record, if it still holds");
        gaps.push(gap);
    }
    trace.references()
}
