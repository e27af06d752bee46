//! The scan against a full parser: on every file that `syn` accepts, both see the same
//! items, attributes, modules and bodies, and the scan has nothing to complain about.
//!
//! The files are the sources of all packages that this build itself uses, and our own.
#![expect(
    clippy::disallowed_methods,
    clippy::semicolon_if_nothing_returned,
    clippy::unwrap_used,
    clippy::disallowed_types,
    reason = "reads packages from disk, through cargo; may panic; an arm is a line"
)]

#[path = "oracle/facts.rs"]
mod facts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use iec62304_core::location::Span;
use iec62304_core::model::code::CodeProblemKind;
use iec62304_core::model::outline::{ItemKind, Outline, OutlineItem, Visibility};
use iec62304_core::scan::outline;
use iec62304_macros::{requirement, risk_control, verifies};
use syn::visit::{self, Visit};

/// An item as both sides see it, in one line.
type Line = String;

/// What `syn` sees: its items in order, each with the number of items around it.
#[derive(Default)]
struct Parsed {
    lines: Vec<Line>,
    depth: usize,
    /// Whether something was passed through without being understood.
    is_verbatim: bool,
}

impl Parsed {
    fn push(
        &mut self,
        kind: ItemKind,
        name: &str,
        visibility: Visibility,
        body: bool,
        attributes: &[syn::Attribute],
    ) {
        let paths: Vec<String> =
            attributes.iter().map(attribute_path).filter(|path| path != "doc").collect();
        let docs = facts::docs(attributes);
        self.lines.push(line(self.depth, kind, name, visibility, body, &paths) + &docs);
    }

    /// Says of the function that was pushed last what its signature and body show.
    fn function(&mut self, signature: &syn::Signature, block: Option<&syn::Block>) {
        let line = self.lines.last_mut().unwrap();
        line.push_str(&facts::function(signature, block));
    }

    fn push_macro(&mut self, item: &syn::ItemMacro) {
        let (kind, name) = match &item.ident {
            Some(name) => (ItemKind::MacroDefinition, name.to_string()),
            None => (ItemKind::MacroCall, last(&item.mac.path)),
        };
        self.push(kind, &name, Visibility::Private, true, &item.attrs);
    }

    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.depth += 1;
        visit(self);
        self.depth -= 1;
    }
}

fn line(
    depth: usize,
    kind: ItemKind,
    name: &str,
    visibility: Visibility,
    body: bool,
    attributes: &[String],
) -> Line {
    format!("{depth} {kind:?} {name} {visibility:?} body={body} {}", attributes.join(" "))
}

fn attribute_path(attribute: &syn::Attribute) -> String {
    let path = |path: &syn::Path| {
        let names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let leading = if path.leading_colon.is_some() { "::" } else { "" };
        format!("{leading}{}", names.join("::"))
    };
    match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("unsafe") => {
            syn::parse2::<syn::Meta>(list.tokens.clone())
                .map_or_else(|_| String::new(), |meta| path(meta.path()))
        }
        meta => path(meta.path()),
    }
}

fn visibility(visibility: &syn::Visibility) -> Visibility {
    match visibility {
        syn::Visibility::Public(_) => Visibility::Public,
        syn::Visibility::Restricted(_) => Visibility::Restricted,
        syn::Visibility::Inherited => Visibility::Private,
    }
}

impl<'ast> Visit<'ast> for Parsed {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        use ItemKind as K;
        use syn::Item as I;
        match item {
            I::Const(i) => {
                self.push(K::Constant, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::Enum(i) => {
                self.push(K::Enum, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::ExternCrate(i) => {
                self.push(K::ExternCrate, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Fn(i) => {
                let name = i.sig.ident.to_string();
                self.push(K::Function, &name, visibility(&i.vis), true, &i.attrs);
                self.function(&i.sig, Some(&i.block));
            }
            I::ForeignMod(i) => self.push(K::ExternBlock, "", Visibility::Private, true, &i.attrs),
            I::Impl(i) => self.push(K::Impl, &trait_name(i), Visibility::Private, true, &i.attrs),
            I::Macro(i) => self.push_macro(i),
            I::Mod(i) => {
                self.push(
                    K::Module,
                    &i.ident.to_string(),
                    visibility(&i.vis),
                    i.content.is_some(),
                    &i.attrs,
                );
            }
            I::Static(i) => {
                self.push(K::Static, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::Struct(i) => {
                let body = matches!(i.fields, syn::Fields::Named(_));
                self.push(K::Struct, &i.ident.to_string(), visibility(&i.vis), body, &i.attrs);
            }
            I::Trait(i) => {
                self.push(K::Trait, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::TraitAlias(i) => {
                self.push(K::Trait, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Type(i) => {
                self.push(K::TypeAlias, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Union(i) => {
                self.push(K::Union, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::Use(i) => self.push(K::Use, "", visibility(&i.vis), false, &i.attrs),
            _ => self.is_verbatim = true,
        }
        self.inside(|parsed| visit::visit_item(parsed, item));
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        use ItemKind as K;
        use syn::ImplItem as I;
        match item {
            I::Const(i) => {
                self.push(K::Constant, &i.ident.to_string(), visibility(&i.vis), true, &i.attrs)
            }
            I::Fn(i) => {
                let name = i.sig.ident.to_string();
                self.push(K::Function, &name, visibility(&i.vis), true, &i.attrs);
                self.function(&i.sig, Some(&i.block));
            }
            I::Type(i) => {
                self.push(K::TypeAlias, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Macro(i) => {
                self.push(K::MacroCall, &last(&i.mac.path), Visibility::Private, true, &i.attrs)
            }
            _ => self.is_verbatim = true,
        }
        self.inside(|parsed| visit::visit_impl_item(parsed, item));
    }

    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        use ItemKind as K;
        use syn::TraitItem as I;
        let own = Visibility::Private;
        match item {
            I::Const(i) => {
                self.push(K::Constant, &i.ident.to_string(), own, i.default.is_some(), &i.attrs)
            }
            I::Fn(i) => {
                let has_body = i.default.is_some();
                self.push(K::Function, &i.sig.ident.to_string(), own, has_body, &i.attrs);
                self.function(&i.sig, i.default.as_ref());
            }
            I::Type(i) => self.push(K::TypeAlias, &i.ident.to_string(), own, false, &i.attrs),
            I::Macro(i) => self.push(K::MacroCall, &last(&i.mac.path), own, true, &i.attrs),
            _ => self.is_verbatim = true,
        }
        self.inside(|parsed| visit::visit_trait_item(parsed, item));
    }

    fn visit_foreign_item(&mut self, item: &'ast syn::ForeignItem) {
        use ItemKind as K;
        use syn::ForeignItem as I;
        match item {
            I::Fn(i) => {
                let name = i.sig.ident.to_string();
                self.push(K::Function, &name, visibility(&i.vis), false, &i.attrs);
                self.function(&i.sig, None);
            }
            I::Static(i) => {
                self.push(K::Static, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Type(i) => {
                self.push(K::TypeAlias, &i.ident.to_string(), visibility(&i.vis), false, &i.attrs)
            }
            I::Macro(i) => {
                self.push(K::MacroCall, &last(&i.mac.path), Visibility::Private, true, &i.attrs)
            }
            _ => self.is_verbatim = true,
        }
        self.inside(|parsed| visit::visit_foreign_item(parsed, item));
    }
}

fn trait_name(item: &syn::ItemImpl) -> String {
    item.trait_.as_ref().map_or_else(String::new, |(path, _)| last(path))
}

fn last(path: &syn::Path) -> String {
    path.segments.last().unwrap().ident.to_string()
}

/// What the scan sees, in the same lines; what stands in macro input is left out, since
/// `syn` does not look there.
fn scanned(source: &str, outline: &Outline) -> Vec<Line> {
    let mut lines = Vec::new();
    for item in &outline.items {
        let around: Vec<&OutlineItem> = ancestors(outline, item);
        if around.iter().any(|item| item.kind == ItemKind::MacroCall) {
            continue;
        }
        let text = |span: Span| without_white_space(&source[span.range()]);
        let name = match item.kind {
            ItemKind::Impl => last_name(&text(item.of_trait)),
            _ => text(item.name),
        };
        let (from, to) = item.attributes;
        let attributes = &outline.attributes[from as usize..to as usize];
        let paths: Vec<String> = attributes
            .iter()
            .filter(|attribute| !attribute.conditional)
            .map(|attribute| text(attribute.path))
            .filter(|path| path != "doc")
            .collect();
        let visibility = match item.kind {
            ItemKind::MacroCall | ItemKind::MacroDefinition => Visibility::Private,
            _ => item.visibility,
        };
        let line = line(around.len(), item.kind, &name, visibility, !item.body.is_empty(), &paths);
        lines.push(line + &facts::scanned(item, attributes));
    }
    lines
}

fn ancestors<'o>(outline: &'o Outline, item: &OutlineItem) -> Vec<&'o OutlineItem> {
    std::iter::successors(item.parent, |parent| outline.items[*parent as usize].parent)
        .map(|index| &outline.items[index as usize])
        .collect()
}

fn without_white_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// `fmt::Display<'a>` to `Display`, `!Send` to `Send`.
fn last_name(path: &str) -> String {
    let whole = path
        .trim_start_matches(['!', '?'])
        .trim_start_matches("const")
        .trim_start_matches("~const");
    let plain = whole.split(['<', '(']).next().unwrap();
    plain.rsplit("::").next().unwrap().to_owned()
}

/// How the two sides compare on one file.
enum Compared {
    Same,
    /// `syn` refuses the file, or passes parts of it through without understanding them.
    NotParsed,
    Different(String),
}

fn compare(path: &Path) -> Compared {
    let bytes = fs::read(path).unwrap();
    let found = outline(&bytes);
    let Ok(source) = std::str::from_utf8(&bytes) else {
        return Compared::NotParsed;
    };
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let Ok(file) = syn::parse_file(text) else {
        return Compared::NotParsed;
    };
    let mut parsed = Parsed::default();
    parsed.visit_file(&file);
    if parsed.is_verbatim {
        return Compared::NotParsed;
    }
    let mut unread = found.problems.iter().filter(|problem| problem.kind != CodeProblemKind::Tag);
    if let Some(problem) = unread.next() {
        let at = &source[..problem.span.start as usize];
        return Compared::Different(format!("line {}: {}", at.lines().count(), problem.message));
    }
    if found.tags_counted != found.tags_settled {
        return Compared::Different(format!(
            "{} tags, {} settled",
            found.tags_counted, found.tags_settled
        ));
    }
    let (parsed_unsafe, scanned_unsafe) = (facts::unsafe_code(&file), found.unsafe_code.len());
    if parsed_unsafe != scanned_unsafe {
        return Compared::Different(format!(
            "syn sees {parsed_unsafe} unsafe places, the scan {scanned_unsafe}"
        ));
    }
    let scanned = scanned(source, &found);
    match (0..).zip(parsed.lines.iter().zip(&scanned)).find(|(_, (a, b))| a != b) {
        Some((index, (parsed, scanned))) => {
            Compared::Different(format!("item {index}:\n    syn:  {parsed}\n    scan: {scanned}"))
        }
        None if parsed.lines.len() != scanned.len() => Compared::Different(format!(
            "syn sees {} items, the scan {}",
            parsed.lines.len(),
            scanned.len()
        )),
        None => Compared::Same,
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with(".git") {
            rust_files(&path, files);
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Compares every file below the folders, on all cores; returns how many were the same.
fn compare_all(folders: &[PathBuf]) -> usize {
    let mut files = Vec::new();
    for folder in folders {
        rust_files(folder, &mut files);
    }
    files.sort();
    let (next, same) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let different = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match compare(path) {
                        Compared::Same => {
                            same.fetch_add(1, Ordering::Relaxed);
                        }
                        Compared::NotParsed => {}
                        Compared::Different(how) => {
                            different.lock().unwrap().push(format!("{}: {how}", path.display()));
                        }
                    }
                }
            });
        }
    });
    let mut different = different.into_inner().unwrap();
    different.sort();
    let count = different.len();
    different.truncate(20);
    assert!(count == 0, "{count} of {} files differ:\n{}", files.len(), different.join("\n"));
    same.into_inner()
}

/// The folders of all packages that the build of this workspace uses.
fn packages() -> Vec<PathBuf> {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", host.trim()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let foreign = packages.filter(|package| !package["source"].is_null());
    let manifest =
        |package: &serde_json::Value| PathBuf::from(package["manifest_path"].as_str().unwrap());
    foreign.map(|package| manifest(package).parent().unwrap().to_owned()).collect()
}

#[test]
#[requirement("TOOL-3", "TOOL-4", "TOOL-5")]
#[risk_control("GUARD-1")]
#[verifies("scan.AC-1")]
fn the_scan_agrees_with_syn_on_every_package_of_this_build() {
    // Another corpus may be named, to try the scan on more than this build holds.
    let folders =
        std::env::var_os("IEC62304_ORACLE").map_or_else(packages, |path| vec![path.into()]);
    let same = compare_all(&folders);
    assert!(same > 500, "only {same} files were compared");
}

#[test]
#[requirement("TOOL-3")]
fn the_scan_agrees_with_syn_on_our_own_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folders = ["cargo-iec62304", "examples", "iec62304-core", "iec62304-macros", "tests"];
    let same = compare_all(&folders.map(|folder| root.join(folder)));
    assert!(same > 50, "only {same} files were compared");
}
