//! Where a file names other crates in paths. Names alone: what a path means after macros
//! and re-exports only the compiler knows.

use std::collections::BTreeSet;

use super::names::Names;
use super::tokens::{Tokens, tokenize};
use crate::location::Span;

/// A place that names a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateReference {
    /// The crate, by its name in source code.
    pub name: String,
    /// The whole path as far as it is written in one piece: `queue::Queue::push`.
    pub path: String,
    /// Where it stands.
    pub span: Span,
}

/// Every place of a file that names one of these crates, in order.
///
/// The bodies of the inline modules that are declared at `left_out` do not count.
pub fn references(text: &str, crates: &BTreeSet<&str>, left_out: &[Span]) -> Vec<CrateReference> {
    let tokens = tokenize(text, &Names::new(Vec::new()));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        if let Some(behind) = behind_left_out(&tokens, at, left_out) {
            at = behind;
            continue;
        }
        let name = tokens.name(at);
        if may_name_a_crate(&tokens, at) && crates.contains(name) && names_a_crate(&tokens, at) {
            let end = path_end(&tokens, at);
            let path = (at..end).filter(|part| tokens.is_name(*part));
            let path: Vec<&str> = path.map(|part| tokens.name(part)).collect();
            found.push(CrateReference {
                name: name.to_owned(),
                path: path.join("::"),
                span: tokens.span(at, at + 1),
            });
        }
        at += 1;
    }
    found
}

/// Behind the body of a module that is left out, if it is declared at this token.
fn behind_left_out(tokens: &Tokens<'_>, at: usize, left_out: &[Span]) -> Option<usize> {
    if tokens.word(at) != "mod" || !tokens.is_open(at + 2, Some(b'{')) {
        return None;
    }
    let declared = tokens.span(at, at + 2);
    let is =
        |span: &&Span| span.start <= declared.end && declared.start < span.end.max(span.start + 1);
    left_out.iter().find(is)?;
    Some(tokens.behind_group(at + 2))
}

/// What the next token alone tells, which spares most names the search among crates.
fn may_name_a_crate(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_name(at)
        && (tokens.is_path_separator(at + 1)
            || tokens.is_sign(at + 1, b';')
            || tokens.is_sign(at + 1, b',')
            || tokens.is_close(at + 1)
            || tokens.word(at + 1) == "as")
}

fn names_a_crate(tokens: &Tokens<'_>, at: usize) -> bool {
    let starts_path = !follows_path(tokens, at) && !follows_dot(tokens, at);
    let goes_on = tokens.is_path_separator(at + 1) && !tokens.is_sign(at + 3, b'<');
    starts_path && (goes_on || is_named_alone(tokens, at))
}

/// Whether `outer::` stands in front; a lone `::` in front starts a path at the crates.
fn follows_path(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 3
        && tokens.is_path_separator(at - 2)
        && (tokens.is_name(at - 3) || tokens.is_sign(at - 3, b'>'))
        && tokens.word(at - 3) != "use"
}

fn follows_dot(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 1 && tokens.is_sign(at - 1, b'.')
}

/// `use name;`, `use name as n;`, `use {name, …};`, `extern crate name;`
fn is_named_alone(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(mut before) = at.checked_sub(1) else {
        return false;
    };
    if before >= 2 && tokens.is_path_separator(before - 1) {
        before -= 2;
    }
    match tokens.word(before) {
        "use" => true,
        "crate" => before > 0 && tokens.word(before - 1) == "extern",
        _ => is_head_of_use_group(tokens, before),
    }
}

/// Whether the token in front is the brace or a comma directly in `use { … }`.
fn is_head_of_use_group(tokens: &Tokens<'_>, mut before: usize) -> bool {
    loop {
        if tokens.is_open(before, Some(b'{')) {
            return before > 0 && tokens.word(before - 1) == "use";
        }
        let is_of_use_tree = tokens.is_name(before)
            || tokens.is_sign(before, b',')
            || tokens.is_sign(before, b':')
            || tokens.is_sign(before, b'*');
        let closes = tokens.mate(before) != before;
        match (is_of_use_tree, closes) {
            (true, _) if before > 0 => before -= 1,
            (false, true) if tokens.mate(before) < before && tokens.mate(before) > 0 => {
                before = tokens.mate(before) - 1;
            }
            _ => return false,
        }
    }
}

/// One past the last name of the path that starts at `at`.
fn path_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while tokens.is_path_separator(end) && tokens.is_name(end + 2) {
        end += 3;
    }
    end
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let crates = BTreeSet::from(["queue", "log"]);
        references(text, &crates, &[]).into_iter().map(|found| found.path).collect()
    }

    #[test]
    #[requirement("TOOL-18")]
    #[verifies("scan")]
    fn crates_are_found_wherever_a_path_starts() {
        let text = "use queue::Queue; use {log, queue as q}; extern crate queue;\n\
                    #[queue::traced] fn f(a: ::queue::Queue<u8>) { log::info!(\"x\"); }\n\
                    impl queue::Take for log::Level {} use ::log;";
        let expected = [
            "queue::Queue",
            "log",
            "queue",
            "queue",
            "queue::traced",
            "queue::Queue",
            "log::info",
            "queue::Take",
            "log::Level",
            "log",
        ];
        assert_eq!(paths(text), expected);
    }

    #[test]
    fn a_word_that_starts_no_path_is_no_crate() {
        let text = "fn log() { own::log::write(); self.queue::<u8>(); let queue = log(1); \
                    Vec::<u8>::queue(); queue::<u8>(); \"queue::x\"; } // queue::y\n\
                    use crate::{log, queue}; use super::log;";
        assert_eq!(paths(text), Vec::<String>::new());
    }

    #[test]
    fn modules_that_are_left_out_do_not_count() {
        let text = "use queue::A; mod tests { use queue::B; } fn f() { queue::c() }";
        let at = u32::try_from(text.find("mod tests").unwrap()).unwrap();
        let left_out = [Span { start: at, end: at + 9 }];
        let crates = BTreeSet::from(["queue"]);
        let found = references(text, &crates, &left_out);
        let paths: Vec<&str> = found.iter().map(|found| found.path.as_str()).collect();
        assert_eq!(paths, ["queue::A", "queue::c"]);
    }
}
