//! A software unit that does not say how it is verified.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-method-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_method_missing.md"),
    check: Check::DeclaredUnit(check),
};

fn check(_: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    if !unit.methods().is_empty() {
        return;
    }
    let id = &unit.id;
    let message = format!("nothing says how unit {id} is verified");
    let gap =
        Gap::new(Subject::new("unit", id), message).at(&unit.at, "`methods` is missing").help(
            "write `methods = [\"test\"]`, or other methods: \"review\", \"static analysis\", \
             \"proof\"",
        );
    gaps.push(gap);
}
