//! The RustSec advisory database: a folder of files, fetched only where the user asks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use iec62304_core::config::Anomalies;
use iec62304_core::snapshot::{AdvisoryFolder, Content};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::sources::reason;
use super::workspace::cargo_home;
use crate::cli::AdvisoryArguments;
use crate::error::Error;

/// Where the Rust project keeps its advisories.
const REPOSITORY: &str = "https://github.com/RustSec/advisory-db.git";

/// The folder that the command line names, else the configuration, else the place where
/// cargo-audit keeps its copy, if that is there.
pub(super) fn load(
    arguments: &AdvisoryArguments,
    settings: &Anomalies,
    root: &Path,
) -> Result<Option<AdvisoryFolder>, Error> {
    if let Some(folder) = &arguments.advisory_db {
        return read(folder).map(Some);
    }
    if let Some(folder) = &settings.database {
        return read(&root.join(&folder.value)).map(Some);
    }
    match usual_place().filter(|folder| folder.join("crates").is_dir()) {
        Some(folder) => read(&folder).map(Some),
        None => Ok(None),
    }
}

/// `advisory-db` in cargo's home, as cargo-audit has it.
fn usual_place() -> Option<PathBuf> {
    Some(cargo_home()?.join("advisory-db"))
}

/// Reads every file of a database; files of version control and hidden files left out.
fn read(folder: &Path) -> Result<AdvisoryFolder, Error> {
    if !folder.join("crates").is_dir() {
        return Err(Error::NoAdvisories(folder.to_owned()));
    }
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    let paths: Vec<(String, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            Some((below, entry.path().to_owned()))
        })
        .collect();
    let file = |(below, path): (String, PathBuf)| {
        let content = match fs::read(path) {
            Ok(bytes) => Content::Bytes(bytes.into()),
            Err(error) => Content::Unreadable(reason(&error)),
        };
        (below, content)
    };
    let files: BTreeMap<String, Content> = paths.into_par_iter().map(file).collect();
    Ok(AdvisoryFolder { files })
}

/// Fetches the database into cargo's usual place, with git, as the user asked for.
pub(crate) fn fetch() -> Result<(), Error> {
    let place = usual_place().ok_or_else(|| Error::Fetch("there is no home folder".to_owned()))?;
    let mut git = Command::new("git");
    if place.join(".git").is_dir() {
        git.arg("-C").arg(&place).args(["pull", "--quiet", "--ff-only"]);
    } else {
        git.args(["clone", "--quiet", "--depth", "1", REPOSITORY]).arg(&place);
    }
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    let output = git
        .output()
        .map_err(|error| Error::Fetch(format!("git cannot be run: {}", reason(&error))))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.trim().lines().last().unwrap_or("git gave no reason").to_owned();
    Err(Error::Fetch(last))
}
