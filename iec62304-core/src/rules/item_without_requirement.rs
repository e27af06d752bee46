//! A software item to which no requirement is allocated.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::architecture::DeclaredItem;

pub(super) static RULE: Rule = Rule {
    name: "item-without-requirement",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("item_without_requirement.md"),
    check: Check::DeclaredItem(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, item: &DeclaredItem<'_>, gaps: &mut Vec<Gap>) {
    if !item.has_requirement && trace.has_begun(RecordKind::Requirement, "items") {
        let record = item.record;
        let id = &record.id.value;
        let message = format!("no requirement is allocated to {}", named(record));
        gaps.push(
            Gap::new(Subject::new(record.kind.noun(), id), message)
                .at(record.at(), "no requirement names it, or a part of it, in `items`")
                .help(format!("write `items = [\"{id}\"]` into each requirement that it realises"))
                .help("or write the requirements that it is there for"),
        );
    }
}
