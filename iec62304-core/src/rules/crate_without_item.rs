//! A package of the workspace that ships and belongs to no software item.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "crate-without-item",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("crate_without_item.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    if !trace.has_begun(RecordKind::Item, "crates") {
        return 0;
    }
    let project = trace.project();
    let items = project.records().filter(|record| record.kind == RecordKind::Item);
    let crates = items.flat_map(|item| item.fields.list("crates"));
    let named: Vec<&str> = crates.map(|name| name.value.as_str()).collect();
    for package in project.linked_members.iter().filter(|package| !named.contains(package)) {
        let message = format!("the product links package {package}, and no software item names it");
        let gap = Gap::new(Subject::new("package", *package), message)
            .at(&project.configuration.at, "no item has it in `crates`")
            .help(format!("add \"{package}\" to the `crates` of the item that it is a part of"))
            .help("or take it out of what the product links");
        gaps.push(gap);
    }
    project.linked_members.len()
}
