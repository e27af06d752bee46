//! A software item to which no requirement is allocated.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::item::Item;

pub(super) static RULE: Rule = Rule {
    name: "item-without-requirement",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("item_without_requirement.md"),
    check: Check::Item(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, item: &Item<'_>, gaps: &mut Vec<Gap>) {
    if !item.has_requirement && trace.has_begun(RecordKind::Requirement, "items") {
        let record = item.record;
        let id = &record.id.value;
        let message = format!("no requirement is allocated to {}", named(record));
        gaps.push(
            Gap::new(subject(record), message)
                .at(record.at(), "no requirement names it, or a part of it, in `items`")
                .help(format!("write `items = [\"{id}\"]` into each requirement that it realises"))
                .help("or write the requirements that it is there for"),
        );
    }
}
