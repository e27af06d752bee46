//! Fills the snapshot: the one place where the outside becomes values.

use std::path::{Path, PathBuf};

use iec62304_core::config::{Configuration, FILE_NAME};
use iec62304_core::location::LineIndex;
use iec62304_core::records::{self, Document, FileRole};
use iec62304_core::snapshot::{Content, Snapshot, TextFile};
use iec62304_macros::requirement;

use crate::cli::WorkspaceArguments;
use crate::error::Error;

mod documents;
mod sources;
mod workspace;

pub(crate) use workspace::Workspace;

/// Finds the workspace.
pub(crate) fn workspace(arguments: &WorkspaceArguments) -> Result<Workspace, Error> {
    workspace::find(arguments)
}

/// Reads every input of an analysis.
#[requirement("TOOL-16")]
pub(crate) fn snapshot(arguments: &WorkspaceArguments) -> Result<Snapshot, Error> {
    let Workspace { root, packages } = workspace(arguments)?;
    let configuration = configuration(&root, arguments)?;
    let document = records::read(&configuration, FileRole::Configuration);
    if !document.parsed {
        return Err(Error::Configuration(mistakes(&document, &configuration)));
    }
    let (resolved, _) = Configuration::resolve(&document);
    let patterns: Vec<&str> =
        resolved.records.iter().map(|pattern| pattern.value.as_str()).collect();
    let documents::Found { records, unmatched } = documents::find(&root, &patterns);
    let (sources, source_folder_files) = sources::read(&root, &packages);
    Ok(Snapshot {
        packages,
        configuration: Some(configuration),
        records,
        unmatched_record_patterns: unmatched,
        sources,
        source_folder_files,
        advisories: None,
    })
}

/// Reads `iec62304.toml`, which must be there.
fn configuration(root: &Path, arguments: &WorkspaceArguments) -> Result<TextFile, Error> {
    let path = root.join(FILE_NAME);
    if !path.exists() {
        let shown = match arguments.manifest_path().and_then(|manifest| manifest.parent()) {
            Some(folder) => folder.join(FILE_NAME),
            None => PathBuf::from(FILE_NAME),
        };
        return Err(Error::NoConfiguration(shown));
    }
    Ok(documents::read(root, FILE_NAME))
}

/// Every mistake of a file that is no TOML, by line and column.
fn mistakes(document: &Document, file: &TextFile) -> Vec<String> {
    let bytes: &[u8] = match &file.content {
        Content::Bytes(bytes) => bytes,
        Content::Unreadable(_) => &[],
    };
    let index = LineIndex::new(bytes);
    let line = |problem: &records::RecordProblem| {
        let at = index.position(bytes, problem.at.span.start);
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        format!("  --> {}:{}:{}: {}{help}", file.path, at.line, at.column, problem.message)
    };
    document.problems.iter().map(line).collect()
}
