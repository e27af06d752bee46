//! Checks the arguments of an attribute, and the elements of `tags!`.
//!
//! Meaning is not checked here: whether a record `SRS-1` exists is for
//! `cargo iec62304 check` to say, which has the records. That tool reads the same
//! grammar from source text and has the same messages.

use std::iter::Peekable;

use proc_macro::token_stream::IntoIter;
use proc_macro::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

use crate::report::Mistake;

/// One of the attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Requirement,
    RiskControl,
    SoftwareUnit,
    Verifies,
}

impl Tag {
    fn word(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::RiskControl => "risk_control",
            Self::SoftwareUnit => "software_unit",
            Self::Verifies => "verifies",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Requirement => "SRS-1",
            Self::RiskControl => "RC-1",
            Self::SoftwareUnit => "rate-controller",
            Self::Verifies => "rate-controller.AC-1",
        }
    }
}

const ONE_UNIT: &str = "`software_unit` takes one id and no other argument";
const LEVELS: &str = "`level` is \"unit\", \"integration\" or \"system\"";
const ELEMENTS: &str = "`tags!` takes `requirement(…)`, `risk_control(…)` and `software_unit(…)`";

/// Every mistake in the arguments of an attribute; `at` stands for all of it.
pub(crate) fn check(tag: Tag, arguments: TokenStream, at: Span) -> Vec<Mistake> {
    let mut checker = Checker {
        tag,
        ids: Vec::new(),
        has_level: false,
        mistakes: Vec::new(),
    };
    checker.list(arguments);
    if checker.ids.is_empty() && checker.mistakes.is_empty() {
        let message = format!(
            "`{word}` names no id\nhelp: write the id as a string: `#[{word}(\"{example}\")]`",
            word = tag.word(),
            example = tag.example()
        );
        checker.mistakes.push(Mistake::new(at, message));
    }
    checker.mistakes
}

/// Every mistake in the elements of `tags!`.
pub(crate) fn check_elements(input: TokenStream) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut tokens = input.into_iter().peekable();
    while let Some(first) = tokens.next() {
        match (element(&first), tokens.peek()) {
            (Some(tag), Some(TokenTree::Group(arguments))) => {
                mistakes.extend(check(tag, arguments.stream(), first.span()));
                tokens.next();
            }
            (Some(tag), _) => mistakes.extend(check(tag, TokenStream::new(), first.span())),
            (None, _) => {
                mistakes.push(Mistake::new(first.span(), ELEMENTS.to_owned()));
                skip_to_comma(&mut tokens);
            }
        }
        match tokens.next() {
            None => {}
            Some(comma) if is_comma(&comma) => {}
            Some(other) => {
                mistakes.push(Mistake::new(other.span(), "expected `,`".to_owned()));
                return mistakes;
            }
        }
    }
    mistakes
}

fn element(token: &TokenTree) -> Option<Tag> {
    let word = match token {
        TokenTree::Ident(word) => word.to_string(),
        _ => return None,
    };
    let tags = [Tag::Requirement, Tag::RiskControl, Tag::SoftwareUnit];
    tags.iter().copied().find(|tag| tag.word() == word)
}

struct Checker {
    tag: Tag,
    ids: Vec<String>,
    has_level: bool,
    mistakes: Vec<Mistake>,
}

type Tokens = Peekable<IntoIter>;

impl Checker {
    fn list(&mut self, arguments: TokenStream) {
        let mut tokens = arguments.into_iter().peekable();
        while let Some(first) = tokens.next() {
            self.argument(&first, &mut tokens);
            match tokens.next() {
                None => {}
                Some(comma) if is_comma(&comma) => {}
                Some(other) => {
                    self.wrong(other.span(), "expected `,`".to_owned());
                    return;
                }
            }
        }
    }

    fn argument(&mut self, first: &TokenTree, tokens: &mut Tokens) {
        if let Some(literal) = string(first) {
            return self.id(&literal);
        }
        match first {
            TokenTree::Ident(name) if is_equals(tokens.peek()) => self.named(name, tokens),
            other => {
                self.wrong(other.span(), "an id is a string literal".to_owned());
                skip_to_comma(tokens);
            }
        }
    }

    fn id(&mut self, literal: &Literal) {
        let id = content(literal);
        let message = if id.contains('\\') && !literal.to_string().starts_with('r') {
            "an id has no escapes in it".to_owned()
        } else if id.is_empty() {
            "the id is empty".to_owned()
        } else if id.contains(char::is_whitespace) {
            format!("the id `{}` has white space in it", id)
        } else if self.ids.contains(&id) {
            format!("the id `{}` stands twice", id)
        } else if self.tag == Tag::SoftwareUnit && !self.ids.is_empty() {
            ONE_UNIT.to_owned()
        } else {
            return self.ids.push(id);
        };
        self.wrong(literal.span(), message);
    }

    /// `name = value`; the name was taken, the equals sign comes next.
    fn named(&mut self, name: &Ident, tokens: &mut Tokens) {
        let equals = tokens.next();
        let word = name.to_string();
        let message = if self.tag == Tag::SoftwareUnit {
            ONE_UNIT.to_owned()
        } else if word != "level" {
            format!("unknown argument `{}`; the only one is `level`", word)
        } else if self.has_level {
            "`level` stands twice".to_owned()
        } else {
            self.has_level = true;
            let at = equals.map_or_else(|| name.span(), |equals| equals.span());
            return self.level(at, tokens);
        };
        self.wrong(name.span(), message);
        skip_to_comma(tokens);
    }

    fn level(&mut self, at: Span, tokens: &mut Tokens) {
        let is_value = |token: &TokenTree| !is_comma(token);
        let value = if tokens.peek().map_or(false, is_value) {
            tokens.next()
        } else {
            None
        };
        let level = value
            .as_ref()
            .and_then(string)
            .map(|literal| content(&literal));
        if !matches!(level.as_deref(), Some("unit" | "integration" | "system")) {
            self.wrong(value.map_or(at, |value| value.span()), LEVELS.to_owned());
            skip_to_comma(tokens);
        }
    }

    fn wrong(&mut self, at: Span, message: String) {
        self.mistakes.push(Mistake::new(at, message));
    }
}

/// A plain or raw string literal. One that came through a `macro_rules!` may stand in a
/// group without delimiters.
fn string(token: &TokenTree) -> Option<Literal> {
    match token {
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            let is_raw = text.starts_with("r\"") || text.starts_with("r#");
            if text.starts_with('"') || is_raw {
                Some(literal.clone())
            } else {
                None
            }
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => only(group),
        _ => None,
    }
}

fn only(group: &Group) -> Option<Literal> {
    let mut tokens = group.stream().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(token), None) => string(&token),
        _ => None,
    }
}

/// What stands between the quotes.
fn content(literal: &Literal) -> String {
    let text = literal.to_string();
    let inner = text.trim_start_matches('r').trim_matches('#');
    inner
        .get(1..inner.len().max(2) - 1)
        .unwrap_or_default()
        .to_owned()
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn is_equals(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

fn skip_to_comma(tokens: &mut Tokens) {
    while tokens.peek().map_or(false, |token| !is_comma(token)) {
        tokens.next();
    }
}
