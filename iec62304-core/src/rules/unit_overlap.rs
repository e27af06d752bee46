//! A module that two units claim by the same path.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Module, Trace};

pub(super) static RULE: Rule = Rule {
    name: "unit-overlap",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_overlap.md"),
    check: Check::Module(check),
};

/// What stands inside a module that two units claim is theirs too, and is not said again.
fn check(trace: &Trace<'_>, module: &Module<'_>, gaps: &mut Vec<Gap>) {
    if module.units.len() < 2 || module.units == module.units_around {
        return;
    }
    let path = module.path;
    let ids: Vec<&str> = trace.units_of(module).map(|unit| unit.id.as_str()).collect();
    let message = format!("module {path} belongs to units {}", ids.join(" and "));
    let gap = Gap::new(Subject::new("module", path), message).at(module.at, "claimed twice");
    let gap = trace
        .units_of(module)
        .fold(gap, |gap, unit| gap.related(&unit.at, format!("unit {} claims it", unit.id)));
    gaps.push(gap.help(format!("leave \"{path}\" in the `modules` of one of them")));
}
