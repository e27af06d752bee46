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
pub(super) fn lines(comment: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_block = comment.starts_with("/*");
    comment.split_inclusive('\n').scan(0, move |offset, line| {
        let start = *offset;
        *offset += line.len();
        let text = match (is_block, start) {
            (true, 1..) => {
                let text = line.trim_start();
                text.strip_prefix('*').unwrap_or(text)
            }
            // Four slashes make no doc comment, though they may be meant to.
            _ if line.starts_with("////") => line.trim_start_matches('/'),
            _ => line[2..].strip_prefix(['/', '!', '*']).unwrap_or(&line[2..]),
        };
        let text = text.trim_start();
        let marks = line.len() - text.len();
        let text = text.trim_end();
        let text = text.strip_suffix("*/").filter(|_| is_block).map_or(text, str::trim_end);
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
        // In a list or a quotation it is no tag, but may be meant as one.
        let plain = line.trim_start_matches(['-', '*', '+', '>', ' ']);
        let is_iec = plain.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("iec"));
        let rest = plain.get(3..).filter(|_| is_iec)?;
        let rest = rest.trim_start_matches([' ', '-', '_']).strip_prefix("62304")?;
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '='));
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let has_bracket = behind.trim_start().starts_with('(');
        let exact = line.starts_with(PREFIX);
        let is_like_tag = if exact {
            let is_named = names::kind_of(word).is_some() || (has_bracket && !word.is_empty());
            is_named || rest.starts_with('"')
        } else {
            // `IEC 62304 verification (5.7)` is prose.
            let is_called = behind.starts_with('(') || (has_bracket && behind.contains('"'));
            is_called && names::nearest(word).is_some()
        };
        is_like_tag.then(|| Self { exact, first: line.len() - rest.len(), word })
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
    let broken = |message: String| vec![Err(vec![problem(whole, message, FORM)])];
    if !line.exact || line.word.is_empty() {
        return vec![Err(vec![nearly(whole)])];
    }
    let tokens = tokens::tokenize(&text[line.first..], &Names::new(Vec::new()));
    if let Some(problem) = tokens.problems.first() {
        return broken(format!("this tag does not parse: {}", problem.message));
    }
    let mut list = List { tokens: &tokens, offset: offset + line.first, tags: DocTags::new() };
    if let Err(message) = list.read() {
        list.tags.extend(broken(message));
    }
    list.tags
}

/// The tags of one line, one after the other.
struct List<'t, 's> {
    tokens: &'t tokens::Tokens<'s>,
    /// Where the tokens' text starts in the file.
    offset: usize,
    tags: DocTags,
}

impl List<'_, '_> {
    /// Reads every tag; what ends the list too early is an error.
    fn read(&mut self) -> Result<(), String> {
        let mut at = 0;
        while at < self.tokens.list.len() {
            let word = self.tokens.word(at);
            let Some(kind) = names::kind_of(word) else {
                return Err(match names::nearest(word) {
                    Some(nearest) => {
                        format!("there is no tag `{word}`; the nearest is `{nearest}`")
                    }
                    None => format!("there is no tag `{word}`"),
                });
            };
            at = self.tag(kind, at);
            if at < self.tokens.list.len() && !self.tokens.is_sign(at, b',') {
                return Err("expected `,` between two tags, and nothing behind the last".to_owned());
            }
            at += 1;
        }
        Ok(())
    }

    /// Reads the tag whose name stands at `at`, and returns where it ends. Without a bracket
    /// it ends with the line.
    fn tag(&mut self, kind: TagKind, at: usize) -> usize {
        let name = self.tokens.span(at, at + 1);
        if !self.tokens.is_open(at + 1, Some(b'(')) {
            self.tags.push(Err(vec![tag::no_id(kind, self.shifted(name))]));
            return self.tokens.list.len();
        }
        let behind = self.tokens.behind_group(at + 1);
        let read = tag::arguments(self.tokens, kind, name, at + 2..self.tokens.mate(at + 1));
        self.tags.push(match read {
            Ok(mut arguments) => {
                for (_, span) in &mut arguments.ids {
                    *span = self.shifted(*span);
                }
                Ok((kind, arguments, self.shifted(self.tokens.span(at, behind))))
            }
            Err(problems) => Err(problems
                .into_iter()
                .map(|found| OutlineProblem { span: self.shifted(found.span), ..found })
                .collect()),
        });
        behind
    }

    fn shifted(&self, span: Span) -> Span {
        Span::new(span.start as usize + self.offset, span.end as usize + self.offset)
    }
}

/// A text that is meant as a tag and is none.
pub(super) fn nearly(span: Span) -> OutlineProblem {
    problem(span, "this comment nearly is a tag".to_owned(), FORM)
}

/// Whether the value of a `doc` attribute has a line that looks like a tag.
pub(super) fn is_like_tag(value: &str) -> bool {
    let is_like_tag = |line: &str| Line::parse(line.trim()).is_some();
    may_mention(value) && value.lines().any(is_like_tag)
}

/// Whether one line, without the marks of its comment, is a tag, right or wrong.
pub(super) fn is_tag_line(line: &str) -> bool {
    may_mention(line) && Line::parse(line).is_some()
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
