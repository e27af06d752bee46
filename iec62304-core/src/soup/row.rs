//! One row of either list: what it is, who makes it, what identifies it.

use std::collections::BTreeMap;

use super::{Evaluation, Hit, Judgement, Role};
use crate::location::{Located, Location};
use crate::model::dependency::PackageKey;
use crate::trace::Effective;

/// One item of the SOUP list or of the list of supporting items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its stable id: that of its record, else the one that a record would get.
    pub id: String,
    /// What it is.
    pub kind: RowKind,
    /// Its record, if there is one: kind and id as written, and where.
    pub record: Option<RecordRef>,
    /// The bill of materials that lists it, for what is inside a delivered part.
    pub listed_in: Option<ListedIn>,
    /// Why the bill of materials that its record names cannot be used, and where it is named.
    pub unusable_bill: Option<Located<String>>,
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

/// Where something inside a delivered part is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedIn {
    /// The id of what it is part of.
    pub whole: String,
    /// The supplier's bill of materials, relative to the workspace root.
    pub bill: String,
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
    /// The supplier's bill of materials.
    BillOfMaterials,
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
            Self::BillOfMaterials => "the supplier's bill of materials",
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
