//! A package that cannot be had again from what the lock file says.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::dependency::{PackageKey, PackageSource};
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
    let has_part_in_device = |locked: &&Locked| locked.role <= Role::BuildTool;
    for locked in inventory.census.iter().filter(has_part_in_device) {
        if is_archived(inventory, locked) {
            continue;
        }
        if let Some((why, help)) = not_archivable(locked) {
            let PackageKey { name, version, source } = &locked.key;
            let message =
                format!("{name} {version} may be gone or changed when it is needed again: {why}");
            let subject = Subject::new("package", locked.key.to_string());
            gaps.push(Gap::new(subject, message).at(&locked.at, source.to_string()).help(help));
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

/// Why a package cannot be had again, and what to do about it.
fn not_archivable(locked: &Locked) -> Option<(&'static str, &'static str)> {
    const KEEP: &str = "keep a copy with the release, as `cargo vendor` makes it, and say where in \
                        its record: `archive = \"…\"`";
    let registry = || locked.checksum.is_none().then_some("the lock file has no checksum of it");
    let why = match &locked.key.source {
        PackageSource::Registry(index) if is_local(index) => {
            "its registry is a folder of this machine"
        }
        PackageSource::CratesIo | PackageSource::Registry(_) => registry()?,
        PackageSource::Git { url, .. } if is_local(url) => {
            "its repository is a folder of this machine"
        }
        PackageSource::Git { reference, .. } => moving(reference.as_deref())?,
        PackageSource::Path(Some(folder)) if folder.as_str().split('/').next() == Some("..") => {
            return Some((
                "it is a folder outside the workspace",
                "move it into the workspace, or keep a copy with the release and say where in its \
                 record: `archive = \"…\"`; `cargo vendor` leaves folders out",
            ));
        }
        PackageSource::Path(_) => return None,
    };
    Some((why, KEEP))
}

fn is_local(address: &str) -> bool {
    let (_, address) = address.split_once('+').unwrap_or(("", address));
    address.starts_with("file:") || !address.contains("://")
}

/// Why what a manifest names in a repository is no fixed commit.
fn moving(reference: Option<&str>) -> Option<&'static str> {
    let Some((kind, name)) = reference.and_then(|reference| reference.split_once('=')) else {
        return Some("it comes from the default branch of a repository, and branches move");
    };
    let is_commit = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    match kind {
        "tag" => None,
        "rev" if is_commit => None,
        "rev" => Some("its `rev` is a name and no commit, and names move"),
        _ => Some("it comes from a branch of a repository, and branches move"),
    }
}
