//! A record of a SOUP item or tool that nothing in the build answers to.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Basis, Inventory, Unused};
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
    for unused in &inventory.unused {
        gaps.push(gap(unused));
    }
    1
}

fn gap(unused: &Unused) -> Gap {
    let Unused { table, record, name, covered, why } = unused;
    let place = if *covered { "in `covers` of " } else { "as the package of " };
    let key = crate::soup::table_key(record);
    let message = format!("`{}` {place}[{table}.{key}] counts for nothing: {why}", name.value);
    let noun = if *table == "soup" { "SOUP item" } else { "tool" };
    let help = if *covered {
        "correct the name or delete it; write `NAME@VERSION` where several packages have the name"
    } else {
        "correct `package`, `version` or `source`, delete the record, or write `kind` if it is \
         about no package"
    };
    Gap::new(Subject::new(noun, record), message)
        .at(&name.at, "no package takes its judgement from here")
        .help(help)
}
