//! Text that fits: cut and wrapped to columns of the terminal, free of what would move
//! the cursor.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide the terminal is taken to be.
pub(super) const WIDTH: usize = 100;

/// A text in one line, without control characters: what packages say of themselves must
/// not colour a terminal, move its cursor or turn the direction of writing.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(visible).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn visible(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in exactly `columns`, filled with spaces or cut with an ellipsis.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    let mut line = cut(text, columns);
    line.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&line))));
    line
}

fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut line = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > columns {
            break;
        }
        line.push(character);
    }
    line.push('…');
    line
}

/// The text in lines of at most `columns`; a word that is longer has a line of its own.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in one_line(text).split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}
