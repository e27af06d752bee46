//! A file that can change the build and that version control does not track.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::{FilePath, Location, Span};
use crate::soup::Inventory;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "build-input-untracked",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.1.10"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("build_input_untracked.md"),
    check: Check::Inventory(check),
};

fn check(_: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    let Some(inputs) = &inventory.build_inputs else {
        return 0;
    };
    let toolchain = inventory.toolchain.at.as_ref().map(|at| &at.file);
    let has_own_rule = |file: &FilePath| file.as_str() == "Cargo.lock" || Some(file) == toolchain;
    let untracked = inputs.iter().filter(|(_, tracked)| !**tracked);
    for (file, _) in untracked.filter(|(file, _)| !has_own_rule(file)) {
        let message = format!("{file} can change the build and is not tracked by version control");
        let gap = Gap::new(Subject::new("file", file.as_str()), message)
            .at(&Location::new(file, Span::default()), "")
            .help("commit it, or keep it out of the build");
        gaps.push(gap);
    }
    inputs.len()
}
