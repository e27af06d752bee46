//! Rust source text to facts: which modules, functions, tests and tags stand where.
//!
//! [`outline`] turns the bytes of one file into an [`Outline`], without knowing where
//! the file stands; [`requests`] says which files an outline's `mod x;` ask for; the
//! shell answers them; [`code`] joins all outlines of a snapshot into [`Code`].
//! Nothing here knows records or rules.

use crate::location::FilePath;
use crate::model::code::Code;
use crate::snapshot::Snapshot;

/// What stands in one Rust file, as spans into its bytes.
#[derive(Clone, Debug, Default)]
pub struct Outline {}

/// What a project adds to the built-in lists of the scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Attributes that make a function a test, by the last segment of their path.
    pub test_attributes: Vec<String>,
    /// Macros whose input holds test functions, by the last segment of their path.
    pub test_macros: Vec<String>,
    /// Macros that pass the items of their input on unchanged, by the last segment.
    pub item_macros: Vec<String>,
}

/// Where a file stands in the module tree, as far as the files it asks for depend on it.
///
/// The same file can stand at several places; each has its own context.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileContext {
    /// The file itself.
    pub file: FilePath,
    /// The folder in which `mod x;` at its top level looks for `x.rs` and `x/mod.rs`.
    pub children: FilePath,
}

/// A file that an outline asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    /// Where it may stand, in order of preference; the first that exists is taken.
    pub candidates: Vec<FileContext>,
}

impl FileContext {
    /// The context of a crate root.
    pub fn root(file: &FilePath) -> Self {
        Self {
            file: file.clone(),
            children: file.parent(),
        }
    }
}

/// Outlines one file. Never fails: what it cannot follow is in the outline.
pub fn outline(bytes: &[u8]) -> Outline {
    let _ = bytes;
    Outline {}
}

/// The files that `outline`, standing at `context`, asks for.
pub fn requests(outline: &Outline, context: &FileContext) -> Vec<FileRequest> {
    let _ = (outline, context);
    Vec::new()
}

/// Joins the outlines of a snapshot along the modules of its targets.
pub fn code(snapshot: &Snapshot, settings: &Settings) -> Code {
    let _ = (snapshot, settings);
    Code::default()
}
