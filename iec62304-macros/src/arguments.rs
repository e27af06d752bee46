//! Checks what stands between the parentheses of one tag.
//!
//! It sees tokens only. It must not know what the tag stands on, nor which ids exist:
//! that is judged by `cargo iec62304 check`, which has the records.

use crate::report::{Place, Report};
use proc_macro::{Delimiter, TokenStream, TokenTree};

/// A kind of tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Requirement,
    RiskControl,
    SoftwareUnit,
    Verifies,
}

impl Tag {
    /// The name as written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Tag::Requirement => "requirement",
            Tag::RiskControl => "risk_control",
            Tag::SoftwareUnit => "software_unit",
            Tag::Verifies => "verifies",
        }
    }

    /// An id that fits, for help.
    fn example_id(self) -> &'static str {
        match self {
            Tag::Requirement => "SRS-1",
            Tag::RiskControl => "RC-1",
            Tag::SoftwareUnit => "rate-controller",
            Tag::Verifies => "rate-controller.AC-1",
        }
    }

    /// The tag with an id that fits: `requirement("SRS-1")`.
    pub(crate) fn example(self) -> String {
        format!("{}(\"{}\")", self.name(), self.example_id())
    }
}

/// Reports every mistake in the `arguments` of `tag`, but for there being no id at all.
///
/// Returns whether an id was given, or meant.
pub(crate) fn check(tag: Tag, arguments: TokenStream, report: &mut Report) -> bool {
    let tokens = flat(arguments);
    let mut arguments =
        Arguments { tag, report, ids: Vec::new(), id_was_meant: false, level_was_given: false };
    for argument in tokens.split_inclusive(is_comma) {
        match argument {
            [comma] if is_comma(comma) => arguments.not_an_id(argument),
            [argument @ .., comma] if is_comma(comma) => arguments.check_chunk(argument),
            _ => arguments.check_chunk(argument),
        }
    }
    arguments.id_was_meant
}

/// What to say of a tag without an id; `example` shows one with an id.
pub(crate) fn no_id(tag: Tag, example: &str) -> String {
    let name = tag.name();
    format!("`{}` names no id\nhelp: write the id as a string: `{}`", name, example)
}

/// The tokens without the invisible groups around what `macro_rules!` passes on.
pub(crate) fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                tokens.extend(flat(group.stream()));
            }
            _ => tokens.push(token),
        }
    }
    tokens
}

pub(crate) fn is_comma(token: &TokenTree) -> bool {
    is_punct(token, ',')
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// The arguments of one tag while they are checked.
struct Arguments<'a> {
    tag: Tag,
    report: &'a mut Report,
    /// The sound ids so far.
    ids: Vec<String>,
    /// Some argument was, or may have been meant as, an id.
    id_was_meant: bool,
    level_was_given: bool,
}

impl Arguments<'_> {
    /// Checks what stands between two commas: one argument, or several where commas are missing.
    fn check_chunk(&mut self, chunk: &[TokenTree]) {
        let mut rest = self.check_first(chunk);
        while !rest.is_empty() {
            if self.tag == Tag::SoftwareUnit {
                return self.one_too_many(rest);
            }
            self.report.add(Place::of(&rest[0]), "expected `,`");
            if !starts_argument(rest) {
                return;
            }
            rest = self.check_first(rest);
        }
    }

    /// Checks the first argument of `tokens` and returns what follows it.
    fn check_first<'t>(&mut self, tokens: &'t [TokenTree]) -> &'t [TokenTree] {
        if let [TokenTree::Ident(name), equals, value @ ..] = tokens {
            if is_punct(equals, '=') {
                return self.check_named(&name.to_string(), tokens, value);
            }
        }
        if self.tag == Tag::SoftwareUnit && self.id_was_meant {
            self.one_too_many(tokens);
            return &[];
        }
        match string(&tokens[0]) {
            Some(id) => {
                self.check_id(id, Place::of(&tokens[0]));
                &tokens[1..]
            }
            None if self.takes_level() && is_level(&tokens[0]) => {
                self.wrong_level(Place::of_all(tokens));
                &[]
            }
            None => {
                self.not_an_id(tokens);
                &[]
            }
        }
    }

    fn check_id(&mut self, id: String, place: Place) {
        self.id_was_meant = true;
        if id.is_empty() {
            self.report.add(place, "the id is empty");
        } else if id.contains(char::is_whitespace) {
            let message = format!("the id `{}` has white space in it", id);
            self.report.add(place, &message);
        } else if id.contains('\\') {
            let message = format!("the id `{}` has a backslash in it", id);
            self.report.add(place, &message);
        } else if self.ids.contains(&id) {
            let message = format!("the id `{}` stands twice", id);
            self.report.add(place, &message);
        } else {
            self.ids.push(id);
        }
    }

    /// Checks `name = value…`, all of it being `argument`, and returns what follows it.
    fn check_named<'t>(
        &mut self,
        name: &str,
        argument: &'t [TokenTree],
        value: &'t [TokenTree],
    ) -> &'t [TokenTree] {
        if !self.takes_level() {
            self.one_too_many(argument);
            return &[];
        }
        if name != "level" {
            let message = format!("unknown argument `{}`; the only one is `level`", name);
            self.report.add(Place::of_all(argument), &message);
            self.id_was_meant = true;
            return &[];
        }
        let level = value.first().and_then(string);
        let end = if level.is_some() { 3 } else { argument.len() };
        if self.level_was_given {
            let message = "`level` stands twice";
            self.report.add(Place::of_all(&argument[..end]), message);
        } else if !matches!(level.as_deref(), Some("unit" | "integration" | "system")) {
            let wrong = if value.is_empty() { argument } else { &argument[2..end] };
            self.wrong_level(Place::of_all(wrong));
        }
        self.level_was_given = true;
        &argument[end..]
    }

    fn takes_level(&self) -> bool {
        self.tag != Tag::SoftwareUnit
    }

    fn not_an_id(&mut self, argument: &[TokenTree]) {
        self.id_was_meant = true;
        self.report.add(Place::of_all(argument), "an id is a string literal");
    }

    fn one_too_many(&mut self, argument: &[TokenTree]) {
        self.id_was_meant = true;
        let message = format!("`{}` takes one id and no other argument", self.tag.name());
        self.report.add(Place::of_all(argument), &message);
    }

    fn wrong_level(&mut self, place: Place) {
        let message = "`level` is \"unit\", \"integration\" or \"system\"";
        self.report.add(place, message);
    }
}

/// Whether `tokens` start as an argument does: then only the comma before is missing.
fn starts_argument(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Ident(_), equals, ..] if is_punct(equals, '=') => true,
        [first, ..] => string(first).is_some(),
        [] => false,
    }
}

fn is_level(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(name) if name.to_string() == "level")
}

/// What stands between the quotes of a plain or raw string literal without a suffix.
fn string(token: &TokenTree) -> Option<String> {
    let text = match token {
        TokenTree::Literal(literal) => literal.to_string(),
        _ => return None,
    };
    let quoted = match text.strip_prefix('r') {
        Some(raw) => raw.trim_matches('#'),
        None => text.as_str(),
    };
    let content = quoted.strip_prefix('"')?.strip_suffix('"')?;
    Some(content.to_owned())
}
