//! No lock file, or one that the next build would change.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::{FilePath, Location, Span};
use crate::soup::{Basis, Inventory};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "lock-file-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["8.1.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("lock_file_missing.md"),
    check: Check::Inventory(check),
};

const LOCK_FILE: &str = "Cargo.lock";

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    if inventory.basis == Basis::NotAsked {
        return 0;
    }
    gaps.extend(unfit(trace, &inventory.basis));
    let lock_file = FilePath::new(LOCK_FILE);
    let exists = inventory.basis != Basis::NoLockFile;
    let inputs = inventory.build_inputs.as_ref().filter(|_| exists);
    if inputs.is_some_and(|inputs| inputs.get(&lock_file) != Some(&true)) {
        gaps.push(
            gap("Cargo.lock is not tracked by version control")
                .at(&Location::new(&lock_file, Span::default()), "")
                .help("take it out of .gitignore and commit it"),
        );
    }
    1
}

fn gap(message: &str) -> Gap {
    Gap::new(Subject::new("file", LOCK_FILE), message)
}

/// Why the lock file does not say what the next build takes; `None` where it does.
fn unfit(trace: &Trace<'_>, basis: &Basis) -> Option<Gap> {
    match basis {
        Basis::NoLockFile => Some(
            gap("there is no Cargo.lock: every build may choose other packages")
                .at(&trace.project().configuration.at, "the workspace of this configuration")
                .help("run `cargo generate-lockfile` and commit the file"),
        ),
        Basis::UnreadableLockFile(problem) => Some(
            gap("Cargo.lock cannot be read")
                .at(&problem.at, &problem.value)
                .help("resolve what is wrong there, or restore the file from version control"),
        ),
        Basis::LockFile { lock_file_misfits: true, .. } => Some(
            gap("Cargo.lock does not fit the manifests: the next build would change it")
                .at(&Location::new(&FilePath::new(LOCK_FILE), Span::default()), "")
                .help("run `cargo update --workspace`, look at what changed, and commit it"),
        ),
        Basis::NotAsked | Basis::LockFile { .. } | Basis::Graph => None,
    }
}
