//! Stored runs of tests, and the files that can change a result.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use iec62304_core::config::{Configuration, EvidenceSettings, FILE_NAME};
use iec62304_core::content;
use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, EvidenceFiles, Package, TextFile};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{documents, version_control};

/// What cargo and nextest read beside the packages, from the workspace root.
const OF_THE_BUILD: [&str; 7] = [
    ".cargo/config",
    ".cargo/config.toml",
    ".config/nextest.toml",
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain",
    "rust-toolchain.toml",
];

/// Everything that results depend on beside the Rust files in `sources`; `None` where the
/// project stores none.
pub(super) fn read(
    root: &Path,
    packages: &[Package],
    configuration: &Configuration,
    records: &[TextFile],
    is_source: impl Fn(&FilePath) -> bool,
) -> Option<EvidenceFiles> {
    let settings = configuration.evidence.as_ref()?;
    let records: BTreeSet<&FilePath> = records.iter().map(|file| &file.path).collect();
    let counts = |path: &FilePath| {
        let is_of_package = packages.iter().any(|package| path.below(&package.folder).is_some());
        is_of_package
            && !is_source(path)
            && !records.contains(path)
            && path.as_str() != FILE_NAME
            && !is_left_out(path, settings)
    };
    let mut paths: BTreeSet<FilePath> =
        files(root).into_iter().map(|path| FilePath::new(&path)).filter(counts).collect();
    paths.extend(OF_THE_BUILD.map(FilePath::new));
    paths.extend(outside_files(root, packages));
    Some(EvidenceFiles { runs: runs(root, &settings.folder.value), digests: digests(root, paths) })
}

/// What belongs to the evidence itself, or what the project says changes no result.
fn is_left_out(path: &FilePath, settings: &EvidenceSettings) -> bool {
    path.below(&FilePath::new(&settings.folder.value)).is_some()
        || settings.ignore.iter().any(|glob| fast_glob::glob_match(&glob.value, path.as_str()))
}

/// Every file that version control has or would take in; without it, every file outside
/// the folders of build results.
fn files(root: &Path) -> Vec<String> {
    version_control::files(root).unwrap_or_else(|| {
        let entries = WalkDir::new(root).into_iter().filter_entry(|entry| !is_build_result(entry));
        let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let below = files.filter_map(|entry| {
            Some(entry.path().strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
        });
        below.collect()
    })
}

fn is_build_result(entry: &DirEntry) -> bool {
    entry.file_type().is_dir()
        && (entry.file_name() == ".git"
            || entry.file_name() == "target"
            || entry.path().join("CACHEDIR.TAG").exists())
}

/// The files of the packages outside the workspace that its packages depend on by path,
/// through as many steps as there are.
fn outside_files(root: &Path, packages: &[Package]) -> Vec<FilePath> {
    let members: BTreeSet<&FilePath> = packages.iter().map(|package| &package.folder).collect();
    let named = packages.iter().flat_map(|package| &package.path_dependencies);
    let mut open: Vec<FilePath> = named.cloned().collect();
    let mut folders = BTreeSet::new();
    while let Some(folder) = open.pop() {
        if !members.contains(&folder) && folders.insert(folder.clone()) {
            let manifest = fs::read_to_string(root.join(folder.join("Cargo.toml").as_str()));
            let paths = dependencies_by_path(&manifest.unwrap_or_default());
            open.extend(paths.iter().map(|path| folder.join(path)));
        }
    }
    let in_folder = |folder: &FilePath| {
        let files = files(&root.join(folder.as_str())).into_iter();
        files.map(|file| folder.join(&file)).collect::<Vec<_>>()
    };
    folders.iter().flat_map(in_folder).collect()
}

/// Every `path` of a dependency in a manifest.
fn dependencies_by_path(manifest: &str) -> Vec<String> {
    fn gather(table: &toml::Table, is_dependencies: bool, paths: &mut Vec<String>) {
        for (name, value) in table {
            let Some(inner) = value.as_table() else { continue };
            if is_dependencies {
                paths.extend(inner.get("path").and_then(|path| path.as_str()).map(str::to_owned));
            } else {
                gather(inner, name.ends_with("dependencies"), paths);
            }
        }
    }
    let mut paths = Vec::new();
    gather(&manifest.parse().unwrap_or_default(), false, &mut paths);
    paths
}

/// Those of some files that are there, each with its digest.
fn digests(root: &Path, paths: BTreeSet<FilePath>) -> BTreeMap<FilePath, String> {
    let digest = |path: FilePath| {
        if !root.join(path.as_str()).is_file() {
            return None;
        }
        let digest = match documents::read(root, path.as_str()).content {
            Content::Bytes(bytes) => content::of_file(&bytes),
            Content::Unreadable(reason) => reason,
        };
        Some((path, digest))
    };
    paths.into_par_iter().filter_map(digest).collect()
}

/// Every file that may be a stored run.
fn runs(root: &Path, folder: &str) -> Vec<TextFile> {
    let entries = WalkDir::new(root.join(folder)).sort_by_file_name();
    let files = entries.into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "json"));
    let paths = files.filter_map(|entry| {
        Some(entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/"))
    });
    paths.map(|path| documents::read(root, &path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_by_path_are_found_wherever_a_manifest_names_them() {
        let manifest = r#"
            [package]
            name = "x"
            [dependencies]
            a = "1"
            b = { path = "../b" }
            [dev-dependencies.c]
            path = "c"
            [target.'cfg(unix)'.build-dependencies]
            d = { path = "d", version = "1" }
            [lib]
            path = "lib.rs"
        "#;
        let mut paths = dependencies_by_path(manifest);
        paths.sort();
        assert_eq!(paths, ["../b", "c", "d"]);
        assert!(dependencies_by_path("no [toml").is_empty());
    }
}
