//! TOML or Markdown to records: syntax, vocabulary, types, each mistake at its place.
//!
//! Knows every table and field of the format and nothing of what they mean together.

use iec62304_macros::requirement;

use crate::location::{FilePath, Located, Location, Span};
use crate::model::record::{Fields, Record, RecordKind, Reference};
use crate::model::vocabulary::SETTINGS;
use crate::snapshot::{Content, TextFile};

mod index;
mod markdown;
mod mistake;
mod nearest;
mod range;
mod read;
mod syntax;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub use index::{Duplicate, Entry, Index, Resolution};
pub use nearest::nearest;
pub use range::expand_range;
pub use value::is_placeholder;
pub use write::{quoted, table_key, with_records};

/// What one file declares.
#[derive(Clone, Debug)]
pub struct Document {
    /// `schema`, `records`, `[project]`, `[tests]`, `[code]`, `[plan]`: what is no record.
    pub settings: Fields,
    /// The records, in the order of the file.
    pub records: Vec<Record>,
    /// Every field that names another record.
    pub references: Vec<Reference>,
    /// Every mistake.
    pub problems: Vec<RecordProblem>,
    /// Whether the text is TOML at all; `false` after a syntax error or for an unreadable file.
    /// Every text is Markdown.
    pub parsed: bool,
}

/// A mistake in a configuration or record file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// Where.
    pub at: Location,
    /// What is wrong: a lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that belongs to it, with what stands there.
    pub related: Option<Located<String>>,
    /// A name that the vocabulary does not have, and the known one that comes nearest.
    pub nearest: Option<(String, String)>,
}

/// Which file of a project this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRole {
    /// `iec62304.toml`: settings, and records if the team likes.
    Configuration,
    /// A file that the configuration names: records only.
    Records,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            settings: Fields::new(&SETTINGS),
            records: Vec::new(),
            references: Vec::new(),
            problems: Vec::new(),
            parsed: false,
        }
    }
}

/// The kinds of record whose ids are formed like this one, as far as the project says.
pub type KindsOfId<'k> = &'k dyn Fn(&str) -> Vec<RecordKind>;

/// Reads one file. All mistakes are reported, every sound record is kept.
pub fn read(file: &TextFile, role: FileRole) -> Document {
    read_along(file, role, &|_| Vec::new())
}

/// Reads one record file of a project that may say how ids of each kind are formed.
pub fn read_records(file: &TextFile, kinds: KindsOfId<'_>) -> Document {
    read_along(file, FileRole::Records, kinds)
}

#[requirement("TOOL-6")]
fn read_along(file: &TextFile, role: FileRole, kinds: KindsOfId<'_>) -> Document {
    match readable_text(file) {
        Ok(text) if is_markdown(&file.path) => markdown::read(&file.path, text, kinds),
        Ok(text) => read::read(&file.path, text, role),
        Err(problem) => Document { problems: vec![*problem], ..Document::default() },
    }
}

/// Whether a file holds Markdown: what does not is TOML.
pub fn is_markdown(path: &FilePath) -> bool {
    let end = path.name().rsplit_once('.').map(|(_, end)| end);
    end.is_some_and(|end| end.eq_ignore_ascii_case("md"))
}

/// Reads a text that stands in no file yet.
pub fn read_text(text: &str, role: FileRole) -> Document {
    read::read(&FilePath::default(), text, role)
}

fn readable_text(file: &TextFile) -> Result<&str, Box<RecordProblem>> {
    let problem = |span, message: String, help: &str| {
        Box::new(RecordProblem {
            at: Location::new(&file.path, span),
            message,
            help: Some(help.to_owned()),
            related: None,
            nearest: None,
        })
    };
    let bytes = match &file.content {
        Content::Bytes(bytes) => bytes,
        Content::Unreadable(reason) => {
            let message = format!("cannot read this file: {reason}");
            return Err(problem(Span::default(), message, "make the file readable"));
        }
    };
    if u32::try_from(bytes.len()).is_err() {
        let message = "this file is larger than 4 GiB".to_owned();
        return Err(problem(Span::default(), message, "split the file"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = start + error.error_len().unwrap_or(bytes.len() - start);
        let message = "this is not UTF-8 text".to_owned();
        problem(Span::new(start, end), message, "save the file as UTF-8")
    })
}
