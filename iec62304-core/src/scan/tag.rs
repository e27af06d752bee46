//! The arguments of a tag: one grammar for attributes, `tags!` and doc comments.
//!
//! The macro crate checks the same grammar with the same words; a test runs both over
//! the same files.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_literal_escaper::unescape_str;

use super::tokens::{Kind, Tokens};
use crate::location::Span;
use crate::model::code::{CodeProblemKind, Level, TagKind};
use crate::model::outline::OutlineProblem;

/// What a tag says.
#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) ids: Vec<(String, Span)>,
    pub(super) level: Option<Level>,
}

/// Reads the arguments in tokens `range` of the tag whose name stands at `name`.
pub(super) fn arguments(
    tokens: &Tokens<'_>,
    kind: TagKind,
    name: Span,
    range: Range<usize>,
) -> Result<Arguments, Vec<OutlineProblem>> {
    let mut reader = Reader {
        tokens,
        kind,
        end: range.end,
        arguments: Arguments { ids: Vec::new(), level: None },
        known: BTreeSet::new(),
        problems: Vec::new(),
    };
    reader.list(range.start);
    if reader.arguments.ids.is_empty() && reader.problems.is_empty() {
        reader.problems.push(no_id(kind, name));
    }
    if reader.problems.is_empty() { Ok(reader.arguments) } else { Err(reader.problems) }
}

/// A tag without an id, or without arguments at all.
pub(super) fn no_id(kind: TagKind, at: Span) -> OutlineProblem {
    let example = match kind {
        TagKind::Requirement => "SRS-1",
        TagKind::RiskControl => "RC-1",
        TagKind::SoftwareUnit => "rate-controller",
        TagKind::Verifies => "rate-controller.AC-1",
    };
    let word = kind.word();
    let help = format!("write the id as a string: `#[{word}(\"{example}\")]`");
    problem(at, format!("`{word}` names no id"), help)
}

/// A mistake in a tag.
pub(super) fn problem(span: Span, message: String, help: impl Into<String>) -> OutlineProblem {
    OutlineProblem { kind: CodeProblemKind::Tag, span, message, help: help.into() }
}

struct Reader<'t, 's> {
    tokens: &'t Tokens<'s>,
    kind: TagKind,
    end: usize,
    arguments: Arguments,
    /// The sound ids so far.
    known: BTreeSet<String>,
    problems: Vec<OutlineProblem>,
}

const WRITE_IDS: &str = "write ids as strings, separated by commas";

impl Reader<'_, '_> {
    fn list(&mut self, mut at: usize) {
        while at < self.end {
            at = self.argument(at);
            if at < self.end && !self.tokens.is_sign(at, b',') {
                self.wrong(at, at + 1, "expected `,`".to_owned(), WRITE_IDS);
                return;
            }
            at += 1;
        }
    }

    /// Reads one argument and returns where the next token stands.
    fn argument(&mut self, at: usize) -> usize {
        if self.tokens.list[at].kind == Kind::Text {
            self.id(at);
            return at + 1;
        }
        if self.tokens.is_name(at) && self.tokens.is_sign(at + 1, b'=') && at + 1 < self.end {
            return self.named(at);
        }
        let behind = self.behind_argument(at);
        self.wrong(at, behind, "an id is a string literal".to_owned(), WRITE_IDS);
        behind
    }

    /// Where the argument that starts at `at` ends, whatever it is.
    fn behind_argument(&self, mut at: usize) -> usize {
        while at < self.end && !self.tokens.is_sign(at, b',') {
            at = if self.tokens.is_open(at, None) {
                self.tokens.behind_group(at).max(at + 1)
            } else {
                at + 1
            };
        }
        at.min(self.end)
    }

    fn id(&mut self, at: usize) {
        let span = self.tokens.list[at].span;
        let message = match content(self.tokens.text_at(at)) {
            None => "an id is a string literal".to_owned(),
            Some("") => "the id is empty".to_owned(),
            Some(id) if id.contains('\\') => format!("the id `{id}` has a backslash in it"),
            Some(id) if id.contains(char::is_whitespace) => {
                format!("the id `{id}` has white space in it")
            }
            Some(id) if !self.known.insert((*id).to_owned()) => {
                format!("the id `{id}` stands twice")
            }
            Some(_) if self.kind == TagKind::SoftwareUnit && !self.arguments.ids.is_empty() => {
                ONE_UNIT.to_owned()
            }
            Some(id) => {
                self.arguments.ids.push((id.to_owned(), span));
                return;
            }
        };
        self.problems.push(problem(span, message, "write each id once, as its record has it"));
    }

    fn named(&mut self, at: usize) -> usize {
        let behind = self.behind_argument(at);
        let name = self.tokens.text_at(at);
        if self.kind == TagKind::SoftwareUnit {
            self.wrong(at, at + 1, ONE_UNIT.to_owned(), WRITE_IDS);
            return behind;
        }
        if name != "level" {
            let message = format!("unknown argument `{name}`; the only one is `level`");
            self.wrong(at, at + 1, message, WRITE_IDS);
            return behind;
        }
        if self.arguments.level.is_some() {
            self.wrong(at, at + 1, "`level` stands twice".to_owned(), "leave one of the two out");
            return behind;
        }
        let value = at + 2;
        let is_text = behind == value + 1 && self.tokens.list[value].kind == Kind::Text;
        let level = if is_text { string(self.tokens.text_at(value)) } else { None };
        self.arguments.level = level.as_deref().and_then(parse_level);
        if self.arguments.level.is_none() {
            let message = "`level` is \"unit\", \"integration\" or \"system\"".to_owned();
            let from = if value < behind { value } else { at };
            self.wrong(from, behind, message, "write one of the three as a string");
        }
        behind
    }

    fn wrong(&mut self, from: usize, to: usize, message: String, help: &str) {
        self.problems.push(problem(self.tokens.span(from, to), message, help));
    }
}

const ONE_UNIT: &str = "`software_unit` takes one id and no other argument";

fn parse_level(word: &str) -> Option<Level> {
    [Level::Unit, Level::Integration, Level::System].into_iter().find(|level| level.word() == word)
}

/// What stands between the quotes of a plain or raw string literal; `None` if a suffix
/// stands behind it.
fn content(literal: &str) -> Option<&str> {
    let quoted = literal.strip_prefix('r').map_or(literal, |raw| raw.trim_matches('#'));
    quoted.strip_prefix('"')?.strip_suffix('"')
}

/// The value of a plain or raw string literal; `None` if an escape in it makes no sense.
pub(super) fn string(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw.get(hashes + 1..raw.len().checked_sub(hashes + 1)?)?;
        return Some(inner.replace("\r\n", "\n"));
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?.replace("\r\n", "\n");
    let mut value = Some(String::with_capacity(inner.len()));
    unescape_str(&inner, |_, character| match character {
        Ok(character) => {
            if let Some(value) = &mut value {
                value.push(character);
            }
        }
        Err(error) if error.is_fatal() => value = None,
        Err(_) => {}
    });
    value
}
