//! What the bodies of functions do, as far as their words show: whether something in
//! them can make a test fail, and whether something panics.
//!
//! One pass over the tokens, with the items around them on a stack. What a called
//! function does is known only where it stands in the same file.

use std::collections::BTreeMap;

use super::around::Around;
use super::tokens::{self, Tokens};
use crate::location::Span;
use crate::model::outline::{ItemKind, Outline, OutlineIndex, OutlineItem};

/// Macros that panic by their name.
const PANICKING_MACROS: [&str; 7] =
    ["assert", "assert_eq", "assert_ne", "panic", "todo", "unimplemented", "unreachable"];

/// Methods that panic where there is no value, or no error.
const UNWRAPPING_METHODS: [&str; 4] = ["expect", "expect_err", "unwrap", "unwrap_err"];

/// Calls that let a test fail, though nothing in their name says so: that of trybuild.
const ASSERTING_CALLS: [&str; 1] = ["compile_fail"];

/// Macros that cannot make a test fail; any other may.
const HARMLESS_MACROS: [&str; 29] = [
    "cfg",
    "column",
    "concat",
    "dbg",
    "debug",
    "env",
    "eprint",
    "eprintln",
    "error",
    "file",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_str",
    "info",
    "line",
    "log",
    "matches",
    "module_path",
    "option_env",
    "print",
    "println",
    "stringify",
    "trace",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// Reads every body into the items of the outline.
pub(super) fn read(tokens: &Tokens<'_>, outline: &mut Outline) {
    let mut bodies = Bodies { tokens, outline, around: Around::default(), calls: Vec::new() };
    for at in (0..tokens.list.len()).filter(|at| tokens.is_name(*at)) {
        if let Some(function) = bodies.function_at(at) {
            bodies.name(at, function);
        }
    }
    let calls = std::mem::take(&mut bodies.calls);
    bodies.mark();
    bodies.spread(&calls);
    bodies.keep(&calls);
}

struct Bodies<'t, 's> {
    tokens: &'t Tokens<'s>,
    outline: &'t mut Outline,
    around: Around,
    /// Which function calls which name.
    calls: Vec<(OutlineIndex, &'s str)>,
}

impl Bodies<'_, '_> {
    /// The function in whose own body a token stands.
    fn function_at(&mut self, at: usize) -> Option<OutlineIndex> {
        let start = self.tokens.list[at].span.start;
        let innermost = *self.around.at(&self.outline.items, start).last()?;
        let item = &self.outline.items[innermost as usize];
        let is_inside = item.body.start < start && start < item.body.end;
        (item.kind == ItemKind::Function && is_inside).then_some(innermost)
    }

    fn name(&mut self, at: usize, function: OutlineIndex) {
        let name = self.tokens.name(at);
        if self.is_macro_call(at) {
            self.macro_call(at, name, function);
        } else if UNWRAPPING_METHODS.contains(&name) && self.is_method(at) {
            self.panics(at, function);
        } else if self.is_call(at) {
            let asserts = name.contains("assert") || ASSERTING_CALLS.contains(&name);
            self.item(function).can_fail |= asserts;
            self.calls.push((function, name));
        }
    }

    /// `name!(…)`; behind a keyword the `!` is a negation.
    fn is_macro_call(&self, at: usize) -> bool {
        let open = if self.tokens.is_name(at + 2) { at + 3 } else { at + 2 };
        self.tokens.is_sign(at + 1, b'!')
            && self.tokens.is_open(open, None)
            && !is_keyword(self.tokens.word(at))
    }

    /// `.name(…)`, or `Type::name`, which may be called elsewhere.
    fn is_method(&self, at: usize) -> bool {
        let is_dot = |back: usize| at >= back && self.tokens.is_sign(at - back, b'.');
        // Two dots are a range.
        let is_behind_dot = is_dot(1) && !is_dot(2);
        let is_in_path = at >= 2 && self.tokens.is_path_separator(at - 2);
        is_in_path || (is_behind_dot && self.is_call(at))
    }

    /// `name(…)` or `name::<T>(…)`.
    fn is_call(&self, at: usize) -> bool {
        let is_turbofish =
            self.tokens.is_path_separator(at + 1) && self.tokens.is_sign(at + 3, b'<');
        (self.tokens.is_open(at + 1, Some(b'(')) || is_turbofish)
            && !is_keyword(self.tokens.word(at))
    }

    fn macro_call(&mut self, at: usize, name: &str, function: OutlineIndex) {
        if PANICKING_MACROS.contains(&name) {
            self.panics(at, function);
        } else if HARMLESS_MACROS.binary_search(&name).is_err() {
            self.item(function).can_fail = true;
        }
    }

    fn panics(&mut self, at: usize, function: OutlineIndex) {
        let span = self.tokens.list[at].span;
        let item = self.item(function);
        item.can_fail = true;
        if item.panics.is_empty() {
            item.panics = span;
        }
    }

    fn item(&mut self, index: OutlineIndex) -> &mut OutlineItem {
        &mut self.outline.items[index as usize]
    }

    /// Marks what fails itself. A test that should panic fails by not doing so, which is
    /// nothing of its callers.
    fn mark(&mut self) {
        let text = self.tokens.text;
        let Outline { items, attributes, .. } = &mut *self.outline;
        for item in items.iter_mut().filter(|item| item.kind == ItemKind::Function) {
            let (from, to) = item.attributes;
            let mut own = attributes[from as usize..to as usize].iter();
            let should_panic = own.any(|found| &text[found.path.range()] == "should_panic");
            item.fails_itself = item.can_fail || should_panic;
        }
    }

    /// Whoever calls what can fail can fail, by the names of the file.
    fn spread(&mut self, calls: &[(OutlineIndex, &str)]) {
        let mut callers: BTreeMap<&str, Vec<OutlineIndex>> = BTreeMap::new();
        for (caller, name) in calls {
            callers.entry(name).or_default().push(*caller);
        }
        let failing = self.outline.items.iter().filter(|item| item.can_fail);
        let mut waiting: Vec<Span> = failing.map(|item| item.name).collect();
        while let Some(name) = waiting.pop() {
            let name = tokens::plain(&self.tokens.text[name.range()]);
            // A name is looked at once: afterwards all its callers are known to fail.
            for caller in callers.remove(name).unwrap_or_default() {
                let item = self.item(caller);
                if !item.can_fail {
                    item.can_fail = true;
                    waiting.push(item.name);
                }
            }
        }
    }

    /// Keeps the calls that other files may have to answer for.
    fn keep(&mut self, calls: &[(OutlineIndex, &str)]) {
        for (function, name) in calls {
            let item = &self.outline.items[*function as usize];
            if !item.fails_itself && item.attributes.0 < item.attributes.1 {
                self.outline.calls.push((*function, (*name).to_owned()));
            }
        }
    }
}

/// Words that stand in front of a bracket or a negation and are no name.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "async"
            | "await"
            | "break"
            | "const"
            | "do"
            | "dyn"
            | "else"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "move"
            | "mut"
            | "ref"
            | "return"
            | "unsafe"
            | "where"
            | "while"
            | "yield"
    )
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use super::*;
    use crate::scan::outline;

    #[test]
    fn the_harmless_macros_are_sorted() {
        assert!(HARMLESS_MACROS.is_sorted());
    }

    /// The functions that can fail, each with what panics in it.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let outline = outline(source.as_bytes());
        let failing = outline.items.iter().filter(|item| item.can_fail);
        let failing = failing.map(|item| {
            let panics = &source[item.panics.range()];
            format!("{} {panics}", &source[item.name.range()])
        });
        assert_eq!(failing.collect::<Vec<_>>(), expected);
    }

    #[test]
    #[verifies("scan")]
    fn assertions_and_panics_let_a_function_fail() {
        check("fn a() { assert_eq!(1, 2); } fn b() { print(1); }", &["a assert_eq"]);
        check("fn a() { x().unwrap(); } fn b() { x().unwrap_or(1); }", &["a unwrap"]);
        check("fn a() { x.map(Option::unwrap); } fn unwrap() {}", &["a unwrap"]);
        check("fn a() { if !(x) { return !(y); } } fn b() { a != (c); }", &[]);
        check("fn a() { x.expect = self.unwrap; }", &[]);
        check("fn a() { std::panic!(\"{}\", x); }", &["a panic"]);
        check("fn a() { println!(\"{}\", x.unwrap()); println!(\"{}\", y); }", &["a unwrap"]);
    }

    #[test]
    fn what_may_assert_counts_as_failing_and_not_as_panicking() {
        check("fn a() { verify_that!(x); } fn b() { writeln!(x); vec![1]; }", &["a "]);
        check("fn a() { cmd.assert().success(); } fn b() { assert_valid(1); }", &["a ", "b "]);
        check("fn a() { debug_assert!(x); }", &["a "]);
    }

    #[test]
    fn a_body_is_that_of_the_innermost_function() {
        check(
            "fn a() { fn b() { panic!() } } fn c() { const X: () = assert!(true); }",
            &["b panic"],
        );
        check("fn a() { let c = || panic!(); }", &["a panic"]);
        check("mod m { impl T { fn a(&self) { self.x.expect(\"\"); } } fn b() {} }", &["a expect"]);
        check("macro_rules! m { () => { panic!() } } fn a() {}", &[]);
    }

    #[test]
    fn whoever_calls_what_fails_fails() {
        check(
            "fn a() { b(1) } fn b(x: u8) { self::c::<u8>(x) } fn c() { panic!() }",
            &["a ", "b ", "c panic"],
        );
        check("fn a() { a() } fn b() { a() }", &[]);
        check("fn a() { b } fn b() { panic!() }", &["b panic"]);
    }

    #[test]
    fn a_test_that_should_panic_can_fail() {
        let outline = outline(b"#[test] #[should_panic] fn a() {} #[test] fn b() { a() }");
        let marks = outline.items.iter().map(|item| (item.fails_itself, item.can_fail));
        assert_eq!(marks.collect::<Vec<_>>(), [(true, false), (false, false)]);
    }

    #[test]
    fn calls_are_kept_of_what_may_be_a_test_and_does_not_fail_itself() {
        let calls = |source: &str| {
            let names = outline(source.as_bytes()).calls;
            names.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(calls("#[test] fn a() { helper::check(x.y()); }"), ["check", "y"]);
        assert_eq!(calls("fn a() { check(); } #[test] fn b() { panic!(); check() }"), [""; 0]);
        assert_eq!(calls("#[test] fn a() { check(); } fn check() { panic!() }"), ["check"]);
    }
}
