//! A record of a SOUP item or tool that nothing in the build answers to.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Basis, Inventory};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "soup-unused",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["8.1.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_unused.md"),
    check: Check::Inventory(check),
};

fn check(_: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    if inventory.basis != Basis::Graph {
        return 0;
    }
    for (table, name) in &inventory.unused {
        let message = format!("the {table} record names `{}`, which ships nowhere", name.value);
        let gap = Gap::new(Subject::new("SOUP item", &name.value), message)
            .at(&name.at, "no package of the device or of its tools has this name")
            .help(
                "correct the name, delete the record, or say what it is: `kind` for what is no \
                 package, `version` where several have the name",
            );
        gaps.push(gap);
    }
    1
}
