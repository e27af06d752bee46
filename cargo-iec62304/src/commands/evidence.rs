//! `cargo iec62304 evidence`: works on stored results.

use std::fs;
use std::path::Path;

use iec62304_core::evidence::merge::merge;
use iec62304_core::evidence::{self, Run};
use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, TextFile};
use iec62304_macros::requirement;

use crate::cli::{EvidenceAction, EvidenceArguments, MergeArguments};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::output;

/// Does what was asked for.
pub(crate) fn evidence(arguments: &EvidenceArguments) -> Result<ExitCode, Error> {
    match &arguments.action {
        EvidenceAction::Merge(arguments) => put_together(arguments),
    }
}

#[requirement("TOOL-64")]
fn put_together(arguments: &MergeArguments) -> Result<ExitCode, Error> {
    let shards: Vec<Run> =
        arguments.files.iter().map(|path| stored(path)).collect::<Result<_, _>>()?;
    let run = merge(&shards).map_err(Error::NoMerge)?;
    output::create(&arguments.output, &evidence::text(&run))?;
    let (tests, shards) = (run.tests.len(), shards.len());
    let path = arguments.output.display();
    output::say(&format!("wrote {tests} results of {shards} shards to {path}\n"));
    Ok(ExitCode::Success)
}

/// Reads a stored run by its path.
fn stored(path: &Path) -> Result<Run, Error> {
    let content = match fs::read(path) {
        Ok(bytes) => Content::Bytes(bytes.into()),
        Err(error) => Content::Unreadable(error.kind().to_string()),
    };
    let file = TextFile { path: FilePath::new(&path.to_string_lossy()), content };
    evidence::read(&file)
        .map_err(|problem| Error::NoMerge(format!("{} {}", path.display(), problem.message)))
}
