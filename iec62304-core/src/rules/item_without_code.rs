//! A software item that no code belongs to.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::item::Item;

pub(super) static RULE: Rule = Rule {
    name: "item-without-code",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.3.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("item_without_code.md"),
    check: Check::Item(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, item: &Item<'_>, gaps: &mut Vec<Gap>) {
    let is_begun =
        trace.has_begun(RecordKind::Item, "crates") || trace.has_begun(RecordKind::Unit, "item");
    if !item.has_code && is_begun {
        let record = item.record;
        let id = &record.id.value;
        let message = format!("no code belongs to {}", named(record));
        gaps.push(
            Gap::new(subject(record), message)
                .at(record.at(), "no package and no unit with code is a part of it")
                .help("name the packages that it consists of: `crates = [\"NAME\"]`")
                .help(format!(
                    "or declare a unit of it: `[unit.NAME]` with `item = \"{id}\"` and `modules`"
                )),
        );
    }
}
