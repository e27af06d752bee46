//! A software unit of which nothing describes the design.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-design-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.2"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("unit_design_missing.md"),
    check: Check::DeclaredUnit(check),
};

fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    let undocumented = trace.undocumented_modules(unit);
    let is_documented = !unit.modules.is_empty() && undocumented.is_empty();
    if is_documented || unit.design().is_some() {
        return;
    }
    let id = &unit.id;
    let message = format!("nothing describes the design of unit {id}");
    let gap = Gap::new(Subject::new("unit", id), message)
        .at(&unit.at, "`design` is missing, and its modules do not document themselves");
    let modules = &trace.project().code.modules;
    let gap = undocumented.iter().map(|module| &modules[module.0]).fold(gap, |gap, module| {
        gap.related(&module.declared_at, format!("{} has no documentation", module.path))
    });
    gaps.push(
        gap.help("write `design = \"…\"`: where its detailed design stands")
            .help("or describe it in its modules, with `//!` at their start"),
    );
}
