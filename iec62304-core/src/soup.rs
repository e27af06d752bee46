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
mod native;
mod records;
mod rows;
mod toolchain;
mod update;
mod usage;

#[cfg(test)]
pub(crate) mod sample;

pub use baseline::{Baseline, BaselinePackage};
pub use build::{is_asked_for, shipped_packages};
pub use change::{Change, ChangeKind, changes};
pub use update::{UpdateScope, missing_records, with_records};

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
    /// The day by which ages are judged.
    pub as_of: Option<Date>,
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

/// One item of the SOUP list or of the list of supporting items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its stable id: that of its record, else the one that a record would get.
    pub id: String,
    /// What it is.
    pub kind: RowKind,
    /// Its record, if there is one: kind and id as written, and where.
    pub record: Option<RecordRef>,
    /// What it is called.
    pub title: String,
    /// Who makes it.
    pub manufacturer: Manufacturer,
    /// Its version.
    pub version: Option<String>,
    /// What identifies this exact one: version, source, digest or commit.
    pub designator: String,
    /// The package that it is or that holds it.
    pub package: Option<PackageKey>,
    /// Where the lock file names it; for what is declared by hand, its record.
    pub at: Location,
    /// Its role, for a package; native code has that of its package.
    pub role: Role,
    /// What it is for, in its maker's words.
    pub description: Option<String>,
    /// Its package URL, where its kind and source have one.
    pub purl: Option<String>,
    /// Digests of what was delivered.
    pub digests: Digests,
    /// The commit it was built or published from.
    pub commit: Option<String>,
    /// Where its source lives.
    pub repository: Option<String>,
    /// Its home page.
    pub homepage: Option<String>,
    /// Its licence.
    pub licence: Licence,
    /// The features that are on, for each target that links it, by index.
    pub features: BTreeMap<usize, Vec<String>>,
    /// Shortest ways from packages that ship, one for each of these; both ends included.
    pub paths: Vec<Vec<String>>,
    /// The oldest Rust it says it builds with.
    pub rust_version: Option<String>,
    /// Why it counts as changed by somebody else than its maker: a phrase.
    pub modified: Option<String>,
    /// What the record says was changed in it, and why it stays SOUP.
    pub modified_because: Option<String>,
    /// The version that its own record was written for.
    pub stated_version: Option<Located<String>>,
    /// Whether its registry has withdrawn it; `None` where that is not known.
    pub yanked: Option<bool>,
    /// Ids of the software items that link it.
    pub items: Vec<String>,
    /// The units whose source names it; empty means "not seen directly", never "unused".
    pub references: Vec<UnitReference>,
    /// The highest class of what uses it, and why.
    pub class: Effective,
    /// What people have written about it.
    pub judgement: Judgement,
    /// Its evaluation of published anomalies.
    pub evaluation: Evaluation,
    /// Advisories that name it, each with its verdict; open ones first.
    pub advisories: Vec<Hit>,
    /// The rows that it depends on, by index into the same list.
    pub depends_on: Vec<usize>,
    /// Whether the product's own packages depend on it directly.
    pub is_direct: bool,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A package of the lock file.
    Package,
    /// Code in another language that a package bundles or links.
    NativeLibrary,
    /// `core`, `alloc` or `std`.
    StandardLibrary,
    /// The C library, startup code or runtime that the target links.
    Runtime,
    /// Something that only a record tells of; its kind in the record's word.
    Declared(&'static str),
}

impl RowKind {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::NativeLibrary => "native library",
            Self::StandardLibrary => "standard library",
            Self::Runtime => "runtime",
            Self::Declared(word) => word,
        }
    }
}

/// The record behind a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRef {
    /// The name of its table: `soup` or `tool`.
    pub table: &'static str,
    /// Its id.
    pub id: Located<String>,
    /// Whether the row is one of several that the record covers, and why that is sound.
    pub covers: Option<String>,
}

/// Who makes something, and what that rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manufacturer {
    /// The name; `None` stands for "unknown", which is said and not left out.
    pub name: Option<String>,
    /// What it rests on.
    pub basis: ManufacturerBasis,
    /// Its web or e-mail address, where the basis gives one.
    pub contact: Option<String>,
}

/// What the name of a manufacturer rests on, most trusted first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ManufacturerBasis {
    /// A person wrote it into the record.
    Record,
    /// The owner of the repository that the manifest names.
    Repository,
    /// The authors that the manifest lists.
    Authors,
    /// The Rust project, for its own libraries.
    RustProject,
    /// Nothing says so.
    #[default]
    Unknown,
}

impl ManufacturerBasis {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Record => "confirmed in the record",
            Self::Repository => "owner of the repository",
            Self::Authors => "authors in the manifest",
            Self::RustProject => "the toolchain",
            Self::Unknown => "unknown",
        }
    }
}

/// Digests of what was delivered, lowercase hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256 of the archive, from the lock file.
    pub sha256: Option<String>,
    /// SHA-512 of the archive, from the local cache; only if its SHA-256 is the lock's.
    pub sha512: Option<String>,
    /// SHA-256 over the files of a path or git package.
    pub content: Option<String>,
    /// What comparing the cached archive with the lock file gave.
    pub check: DigestCheck,
}

/// What comparing a cached archive with the lock file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DigestCheck {
    /// There is no archive to compare, or nobody looked.
    #[default]
    NotChecked,
    /// The archive is not in the local cache.
    NotCached,
    /// They agree.
    Agrees,
    /// They differ: the digest of the cached archive.
    Differs(String),
}

/// A licence as declared and as concluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licence {
    /// What the manifest says, as an SPDX expression; old slashes are read as `OR`.
    pub declared: Option<String>,
    /// What the record concludes on.
    pub concluded: Option<String>,
    /// The licence file that stands for an expression, and the SHA-256 of its text.
    pub file: Option<(String, Option<String>)>,
}

/// A unit whose source names a SOUP item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitReference {
    /// The id of the unit, or the path of the module that stands in for one.
    pub unit: String,
    /// The first place that names it.
    pub at: Location,
    /// How many places name it.
    pub places: usize,
}

/// What people have written about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What identifies this exact one, where the record says so.
    pub designator: Option<String>,
    /// Functional requirements (5.3.3).
    pub functional: Vec<String>,
    /// Performance requirements (5.3.3).
    pub performance: Vec<String>,
    /// The hardware and software that it needs (5.3.4).
    pub environment: Option<String>,
    /// How the architecture supports or confines it (5.3.5, 5.3.6).
    pub architecture: Option<String>,
    /// Ids of the causes of hazardous situations that name it (7.1.2).
    pub causes: Vec<String>,
    /// Why no failure of it can be a cause.
    pub not_a_cause: Option<String>,
    /// Reviews and tests that verify it (5.3.6).
    pub verified_by: Vec<String>,
    /// Those of them that show nothing, and why: a phrase each.
    pub not_verified_by: Vec<String>,
    /// The level of support, in the record's word.
    pub support_level: Option<String>,
    /// When support ends.
    pub support_end: Option<Date>,
    /// What level and end rest on.
    pub support_reason: Option<String>,
    /// Who carries its security risk: maintained, supported or required.
    pub responsibility: Option<String>,
    /// What a tool is used for.
    pub purpose: Option<String>,
    /// What shows that a tool is fit for that.
    pub validation: Option<String>,
    /// Where a copy is kept (5.8.7).
    pub archive: Option<String>,
}

/// The evaluation of published anomalies (7.1.3), as written and as it stands today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// The list that was evaluated.
    pub source: Option<String>,
    /// The version it was read for.
    pub version: Option<String>,
    /// When.
    pub reviewed: Option<Date>,
    /// By whom.
    pub by: Option<String>,
    /// What follows for the device.
    pub verdict: Option<String>,
    /// Until when it holds.
    pub valid_until: Option<Date>,
    /// The fingerprints that an evaluation made today would be bound to.
    pub binding: Binding,
    /// Why it is open, if it is: each a phrase, with the place of what is wrong. What was
    /// never written comes first.
    pub open: Vec<Located<String>>,
    /// How many of these are things that were never written.
    pub missing: usize,
}

impl Evaluation {
    /// What was never written.
    pub fn missing(&self) -> &[Located<String>] {
        &self.open[..self.missing]
    }

    /// What was true once and is no more, or is bound to nothing.
    pub fn stale(&self) -> &[Located<String>] {
        &self.open[self.missing..]
    }
}

/// What an evaluation is bound to, as fingerprints: when one changes, it is open again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// Of the package: name, version, source and digest.
    pub package: String,
    /// Of the advisories that name it.
    pub advisories: String,
    /// Of the ways by which it gets into the device.
    pub paths: String,
}

/// An advisory that names a row's package, and what was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its ids: RUSTSEC first, then aliases.
    pub ids: Vec<String>,
    /// What kind of anomaly it is.
    pub kind: HitKind,
    /// Its title.
    pub title: String,
    /// When it was published; `None` for a version that its registry has withdrawn.
    pub date: Option<Date>,
    /// When it was withdrawn.
    pub withdrawn: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its CVSS vector.
    pub cvss: Option<String>,
    /// Versions that are not affected, as ranges.
    pub patched: Vec<String>,
    /// The affected functions it names.
    pub functions: Vec<String>,
    /// Where our source names one of these functions.
    pub function_references: Vec<Location>,
    /// Facts that bear on it and decide nothing: limits to systems, parts not understood.
    pub remarks: Vec<String>,
    /// The decision, if there is one.
    pub verdict: Option<Verdict>,
    /// SHA-256 of the entry.
    pub digest: String,
}

/// What kind of anomaly an advisory publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// A vulnerability.
    Vulnerability,
    /// Sound-looking code that is not sound.
    Unsound,
    /// The same name and version range as a package of another source: to be evaluated.
    SameNameOtherSource,
    /// The registry has withdrawn the version.
    Yanked,
    /// Nobody looks after it any more.
    Unmaintained,
    /// Some other notice.
    Notice,
}

impl HitKind {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Vulnerability => "vulnerability",
            Self::Unsound => "unsound",
            Self::SameNameOtherSource => "same name, other source: evaluate",
            Self::Yanked => "yanked",
            Self::Unmaintained => "unmaintained",
            Self::Notice => "notice",
        }
    }
}

/// A decision on an advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `not affected`, `affected`, `fixed` or `under investigation`.
    pub word: String,
    /// Why it does not touch the device, in CycloneDX's word.
    pub justification: Option<String>,
    /// The reasoning.
    pub reason: String,
    /// What is done about it.
    pub action: Option<String>,
    /// Where it is written.
    pub at: Location,
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

/// An id as the key of a TOML table.
pub fn table_key(id: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if !id.is_empty() && id.chars().all(is_bare) { id.to_owned() } else { format!("{id:?}") }
}
