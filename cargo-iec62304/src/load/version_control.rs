//! What git says: which files it tracks, and of which commit they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Package, TargetKind};

/// Files beside the manifests that cargo, rustc or the linker read.
const BESIDE_MANIFESTS: [&str; 8] = [
    ".cargo/config.toml",
    ".cargo/config",
    "Cargo.toml",
    "memory.x",
    "device.x",
    "link.x",
    "linker.ld",
    "build.rs",
];
/// The same at the workspace root alone.
const AT_ROOT: [&str; 3] = ["Cargo.lock", "rust-toolchain.toml", "rust-toolchain"];

/// The files that are there, each with whether git tracks it; `None` without git.
pub(super) fn build_inputs(root: &Path, packages: &[Package]) -> Option<BTreeMap<FilePath, bool>> {
    let tracked = tracked(root)?;
    let mut inputs = BTreeMap::new();
    for path in candidates(packages).into_iter().filter(|path| root.join(path.as_str()).is_file()) {
        let is_tracked = tracked.contains(path.as_str());
        inputs.insert(path, is_tracked);
    }
    Some(inputs)
}

fn candidates(packages: &[Package]) -> BTreeSet<FilePath> {
    let root = FilePath::default();
    let mut paths: BTreeSet<FilePath> = AT_ROOT.iter().map(|name| root.join(name)).collect();
    let folders = packages.iter().map(|package| &package.folder).chain([&root]);
    for folder in folders.filter(|folder| !folder.as_str().starts_with("..")) {
        paths.extend(BESIDE_MANIFESTS.iter().map(|name| folder.join(name)));
    }
    let targets = packages.iter().flat_map(|package| &package.targets);
    let scripts = targets.filter(|target| target.kind == TargetKind::BuildScript);
    paths.extend(scripts.map(|target| target.root.clone()));
    paths.retain(|path| !path.as_str().starts_with(".."));
    paths
}

/// Every tracked file, relative to `root`.
fn tracked(root: &Path) -> Option<BTreeSet<String>> {
    Some(names(&git(root, &["ls-files", "-z"])?).collect())
}

/// Every file that git tracks or would take in, relative to `root`; `None` without git.
pub(super) fn files(root: &Path) -> Option<Vec<String>> {
    let all = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    Some(names(&git(root, &all)?).collect())
}

/// Which commit is checked out.
pub(crate) struct Checkout {
    /// Its hash.
    pub(crate) commit: String,
    /// Whether a file below the workspace root differs from it, those of the evidence
    /// folder left out.
    pub(crate) is_dirty: bool,
}

/// What is checked out at `root`; `None` without git, or before the first commit.
pub(crate) fn checkout(root: &Path, evidence: &str) -> Option<Checkout> {
    let commit = String::from_utf8(git(root, &["rev-parse", "HEAD"])?).ok()?.trim().to_owned();
    let but_evidence = format!(":(exclude){evidence}");
    let changed = git(root, &["status", "--porcelain", "-z", "--", ".", &but_evidence])?;
    Some(Checkout { commit, is_dirty: !changed.is_empty() })
}

/// What git answers, if it is there and can.
fn git(root: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut git = Command::new("git");
    git.current_dir(root).args(arguments);
    // Variables of an enclosing git, as in a hook, would point it elsewhere.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    let output = git.output().ok().filter(|output| output.status.success())?;
    Some(output.stdout)
}

/// The paths in an answer of git that are UTF-8.
fn names(answer: &[u8]) -> impl Iterator<Item = String> {
    let names = answer.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.filter_map(|name| String::from_utf8(name.to_vec()).ok())
}
