//! The packages and targets of a workspace, from `cargo metadata --no-deps`.
//!
//! The only user of `cargo_metadata`. That command reads manifests only: it resolves
//! nothing, writes no lock file and touches no network.

use std::collections::BTreeSet;
use std::env;
use std::path::{Component, Path, PathBuf, absolute};

use cargo_metadata::{Metadata, MetadataCommand};
use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Package, Target, TargetKind};

use crate::cli::WorkspaceArguments;
use crate::error::Error;

/// A workspace.
pub(crate) struct Workspace {
    /// Its root folder, as cargo gives it.
    pub(crate) root: PathBuf,
    /// Its packages, by name and folder.
    pub(crate) packages: Vec<Package>,
}

/// Asks cargo for the workspace.
pub(crate) fn find(arguments: &WorkspaceArguments) -> Result<Workspace, Error> {
    let mut command = MetadataCommand::new();
    // A backtrace of cargo or rustup would stand in the middle of our message.
    command.no_deps().env_remove("RUST_BACKTRACE");
    if let Some(path) = arguments.manifest_path() {
        command.manifest_path(path);
    }
    command.other_options(arguments.flags().into_iter().map(str::to_owned).collect::<Vec<_>>());
    let metadata = command.exec().map_err(refused)?;
    let root = metadata.workspace_root.clone().into_std_path_buf();
    Ok(Workspace { packages: packages(&metadata, &root), root })
}

/// A file that the user named, as the workspace root sees it, wherever the command is run;
/// `None` where it lies elsewhere.
pub(crate) fn path_below(root: &Path, file: &Path) -> Option<FilePath> {
    let whole = absolute(file).unwrap_or_else(|_| file.to_owned());
    let real = whole.canonicalize().unwrap_or(whole);
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    real.strip_prefix(root).ok().map(|below| FilePath::new(&below.to_string_lossy()))
}

/// The folder in which cargo keeps what it fetched.
pub(super) fn cargo_home() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    home.or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// cargo's own words, without the parts that only cargo's own user would need.
fn refused(error: cargo_metadata::Error) -> Error {
    let said = match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            let stderr = stderr.trim();
            stderr.strip_prefix("error: ").unwrap_or(stderr).to_owned()
        }
        other => other.to_string(),
    };
    let no_manifest =
        ["could not find `Cargo.toml`", "manifest path `", "must be a path to a Cargo.toml"];
    if no_manifest.iter().any(|words| said.contains(words)) {
        Error::NoWorkspace(said)
    } else {
        Error::Cargo(said)
    }
}

fn packages(metadata: &Metadata, root: &Path) -> Vec<Package> {
    let package = |package: &cargo_metadata::Package| {
        let manifest = relative(root, package.manifest_path.as_std_path());
        Package {
            name: package.name.to_string(),
            version: package.version.to_string(),
            folder: manifest.parent(),
            targets: package.targets.iter().map(|found| target(found, root)).collect(),
            path_dependencies: path_dependencies(package, root),
        }
    };
    let mut packages: Vec<Package> = metadata.packages.iter().map(package).collect();
    packages.sort_by(|a, b| (&a.name, &a.folder).cmp(&(&b.name, &b.folder)));
    packages
}

fn path_dependencies(package: &cargo_metadata::Package, root: &Path) -> Vec<FilePath> {
    let paths = package.dependencies.iter().filter_map(|dependency| dependency.path.as_ref());
    let folders: BTreeSet<FilePath> =
        paths.map(|path| relative(root, path.as_std_path())).collect();
    folders.into_iter().collect()
}

fn target(target: &cargo_metadata::Target, root: &Path) -> Target {
    let kind = if target.is_custom_build() {
        TargetKind::BuildScript
    } else if target.is_proc_macro() {
        TargetKind::ProcMacro
    } else if target.is_bin() {
        TargetKind::Binary
    } else if target.is_example() {
        TargetKind::Example
    } else if target.is_test() {
        TargetKind::Test
    } else if target.is_bench() {
        TargetKind::Benchmark
    } else {
        // Whatever crate types cargo knows of, all others are libraries.
        TargetKind::Library
    };
    Target {
        kind,
        name: target.name.clone(),
        root: relative(root, target.src_path.as_std_path()),
        tested: target.test,
        required_features: target.required_features.clone(),
    }
}

/// `path` seen from `root`, by name alone; both are absolute, as cargo gives them.
pub(super) fn relative(root: &Path, path: &Path) -> FilePath {
    let names = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|part| *part != Component::CurDir);
        parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (root, path) = (names(root), names(path));
    let shared = root.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = root[shared..].iter().map(|_| "..");
    let down = path[shared..].iter().map(String::as_str);
    FilePath::new(&up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_workspace_root() {
        let check = |path, expected| {
            assert_eq!(relative(Path::new("/home/x/device"), Path::new(path)).as_str(), expected);
        };
        check("/home/x/device/src/lib.rs", "src/lib.rs");
        check("/home/x/other/src/lib.rs", "../other/src/lib.rs");
        check("/home/x/device", "");
    }
}
