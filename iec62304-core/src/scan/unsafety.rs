//! Every place where `unsafe` makes the author answer for what the compiler otherwise
//! guarantees, and whether a comment says why it is sound.

use super::around::Around;
use super::tokens::{Kind, Tokens};
use crate::model::outline::{ItemKind, Outline, OutlineIndex, UnsafeCode};

/// How far in front of `unsafe` the start of its statement is looked for, in tokens.
const FARTHEST: usize = 256;

/// Every unsafe block and item of a file, in order, also in the definition and the input
/// of macros.
pub(super) fn unsafe_code(tokens: &Tokens<'_>, outline: &Outline) -> Vec<UnsafeCode> {
    let mut around = Around::default();
    let found = tokens.unsafe_words.iter().map(|at| *at as usize);
    let unsafe_at = |at: usize| {
        let items = around.at(&outline.items, tokens.list[at].span.start);
        let holds_code = |item: &&OutlineIndex| {
            !matches!(outline.items[**item as usize].kind, ItemKind::Use | ItemKind::ExternCrate)
        };
        let item = items.iter().rev().find(holds_code).copied();
        Some(unsafe_at(tokens, item, at, is_block(tokens, at)?))
    };
    found.filter_map(unsafe_at).collect()
}

/// Whether the `unsafe` at `at` opens a block; `None` in attributes and in types.
fn is_block(tokens: &Tokens<'_>, at: usize) -> Option<bool> {
    let mut next = at + 1;
    if tokens.is_open(next, Some(b'{')) {
        return Some(true);
    }
    if tokens.word(next) == "extern" {
        next += 1;
        let is_abi = tokens.get(next).is_some_and(|token| token.kind == Kind::Text);
        next += usize::from(is_abi);
        if tokens.is_open(next, Some(b'{')) {
            return Some(false);
        }
    }
    let is_item = match tokens.word(next) {
        // Without a name it is the type of a function.
        "fn" => tokens.is_name(next + 1) || tokens.is_sign(next + 1, b'$'),
        "impl" | "trait" | "auto" | "mod" => true,
        _ => false,
    };
    is_item.then_some(false)
}

fn unsafe_at(
    tokens: &Tokens<'_>,
    item: Option<OutlineIndex>,
    at: usize,
    is_block: bool,
) -> UnsafeCode {
    let span = tokens.list[at].span;
    let from = statement(tokens, at);
    let is_explained = |first: usize, last: usize| {
        let before = |comment: &u32| (*comment as usize) < first;
        let found = tokens.safety_comments.partition_point(before);
        tokens.safety_comments.get(found).is_some_and(|comment| *comment as usize <= last)
    };
    let explained = is_explained(from, at) || (is_block && is_explained(at + 2, at + 2));
    UnsafeCode { span, item, is_block, explained }
}

/// The first token of the statement, field or arm in which the token at `at` stands.
fn statement(tokens: &Tokens<'_>, at: usize) -> usize {
    let farthest = at.saturating_sub(FARTHEST);
    let (mut start, mut comma) = (at, None);
    while start > farthest {
        let before = start - 1;
        match tokens.list[before].kind {
            Kind::Sign(b';') | Kind::Open(b'{') | Kind::Close(b'}') => break,
            // Arguments of one call stand in one statement.
            Kind::Open(_) => comma = None,
            Kind::Sign(b',') if comma.is_none() => comma = Some(start),
            Kind::Close(_) if tokens.mate(before) < before => {
                start = tokens.mate(before);
                continue;
            }
            _ => {}
        }
        start = before;
    }
    let is_declaration = matches!(tokens.word(start), "let" | "const" | "static" | "return");
    if is_declaration { start } else { comma.unwrap_or(start) }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use crate::scan::outline;

    /// Each place as `block in name`, with `!` where no comment explains it.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let outline = outline(source.as_bytes());
        let found = outline.unsafe_code.iter().map(|found| {
            let item = found.item.map(|item| &outline.items[item as usize]);
            let name = item.map_or("", |item| &source[item.name.range()]);
            let word = if found.is_block { "block in" } else { "item" };
            let mark = if found.explained { "" } else { "!" };
            format!("{word} {name}{mark}")
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    #[verifies("scan")]
    fn blocks_and_items_are_found_wherever_they_stand() {
        check(
            "unsafe fn f() {} fn g() { let c = || unsafe { h() }; print!(\"{}\", unsafe { h() }); }",
            &["item f!", "block in g!", "block in g!"],
        );
        check("macro_rules! m { () => { unsafe { f() } } }", &["block in m!"]);
        check("unsafe impl Send for X {}", &["item X!"]);
        check("unsafe extern \"C\" { fn f(); }", &["item !"]);
    }

    #[test]
    fn attributes_types_and_raw_names_are_none() {
        check("#[unsafe(no_mangle)] fn f(g: unsafe fn(), h: unsafe extern \"C\" fn()) {}", &[]);
        check("fn f() { let r#unsafe = 1; }", &[]);
    }

    #[test]
    fn a_comment_counts_in_front_of_the_statement_or_first_in_the_block() {
        check("fn f() { // SAFETY: x\n let a = g(1, unsafe { h() }); }", &["block in f"]);
        check("fn f() { let a: B<C, D> = /* SAFETY: x */ unsafe { h() }; }", &["block in f"]);
        check("fn f() { // SAFETY: x\n let a: B<C, D> = unsafe { h() }; }", &["block in f"]);
        check("fn f() { unsafe { // SAFETY: x\n h() } }", &["block in f"]);
        check("// SAFETY: x\n#[inline] pub unsafe fn f() {}", &["item f"]);
    }

    #[test]
    fn a_comment_of_another_statement_or_arm_does_not_count() {
        check("fn f() { // SAFETY: x\n g(); unsafe { h() } }", &["block in f!"]);
        check("fn f() { unsafe { h(); // SAFETY: x\n g() } }", &["block in f!"]);
        check(
            "fn f() { match a { // SAFETY: x\n 1 => unsafe { h() }, _ => unsafe { g() } } }",
            &["block in f", "block in f!"],
        );
        check("fn f() { // safe\n unsafe { h() } }", &["block in f!"]);
    }
}
