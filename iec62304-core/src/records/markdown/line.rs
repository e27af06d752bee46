//! A line of Markdown as the page shows it, every letter with its place in the file.

use std::ops::Range;

use toml::Spanned;

/// What a heading, or the first paragraph of an item, shows: marks and comments are gone,
/// escapes and entities resolved.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What is shown.
    pub(super) text: String,
    /// Emphasis, links and code in it, as they stand in the file.
    pub(super) containers: Vec<Range<usize>>,
    pieces: Vec<Piece>,
}

/// Some words that stand together, in the line and in the file.
#[derive(Clone, Debug)]
struct Piece {
    shown: Range<usize>,
    written: Range<usize>,
}

impl Line {
    /// Adds words that stand at `written`.
    pub(super) fn push(&mut self, words: &str, written: Range<usize>) {
        if !words.is_empty() {
            let shown = self.text.len()..self.text.len() + words.len();
            self.text.push_str(words);
            self.pieces.push(Piece { shown, written });
        }
    }

    /// Where a part of the line stands in the file.
    pub(super) fn written(&self, shown: Range<usize>) -> Range<usize> {
        let start = self.start_of(shown.start);
        if shown.is_empty() {
            return start..start;
        }
        start..self.end_of(shown.end).max(start)
    }

    /// A part of the line without the blanks around it.
    pub(super) fn part(&self, range: Range<usize>) -> Spanned<String> {
        let shown = trimmed(&self.text, range);
        Spanned::new(self.written(shown.clone()), self.text[shown].to_owned())
    }

    /// Where the line ends in the file, with the marks around its last word.
    pub(super) fn end(&self) -> usize {
        let pieces = self.pieces.iter().map(|piece| piece.written.end);
        pieces.chain(self.containers.iter().map(|range| range.end)).max().unwrap_or_default()
    }

    fn start_of(&self, at: usize) -> usize {
        match self.pieces.iter().find(|piece| at < piece.shown.end) {
            Some(piece) if piece.is_literal() => piece.written.start + at - piece.shown.start,
            Some(piece) => piece.written.start,
            None => self.pieces.last().map_or(0, |piece| piece.written.end),
        }
    }

    fn end_of(&self, at: usize) -> usize {
        match self.pieces.iter().find(|piece| at <= piece.shown.end) {
            Some(piece) if piece.is_literal() => piece.written.start + at - piece.shown.start,
            Some(piece) => piece.written.end,
            None => self.pieces.last().map_or(0, |piece| piece.written.end),
        }
    }
}

impl Piece {
    /// Whether each letter is shown as it is written; an entity is not.
    fn is_literal(&self) -> bool {
        self.shown.len() == self.written.len()
    }
}

/// A part of a text without the blanks around it.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// The first line of a range, for what would be too long to show whole.
pub(super) fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let line = text[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}
