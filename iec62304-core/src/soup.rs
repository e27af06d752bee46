//! The SOUP inventory: which role each locked package plays, what ships that the project
//! did not write, and what people have judged about it. Owned plain data.
//!
//! Two lists come out: SOUP items (8.1.2) and supporting items (5.1.10), from one census
//! of the lock file in which no package is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;

use crate::location::{FilePath, Located, Location};
use crate::model::dependency::{BuildTarget, PackageKey};
use crate::trace::Effective;

mod baseline;
mod build;
mod causes;
mod census;
mod change;
mod evaluation;
mod hits;
mod identity;
mod judgement;
mod native;
mod records;
mod row;
mod rows;
mod toolchain;
mod update;
mod usage;

#[cfg(test)]
pub(crate) mod sample;

pub use crate::records::table_key;
pub use baseline::{Baseline, BaselinePackage};
pub use build::{bills, is_asked_for, shipped_packages};
pub use change::{Change, ChangeKind, Changed, changes};
pub use judgement::{Binding, Evaluation, Hit, HitKind, Judgement, Verdict};
pub use row::{
    DigestCheck, Digests, Licence, ListedIn, Manufacturer, ManufacturerBasis, RecordRef, Row,
    RowKind, UnitReference,
};
pub use update::{UpdateScope, missing_records};

/// The inventory of one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// What ships.
    pub product: Product,
    /// How much of the inventory is known.
    pub basis: Basis,
    /// Every package of the lock file with its one role, sorted by key.
    pub census: Vec<Locked>,
    /// What ships and was not developed for it: packages first, then native code, the
    /// standard library, and what is declared by hand; each part sorted.
    pub soup: Vec<Row>,
    /// What builds and tests the product, sorted by key, then what is declared by hand.
    pub tools: Vec<Row>,
    /// The advisories, or why there are none.
    pub advisories: AdvisoryState,
    /// What the toolchain file says.
    pub toolchain: Toolchain,
    /// Files that can change the build, and whether version control tracks each.
    pub build_inputs: Option<BTreeMap<FilePath, bool>>,
    /// Names in records that have no counterpart in the graph.
    pub unused: Vec<Unused>,
    /// Ids of the items and systems that a cause of a hazardous situation names, with what
    /// they are part of and what is part of them.
    pub items_of_causes: BTreeSet<String>,
    /// What changed since the baseline that the configuration names.
    pub since_baseline: SinceBaseline,
    /// The day by which ages are judged.
    pub as_of: Option<Date>,
}

/// What is known of the changes since a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SinceBaseline {
    /// The configuration names none.
    #[default]
    NoBaseline,
    /// It cannot be used: why, and where it is named.
    Unusable(Located<String>),
    /// It was compared.
    Compared {
        /// Where it is named.
        at: Location,
        /// The day it was written for.
        as_of: Option<Date>,
        /// What changed, the most alarming first.
        changes: Vec<Change>,
    },
}

/// What ships.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Its name: declared, else that of the project, else of its first package.
    pub name: String,
    /// Its version: declared, else that of its first package.
    pub version: String,
    /// Who makes it.
    pub manufacturer: Option<String>,
    /// An e-mail or web address of the maker.
    pub contact: Option<String>,
    /// The packages of the workspace that ship.
    pub packages: Vec<PackageKey>,
    /// Why these: a phrase.
    pub because: String,
    /// What they are built for.
    pub targets: Vec<BuildTarget>,
    /// Features that are on beside the default ones, as declared.
    pub features: Vec<String>,
}

/// What stands in the place of the reason for a `covers` that has none.
pub const NO_REASON: &str = "no reason is written";

/// A name in a record by which the record speaks of nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The name of the record's table: `soup` or `tool`.
    pub table: &'static str,
    /// The id of the record.
    pub record: String,
    /// The name, and where it is written.
    pub name: Located<String>,
    /// Whether it stands in `covers`.
    pub covered: bool,
    /// Why there is no counterpart: a phrase.
    pub why: String,
}

/// What the toolchain file of a workspace says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toolchain {
    /// Where it stands; `None` where there is none.
    pub at: Option<Location>,
    /// The channel that it names.
    pub channel: Option<String>,
    /// The release, as `1.88.0`, where the channel is one and does not move.
    pub release: Option<String>,
    /// Whether the channel means the same toolchain tomorrow, and on another machine.
    pub stability: Stability,
}

/// What a channel means tomorrow, and on another machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stability {
    /// The same toolchain.
    Fixed,
    /// Whatever is the newest of its kind by then.
    Moves,
    /// What that machine has under this name, or nothing.
    #[default]
    Unknown,
}

/// Rows that one record speaks for.
#[derive(Clone, Debug)]
pub struct Group<'i> {
    /// The record.
    pub record: &'i RecordRef,
    /// The rows, its own first.
    pub rows: Vec<&'i Row>,
    /// The highest class among them, and why.
    pub class: Effective,
}

/// How much of an inventory is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Nothing in the project asked for it.
    NotAsked,
    /// There is no lock file.
    NoLockFile,
    /// The lock file cannot be read.
    UnreadableLockFile(Located<String>),
    /// Only the lock file: no role is known.
    LockFile {
        /// Why cargo could not resolve the rest.
        cause: String,
        /// Whether that is because the lock file does not fit the manifests.
        lock_file_misfits: bool,
    },
    /// The lock file and cargo's own resolution.
    Graph,
}

/// A package of the lock file and the role it plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// What it is; a path package with its folder where the graph is known.
    pub key: PackageKey,
    /// The line of the lock file that names it.
    pub at: Location,
    /// SHA-256 of its archive as the lock file has it.
    pub checksum: Option<String>,
    /// Its role.
    pub role: Role,
    /// Why: a phrase without its full stop.
    pub reason: String,
    /// A shortest way from a package that ships, both ends included; empty where there is
    /// none.
    pub path: Vec<String>,
    /// The targets whose device links it, by index into the product's.
    pub linked: Vec<usize>,
    /// Whether it also runs while the device is built.
    pub also_on_host: bool,
    /// Advisories that name it, whatever its role.
    pub advisories: Vec<Hit>,
}

/// What a package of the lock file has to do with the device; the closest to the device
/// comes first, and a package has the closest of its roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Linked into the device, and not the project's own.
    InDevice,
    /// Own code of the project that a record declares to be SOUP.
    OwnDeclaredSoup,
    /// Own code of the project.
    Own,
    /// A procedural macro or what it depends on: its output ships.
    GeneratesDeviceCode,
    /// Runs in or for a build script.
    BuildTool,
    /// Used by tests of what ships, and by nothing closer.
    TestTool,
    /// Linked only for a target that the product does not declare.
    OtherTarget,
    /// Linked only with a feature that is off.
    FeatureOff,
    /// Used only by members of the workspace that do not ship.
    OutsideProduct,
    /// In the lock file and reached by nothing: a leftover, or a patch that is not used.
    Unreached,
    /// The graph is not known, so neither is the role.
    Unknown,
}

impl Role {
    /// Every role, closest to the device first.
    pub const ALL: [Self; 11] = [
        Self::InDevice,
        Self::OwnDeclaredSoup,
        Self::Own,
        Self::GeneratesDeviceCode,
        Self::BuildTool,
        Self::TestTool,
        Self::OtherTarget,
        Self::FeatureOff,
        Self::OutsideProduct,
        Self::Unreached,
        Self::Unknown,
    ];

    /// Whether what it stands for runs on the maker's machine and has a part in the
    /// device's code.
    pub fn shapes_the_device(self) -> bool {
        matches!(self, Self::GeneratesDeviceCode | Self::BuildTool)
    }

    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::InDevice => "in the device",
            Self::OwnDeclaredSoup => "own but declared SOUP",
            Self::Own => "own",
            Self::GeneratesDeviceCode => "generates device code",
            Self::BuildTool => "build tool",
            Self::TestTool => "test tool",
            Self::OtherTarget => "other target",
            Self::FeatureOff => "feature off",
            Self::OutsideProduct => "outside the product",
            Self::Unreached => "not reached",
            Self::Unknown => "role unknown",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// The state of the advisories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdvisoryState {
    /// No database was given.
    None,
    /// A database was read.
    Read {
        /// Its fingerprint.
        digest: String,
        /// How many entries it has.
        entries: usize,
        /// The date of its newest entry.
        newest: Option<Date>,
        /// How many days before the day of judgement that is.
        age: Option<i64>,
        /// Entries for locked packages that could not be read: path below the database,
        /// package, reason.
        unreadable: Vec<(String, String, String)>,
    },
}

impl<'i> Group<'i> {
    fn add(&mut self, record: &'i RecordRef, row: &'i Row) {
        if row.class.class > self.class.class {
            self.class = row.class.clone();
        }
        let has_own = self.record.covers.is_none();
        if record.covers.is_none() && !has_own {
            self.record = record;
            self.rows.insert(0, row);
        } else {
            self.rows.push(row);
        }
    }

    /// What people have written about it.
    pub fn judgement(&self) -> &'i Judgement {
        &self.rows[0].judgement
    }
}

impl Inventory {
    /// How many packages of the lock file play each role; they add up to the lock file.
    pub fn counts(&self) -> Vec<(Role, usize)> {
        let count = |role| self.census.iter().filter(|locked| locked.role == role).count();
        let counts = Role::ALL.into_iter().map(|role| (role, count(role)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The SOUP rows by the record that speaks for them, in the order of their rows.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for row in &self.soup {
            let Some(record) = &row.record else {
                continue;
            };
            match groups.iter_mut().find(|group| group.record.id.at == record.id.at) {
                None => groups.push(Group { record, rows: vec![row], class: row.class.clone() }),
                Some(group) => group.add(record, row),
            }
        }
        groups
    }

    /// Every row of both lists.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.soup.iter().chain(&self.tools)
    }
}
