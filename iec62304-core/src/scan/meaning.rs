//! The tokens of a file that carry meaning: no white space, no comments, and operators
//! of several signs as one token.
//!
//! `a && b` and `a & &b` differ here, `x=-1` and `x = -1` do not.

use super::names::Names;
use super::tokens::{Kind, Token, tokenize};
use crate::location::Span;

/// Operators of more than one sign, as in the reference of the language; longer ones first.
const OPERATORS: [&str; 24] = [
    "<<=", ">>=", "...", "..=", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=",
    "^=", "&=", "|=", "<<", ">>", "..", "::", "->", "=>",
];

/// The most signs in one operator.
const LONGEST: usize = 3;

/// Where the meaningful tokens of a text stand, in order.
///
/// Doc comments are comments, here as for a reader of the code: they change nothing of
/// what it does.
pub fn meaningful_tokens(text: &str) -> Vec<Span> {
    let tokens = tokenize(text, &Names::new(Vec::new()));
    let is_code = |token: &&Token| !matches!(token.kind, Kind::OuterDoc | Kind::InnerDoc);
    let code: Vec<Token> = tokens.list.iter().filter(is_code).copied().collect();
    let mut spans = Vec::with_capacity(code.len());
    let mut at = 0;
    while at < code.len() {
        let length = operator(text, &code[at..]);
        spans.push(code[at].span.to(code[at + length - 1].span));
        at += length;
    }
    spans
}

/// How many of the first tokens are one operator; 1 where they are none.
fn operator(text: &str, tokens: &[Token]) -> usize {
    let is_sign = |token: &Token| matches!(token.kind, Kind::Sign(_));
    let follows = |pair: &[Token]| is_sign(&pair[1]) && pair[0].span.end == pair[1].span.start;
    if !is_sign(&tokens[0]) {
        return 1;
    }
    let run = 1 + tokens.windows(2).take(LONGEST - 1).take_while(|pair| follows(pair)).count();
    let is_operator = |length: &usize| {
        OPERATORS.contains(&&text[tokens[0].span.to(tokens[length - 1].span).range()])
    };
    (2..=run).rev().find(is_operator).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        meaningful_tokens(text).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[track_caller]
    fn same(one: &str, other: &str) {
        assert_eq!(tokens(one), tokens(other));
    }

    #[track_caller]
    fn different(one: &str, other: &str) {
        assert_ne!(tokens(one), tokens(other));
    }

    #[test]
    fn white_space_and_comments_carry_no_meaning() {
        same("fn a(){1+2}", "fn  a ( )\n{ 1 /* one */ + 2 } // done\n");
        same("/// Says what it does.\nfn a() {}", "fn a() {}");
        same("//! Says what it is for.\nfn a() {}", "fn a() {}");
        same("let x=-1;", "let x = -1;");
        same("a<-b", "a < -b");
        same("f(&mut *x,!y)", "f(& mut * x, ! y)");
    }

    #[test]
    fn signs_that_make_an_operator_stand_together() {
        different("a && b", "a & &b");
        different("a <<= b", "a << = b");
        different("0..=9", "0.. =9");
        different("Vec<Vec<u8>>", "Vec<Vec<u8> >");
        assert_eq!(
            tokens("a<<=b..=c::<d>()"),
            ["a", "<<=", "b", "..=", "c", "::", "<", "d", ">", "(", ")"]
        );
    }

    #[test]
    fn everything_else_counts() {
        different("f(a)", "f(a,)");
        different("\"a b\"", "\"a  b\"");
        different("1_000", "1000");
        different("use a::{b, c};", "use a::{c, b};");
        different("#[doc = \"x\"] fn a() {}", "fn a() {}");
        different("'a'", "'b'");
    }

    #[test]
    fn every_operator_is_found_whole() {
        for operator in OPERATORS {
            assert_eq!(tokens(&format!("a{operator}b")), ["a", operator, "b"]);
        }
        assert!(OPERATORS.is_sorted_by_key(|operator| std::cmp::Reverse(operator.len())));
    }
}
