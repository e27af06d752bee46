//! Fills the snapshot: the one place where the outside becomes values.

use std::path::{Path, PathBuf};

use graph::Metadata;
use iec62304_core::config::{Configuration, FILE_NAME};
use iec62304_core::location::LineIndex;
use iec62304_core::model::dependency::Resolution;
use iec62304_core::records::{self, Document, FileRole};
use iec62304_core::snapshot::{Content, Snapshot, TextFile};
use iec62304_core::soup;
use iec62304_core::trace::content::files_to_read;
use iec62304_macros::requirement;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use packages::Depth;

use crate::cli::{AdvisoryArguments, ProductArguments, WorkspaceArguments};
use crate::error::Error;

pub(crate) mod advisories;
mod documents;
mod graph;
mod packages;
mod sources;
mod version_control;
mod workspace;

pub(crate) use workspace::Workspace;

/// Finds the workspace.
pub(crate) fn workspace(arguments: &WorkspaceArguments) -> Result<Workspace, Error> {
    workspace::find(arguments)
}

/// How much a command needs beside sources and records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Whether the dependencies are needed even if the project declares nothing that
    /// needs them, with every digest.
    pub(crate) documents: bool,
    /// Where advisories come from and when they are judged.
    pub(crate) advisories: AdvisoryArguments,
    /// What the command line says of what ships.
    pub(crate) product: ProductArguments,
    /// Whether the files that records speak of are needed even if no review is bound to
    /// them yet.
    pub(crate) files: bool,
}

/// Reads what a review can be of.
pub(crate) fn reviewed(arguments: &WorkspaceArguments) -> Result<Snapshot, Error> {
    snapshot(arguments, &Wanted { files: true, ..Wanted::default() })
}

/// Reads every input of an analysis.
#[requirement("TOOL-16")]
pub(crate) fn snapshot(arguments: &WorkspaceArguments, wanted: &Wanted) -> Result<Snapshot, Error> {
    let manifest = arguments.manifest_path().map(PathBuf::as_path);
    let early = wanted.documents.then(|| Metadata::start(manifest));
    let Workspace { root, packages } = workspace(arguments)?;
    let configuration = configuration(&root, arguments, wanted)?;
    let document = configuration.as_ref().map_or_else(|| Ok(Document::default()), parsed)?;
    let (mut resolved, _) = Configuration::resolve(&document);
    wanted.product.put_on(&mut resolved.product);
    let patterns: Vec<&str> =
        resolved.records.iter().map(|pattern| pattern.value.as_str()).collect();
    let documents::Found { records, unmatched } = documents::find(&root, &patterns);
    let mut documents = vec![document];
    documents.extend(records.iter().map(|file| records::read(file, FileRole::Records)));
    let files = files_to_read(&documents, wanted.files);
    let asked = wanted.documents || soup::is_asked_for(&resolved, &documents);
    let shipped = soup::shipped_packages(&documents, &packages).0;
    let question = graph::Question { root: &root, product: &resolved.product, shipped };
    let depth = if wanted.documents { Depth::Documents } else { Depth::Rules };
    let metadata = early.or_else(|| asked.then(|| Metadata::start(Some(&root.join("Cargo.toml")))));
    let (resolution, (sources, source_folder_files)) = rayon::join(
        || metadata.map_or(Resolution::NotAsked, |metadata| resolution(metadata, &question, depth)),
        || sources::read(&root, &packages),
    );
    let snapshot = Snapshot {
        packages,
        configuration,
        records,
        unmatched_record_patterns: unmatched,
        sources,
        source_folder_files,
        documents: documents::read_all(&root, &files),
        resolution,
        ..Snapshot::default()
    };
    if !asked {
        return Ok(snapshot);
    }
    with_build(snapshot, &root, &wanted.advisories, &resolved)
}

/// The snapshot with what belongs to the build beside its packages.
fn with_build(
    snapshot: Snapshot,
    root: &Path,
    arguments: &AdvisoryArguments,
    configuration: &Configuration,
) -> Result<Snapshot, Error> {
    Ok(Snapshot {
        lock_file: existing(root, &["Cargo.lock"]),
        toolchain_file: existing(root, &["rust-toolchain", "rust-toolchain.toml"]),
        build_inputs: version_control::build_inputs(root, &snapshot.packages),
        advisories: advisories::load(arguments, &configuration.anomalies, root)?,
        as_of: Some(arguments.as_of.unwrap_or_else(today)),
        ..snapshot
    })
}

/// Today, in UTC.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The packages that cargo links, with what stands in their folders.
fn resolution(metadata: Metadata, question: &graph::Question<'_>, depth: Depth) -> Resolution {
    let mut loaded = graph::load(metadata, question);
    if let Resolution::Graph(graph) = &mut loaded.resolution {
        packages::describe(&mut graph.packages, &loaded.manifests, depth);
    }
    loaded.resolution
}

/// The first of some files at the workspace root that is there.
fn existing(root: &Path, names: &[&str]) -> Option<TextFile> {
    let name = names.iter().find(|name| root.join(name).exists())?;
    Some(documents::read(root, name))
}

/// Reads `iec62304.toml`, which must be there unless only documents are wanted.
fn configuration(
    root: &Path,
    arguments: &WorkspaceArguments,
    wanted: &Wanted,
) -> Result<Option<TextFile>, Error> {
    if root.join(FILE_NAME).exists() {
        return Ok(Some(documents::read(root, FILE_NAME)));
    }
    if wanted.documents {
        return Ok(None);
    }
    let shown = match arguments.manifest_path().and_then(|manifest| manifest.parent()) {
        Some(folder) => folder.join(FILE_NAME),
        None => PathBuf::from(FILE_NAME),
    };
    Err(Error::NoConfiguration(shown))
}

fn parsed(file: &TextFile) -> Result<Document, Error> {
    let document = records::read(file, FileRole::Configuration);
    if document.parsed {
        Ok(document)
    } else {
        Err(Error::Configuration(mistakes(&document, file)))
    }
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
