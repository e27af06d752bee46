//! Rust source text to facts: which modules, functions, tests and tags stand where.
//!
//! [`outline`] turns the bytes of one file into an [`Outline`], without knowing where
//! the file stands; [`requests`] says which files an outline's `mod x;` ask for; the
//! shell answers them; [`code`] joins all outlines of a snapshot into [`Code`].
//! Nothing here knows records or rules.

use iec62304_macros::requirement;

use crate::location::Span;
use crate::model::code::{Code, CodeProblemKind};
use crate::model::outline::{Outline, OutlineProblem, Rename};
use crate::snapshot::Snapshot;

mod around;
mod attributes;
mod bodies;
mod cfg;
mod code;
mod doc;
mod files;
mod items;
mod meaning;
mod names;
mod place;
mod prose;
mod references;
mod shape;
mod signature;
mod tag;
mod tokens;
mod unsafety;

pub use files::{FileContext, FileRequest, requests};
pub use meaning::meaningful_tokens;
use names::Names;
pub use references::{CrateReference, references};

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

/// Outlines one file. Never fails: what it cannot follow is in the outline.
pub fn outline(bytes: &[u8]) -> Outline {
    renamed_outline(bytes, Vec::new())
}

/// Outlines one file in which our names may also stand under these aliases.
#[requirement("TOOL-5")]
fn renamed_outline(bytes: &[u8], aliases: Vec<Rename>) -> Outline {
    if u32::try_from(bytes.len()).is_err() {
        return unreadable(Span::default(), "the file is larger than 4 GiB");
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return unreadable(Span::new(at, at + 1), "the file is not UTF-8");
        }
    };
    let names = Names::new(aliases);
    let mut tokens = tokens::tokenize(text, &names);
    let mut problems = std::mem::take(&mut tokens.problems);
    let mut outline = items::items(&tokens, &names);
    bodies::read(&tokens, &mut outline);
    outline.unsafe_code = unsafety::unsafe_code(&tokens, &outline);
    problems.append(&mut outline.problems);
    problems.sort_by_key(|problem| problem.span);
    without_spare_room(Outline { problems, ..outline })
}

/// All outlines of a workspace are kept until the end, so that the room which their lists
/// grew into would be a good part of all memory.
fn without_spare_room(mut outline: Outline) -> Outline {
    outline.items.shrink_to_fit();
    outline.attributes.shrink_to_fit();
    outline.tags.iter_mut().for_each(|tag| tag.ids.shrink_to_fit());
    outline.tags.shrink_to_fit();
    outline.calls.shrink_to_fit();
    outline
}

fn unreadable(span: Span, message: &str) -> Outline {
    let problem = OutlineProblem {
        kind: CodeProblemKind::File,
        span,
        message: message.to_owned(),
        help: "rustc does not read it either: make it a text file in UTF-8".to_owned(),
    };
    Outline { problems: vec![problem], ..Outline::default() }
}

/// Joins the outlines of a snapshot along the modules of its targets.
pub fn code(snapshot: &Snapshot, settings: &Settings) -> Code {
    code::join(snapshot, settings)
}

#[cfg(test)]
mod tests;
