//! The crate says that Rust 1.56 compiles it. Newer library items are caught by clippy
//! (`incompatible_msrv`); newer syntax is caught here.
#![expect(
    clippy::incompatible_msrv,
    clippy::unwrap_used,
    reason = "a test may panic, and runs on the newest Rust"
)]

use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

#[derive(Default)]
struct NewerSyntax(Vec<&'static str>);

impl<'ast> Visit<'ast> for NewerSyntax {
    /// `let … else` came with 1.65.
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if local
            .init
            .as_ref()
            .is_some_and(|init| init.diverge.is_some())
        {
            self.0.push("let-else");
        }
        visit::visit_local(self, local);
    }

    /// `if let … && …` came with 1.88.
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if matches!(*binary.left, syn::Expr::Let(_)) || matches!(*binary.right, syn::Expr::Let(_)) {
            self.0.push("let chain");
        }
        visit::visit_expr_binary(self, binary);
    }

    /// `{name}` in a format string came with 1.58.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let is_format = call
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "format");
        if let Some(text) = call.tokens.clone().into_iter().next().filter(|_| is_format) {
            let named = call.tokens.to_string();
            let text = text.to_string();
            for captured in text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split('}').next())
            {
                if !captured.is_empty() && !named.contains(&format!("{captured} =")) {
                    self.0.push("captured format argument");
                }
            }
        }
    }
}

fn newer_syntax(source: &str) -> Vec<&'static str> {
    let mut found = NewerSyntax::default();
    found.visit_file(&syn::parse_file(source).unwrap());
    found.0
}

#[test]
fn no_syntax_is_newer_than_the_declared_rust_version() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    for entry in fs::read_dir(sources).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(
            newer_syntax(&fs::read_to_string(&path).unwrap()),
            [""; 0],
            "{}",
            path.display()
        );
        files += 1;
    }
    assert_eq!(files, 3);
}

#[test]
fn newer_syntax_would_be_seen() {
    assert_eq!(
        newer_syntax("fn f() { let Some(x) = y else { return }; }"),
        ["let-else"]
    );
    assert_eq!(
        newer_syntax("fn f() { if let Some(x) = y && x {} }"),
        ["let chain"]
    );
    assert_eq!(
        newer_syntax("fn f() { format!(\"{x}\"); }"),
        ["captured format argument"]
    );
}
