//! With `scope = "full"`: an input that the project has not declared.

use super::{Check, PerEdition, Rule};
use crate::config::Scope;
use crate::finding::{Gap, Severity, Subject};
use crate::not_checked::not_checked;
use crate::soup::Inventory;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "input-undeclared",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("input_undeclared.md"),
    check: Check::Inventory(check),
};

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    let configuration = &trace.project().configuration;
    match configuration.scope {
        Scope::Declared => return 0,
        Scope::Full => {}
    }
    for entry in not_checked(trace, inventory).into_iter().filter(|entry| entry.undeclared) {
        let subject = Subject::new("input", entry.name);
        let mut gap =
            Gap::new(subject, &entry.what).at(&configuration.at, "with `scope = \"full\"`");
        gap.related.extend(entry.places);
        gaps.push(gap.help(entry.switch_on));
    }
    1
}
