//! Tags in doc comments, for teams that may not use procedural macros:
//! `/// iec62304: requirement("SRS-12"), risk_control("RC-2")`.

use super::names::{self, Names};
use super::tag::{self, Arguments, problem};
use super::tokens::{self, Kind};
use crate::location::Span;
use crate::model::code::TagKind;
use crate::model::outline::OutlineProblem;

const PREFIX: &str = "iec62304:";

const FORM: &str = "write `/// iec62304: requirement(\"SRS-1\")`, a doc line of its own";

/// What one doc line says: each tag with its place, or what is wrong with it.
pub(super) type DocTags = Vec<Result<(TagKind, Arguments, Span), Vec<OutlineProblem>>>;

/// Whether a comment has a line that looks like a tag, right or wrong.
pub(super) fn mentions(comment: &str) -> bool {
    may_mention(comment) && lines(comment).any(|(_, line)| Line::parse(line).is_some())
}

/// A quick look before the careful one: most comments do not hold the number.
fn may_mention(comment: &str) -> bool {
    comment.contains("62304")
}

/// The lines of a comment without its own marks, each with its offset in the comment. A
/// comment that is quoted in another one keeps its marks, and so is none.
fn lines(comment: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_block = comment.starts_with("/*");
    comment.split_inclusive('\n').scan(0, move |offset, line| {
        let start = *offset;
        *offset += line.len();
        let text = match (is_block, start) {
            (true, 1..) => {
                let text = line.trim_start();
                text.strip_prefix('*').unwrap_or(text)
            }
            _ => line[2..]
                .strip_prefix(['/', '!', '*'])
                .unwrap_or(&line[2..]),
        };
        let text = text.trim_start();
        let marks = line.len() - text.len();
        let text = text.trim_end();
        let text = text
            .strip_suffix("*/")
            .filter(|_| is_block)
            .map_or(text, str::trim_end);
        Some((start + marks, text))
    })
}

/// A comment line that looks like a tag.
struct Line<'l> {
    /// Whether it starts exactly as a tag does.
    exact: bool,
    /// Where the first tag name starts in the line.
    first: usize,
    /// The first word behind the prefix.
    word: &'l str,
}

impl<'l> Line<'l> {
    /// Prose that merely mentions the standard is no tag: a name with a bracket must
    /// follow, and without the exact prefix it must be the name of a tag, or nearly.
    fn parse(line: &'l str) -> Option<Self> {
        let is_iec = line
            .get(..3)
            .is_some_and(|word| word.eq_ignore_ascii_case("iec"));
        let rest = line.get(3..).filter(|_| is_iec)?;
        let rest = rest
            .trim_start_matches([' ', '-', '_'])
            .strip_prefix("62304")?;
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '='));
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let has_bracket = behind.trim_start().starts_with('(');
        let exact = line.starts_with(PREFIX);
        let is_name = names::nearest(word).is_some();
        (has_bracket && !word.is_empty() && (exact || is_name)).then(|| Self {
            exact,
            first: line.len() - rest.len(),
            word,
        })
    }
}

/// Every tag in a doc comment that starts at `offset` of the file.
pub(super) fn tags(comment: &str, offset: usize) -> DocTags {
    let mut tags = DocTags::new();
    for (start, text) in lines(comment) {
        if let Some(line) = Line::parse(text) {
            tags.extend(line_tags(&line, text, offset + start));
        }
    }
    tags
}

fn line_tags(line: &Line<'_>, text: &str, offset: usize) -> DocTags {
    let whole = Span::new(offset, offset + text.len());
    if !line.exact {
        let message = "this comment nearly is a tag".to_owned();
        return vec![Err(vec![problem(whole, message, FORM)])];
    }
    // The line is split into tokens with blanks in front, so that places come out right.
    let padded = format!("{}{}", " ".repeat(line.first), &text[line.first..]);
    let tokens = tokens::tokenize(&padded, &Names::new(Vec::new()));
    let shifted = |mut found: OutlineProblem| {
        found.span = Span::new(
            found.span.start as usize + offset,
            found.span.end as usize + offset,
        );
        found
    };
    let broken = |message: String| vec![problem(whole, message, FORM)];
    if !tokens.problems.is_empty() {
        return vec![Err(broken(format!(
            "this tag does not parse: {}",
            tokens.problems[0].message
        )))];
    }
    let mut tags = DocTags::new();
    let mut at = 0;
    while at < tokens.list.len() {
        let word = tokens.word(at);
        let Some(kind) = names::kind_of(word) else {
            let message = match names::nearest(word) {
                Some(nearest) => format!("there is no tag `{word}`; the nearest is `{nearest}`"),
                None => format!(
                    "there is no tag `{}`",
                    if word.is_empty() { line.word } else { word }
                ),
            };
            tags.push(Err(broken(message)));
            return tags;
        };
        if !tokens.is_open(at + 1, Some(b'(')) {
            tags.push(Err(vec![shifted(tag::no_id(
                kind,
                tokens.span(at, at + 1),
            ))]));
            return tags;
        }
        let behind = tokens.behind_group(at + 1);
        let name = tokens.span(at, at + 1);
        let read = tag::arguments(&tokens, kind, name, at + 2..tokens.mate(at + 1));
        let span = tokens.span(at, behind);
        let place =
            |span: Span| Span::new(span.start as usize + offset, span.end as usize + offset);
        tags.push(match read {
            Ok(mut arguments) => {
                arguments
                    .ids
                    .iter_mut()
                    .for_each(|(_, span)| *span = place(*span));
                Ok((kind, arguments, place(span)))
            }
            Err(problems) => Err(problems.into_iter().map(shifted).collect()),
        });
        if behind < tokens.list.len() && !tokens.is_sign(behind, b',') {
            tags.push(Err(broken(
                "expected `,` between two tags, and nothing behind the last".to_owned(),
            )));
            return tags;
        }
        at = behind + 1;
    }
    tags
}

/// A comment in the full shape of a tag that is no doc comment.
pub(super) fn plain_comment(text: &str, start: usize, end: usize) -> Option<OutlineProblem> {
    let (offset, line) = lines(&text[start..end]).find(|(_, line)| {
        Line::parse(line).is_some_and(|line| line.exact && names::kind_of(line.word).is_some())
    })?;
    let span = Span::new(start + offset, start + offset + line.len());
    let message = "this tag stands in a comment that is no doc comment".to_owned();
    Some(problem(span, message, FORM))
}

/// Whether a token is a doc comment.
pub(super) fn is_doc(kind: Kind) -> bool {
    matches!(kind, Kind::OuterDoc | Kind::InnerDoc)
}
