//! What the settings of `iec62304.toml` mean for the analysis, resolved once.

use crate::location::{Located, Location};
use crate::model::code::Level;
use crate::model::record::RecordKind;
use crate::records::{Document, RecordProblem};
use crate::scan;
use crate::standard::Edition;

/// The configuration as the core uses it.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// The start of `iec62304.toml`: the place of what it does not say.
    pub at: Location,
    /// The name of the project, for headers.
    pub name: Option<Located<String>>,
    /// The edition of the standard as written, and what it means; `None` where absent.
    pub edition: Option<Located<EditionSetting>>,
    /// Whether absent inputs are gaps.
    pub scope: Scope,
    /// Patterns of the record files, relative to the workspace root.
    pub records: Vec<Located<String>>,
    /// The pattern that the ids of a kind of record must match in full.
    pub ids: Vec<(RecordKind, Located<String>)>,
    /// Path patterns that declare the level of tests, in order of the file.
    pub levels: Vec<(Level, Located<String>)>,
    /// What the project adds to the scan's lists.
    pub scan: scan::Settings,
}

/// What `edition` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditionSetting {
    /// An edition that we know.
    Known(Edition),
    /// Something else, as written.
    Unknown(String),
}

/// How much of the standard a project wants to be held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// What is not declared yet is listed as not checked.
    #[default]
    Declared,
    /// What is not declared is a gap.
    Full,
}

impl Configuration {
    /// Resolves the settings of `iec62304.toml`; values that make no sense are problems.
    pub fn resolve(document: &Document) -> (Self, Vec<RecordProblem>) {
        let _ = document;
        (Self::default(), Vec::new())
    }
}
