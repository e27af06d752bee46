//! A `RustSec` advisory database, given as values, and which of its advisories affect a
//! version of a package.
//!
//! Everything that is known of an advisory comes out as plain data; nothing is decided
//! here. One bad entry never hides the others: it is read without the optional part that
//! cannot be read, or listed as unreadable. Knows nothing of the lock file, of records
//! and of the day on which it is asked.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use rustsec::advisory::Versions;

use crate::snapshot::AdvisoryFolder;

mod distinct;
mod entry;
mod files;
mod front_matter;
mod platform;

pub use distinct::{Anomaly, distinct};

/// What an advisory database says of the packages that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advisories {
    /// SHA-256 over all entries, asked for or not, as `sha256:…`: the digest of the text
    /// that `sha256sum crates/*/*.md rust/*/*.md` prints, sorted by path in byte order.
    pub digest: String,
    /// How many entries the database has.
    pub entries: usize,
    /// The newest date of any entry; `None` if no entry has a date.
    pub newest: Option<Date>,
    /// The advisories of the packages asked for, and all of the toolchain, sorted by path.
    pub read: Vec<Advisory>,
    /// The entries among those that could not be read, sorted by path.
    pub unreadable: Vec<Unreadable>,
    /// Files between the entries that are none, sorted.
    pub ignored: Vec<String>,
}

/// An entry that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its path below the database folder.
    pub path: String,
    /// The package that it is about: the one it names if that one was asked for, else the
    /// one whose folder it lies in.
    pub package: String,
    /// The part of the database that holds it.
    pub collection: Collection,
    /// Why, in plain words.
    pub reason: String,
}

/// A part of the database; each has its own names and its own version numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// Packages of crates.io.
    Crates,
    /// The toolchain: the standard library, cargo, rustdoc. Their versions are those of
    /// Rust.
    Rust,
}

impl Collection {
    /// The word for keys and output, which is also the name of its folder.
    pub fn word(self) -> &'static str {
        match self {
            Self::Crates => "crates",
            Self::Rust => "rust",
        }
    }
}

/// What kind of anomaly an advisory reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A vulnerability, and whatever this version of the tool has no other word for.
    Vulnerability,
    /// Safe code can cause undefined behaviour.
    Unsound,
    /// Nobody maintains the package any more.
    Unmaintained,
    /// Something else that users should know.
    Notice,
}

impl Kind {
    /// The word for keys and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vulnerability => "vulnerability",
            Self::Unsound => "unsound",
            Self::Unmaintained => "unmaintained",
            Self::Notice => "notice",
        }
    }
}

/// One advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advisory {
    /// Its id, such as `RUSTSEC-2030-0001`.
    pub id: String,
    /// The package that it is about.
    pub package: String,
    /// The part of the database that holds it.
    pub collection: Collection,
    /// What kind of anomaly it reports.
    pub kind: Kind,
    /// One line on it.
    pub title: String,
    /// When it was reported.
    pub date: Date,
    /// When it was withdrawn, if it was.
    pub withdrawn: Option<Date>,
    /// Ids of the same anomaly in other databases, CVE, GHSA and others, sorted.
    pub aliases: Vec<String>,
    /// Ids of other anomalies that have to do with this one, sorted.
    pub related: Vec<String>,
    /// Where it was announced.
    pub url: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
    /// The CVSS vector as it stands in the entry, even if it could not be read.
    pub cvss: Option<String>,
    /// The severity that follows from the vector: `none`, `low`, `medium`, `high` or
    /// `critical`. About half of all vulnerabilities have none.
    pub severity: Option<&'static str>,
    /// Categories of `RustSec`, such as `memory-corruption`.
    pub categories: Vec<String>,
    /// Version ranges in which it is fixed; empty if there is no such version.
    pub patched: Vec<String>,
    /// Version ranges that never had it.
    pub unaffected: Vec<String>,
    /// The operating systems it is limited to; empty if it is not limited.
    pub affected_os: Vec<String>,
    /// The CPU architectures it is limited to; empty if it is not limited.
    pub affected_arch: Vec<String>,
    /// Paths of affected functions, each with the version ranges that have it, sorted.
    ///
    /// Their use makes an anomaly more pressing; that none is used proves nothing.
    pub functions: Vec<(String, Vec<String>)>,
    /// The licence of its text, as SPDX.
    pub license: String,
    /// SHA-256 of its file, as `sha256:…`.
    pub digest: String,
    /// Parts that could not be read and count as absent, such as `cvss`, sorted.
    pub dropped: Vec<String>,
    /// The first paragraph of its description, without headings.
    pub description: String,
    versions: Versions,
}

/// A version of a package that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAVersion {
    /// What was given.
    pub version: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a version: {}", self.version, self.reason)
    }
}

impl std::error::Error for NotAVersion {}

impl Advisory {
    /// Whether `version` is in its ranges. Withdrawn or not does not matter here.
    ///
    /// A pre-release counts as what it is in the order of versions: `2.0.0-rc.1` comes
    /// before `2.0.0`, so a fix in `2.0.0` is not in it.
    ///
    /// # Errors
    ///
    /// `version` is not a version as cargo writes them.
    pub fn affects(&self, version: &str) -> Result<bool, NotAVersion> {
        let parsed = rustsec::Version::parse(version).map_err(|error| NotAVersion {
            version: version.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(self.versions.is_vulnerable(&parsed))
    }

    /// Why this advisory may not concern a product that is built for these target
    /// triples: it is limited to operating systems or CPUs that none of them has.
    ///
    /// `None` if one of them may be concerned, if no triple is given, or if a triple is
    /// not understood. It is a reason to put before people, and never a filter.
    pub fn reason_not_for(&self, triples: &[String]) -> Option<String> {
        platform::reason_not_for(self, triples)
    }
}

/// Reads the entries of the named packages and of the whole toolchain.
///
/// Names are compared as they stand: `-` and `_` differ, and so do `a` and `A`. An entry
/// in the folder of another package than it names is looked at if either was asked for,
/// so that one in the wrong place is not missed.
pub fn read(folder: &AdvisoryFolder, packages: &BTreeSet<&str>) -> Advisories {
    let files = files::Files::of(folder);
    let mut advisories = Advisories {
        digest: files.digest(),
        entries: files.entries.len(),
        newest: files.entries.iter().filter_map(files::Entry::date).max(),
        read: Vec::new(),
        unreadable: Vec::new(),
        ignored: files.ignored,
    };
    for file in &files.entries {
        let named = file.named_package().filter(|name| packages.contains(name));
        let wanted = file.collection == Collection::Rust || packages.contains(file.package);
        if !wanted && named.is_none() {
            continue;
        }
        match entry::read(file) {
            Ok(advisory) => advisories.read.push(advisory),
            Err(reason) => advisories.unreadable.push(Unreadable {
                path: file.path.to_owned(),
                package: named.unwrap_or(file.package).to_owned(),
                collection: file.collection,
                reason,
            }),
        }
    }
    advisories
}

#[cfg(test)]
mod tests;
