//! What changed between a baseline and now, and which changes need somebody's decision.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use iec62304_macros::requirement;

use super::Role;
use super::baseline::{Baseline, BaselinePackage};

/// A change of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What it is about.
    pub subject: Changed,
    /// What happened.
    pub kind: ChangeKind,
    /// Before and after, in words.
    pub what: String,
    /// Whether it touches what ships or what shapes it, so that somebody must decide.
    pub needs_decision: bool,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// A package of the lock file, in the version it has now or had last.
    Package {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
    },
    /// An item that no lock file lists, by the id of its record.
    Item(String),
    /// A part of the build beside its packages.
    Build(&'static str),
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Package { name, version } => write!(f, "{name} {version}"),
            Self::Item(id) => f.write_str(id),
            Self::Build(part) => f.write_str(part),
        }
    }
}

/// What happened; the most alarming first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The same name, version and source with another checksum.
    Checksum,
    /// A new advisory on what is locked.
    AdvisoryNew,
    /// The text of an advisory changed.
    AdvisoryChanged,
    /// An advisory was withdrawn, or names it no longer.
    AdvisoryGone,
    /// An evaluation that was in order is open.
    EvaluationOpen,
    /// It comes from another source.
    Source,
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// It was raised to a newer version.
    Upgraded,
    /// It was lowered to an older version.
    Downgraded,
    /// It plays another role.
    Role,
    /// It is used in another class.
    Class,
    /// Other features are on.
    Features,
    /// The product, its targets or the toolchain are others.
    Build,
}

impl ChangeKind {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Checksum => "ALARM: same version, another checksum",
            Self::AdvisoryNew => "new advisory",
            Self::AdvisoryChanged => "advisory changed",
            Self::AdvisoryGone => "advisory withdrawn",
            Self::EvaluationOpen => "evaluation open again",
            Self::Source => "source changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Upgraded => "upgraded",
            Self::Downgraded => "downgraded",
            Self::Role => "role changed",
            Self::Class => "class changed",
            Self::Features => "features changed",
            Self::Build => "build changed",
        }
    }

    /// Whether what is built is another thing than before, rather than what is known of it.
    pub fn is_of_what_is_built(self) -> bool {
        match self {
            Self::Checksum
            | Self::Source
            | Self::Added
            | Self::Removed
            | Self::Upgraded
            | Self::Downgraded
            | Self::Role
            | Self::Features
            | Self::Build => true,
            Self::AdvisoryNew
            | Self::AdvisoryChanged
            | Self::AdvisoryGone
            | Self::EvaluationOpen
            | Self::Class => false,
        }
    }
}

/// Every change from one baseline to another, the most alarming first.
#[requirement("TOOL-21")]
pub fn changes(before: &Baseline, after: &Baseline) -> Vec<Change> {
    let mut changes = build(before, after);
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let none = Vec::new();
        let old = old.get(name).unwrap_or(&none);
        let new = new.get(name).unwrap_or(&none);
        packages(old, new, &mut changes);
    }
    changes.sort_by(|a, b| (a.kind, &a.subject, &a.what).cmp(&(b.kind, &b.subject, &b.what)));
    changes
}

fn by_name(baseline: &Baseline) -> BTreeMap<&str, Vec<&BaselinePackage>> {
    let mut names: BTreeMap<&str, Vec<&BaselinePackage>> = BTreeMap::new();
    for package in &baseline.packages {
        names.entry(&package.name).or_default().push(package);
    }
    names
}

/// The packages of one name: what is the same by version and source, what changed one of
/// the two, what came and what went.
fn packages(old: &[&BaselinePackage], new: &[&BaselinePackage], changes: &mut Vec<Change>) {
    let key = |package: &BaselinePackage| (package.version.clone(), package.source.clone());
    let kept: BTreeSet<_> = old.iter().map(|package| key(package)).collect();
    let stays: BTreeSet<_> = new.iter().map(|package| key(package)).collect();
    for package in new {
        let same = old.iter().find(|before| key(before) == key(package));
        if let Some(before) = same {
            same_package(before, package, changes);
        }
    }
    let mut gone: Vec<&&BaselinePackage> =
        old.iter().filter(|package| !stays.contains(&key(package))).collect();
    let mut came: Vec<&&BaselinePackage> =
        new.iter().filter(|package| !kept.contains(&key(package))).collect();
    while let (Some(before), Some(after)) = (gone.first().copied(), came.first().copied()) {
        replaced(before, after, changes);
        gone.remove(0);
        came.remove(0);
    }
    for package in gone {
        changes.push(change(package, ChangeKind::Removed, package.role.clone()));
    }
    for package in came {
        changes.push(change(package, ChangeKind::Added, package.role.clone()));
        advisories(None, package, changes);
    }
}

fn replaced(before: &BaselinePackage, after: &BaselinePackage, changes: &mut Vec<Change>) {
    if before.source != after.source {
        let what = format!("{} -> {}", before.source, after.source);
        changes.push(change(after, ChangeKind::Source, what));
    }
    if before.version != after.version {
        let is_newer = numbers(&before.version) <= numbers(&after.version);
        let kind = if is_newer { ChangeKind::Upgraded } else { ChangeKind::Downgraded };
        changes.push(change(after, kind, format!("{} -> {}", before.version, after.version)));
    }
    details(before, after, changes);
}

fn same_package(before: &BaselinePackage, after: &BaselinePackage, changes: &mut Vec<Change>) {
    if before.checksum != after.checksum {
        let text =
            |checksum: &Option<String>| checksum.clone().unwrap_or_else(|| "none".to_owned());
        let what = format!("{} -> {}", text(&before.checksum), text(&after.checksum));
        changes.push(Change { needs_decision: true, ..change(after, ChangeKind::Checksum, what) });
    }
    details(before, after, changes);
}

fn details(before: &BaselinePackage, after: &BaselinePackage, changes: &mut Vec<Change>) {
    if before.role != after.role {
        let what = format!("{} -> {}", before.role, after.role);
        let ships = shapes_device(before) || shapes_device(after);
        changes.push(Change { needs_decision: ships, ..change(after, ChangeKind::Role, what) });
    }
    if before.class != after.class {
        let text = |class: &Option<String>| class.clone().unwrap_or_else(|| "none".to_owned());
        let what = format!("{} -> {}", text(&before.class), text(&after.class));
        changes.push(change(after, ChangeKind::Class, what));
    }
    if before.features != after.features {
        changes.push(change(after, ChangeKind::Features, features(before, after)));
    }
    if after.evaluation_open && !before.evaluation_open {
        changes.push(change(after, ChangeKind::EvaluationOpen, "it was in order".to_owned()));
    }
    advisories(Some(before), after, changes);
}

fn features(before: &BaselinePackage, after: &BaselinePackage) -> String {
    let old: BTreeSet<&String> = before.features.iter().collect();
    let new: BTreeSet<&String> = after.features.iter().collect();
    let on = new.difference(&old).map(|feature| format!("on: {feature}"));
    let off = old.difference(&new).map(|feature| format!("off: {feature}"));
    on.chain(off).collect::<Vec<_>>().join(", ")
}

fn advisories(
    before: Option<&BaselinePackage>,
    after: &BaselinePackage,
    changes: &mut Vec<Change>,
) {
    let none = BTreeMap::new();
    let old = before.map_or(&none, |before| &before.advisories);
    let is_withdrawn = |digest: &String| digest.ends_with("(withdrawn)");
    for (id, digest) in &after.advisories {
        let kind = match old.get(id) {
            None if !is_withdrawn(digest) => ChangeKind::AdvisoryNew,
            Some(known) if known == digest => continue,
            Some(_) if is_withdrawn(digest) => ChangeKind::AdvisoryGone,
            Some(_) => ChangeKind::AdvisoryChanged,
            None => continue,
        };
        changes.push(change(after, kind, id.clone()));
    }
    for id in old.keys().filter(|id| !after.advisories.contains_key(*id)) {
        changes.push(change(after, ChangeKind::AdvisoryGone, id.clone()));
    }
}

fn build(before: &Baseline, after: &Baseline) -> Vec<Change> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let facts = [
        ("version of the product", before.product.1.clone(), after.product.1.clone()),
        ("targets", before.targets.join(", "), after.targets.join(", ")),
        ("toolchain", text(&before.toolchain), text(&after.toolchain)),
    ];
    let differing = facts.into_iter().filter(|(_, before, after)| before != after);
    let mut changes: Vec<Change> = differing
        .map(|(subject, before, after)| Change {
            subject: Changed::Build(subject),
            kind: ChangeKind::Build,
            what: format!("{before} -> {after}"),
            needs_decision: subject != "version of the product",
        })
        .collect();
    let ids: BTreeSet<&String> = before.others.keys().chain(after.others.keys()).collect();
    for id in ids {
        let (kind, what) = match (before.others.get(id), after.others.get(id)) {
            (None, Some(after)) => (ChangeKind::Added, after.clone()),
            (Some(before), None) => (ChangeKind::Removed, before.clone()),
            (Some(before), Some(after)) if before != after => {
                (ChangeKind::Build, format!("{before} -> {after}"))
            }
            _ => continue,
        };
        let subject = Changed::Item(id.clone());
        changes.push(Change { subject, kind, what, needs_decision: true });
    }
    changes
}

fn change(package: &BaselinePackage, kind: ChangeKind, what: String) -> Change {
    Change {
        subject: Changed::Package { name: package.name.clone(), version: package.version.clone() },
        kind,
        what,
        needs_decision: shapes_device(package),
    }
}

/// Whether a package ships or shapes what ships; where its role is not known it may.
fn shapes_device(package: &BaselinePackage) -> bool {
    let roles = [
        Role::InDevice,
        Role::OwnDeclaredSoup,
        Role::GeneratesDeviceCode,
        Role::BuildTool,
        Role::Unknown,
    ];
    roles.iter().any(|role| role.words() == package.role)
}

/// The numbers of a version, then whether it is a release, so that `1.0.0-rc.1` comes
/// before `1.0.0`.
fn numbers(version: &str) -> (Vec<u64>, bool, &str) {
    let version = version.split('+').next().unwrap_or(version);
    let (release, pre) = version.split_once('-').unwrap_or((version, ""));
    let numbers = release.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    (numbers, pre.is_empty(), pre)
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;
    use crate::soup::sample;

    fn baseline() -> Baseline {
        Baseline::of(&sample::inventory())
    }

    fn lines(before: &Baseline, after: &Baseline) -> Vec<String> {
        let line = |change: Change| {
            let mark = if change.needs_decision { "!" } else { "-" };
            format!("{mark} {}: {}, {}", change.subject, change.kind.words(), change.what)
        };
        changes(before, after).into_iter().map(line).collect()
    }

    fn edited(edit: impl FnOnce(&mut BaselinePackage)) -> Baseline {
        let mut baseline = baseline();
        let queue = baseline.packages.iter_mut().find(|package| package.name == "ring-queue");
        edit(queue.unwrap());
        baseline
    }

    #[test]
    #[requirement("TOOL-21")]
    #[verifies("soup.AC-3")]
    fn nothing_changed_against_itself() {
        assert_eq!(changes(&baseline(), &baseline()), []);
        let text = baseline().to_text();
        assert_eq!(Baseline::parse(&text).unwrap(), baseline());
    }

    #[test]
    #[requirement("TOOL-21")]
    fn every_kind_of_change_is_seen() {
        let check = |edit: &dyn Fn(&mut BaselinePackage), expected: &[&str]| {
            assert_eq!(lines(&baseline(), &edited(edit)), expected);
        };
        check(
            &|package| package.checksum = Some("ff".to_owned()),
            &["! ring-queue 0.8.0: ALARM: same version, another checksum, none -> ff"],
        );
        check(
            &|package| package.version = "0.9.0".to_owned(),
            &["! ring-queue 0.9.0: upgraded, 0.8.0 -> 0.9.0"],
        );
        check(
            &|package| package.version = "0.8.0-rc.1".to_owned(),
            &["! ring-queue 0.8.0-rc.1: downgraded, 0.8.0 -> 0.8.0-rc.1"],
        );
        check(
            &|package| package.source = "git https://x.example".to_owned(),
            &["! ring-queue 0.8.0: source changed, crates.io -> git https://x.example"],
        );
        check(
            &|package| package.class = Some("A".to_owned()),
            &["! ring-queue 0.8.0: class changed, C -> A"],
        );
        check(
            &|package| package.role = "test tool".to_owned(),
            &["! ring-queue 0.8.0: role changed, in the device -> test tool"],
        );
        check(
            &|package| drop(package.features.pop()),
            &["! ring-queue 0.8.0: features changed, off: x86_64-unknown-linux-gnu: std"],
        );
        check(
            &|package| drop(package.advisories.insert("RUSTSEC-1".to_owned(), "1".to_owned())),
            &["! ring-queue 0.8.0: new advisory, RUSTSEC-1"],
        );
    }

    #[test]
    fn what_came_and_went_is_seen() {
        let mut after = baseline();
        after.packages.retain(|package| package.name != "unit-derive");
        assert_eq!(
            lines(&baseline(), &after),
            ["! unit-derive 1.0.2: removed, generates device code"]
        );
        assert_eq!(
            lines(&after, &baseline()),
            ["! unit-derive 1.0.2: added, generates device code"]
        );
        let mut without_core = baseline();
        without_core.others.remove("rust-core");
        assert_eq!(
            lines(&baseline(), &without_core),
            ["! rust-core: removed, core of Rust 1.88.0 for thumbv7em-none-eabihf"]
        );
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        assert!(Baseline::parse("{}").is_err());
        let other = baseline().to_text().replace("\"version\": 1,", "\"version\": 2,");
        assert!(Baseline::parse(&other).unwrap_err().contains("version 2"));
    }
}
