//! Predicates of `cfg`, with three answers: only `test` is known, everything else is
//! open until target and features are.

use super::tokens::Tokens;
use crate::model::code::{Certainty, Compiled};

/// When the predicate in tokens `from..to` holds.
pub(super) fn predicate(tokens: &Tokens<'_>, from: usize, to: usize) -> Compiled {
    Compiled {
        in_product: evaluate(tokens, from, to, Certainty::No, 0),
        in_tests: evaluate(tokens, from, to, Certainty::Yes, 0),
    }
}

/// Predicates nested deeper than this are open: no code needs them, and a stack is finite.
const DEEPEST: usize = 64;

fn evaluate(
    tokens: &Tokens<'_>,
    from: usize,
    to: usize,
    test: Certainty,
    depth: usize,
) -> Certainty {
    let word = tokens.word(from);
    let is_alone = to == from + 1;
    let group = from + 1;
    let is_list =
        depth < DEEPEST && tokens.is_open(group, Some(b'(')) && tokens.behind_group(group) == to;
    let each = || {
        elements(tokens, group + 1, tokens.mate(group))
            .into_iter()
            .map(|(from, to)| evaluate(tokens, from, to, test, depth + 1))
    };
    match word {
        "test" if is_alone => test,
        "true" if is_alone => Certainty::Yes,
        "false" if is_alone => Certainty::No,
        "all" if is_list => each().min().unwrap_or(Certainty::Yes),
        "any" if is_list => each().max().unwrap_or(Certainty::No),
        "not" if is_list => each().next().map_or(Certainty::Open, Certainty::not),
        _ => Certainty::Open,
    }
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
