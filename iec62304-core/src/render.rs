//! An analysis as text, one file per format. Formats read the analysis and the texts
//! of the snapshot; they decide nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

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

/// What holds for every run of this version, whatever the project declares.
const LIMITS: [&str; 2] = [
    "nothing was run: \"verified\" means that a linked test or a passed review exists",
    crate::standard::PROVENANCE,
];

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
        let mut documents = configuration.iter().chain(records).chain(build).chain(known_gaps);
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
