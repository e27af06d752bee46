//! What the parser says of documentation, signatures, bodies and unsafe code, in the
//! words in which the scan says it.

use iec62304_core::model::outline::{Attribute, ItemKind, OutlineItem, Returns, Section};
use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};

/// The documentation of an item; `docs=open` where a `cfg_attr` has a say.
pub(super) fn docs(attributes: &[syn::Attribute]) -> String {
    if attributes.iter().any(|attribute| attribute.path().is_ident("cfg_attr")) {
        return " docs=open".to_owned();
    }
    let mut lines = Vec::new();
    let mut has_text = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        match &attribute.meta {
            syn::Meta::NameValue(value) => match text(&value.value) {
                Some(text) => lines.extend(lines_of(&text)),
                None => has_text = true,
            },
            syn::Meta::Path(_) => has_text = true,
            syn::Meta::List(_) => {}
        }
    }
    lines.retain(|line| !line.is_empty() && !line.starts_with("iec62304:"));
    has_text |= !lines.is_empty();
    let titles = titles(&lines);
    let has = |names: &[&str]| names.iter().any(|name| titles.iter().any(|title| title == name));
    let sections = [has(&["error", "errors"]), has(&["panic", "panics"]), has(&["safety"])];
    format!(" docs={has_text} {sections:?}")
}

fn text(value: &syn::Expr) -> Option<String> {
    match value {
        syn::Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// In a block comment each line may have a mark of its own.
fn lines_of(text: &str) -> Vec<String> {
    let is_block = text.contains('\n');
    let line = |(index, line): (usize, &str)| {
        let line = line.trim();
        let marked = line.strip_prefix('*').filter(|_| is_block && index > 0);
        marked.map_or(line, str::trim).to_owned()
    };
    text.lines().enumerate().map(line).collect()
}

/// The headings outside blocks of code, in small letters.
fn titles(lines: &[String]) -> Vec<String> {
    let mut fence: Option<String> = None;
    let mut titles = Vec::new();
    for line in lines {
        let mark: String = match line.chars().next() {
            Some(mark @ ('`' | '~')) => line.chars().take_while(|letter| *letter == mark).collect(),
            _ => String::new(),
        };
        match &fence {
            Some(open) if mark.starts_with(open.as_str()) && *line == mark => fence = None,
            Some(_) => {}
            None if mark.len() >= 3 => fence = Some(mark),
            None => {
                let title = line.trim_start_matches('#');
                let depth = line.len() - title.len();
                if (1..=6).contains(&depth) && title.starts_with(char::is_whitespace) {
                    titles.push(title.trim().trim_end_matches('#').trim().to_lowercase());
                }
            }
        }
    }
    titles
}

/// What the signature of a function says, and whether its body panics by its words.
pub(super) fn function(signature: &syn::Signature, block: Option<&syn::Block>) -> String {
    let returns = match &signature.output {
        syn::ReturnType::Default => Returns::Nothing,
        syn::ReturnType::Type(_, returned) => returned_type(returned),
    };
    let is_unsafe = matches!(signature.safety, syn::Safety::Unsafe(_));
    let mut finder = PanicFinder { panics: false };
    if let Some(block) = block {
        finder.visit_block(block);
    }
    format!(" returns={returns:?} unsafe={is_unsafe} panics={}", finder.panics)
}

fn returned_type(returned: &syn::Type) -> Returns {
    match returned {
        syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Returns::Nothing,
        syn::Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last().unwrap();
            if last.ident == "Result" { Returns::Result } else { Returns::Other }
        }
        _ => Returns::Other,
    }
}

/// The same of the scan.
pub(super) fn scanned(item: &OutlineItem, attributes: &[Attribute]) -> String {
    let docs = if attributes.iter().any(|attribute| attribute.conditional) {
        " docs=open".to_owned()
    } else {
        let sections = [Section::Errors, Section::Panics, Section::Safety];
        let sections = sections.map(|section| item.docs.has(section));
        format!(" docs={} {sections:?}", item.docs.has_text)
    };
    if item.kind != ItemKind::Function {
        return docs;
    }
    let (returns, is_unsafe, panics) = (item.returns, item.is_unsafe, !item.panics.is_empty());
    format!("{docs} returns={returns:?} unsafe={is_unsafe} panics={panics}")
}

const PANICKING_MACROS: [&str; 7] =
    ["assert", "assert_eq", "assert_ne", "panic", "todo", "unimplemented", "unreachable"];
const UNWRAPPING_METHODS: [&str; 4] = ["expect", "expect_err", "unwrap", "unwrap_err"];

/// Looks for what panics in one body, and not in the items inside it.
struct PanicFinder {
    panics: bool,
}

impl<'ast> Visit<'ast> for PanicFinder {
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.panics |= UNWRAPPING_METHODS.iter().any(|name| call.method == name);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = usize::from(path.leading_colon.is_none());
        let mut inner = path.segments.iter().skip(first);
        self.panics |=
            inner.any(|segment| UNWRAPPING_METHODS.iter().any(|name| segment.ident == name));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = &call.path.segments.last().unwrap().ident;
        self.panics |= PANICKING_MACROS.iter().any(|panicking| name == panicking);
        each(&TokenBuffer::new2(call.tokens.clone()), &mut |words| self.panics |= panics(words));
    }
}

/// Whether the word in the middle panics, by the words around it.
fn panics(around: &Around<'_>) -> bool {
    let next = around.next(0);
    let is_called = next == "(" || (next == ":" && around.next(1) == ":" && around.next(2) == "<");
    let is_macro = next == "!" && matches!(&*around.next(1), "(" | "[" | "{");
    match (&*around.before(0), &*around.before(1)) {
        _ if is_macro => PANICKING_MACROS.contains(&around.word),
        (".", before) => before != "." && is_called && UNWRAPPING_METHODS.contains(&around.word),
        (":", ":") => UNWRAPPING_METHODS.contains(&around.word),
        _ => false,
    }
}

/// How many unsafe blocks and items a file has, those in macros included.
pub(super) fn unsafe_code(file: &syn::File) -> usize {
    let mut finder = UnsafeFinder { found: 0 };
    finder.visit_file(file);
    finder.found
}

struct UnsafeFinder {
    found: usize,
}

impl<'ast> Visit<'ast> for UnsafeFinder {
    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.found += 1;
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.found += usize::from(matches!(signature.safety, syn::Safety::Unsafe(_)));
        visit::visit_signature(self, signature);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.found += usize::from(item.unsafety.is_some());
        visit::visit_item_trait(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.found += usize::from(item.unsafety.is_some());
        visit::visit_item_impl(self, item);
    }

    fn visit_item_foreign_mod(&mut self, item: &'ast syn::ItemForeignMod) {
        self.found += usize::from(item.unsafety.is_some());
        visit::visit_item_foreign_mod(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.found += usize::from(item.unsafety.is_some());
        visit::visit_item_mod(self, item);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        each(&TokenBuffer::new2(call.tokens.clone()), &mut |words| {
            self.found += usize::from(opens_unsafe_code(words));
        });
    }
}

fn opens_unsafe_code(around: &Around<'_>) -> bool {
    if around.word != "unsafe" {
        return false;
    }
    let mut at = 0;
    if around.next(0) == "extern" {
        at = if around.next(1).starts_with(['"', 'r']) { 2 } else { 1 };
    }
    match &*around.next(at) {
        "fn" => {
            let name = around.next(at + 1);
            name == "$" || name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
        }
        "{" | "impl" | "trait" | "auto" | "mod" => true,
        _ => false,
    }
}

/// A word and its neighbours inside one bracket.
struct Around<'t> {
    word: &'t str,
    words: &'t [String],
    at: usize,
}

impl Around<'_> {
    fn next(&self, distance: usize) -> String {
        self.words.get(self.at + 1 + distance).cloned().unwrap_or_default()
    }

    fn before(&self, distance: usize) -> String {
        let at = self.at.checked_sub(1 + distance);
        at.map_or_else(String::new, |at| self.words[at].clone())
    }
}

/// Goes through every word of the input of a macro.
fn each(tokens: &TokenBuffer, look: &mut impl FnMut(&Around<'_>)) {
    let mut waiting = vec![tokens.begin()];
    while let Some(mut cursor) = waiting.pop() {
        let mut words = Vec::new();
        while let Some((word, inner, next)) = step(cursor) {
            words.push(word);
            waiting.extend(inner);
            cursor = next;
        }
        for (at, word) in words.iter().enumerate() {
            look(&Around { word, words: &words, at });
        }
    }
}

/// The next token as text, a bracket by its opening half, and what is inside it.
fn step(cursor: Cursor<'_>) -> Option<(String, Option<Cursor<'_>>, Cursor<'_>)> {
    if let Some((inner, delimiter, _, next)) = cursor.any_group() {
        let word = match format!("{delimiter:?}").as_str() {
            "Parenthesis" => "(",
            "Bracket" => "[",
            "Brace" => "{",
            _ => "",
        };
        return Some((word.to_owned(), Some(inner), next));
    }
    if let Some((name, next)) = cursor.ident() {
        return Some((name.to_string(), None, next));
    }
    if let Some((sign, next)) = cursor.punct() {
        return Some((sign.as_char().to_string(), None, next));
    }
    if let Some((literal, next)) = cursor.literal() {
        return Some((literal.to_string(), None, next));
    }
    let (lifetime, next) = cursor.lifetime()?;
    Some((lifetime.to_string(), None, next))
}
