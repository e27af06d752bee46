//! What results of tests are produced from, as digests: of each package, of the build, of
//! each record that a test names.
//!
//! Rust counts by its tokens, so that a comment changes nothing; every other file by its
//! bytes. A file of no package belongs to the build, and so to every result.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};
use rayon::prelude::*;

use crate::content::{self, Bencoding};
use crate::evidence::State;
use crate::location::FilePath;
use crate::model::record::Record;
use crate::scan;
use crate::snapshot::{EvidenceFiles, Package, SourceState};
use crate::trace::Project;

/// What the project is now, with the records that its tests name.
#[requirement("TOOL-62")]
#[risk_control("GUARD-5")]
pub(super) fn of<'r>(
    project: &Project<'_>,
    files: &EvidenceFiles,
    records: impl Iterator<Item = &'r Record>,
) -> State {
    let mut of_package: BTreeMap<&str, Bencoding> = BTreeMap::new();
    for package in project.packages {
        of_package.entry(&package.name).or_default().open();
    }
    let mut build = Bencoding::default();
    build.open();
    for (path, digest) in digests(project, files) {
        let owner = owner(&path, project.packages);
        let whole = owner.and_then(|package| of_package.get_mut(package.name.as_str()));
        let whole = whole.unwrap_or(&mut build);
        whole.text(path.as_str());
        whole.text(&digest);
    }
    let packages: BTreeMap<String, String> =
        of_package.into_iter().map(|(name, whole)| (name.to_owned(), closed(whole))).collect();
    let build = closed(build);
    State {
        sources: sources(&packages, &build),
        build,
        lock_file: files.digests.get(&FilePath::new("Cargo.lock")).cloned(),
        packages,
        records: records.map(|record| (record.id.value.clone(), of_record(record))).collect(),
    }
}

/// What a record says, without the code that belongs to it.
pub(super) fn of_record(record: &Record) -> String {
    content::of_record(record, &[]).to_string()
}

fn closed(mut whole: Bencoding) -> String {
    whole.close();
    format!("sha256:{}", whole.digest())
}

fn sources(packages: &BTreeMap<String, String>, build: &str) -> String {
    let mut all = Bencoding::default();
    all.open();
    for (name, digest) in packages {
        all.text(name);
        all.text(digest);
    }
    all.text(build);
    closed(all)
}

/// Every file with its digest, by path. Rust that cannot be read has that for a digest.
fn digests(project: &Project<'_>, files: &EvidenceFiles) -> BTreeMap<FilePath, String> {
    let digest = |(path, state): (&FilePath, &SourceState)| match state {
        SourceState::Read(source) => Some((path.clone(), of_rust(&source.bytes))),
        SourceState::Unreadable(reason) => Some((path.clone(), reason.clone())),
        SourceState::Missing => None,
    };
    let rust: Vec<(FilePath, String)> = project.sources.par_iter().filter_map(digest).collect();
    files.digests.clone().into_iter().chain(rust).collect()
}

fn of_rust(bytes: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return content::of_file(bytes);
    };
    let mut tokens = Bencoding::default();
    tokens.list(|all| {
        for token in scan::meaningful_tokens(text) {
            all.text(&text[token.range()]);
        }
    });
    tokens.digest()
}

/// The package in whose folder a file lies; of nested ones the inner.
fn owner<'p>(path: &FilePath, packages: &'p [Package]) -> Option<&'p Package> {
    let around = packages.iter().filter(|package| path.below(&package.folder).is_some());
    around.max_by_key(|package| package.folder.as_str().len())
}

/// The packages whose code a test of a package may run: itself and those that it depends
/// on by path, through as many steps as there are.
pub(super) fn closure<'p>(package: &'p Package, packages: &'p [Package]) -> BTreeSet<&'p str> {
    let mut names = BTreeSet::new();
    let mut open = vec![package];
    while let Some(package) = open.pop() {
        if names.insert(package.name.as_str()) {
            let is_named = |other: &&Package| package.path_dependencies.contains(&other.folder);
            open.extend(packages.iter().filter(is_named));
        }
    }
    names
}
