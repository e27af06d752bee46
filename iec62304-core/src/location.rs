//! Where something stands: a file of the workspace and a byte range in it.
//!
//! Knows nothing of what stands there, and nothing of the machine: paths are
//! relative to the workspace root and written with forward slashes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file or folder, relative to the workspace root, with forward slashes.
///
/// A file outside the workspace root starts with `../`. The root itself is the
/// empty path.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// Takes a path that is already relative; turns `\` into `/`, resolves `.`
    /// and `..` by name alone.
    pub fn new(path: &str) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        Self(parts.join("/").into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds this path; the root for a path without a folder.
    #[must_use]
    pub fn parent(&self) -> Self {
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self(folder.into())
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// `path` seen from this folder.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        Self::new(&format!("{}/{path}", self.0))
    }

    /// What is left of this path below `folder`; `None` if it stands elsewhere.
    pub fn below(&self, folder: &Self) -> Option<&str> {
        if folder.0.is_empty() {
            return (!self.0.starts_with("../")).then_some(&self.0);
        }
        self.0.strip_prefix(&*folder.0)?.strip_prefix('/')
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A range of bytes in a file, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; files above 4 GiB are refused before any span is made.
    pub fn new(start: usize, end: usize) -> Self {
        let offset = |at| u32::try_from(at).expect("a source file is smaller than 4 GiB");
        Self { start: offset(start), end: offset(end) }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The bytes as a range, to index text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FilePath,
    /// The bytes in it.
    pub span: Span,
}

impl Location {
    /// `span` of `file`.
    pub fn new(file: &FilePath, span: Span) -> Self {
        Self { file: file.clone(), span }
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub at: Location,
}

impl<T> Located<T> {
    /// `value` as read at `at`.
    pub fn new(value: T, at: Location) -> Self {
        Self { value, at }
    }
}

/// A place as people count: both from 1; columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The lines of a file, to turn byte offsets into places quickly.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes a text; bytes that are not UTF-8 do no harm.
    pub fn new(text: &[u8]) -> Self {
        let after_newlines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0).chain(after_newlines.map(|(at, _)| at + 1));
        Self { starts: starts.collect() }
    }

    /// Line and column of byte `offset` of the indexed text; its last place for an
    /// offset beyond it. Bytes that are not UTF-8 count as one character each.
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let offset = text.len().min(offset as usize);
        let line = self.line_of(offset);
        let before = &text[self.starts[line]..offset];
        Position { line: line + 1, column: String::from_utf8_lossy(before).chars().count() + 1 }
    }

    /// The bytes of the line that holds `offset`, without its line break.
    pub fn line_around(&self, text: &[u8], offset: u32) -> Range<usize> {
        let line = self.line_of(text.len().min(offset as usize));
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(text.len(), |next| next - 1);
        start..end - usize::from(text[start..end].ends_with(b"\r"))
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use super::*;

    #[test]
    fn paths_are_normalised_by_name() {
        assert_eq!(FilePath::new("a\\b/./c/../d.rs").as_str(), "a/b/d.rs");
        assert_eq!(FilePath::new("../../x").as_str(), "../../x");
        assert_eq!(FilePath::new("a/..").as_str(), "");
        assert_eq!(FilePath::new("src/lib.rs").parent().as_str(), "src");
        assert_eq!(FilePath::new("src").join("../tests/a.rs").as_str(), "tests/a.rs");
    }

    #[test]
    fn below_needs_a_whole_folder_name() {
        let path = FilePath::new("crates/pump/src/lib.rs");
        assert_eq!(path.below(&FilePath::new("crates/pump")), Some("src/lib.rs"));
        assert_eq!(path.below(&FilePath::new("crates/pu")), None);
        assert_eq!(path.below(&FilePath::default()), Some("crates/pump/src/lib.rs"));
        assert_eq!(FilePath::new("../x.rs").below(&FilePath::default()), None);
    }

    #[test]
    #[verifies("facts.AC-2")]
    fn columns_count_characters() {
        let at = |text: &[u8], offset| LineIndex::new(text).position(text, offset);
        assert_eq!(at("a\nüb".as_bytes(), 4), Position { line: 2, column: 2 });
        assert_eq!(at(b"a", 99), Position { line: 1, column: 2 });
        assert_eq!(at(b"", 0), Position { line: 1, column: 1 });
    }

    #[test]
    fn a_line_stands_without_its_line_break() {
        let text = b"ab\r\ncd\n";
        let line = |offset| LineIndex::new(text).line_around(text, offset);
        assert_eq!(line(1), 0..2);
        assert_eq!(line(4), 4..6);
        assert_eq!(line(7), 7..7);
    }
}
