//! Stored runs as files: a new one for each run, and older ones that it replaces.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use iec62304_core::config::EvidenceSettings;
use iec62304_core::evidence::{self, Run, TestId};
use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, TextFile};
use iec62304_macros::requirement;

use crate::error::Error;
use crate::output;

/// Writes a run into a file of its own, and says where, from the workspace root.
#[requirement("TOOL-60")]
pub(super) fn store(root: &Path, settings: &EvidenceSettings, run: &Run) -> Result<PathBuf, Error> {
    let folder = Path::new(&settings.folder.value);
    let whole = root.join(folder);
    fs::create_dir_all(&whole).map_err(|error| Error::Write(folder.to_owned(), error))?;
    let stem = stem(run);
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    for name in names {
        let name = format!("{name}.json");
        match output::create(&whole.join(&name), &evidence::text(run)) {
            Err(Error::Exists(_)) => {}
            written => return written.map(|()| folder.join(name)),
        }
    }
    unreachable!("there is no end of names")
}

/// The name of a file by when its run ended and which shard it is, in the order of time.
fn stem(run: &Run) -> String {
    let shard = run.partition.as_ref().map(|partition| partition.replace([':', '/'], "-"));
    let shard = shard.map_or_else(String::new, |shard| format!("-{shard}"));
    format!("{}{shard}", run.finished.replace(':', ""))
}

/// Deletes the stored runs of the same configuration of which every test has run again.
pub(super) fn delete_replaced(
    root: &Path,
    settings: &EvidenceSettings,
    run: &Run,
    kept: &Path,
) -> Result<(), Error> {
    let tests: BTreeSet<&TestId> = tests_of(run).collect();
    let failed = |path: &Path, error| Error::Write(path.to_owned(), error);
    let folder = root.join(&settings.folder.value);
    let entries = fs::read_dir(&folder).map_err(|error| failed(&folder, error))?;
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let Some(older) = read(&path).filter(|_| path != root.join(kept)) else {
            continue;
        };
        let is_replaced = older.configuration == run.configuration
            && older.finished <= run.finished
            && tests_of(&older).all(|test| tests.contains(test));
        if is_replaced {
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        }
    }
    Ok(())
}

fn tests_of(run: &Run) -> impl Iterator<Item = &TestId> {
    let not_run = run.not_run.iter().map(|not_run| &not_run.id);
    run.tests.iter().map(|result| &result.id).chain(not_run)
}

/// A run, if a file holds one.
fn read(path: &Path) -> Option<Run> {
    let bytes = fs::read(path).ok()?;
    let content = Content::Bytes(bytes.into());
    evidence::read(&TextFile { path: FilePath::default(), content }).ok()
}
