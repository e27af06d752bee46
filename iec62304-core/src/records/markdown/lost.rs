//! What looks like a record or a field to whoever reads the page, and is none.
//!
//! Markdown has no syntax errors: what is written wrong becomes text. So text is searched
//! for lines that somebody may have meant otherwise.

use std::ops::Range;

use super::heading::{Heading, classify};
use super::page::{Block, BlockKind, Page};
use crate::records::mistake::Mistake;

/// Names of fields that open too many lines of ordinary text.
const ORDINARY: [&str; 5] = ["items", "kind", "parts", "text", "title"];

/// Where the Markdown of a file starts: behind the byte order mark and the front matter.
///
/// What lies between two lines `---` is no front matter if it holds something that may be
/// meant as a record: it is read as Markdown then.
pub(super) fn front_matter(text: &str, is_known: &dyn Fn(&str) -> bool) -> usize {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return start;
    };
    let mut at = start + first.len();
    for line in lines {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return at;
        }
        let line = line.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '#');
        if matches!(classify(line.trim_end(), is_known), Heading::Record { .. }) {
            return start;
        }
    }
    start
}

/// The page that is searched.
pub(super) struct Place<'p> {
    pub(super) text: &'p str,
    pub(super) page: &'p Page,
    pub(super) is_known: &'p dyn Fn(&str) -> bool,
}

impl Place<'_> {
    /// Goes through the lines of a block; fields are looked for by these names.
    pub(super) fn look_for(
        &self,
        block: &Block,
        names: Option<&[&str]>,
    ) -> Vec<(Range<usize>, Mistake)> {
        if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Nothing) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut at = block.range.start;
        for line in self.text[block.range.clone()].split_inclusive(['\n', '\r']) {
            let range = self.shown(at..at + line.trim_end().len());
            at += line.len();
            found.extend(self.heading(&range, &block.kind));
            found.extend(names.and_then(|names| self.field(&range, names)));
        }
        found
    }

    /// The part of a line that is no comment, code, or heading in a quote or list.
    fn shown(&self, line: Range<usize>) -> Range<usize> {
        let Page { comments, code, inner_headings, .. } = self.page;
        let headings = inner_headings.iter().map(|(range, _)| range);
        let mut start = line.start;
        for range in comments.iter().chain(code).chain(headings) {
            let words = start + self.text[start..line.end].len()
                - behind_marks(&self.text[start..line.end]).len();
            if range.contains(&words) {
                start = range.end.min(line.end);
            }
        }
        start..line.end
    }

    fn heading(&self, line: &Range<usize>, kind: &BlockKind) -> Option<(Range<usize>, Mistake)> {
        let text = &self.text[line.clone()];
        let words = behind_marks(text);
        let (message, title) = if let Some(bold) = bold(text) {
            ("a bold line opens no record", bold)
        } else if words.starts_with('#') {
            ("this is no heading for Markdown", words.trim_start_matches('#').trim().to_owned())
        } else if matches!(kind, BlockKind::Html) {
            ("a heading in HTML opens no record", html_heading(text)?)
        } else {
            return None;
        };
        let is_meant = match classify(&title, self.is_known) {
            Heading::Chapter => false,
            Heading::Record { .. } => true,
            Heading::Unclear(..) => words.starts_with('#'),
        };
        let help = "write a record as `## SRS-1: title` at the left margin, and an example in a \
                    fenced code block";
        let at = line.end - words.len()..line.end;
        is_meant.then(|| (at, Mistake::new(message, help)))
    }

    fn field(&self, line: &Range<usize>, names: &[&str]) -> Option<(Range<usize>, Mistake)> {
        let text = behind_marks(&self.text[line.clone()]);
        let (name, _) = text.split_once([':', '|'])?;
        let is_mark = |letter: char| letter.is_whitespace() || "*_`".contains(letter);
        let name = name.trim_matches(is_mark);
        let plain = name.to_lowercase();
        if !names.contains(&plain.as_str()) || ORDINARY.contains(&plain.as_str()) {
            return None;
        }
        let message = format!("`{name}` stands outside a list of fields and is not read");
        let help = format!(
            "write it as the item `- {plain}: …` below the text of a record; in a text, open \
             the line with another word"
        );
        let start = line.end - text.len() + text.find(name)?;
        Some((start..start + name.len(), Mistake::new(message, help)))
    }
}

/// What follows the marks of quotes, lists and tables.
fn behind_marks(line: &str) -> &str {
    let is_mark = |letter: char| letter.is_whitespace() || ">-+*|_`".contains(letter);
    let text = line.trim_start_matches(is_mark);
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match number.strip_prefix(['.', ')']) {
        Some(words) if number.len() < text.len() => words.trim_start_matches(is_mark),
        _ => text,
    }
}

/// The words of a line that starts in bold.
fn bold(line: &str) -> Option<String> {
    let line = line.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '>');
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    Some(line.replace(mark, ""))
}

/// The words behind `<h2>`.
fn html_heading(line: &str) -> Option<String> {
    let tag = line.to_lowercase();
    let at = tag.match_indices("<h").map(|(at, _)| at + 2);
    let mut levels =
        at.filter(|at| tag[*at..].starts_with(|level: char| ('1'..='6').contains(&level)));
    let behind = line.get(levels.next()?..)?;
    let (_, words) = behind.split_once('>')?;
    Some(words.split('<').next().unwrap_or_default().trim().to_owned())
}
