//! Fills the snapshot: the one place where the outside becomes values.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use archives::Archives;
use graph::Metadata;
use iec62304_core::config::{self, Configuration, FILE_NAME};
use iec62304_core::location::{FilePath, LineIndex};
use iec62304_core::model::dependency::Resolution;
use iec62304_core::model::record::RecordKind;
use iec62304_core::records::{self, Document, FileRole};
use iec62304_core::snapshot::{Content, EvidenceFiles, Package, Snapshot, TextFile};
use iec62304_core::soup;
use iec62304_core::trace::content::files_to_read;
use iec62304_macros::requirement;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::{AdvisoryArguments, KnownGapsArguments, ProductArguments, WorkspaceArguments};
use crate::error::Error;

pub(crate) mod advisories;
mod archives;
mod documents;
mod evidence;
mod graph;
mod known_gaps;
mod packages;
mod sources;
mod version_control;
mod workspace;

pub(crate) use version_control::{Checkout, checkout};
pub(crate) use workspace::{Workspace, path_below};

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
    /// Whether links are judged alone, as if the project stored no results.
    pub(crate) without_results: bool,
    /// The list of known gaps.
    pub(crate) known_gaps: KnownGapsArguments,
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
    let declared = Declared::read(&root, arguments, wanted)?;
    let asked = wanted.documents || soup::is_asked_for(&declared.resolved, &declared.documents);
    let is_dated = asked || !config::waivers(&declared.documents).is_empty();
    let metadata = early.or_else(|| asked.then(|| Metadata::start(Some(&root.join("Cargo.toml")))));
    let lock_file = asked.then(|| existing(&root, &["Cargo.lock"])).flatten();
    let is_resolved = AtomicBool::new(false);
    let (loaded, (files, build, archives)) = rayon::join(
        || {
            let question = declared.question(&root, &packages);
            let loaded = metadata.map(|metadata| graph::load(metadata, &question));
            is_resolved.store(true, Ordering::Relaxed);
            loaded.unwrap_or_default()
        },
        || {
            let files = sources::read(&root, &packages);
            let build = || build(&root, &packages, &wanted.advisories, &declared);
            let ahead = || Archives::read_ahead(lock_file.as_ref(), &is_resolved);
            (files, asked.then(build), wanted.documents.then(ahead))
        },
    );
    let (sources, source_folder_files) = files;
    let evidence = declared.evidence(&root, &packages, wanted, |path| sources.contains_key(path));
    Ok(Snapshot {
        resolution: described(loaded, archives.as_ref()),
        packages,
        sources,
        source_folder_files,
        documents: declared.files(&root, wanted),
        configuration: declared.configuration,
        records: declared.records,
        unmatched_record_patterns: declared.unmatched,
        evidence,
        known_gaps: known_gaps::read(&wanted.known_gaps, &root)?,
        as_of: is_dated.then(|| wanted.advisories.as_of.unwrap_or_else(today)),
        lock_file,
        ..build.transpose()?.unwrap_or_default()
    })
}

/// What the project declares in its configuration and records.
struct Declared {
    configuration: Option<TextFile>,
    records: Vec<TextFile>,
    /// Patterns of record files that matched none.
    unmatched: Vec<String>,
    documents: Vec<Document>,
    /// The settings, with what the command line says in their place.
    resolved: Configuration,
}

impl Declared {
    fn read(root: &Path, arguments: &WorkspaceArguments, wanted: &Wanted) -> Result<Self, Error> {
        let configuration = configuration(root, arguments, wanted)?;
        let document = configuration.as_ref().map_or_else(|| Ok(Document::default()), parsed)?;
        let (mut resolved, _) = Configuration::resolve(&document);
        wanted.product.put_on(&mut resolved.product);
        let patterns: Vec<&str> =
            resolved.records.iter().map(|pattern| pattern.value.as_str()).collect();
        let documents::Found { records, unmatched } = documents::find(root, &patterns);
        let mut documents = vec![document];
        let kinds = resolved.kinds_of_ids();
        documents.extend(records.iter().map(|file| records::read_records(file, &kinds)));
        Ok(Self { configuration, records, unmatched, documents, resolved })
    }

    /// Stored results and what they depend on, unless links are judged alone.
    fn evidence(
        &self,
        root: &Path,
        packages: &[Package],
        wanted: &Wanted,
        is_source: impl Fn(&FilePath) -> bool,
    ) -> Option<EvidenceFiles> {
        if wanted.without_results {
            return None;
        }
        evidence::read(root, packages, &self.resolved, &self.records, is_source)
    }

    /// The files that records speak of, as far as they are needed.
    fn files(&self, root: &Path, wanted: &Wanted) -> BTreeMap<FilePath, Content> {
        documents::read_all(root, &files_to_read(&self.documents, wanted.files))
    }

    fn question<'q>(&'q self, root: &'q Path, packages: &[Package]) -> graph::Question<'q> {
        let shipped = soup::shipped_packages(&self.documents, packages).0;
        let mut records = self.documents.iter().flat_map(|document| &document.records);
        let segregates = records.any(|record| record.kind == RecordKind::Segregation);
        graph::Question { root, product: &self.resolved.product, shipped, segregates }
    }
}

/// What belongs to the build beside its packages and its lock file.
fn build(
    root: &Path,
    packages: &[Package],
    arguments: &AdvisoryArguments,
    declared: &Declared,
) -> Result<Snapshot, Error> {
    let configuration = &declared.resolved;
    let baseline = configuration.product.baseline.as_ref();
    let bills = soup::bills(&declared.documents);
    Ok(Snapshot {
        toolchain_file: existing(root, &["rust-toolchain", "rust-toolchain.toml"]),
        build_inputs: version_control::build_inputs(root, packages),
        baseline: baseline.map(|path| documents::read(root, &path.value)),
        bills: bills.into_iter().map(|path| documents::read(root, path)).collect(),
        advisories: advisories::load(arguments, &configuration.anomalies, root)?,
        ..Snapshot::default()
    })
}

/// Today, in UTC.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The packages that cargo links, with what stands in their folders and archives.
fn described(mut loaded: graph::Loaded, archives: Option<&Archives>) -> Resolution {
    if let Resolution::Graph(graph) = &mut loaded.resolution {
        packages::describe(&mut graph.packages, &loaded.manifests, archives);
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
