//! A package that cannot be had again from what the lock file says.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::dependency::PackageSource;
use crate::soup::{Basis, Inventory, Locked, Role};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "dependency-not-archivable",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.8.7"]),
    classes: PerEdition { first: Classes::BC, amended: Classes::ABC },
    page: include_str!("dependency_not_archivable.md"),
    check: Check::Inventory(check),
};

fn check(_: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    if inventory.basis != Basis::Graph {
        return 0;
    }
    let shapes_the_device = |locked: &&Locked| locked.role <= Role::BuildTool;
    for locked in inventory.census.iter().filter(shapes_the_device) {
        if is_archived(inventory, locked) {
            continue;
        }
        if let Some(why) = not_archivable(locked) {
            let message = format!("{} cannot be had again from the lock file alone", locked.key);
            let gap = Gap::new(Subject::new("package", locked.key.to_string()), message)
                .at(&locked.at, why)
                .help(
                    "keep a copy with the release, as `cargo vendor` makes it, and say where in \
                     its record: `archive = \"…\"`",
                );
            gaps.push(gap);
        }
    }
    1
}

/// Whether its record says where a copy is kept.
fn is_archived(inventory: &Inventory, locked: &Locked) -> bool {
    let mut rows = inventory.rows();
    let row = rows.find(|row| row.package.as_ref() == Some(&locked.key));
    row.is_some_and(|row| row.judgement.archive.is_some())
}

fn not_archivable(locked: &Locked) -> Option<&'static str> {
    match &locked.key.source {
        PackageSource::CratesIo | PackageSource::Registry(_) => {
            locked.checksum.is_none().then_some("the lock file has no checksum of it")
        }
        PackageSource::Git { reference, .. } => {
            let moves = reference.as_ref().is_none_or(|it| it.starts_with("branch="));
            moves.then_some("it comes from a branch of a repository, and branches move")
        }
        PackageSource::Path(Some(folder)) if folder.as_str().starts_with("../") => {
            Some("it is a folder outside the workspace")
        }
        PackageSource::Path(_) => None,
    }
}
