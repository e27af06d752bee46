//! The crate can be built by the oldest compiler that its manifest names, Rust 1.56, and
//! brings nothing else along.
//!
//! Clippy's `incompatible_msrv` watches over the standard library; here is the syntax.

#![expect(clippy::incompatible_msrv, reason = "tests are built by the compiler of the workspace")]

use std::fs;
use std::path::Path;

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Token};

#[test]
fn the_crate_has_no_dependencies() {
    let manifest = manifest("Cargo.toml");
    let dependencies = manifest["dependencies"].as_table();
    assert_eq!(dependencies.map(toml::Table::len), Some(0));
    for table in ["build-dependencies", "target"] {
        assert!(!manifest.contains_key(table), "there is a table `{table}`");
    }
    let package = &manifest["package"];
    assert_eq!(package["rust-version"].as_str(), Some("1.56"));
    assert_eq!(package["edition"].as_str(), Some("2021"));
}

#[test]
fn an_old_cargo_can_read_the_package() {
    let workspace = &manifest("../Cargo.toml")["workspace"];
    assert_eq!(workspace["resolver"].as_str(), Some("2"));
}

fn manifest(path: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let manifest = fs::read_to_string(path).expect("the manifest can be read");
    manifest.parse().expect("the manifest is TOML")
}

#[test]
fn the_source_has_no_syntax_newer_than_rust_1_56() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let source = fs::read_to_string(&path).expect("src holds text files and no folders");
        assert_eq!(newer_syntax(&source), [""; 0], "in {}", path.display());
        files += 1;
    }
    assert!(files > 0, "no file was read");
}

fn check(source: &str, expected: &[&str]) {
    assert_eq!(newer_syntax(source), expected, "{source}");
}

#[test]
fn old_syntax_is_accepted() {
    check("fn f() { let x = 1; if let Some(y) = x {} }", &[]);
    check(r#"fn f() { format!("{} {{x}} {0}", x); g!("{x}") }"#, &[]);
    check("fn f() { match x { 1..=2 | 5.. => {} _ => {} } 'a: loop {} }", &[]);
    check("trait T { type X; fn f(); } #[must_use] fn g<const N: u8>() {}", &[]);
}

#[test]
fn newer_statements_are_seen() {
    check("fn f() { let Some(x) = y else { return }; }", &["let-else"]);
    check("fn f() { if let Some(x) = y && x {} }", &["let chain"]);
    check("fn f() { if a && let Some(x) = y && x {} }", &["let chain"]);
    check("fn f() { match a { b if let Some(x) = y => {} } }", &["if-let guard"]);
    check("fn f() { (a, b) = c; }", &["destructuring assignment"]);
    check("fn f() { _ = c; }", &["destructuring assignment"]);
    check("fn f() { 'a: { break 'a; } }", &["labelled block"]);
    check("fn f() { const { 1 } }", &["const block"]);
    check("fn f() { async || 1; }", &["async closure"]);
    check("fn f() { &raw const x; }", &["raw borrow"]);
    check("fn f() { match x { 1..2 => {} _ => {} } }", &["exclusive range pattern"]);
    check(r#"fn f() { c"text" }"#, &["C string"]);
}

#[test]
fn newer_formatting_is_seen() {
    check(r#"fn f() { format!("{x}"); }"#, &["captured argument"]);
    check(r#"fn f() { write!(f, "a {} {x:?}", 1); }"#, &["captured argument"]);
    check(r#"fn f() { g(std::format!("{{{_x}")); }"#, &["captured argument"]);
    check(r#"fn f() { vec![format!("{x}")]; }"#, &["captured argument"]);
}

#[test]
fn newer_items_are_seen() {
    check("trait T { type X<'a>; }", &["generic associated type"]);
    check("trait T { async fn f(); }", &["async function in a trait"]);
    check("struct S<const N: u8 = 1>;", &["default of a const parameter"]);
    check("#[expect(dead_code)] fn f() {}", &["attribute `expect`"]);
    check("enum E { #[default] A }", &["attribute `default`"]);
}

fn newer_syntax(source: &str) -> Vec<String> {
    let file = syn::parse_file(source).expect("the source is Rust");
    let mut newer = NewerSyntax::default();
    newer.visit_file(&file);
    newer.found.dedup();
    newer.found
}

/// What was found that Rust 1.56 cannot parse.
#[derive(Default)]
struct NewerSyntax {
    found: Vec<String>,
}

impl NewerSyntax {
    fn found_if(&mut self, condition: bool, name: &str) {
        if condition {
            self.found.push(name.to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for NewerSyntax {
    fn visit_local_init(&mut self, init: &'ast syn::LocalInit) {
        self.found_if(init.diverge.is_some(), "let-else");
        visit::visit_local_init(self, init);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        if let Some(name) = newer_expression(expr) {
            self.found_if(true, name);
        }
        visit::visit_expr(self, expr);
    }

    fn visit_pat_guard(&mut self, guarded: &'ast syn::PatGuard) {
        let is_let = matches!(*guarded.guard, Expr::Let(_));
        self.found_if(is_let, "if-let guard");
        visit::visit_pat_guard(self, guarded);
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        if let Pat::Range(range) = pat {
            let is_exclusive = matches!(range.limits, syn::RangeLimits::HalfOpen(_));
            let newer = is_exclusive && range.end.is_some();
            self.found_if(newer, "exclusive range pattern");
        }
        visit::visit_pat(self, pat);
    }

    fn visit_trait_item_type(&mut self, item: &'ast syn::TraitItemType) {
        let is_generic = !item.generics.params.is_empty();
        self.found_if(is_generic, "generic associated type");
        visit::visit_trait_item_type(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let is_async = item.sig.asyncness.is_some();
        self.found_if(is_async, "async function in a trait");
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_const_param(&mut self, param: &'ast syn::ConstParam) {
        self.found_if(param.default.is_some(), "default of a const parameter");
        visit::visit_const_param(self, param);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        for name in ["default", "diagnostic", "expect"] {
            let segment = attribute.path().segments.first();
            let is_newer = segment.is_some_and(|segment| segment.ident == name);
            self.found_if(is_newer, &format!("attribute `{name}`"));
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = call.parse_body_with(arguments) else {
            return;
        };
        for argument in &arguments {
            let captures = is_formatting(call) && string(argument).is_some_and(|s| captures(&s));
            self.found_if(captures, "captured argument");
            // Arguments do not live as long as the file, so they get a visitor of their own.
            let mut inner = NewerSyntax::default();
            inner.visit_expr(argument);
            self.found.append(&mut inner.found);
        }
    }
}

fn newer_expression(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::Assign(assign) => is_pattern(&assign.left).then_some("destructuring assignment"),
        Expr::Binary(binary) => {
            let is_let = |operand: &Expr| matches!(operand, Expr::Let(_));
            (is_let(&binary.left) || is_let(&binary.right)).then_some("let chain")
        }
        Expr::Block(block) => block.label.as_ref().map(|_| "labelled block"),
        Expr::Closure(closure) => closure.asyncness.as_ref().map(|_| "async closure"),
        Expr::Const(_) => Some("const block"),
        Expr::Lit(literal) => matches!(literal.lit, syn::Lit::CStr(_)).then_some("C string"),
        Expr::RawAddr(_) => Some("raw borrow"),
        _ => None,
    }
}

/// Whether the left side of an assignment takes the right side apart.
fn is_pattern(left: &Expr) -> bool {
    matches!(
        left,
        Expr::Array(_) | Expr::Call(_) | Expr::Infer(_) | Expr::Struct(_) | Expr::Tuple(_)
    )
}

fn is_formatting(call: &syn::Macro) -> bool {
    let name = call.path.segments.last().map(|segment| segment.ident.to_string());
    let names = ["format", "write", "print", "panic", "assert", "unreachable"];
    name.is_some_and(|name| names.iter().any(|known| name.contains(known)))
}

fn string(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(string) => Some(string.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a format string names a variable: `{name…}`.
fn captures(format: &str) -> bool {
    let format = format.replace("{{", "");
    let mut arguments = format.split('{').skip(1);
    arguments.any(|argument| argument.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}
