//! What the signature of an item says: what a function gives back, and whether the item
//! is unsafe.

use super::tokens::Tokens;
use crate::model::outline::Returns;

/// What the function whose first keyword stands at `keyword` gives back.
pub(super) fn returns(tokens: &Tokens<'_>, keyword: usize, end: usize) -> Returns {
    let Some(word) = (keyword..end).find(|at| tokens.word(*at) == "fn") else {
        return Returns::Nothing;
    };
    let generics = word + 2;
    let parameters = if tokens.is_sign(generics, b'<') {
        tokens.behind_generics(generics, end)
    } else {
        generics
    };
    if !tokens.is_open(parameters, Some(b'(')) {
        return Returns::Nothing;
    }
    let arrow = tokens.behind_group(parameters);
    if arrow + 1 >= end || !tokens.is_sign(arrow, b'-') || !tokens.is_arrow(arrow + 1) {
        return Returns::Nothing;
    }
    returned(tokens, arrow + 2)
}

fn returned(tokens: &Tokens<'_>, mut at: usize) -> Returns {
    if tokens.is_open(at, Some(b'(')) && tokens.mate(at) == at + 1 {
        return Returns::Nothing;
    }
    if tokens.is_path_separator(at) {
        at += 2;
    }
    while tokens.is_name(at) && tokens.is_path_separator(at + 1) && tokens.is_name(at + 3) {
        at += 3;
    }
    if tokens.name(at) == "Result" { Returns::Result } else { Returns::Other }
}

/// Whether `unsafe` stands among the keywords in front of a function, trait, `impl`,
/// module or `extern` block.
pub(super) fn is_unsafe(tokens: &Tokens<'_>, keyword: usize) -> bool {
    let mut at = keyword;
    while matches!(tokens.word(at), "default" | "const" | "async" | "safe" | "gen" | "auto") {
        at += 1;
    }
    tokens.word(at) == "unsafe"
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use crate::model::outline::Returns;
    use crate::scan::outline;

    #[track_caller]
    fn check(source: &str, returns: Returns, is_unsafe: bool) {
        let outline = outline(source.as_bytes());
        let item = &outline.items[0];
        assert_eq!((item.returns, item.is_unsafe), (returns, is_unsafe), "{source}");
    }

    #[test]
    #[verifies("scan")]
    fn a_result_is_known_by_the_last_name_of_its_path() {
        check("fn f() -> Result<u8, E> {}", Returns::Result, false);
        check("fn f() -> std::io::Result<()>;", Returns::Result, false);
        check("fn f() -> ::core::fmt::Result where T: X {}", Returns::Result, false);
        check("fn f() -> Option<Result<u8, E>> {}", Returns::Other, false);
        check("fn f() -> Results {}", Returns::Other, false);
        check("fn f() -> <T as X>::Result {}", Returns::Other, false);
        check("fn f() -> Result::Inner {}", Returns::Other, false);
    }

    #[test]
    fn an_arrow_of_a_parameter_is_not_that_of_the_function() {
        check("fn f<F: Fn(u8) -> Result<u8, E>>(f: F) {}", Returns::Nothing, false);
        check("fn f(f: fn(u8) -> Result<u8, E>) -> () {}", Returns::Nothing, false);
        check("fn f<const N: usize>(a: [u8; N]) -> u8 {}", Returns::Other, false);
        check("fn f() where F: Fn() -> Result<u8, E> {}", Returns::Nothing, false);
    }

    #[test]
    fn unsafe_counts_in_front_of_the_keyword_only() {
        check("pub const unsafe extern \"C\" fn f() {}", Returns::Nothing, true);
        check("unsafe impl Send for X {}", Returns::Nothing, true);
        check("fn f(f: unsafe fn()) {}", Returns::Nothing, false);
        check("fn f() { unsafe {} }", Returns::Nothing, false);
    }
}
