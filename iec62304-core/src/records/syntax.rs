//! TOML syntax: every error at its place, and what is sound around them.
//!
//! A parser that meets an error goes on with a guess. To keep guesses out of the
//! records, every line with an error is blanked, bytes for bytes, so that what is left
//! parses and stands where it stood. Knows TOML and nothing of the vocabulary.

use std::ops::Range;

use toml::de::{DeTable, Error};

/// After so many errors the rest of a section is not TOML at all.
const ERRORS_PER_SECTION: usize = 20;

/// What is left of a text that is not TOML throughout.
#[derive(Default)]
pub(super) struct Repair {
    /// The text without its broken lines.
    pub(super) text: String,
    /// What is wrong with them, in the order of the text.
    pub(super) errors: Vec<SyntaxError>,
    /// The sections with an error: what they lack may be in a broken line.
    pub(super) damaged: Vec<Range<usize>>,
}

/// One error.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// Where.
    pub(super) span: Range<usize>,
    /// What.
    pub(super) message: String,
    /// Whether a name is given twice; everything else is about letters.
    pub(super) duplicate: bool,
}

/// From the line of a table header to the next one.
struct Section {
    range: Range<usize>,
    header: Range<usize>,
}

/// Finds the errors of a text and what can be read in spite of them.
pub(super) fn repair(text: &str) -> Repair {
    let sections = sections(text);
    let mut sound = text.as_bytes().to_vec();
    let mut errors = Vec::new();
    for section in &sections {
        blank_broken_lines(text, section, &mut sound, &mut errors);
    }
    collect_errors_between_sections(text, &sections, &mut sound, &mut errors);
    errors.sort_by_key(|error| error.span.start);
    let damaged = errors.iter().map(|error| section_of(&sections, error.span.start).range.clone());
    Repair { damaged: damaged.collect(), text: as_text(sound), errors }
}

/// Cuts a text before every line that opens a table.
fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section { range: 0..text.len(), header: 0..0 }];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if opens_table(line) {
            let last = sections.last_mut().expect("the first section is always there");
            last.range.end = start;
            sections.push(Section { range: start..text.len(), header: start..start + line.len() });
        }
        start += line.len();
    }
    sections
}

fn section_of(sections: &[Section], offset: usize) -> &Section {
    let after = sections.partition_point(|section| section.range.start <= offset);
    &sections[after.saturating_sub(1)]
}

/// Whether a line looks like a table header, closed or not, rather than like a value.
fn opens_table(line: &str) -> bool {
    let line = line.trim_start();
    let Some(inner) = line.strip_prefix("[[").or_else(|| line.strip_prefix('[')) else {
        return false;
    };
    let starts_a_name = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    inner.trim_start().starts_with(starts_a_name) && !inner.contains(',')
}

/// Parses one section alone and blanks its broken lines until the rest of it is sound.
fn blank_broken_lines(
    text: &str,
    section: &Section,
    sound: &mut [u8],
    errors: &mut Vec<SyntaxError>,
) {
    let content_end = section.range.start + text[section.range.clone()].trim_end().len();
    for _ in 0..ERRORS_PER_SECTION {
        let rest = as_text(sound[section.range.clone()].to_vec());
        let (_, found) = DeTable::parse_recoverable(&rest);
        let found = found.iter().map(|error| located(error, section.range.start));
        let Some(mut error) =
            found.filter(|error| !error.duplicate).min_by_key(|error| error.span.start)
        else {
            return;
        };
        if error.span.start > content_end {
            error.span = content_end..content_end;
        }
        let line = broken_line(sound, &section.range, error.span.start);
        let in_header = line.start == section.header.start;
        errors.push(error);
        if line.is_empty() || (in_header && !section.header.is_empty()) {
            break;
        }
        blank(&mut sound[line]);
    }
    blank(&mut sound[section.range.clone()]);
}

/// The line of an error, or the last one before it where something is left to blank.
fn broken_line(sound: &[u8], section: &Range<usize>, offset: usize) -> Range<usize> {
    let mut end = section.end.min(offset);
    end +=
        sound[end..section.end].iter().position(|byte| *byte == b'\n').unwrap_or(section.end - end);
    while end > section.start {
        let line_break = sound[section.start..end].iter().rposition(|byte| *byte == b'\n');
        let start = line_break.map_or(section.start, |at| section.start + at + 1);
        if !sound[start..end].trim_ascii().is_empty() {
            return start..end;
        }
        end = start.saturating_sub(1);
    }
    section.start..section.start
}

/// What each section alone does not show: the same name given twice.
///
/// A table that is opened again is left out whole: its fields belong to nothing.
fn collect_errors_between_sections(
    text: &str,
    sections: &[Section],
    sound: &mut [u8],
    errors: &mut Vec<SyntaxError>,
) {
    let joined = as_text(sound.to_vec());
    let (_, found) = DeTable::parse_recoverable(&joined);
    let mut found: Vec<_> = found.iter().map(|error| located(error, 0)).collect();
    found.sort_by_key(|error| error.span.start);
    for mut error in found {
        let section = section_of(sections, error.span.start);
        if sound[section.range.clone()].trim_ascii().is_empty() {
            continue;
        }
        if section.header.contains(&error.span.start) {
            blank(&mut sound[section.range.clone()]);
        }
        if error.duplicate {
            let name = text.get(error.span.clone()).unwrap_or_default();
            error.message = format!("{} `{name}`", error.message);
        }
        errors.push(error);
    }
}

fn located(error: &Error, offset: usize) -> SyntaxError {
    let span = error.span().unwrap_or_default();
    let message = error.message();
    SyntaxError {
        span: span.start + offset..span.end + offset,
        message: one_lowercase_line(message),
        duplicate: message.starts_with("duplicate key") || message.starts_with("cannot extend"),
    }
}

fn one_lowercase_line(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "not valid TOML".to_owned(),
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn as_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("only whole lines of a text were blanked")
}
