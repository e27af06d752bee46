//! A place in bytes as rustc writes it: lines, columns in characters, the lines as text.
//!
//! Byte offsets are those of the file. Columns and texts are those of an editor: without
//! the mark at the start of a file that says that it is UTF-8, and without line breaks.

use super::message::{Span, TextLine};
use crate::finding::Label;
use crate::location::{self, LineIndex, Location};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The place of a label in the text of its file.
pub(super) fn span(label: &Label, text: &[u8], index: &LineIndex) -> Span {
    let at = label.at.span;
    let first = index.line_around(text, at.start);
    let last = index.line_around(text, at.end.max(at.start));
    let start = (at.start as usize).clamp(first.start, first.end);
    let end = (at.end as usize).clamp(start.max(last.start), last.end.max(start));
    let column = |line_start: usize, offset: usize| letters(text, line_start, offset) + 1;
    let (column_start, column_end) = (column(first.start, start), column(last.start, end));
    Span {
        file_name: label.at.file.as_str().to_owned(),
        byte_start: at.start,
        byte_end: at.end.max(at.start),
        line_start: index.position(text, at.start).line,
        line_end: index.position(text, at.end.max(at.start)).line,
        column_start,
        column_end,
        text: lines(text, first.start, last.end, (column_start, column_end)),
        label: (!label.text.is_empty()).then(|| label.text.clone()),
        ..Span::default()
    }
}

/// Every line from the one that starts at `from` to the one that ends at `to`, marked from
/// the first of the columns to the last.
fn lines(text: &[u8], from: usize, to: usize, columns: (usize, usize)) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut start = from;
    for line in text[from..to].split(|byte| *byte == b'\n') {
        let bare = line.strip_suffix(b"\r").unwrap_or(line);
        let end = start + bare.len();
        lines.push(TextLine {
            text: String::from_utf8_lossy(&text[without_mark(text, start, end)..end]).into_owned(),
            highlight_start: 1,
            highlight_end: letters(text, start, end) + 1,
        });
        start += line.len() + 1;
    }
    if let Some(first) = lines.first_mut() {
        first.highlight_start = columns.0;
    }
    if let Some(last) = lines.last_mut() {
        last.highlight_end = columns.1;
    }
    lines
}

/// How many characters stand between the start of a line and an offset in it.
fn letters(text: &[u8], line_start: usize, offset: usize) -> usize {
    let start = without_mark(text, line_start, offset);
    String::from_utf8_lossy(&text[start..offset]).chars().count()
}

fn without_mark(text: &[u8], line_start: usize, offset: usize) -> usize {
    let is_marked = line_start == 0 && text.starts_with(BYTE_ORDER_MARK);
    if is_marked { BYTE_ORDER_MARK.len().min(offset) } else { line_start }
}

/// The place of a name in the place of a literal or key that holds nothing else; `None`
/// where more stands there, or the name is written in another way.
pub(super) fn name_in_quotes(text: &[u8], at: &Location, name: &str) -> Option<Location> {
    let written = std::str::from_utf8(text.get(at.span.range())?).ok()?;
    let (before, after) = written.split_once(name).filter(|_| !name.is_empty())?;
    let is_quote = |letter: char| "\"'#".contains(letter);
    if !before.trim_start_matches('r').chars().all(is_quote) || !after.chars().all(is_quote) {
        return None;
    }
    let start = at.span.start as usize + before.len();
    Some(Location::new(&at.file, location::Span::new(start, start + name.len())))
}
