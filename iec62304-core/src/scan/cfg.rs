//! Predicates of `cfg`, read from tokens.

use super::tag;
use super::tokens::{Kind, Tokens};
use crate::model::cfg::{CfgOption, Predicate};

/// The predicate in tokens `from..to`.
pub(super) fn predicate(tokens: &Tokens<'_>, from: usize, to: usize) -> Predicate {
    nested(tokens, from, to, 0)
}

/// Predicates nested deeper than this are open: no code needs them, and a stack is finite.
const DEEPEST: usize = 64;

fn nested(tokens: &Tokens<'_>, from: usize, to: usize, depth: usize) -> Predicate {
    let word = tokens.word(from);
    let is_alone = to == from + 1;
    let group = from + 1;
    let is_list =
        depth < DEEPEST && tokens.is_open(group, Some(b'(')) && tokens.behind_group(group) == to;
    let each = || {
        elements(tokens, group + 1, tokens.mate(group))
            .into_iter()
            .map(|(from, to)| nested(tokens, from, to, depth + 1))
    };
    match word {
        "test" if is_alone => Predicate::Test,
        "true" if is_alone => Predicate::Constant(true),
        "false" if is_alone => Predicate::Constant(false),
        "all" if is_list => Predicate::All(each().collect()),
        "any" if is_list => Predicate::Any(each().collect()),
        "not" if is_list => each().next().map_or(Predicate::Unknown, Predicate::not),
        _ => option(tokens, from, to).map_or(Predicate::Unknown, Predicate::Option),
    }
}

/// A name, or a name with a text as its value.
fn option(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<CfgOption> {
    if from >= to || !tokens.is_name(from) {
        return None;
    }
    let name = tokens.name(from).to_owned();
    if to == from + 1 {
        return Some(CfgOption { name, value: None });
    }
    let is_text = tokens.get(from + 2).is_some_and(|token| token.kind == Kind::Text);
    let is_pair = to == from + 3 && tokens.is_sign(from + 1, b'=') && is_text;
    let value = is_pair.then(|| tag::string(tokens.text_at(from + 2))).flatten()?;
    Some(CfgOption { name, value: Some(value) })
}

/// The elements of a list between commas, as ranges of tokens; empty ones are left out.
pub(super) fn elements(tokens: &Tokens<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut elements = Vec::new();
    let (mut start, mut at) = (from, from);
    while at < to {
        if tokens.is_sign(at, b',') {
            elements.push((start, at));
            start = at + 1;
        }
        at = if tokens.is_open(at, None) { tokens.behind_group(at).max(at + 1) } else { at + 1 };
    }
    elements.push((start, to));
    elements.retain(|(from, to)| from < to);
    elements
}
