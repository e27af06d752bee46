//! An analysis as text, one file per format. Formats read the analysis and the texts
//! of the snapshot; they decide nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::location::{FilePath, LineIndex, Location, Position};
use crate::snapshot::{Content, Snapshot, SourceState};

mod clauses;
mod explain;
mod human;
mod json_v1;
mod lineage;
mod rustc_json;
mod schema;
pub mod soup;
mod text;

pub use clauses::clause_table;
pub use explain::{explain, rules};
pub use human::{Color, HumanOptions, Verbosity, human};
pub use json_v1::json_v1;
pub use lineage::{lineage_json, lineages};
pub use rustc_json::rustc_json;
pub use schema::{SchemaOf, schema};

/// What a run says of its own reach.
fn limits(analysis: &Analysis) -> [&'static str; 2] {
    let verified = match analysis.results {
        None => "nothing was run: \"verified\" means that a linked test or a passed review exists",
        Some(_) => {
            "\"verified\" means that a linked test passed on what stands there now, or a review did"
        }
    };
    [verified, crate::standard::PROVENANCE]
}

/// The texts behind locations, each file indexed once.
struct Texts<'s> {
    snapshot: &'s Snapshot,
    indices: RefCell<BTreeMap<FilePath, LineIndex>>,
}

impl<'s> Texts<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, indices: RefCell::default() }
    }

    /// The text of a file; empty for one that was not read.
    fn of(&self, file: &FilePath) -> &'s [u8] {
        if let Some(SourceState::Read(source)) = self.snapshot.sources.get(file) {
            return &source.bytes;
        }
        let Snapshot { configuration, records, lock_file, toolchain_file, known_gaps, .. } =
            self.snapshot;
        let build = lock_file.iter().chain(toolchain_file);
        let runs = self.snapshot.evidence.iter().flat_map(|evidence| &evidence.runs);
        let documents = configuration.iter().chain(records).chain(build).chain(known_gaps);
        let mut documents = documents.chain(runs);
        match documents.find(|document| document.path == *file).map(|document| &document.content) {
            Some(Content::Bytes(bytes)) => bytes,
            Some(Content::Unreadable(_)) | None => &[],
        }
    }

    /// Where a location starts, in lines and columns.
    fn start(&self, at: &Location) -> Position {
        self.with_index(&at.file, |text, index| index.position(text, at.span.start))
    }

    /// Where a location ends, in lines and columns.
    fn end(&self, at: &Location) -> Position {
        self.with_index(&at.file, |text, index| index.position(text, at.span.end))
    }

    fn with_index<T>(&self, file: &FilePath, read: impl FnOnce(&[u8], &LineIndex) -> T) -> T {
        let text = self.of(file);
        let mut indices = self.indices.borrow_mut();
        let index = indices.entry(file.clone()).or_insert_with(|| LineIndex::new(text));
        read(text, index)
    }
}
