//! What documentation holds: whether it says anything, and which of the sections it has
//! that an interface needs. Reads headings and fences, and no more of Markdown.

use super::doc;
use crate::model::outline::{Docs, Section};

/// Reads the documentation of one item, comment by comment.
#[derive(Default)]
pub(super) struct DocReader {
    docs: Docs,
    /// The marks that opened the block of code in which the next line stands.
    fence: Option<(char, usize)>,
}

impl DocReader {
    /// Reads a doc comment with its marks.
    pub(super) fn comment(&mut self, comment: &str) {
        for (_, line) in doc::lines(comment) {
            self.line(line);
        }
    }

    /// Reads the value of a `doc` attribute.
    pub(super) fn text(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line.trim());
        }
    }

    /// Documentation that stands elsewhere: it says something, and its sections are not seen.
    pub(super) fn unread(&mut self) {
        self.docs.has_text = true;
    }

    /// What was read.
    pub(super) fn read(&self) -> Docs {
        self.docs
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() || doc::is_tag_line(line) {
            return;
        }
        self.docs.has_text = true;
        if self.is_in_fence(line) {
            return;
        }
        if let Some(section) = section(line) {
            self.docs.add(section);
        }
    }

    /// Whether a line stands in a block of code, or starts or ends one.
    fn is_in_fence(&mut self, line: &str) -> bool {
        let marks = fence(line);
        match (self.fence, marks) {
            (None, None) => false,
            (None, Some(_)) => {
                self.fence = marks;
                true
            }
            (Some((open, length)), Some((mark, found))) if open == mark && found >= length => {
                // With words behind it a fence cannot end a block.
                if line.chars().all(|letter| letter == mark) {
                    self.fence = None;
                }
                true
            }
            (Some(_), _) => true,
        }
    }
}

/// The mark of a fence, and how often it stands.
fn fence(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
    let count = line.chars().take_while(|letter| *letter == mark).count();
    (count >= 3).then_some((mark, count))
}

fn section(line: &str) -> Option<Section> {
    let title = line.trim_start_matches('#');
    let depth = line.len() - title.len();
    if !(1..=6).contains(&depth) || !title.starts_with([' ', '\t']) {
        return None;
    }
    match title.trim().trim_end_matches('#').trim_end().to_lowercase().as_str() {
        "error" | "errors" => Some(Section::Errors),
        "panic" | "panics" => Some(Section::Panics),
        "safety" => Some(Section::Safety),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use super::*;

    /// `text`, and the sections that are found.
    fn read(comments: &[&str]) -> String {
        let mut reader = DocReader::default();
        for comment in comments {
            reader.comment(comment);
        }
        let docs = reader.read();
        let mut found = Vec::from_iter(docs.has_text.then(|| "text".to_owned()));
        let sections = [Section::Errors, Section::Panics, Section::Safety];
        let sections = sections.into_iter().filter(|section| docs.has(*section));
        found.extend(sections.map(|section| format!("{section:?}")));
        found.join(" ")
    }

    #[track_caller]
    fn check(comments: &[&str], expected: &str) {
        assert_eq!(read(comments), expected);
    }

    #[test]
    #[verifies("scan")]
    fn text_is_what_is_neither_blank_nor_a_tag() {
        check(&["/// Stops."], "text");
        check(&["///", "/// "], "");
        check(&["/// iec62304: requirement(\"SRS-1\")"], "");
        check(&["/** \n * Stops. */"], "text");
        check(&["//! The motor."], "text");
    }

    #[test]
    fn sections_are_headings_of_their_name() {
        check(&["/// # Errors"], "text Errors");
        check(&["/// ## PANICS ##", "/// ###### Safety"], "text Panics Safety");
        check(&["/// #Errors", "/// Errors", "/// # Errors of old"], "text");
        check(&["/** # Errors\n\n# Panics\n*/"], "text Errors Panics");
    }

    #[test]
    fn what_stands_in_a_block_of_code_is_no_heading() {
        check(&["/// ```", "/// # Errors", "/// ```", "/// # Panics"], "text Panics");
        check(&["/// ~~~~", "/// ~~~", "/// # Errors"], "text");
        check(
            &["/// ```", "/// ```rust", "/// # Errors", "/// ```", "/// # Safety"],
            "text Safety",
        );
    }
}
