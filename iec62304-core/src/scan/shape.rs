//! Which item starts at a token, where its name and body are, and where it ends.
//!
//! Looks at tokens only as far as the item's own grammar goes; what is inside a body is
//! looked at later.

use super::tokens::{Kind, Token, Tokens};
use crate::location::Span;
use crate::model::outline::{ItemKind, Visibility};

/// An item as its tokens show it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) kind: ItemKind,
    pub(super) visibility: Visibility,
    /// The first keyword behind the visibility.
    pub(super) keyword: usize,
    /// Its name; for `impl` the type.
    pub(super) name: Span,
    /// For `impl Trait for Type`: the trait.
    pub(super) of_trait: Span,
    /// What is inside it.
    pub(super) body: Body,
    /// The first token behind it.
    pub(super) next: usize,
    /// Whether it ends as its kind does.
    pub(super) ends: bool,
}

/// What is inside an item.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body {
    /// Nothing to look at.
    None,
    /// A group that is skipped: fields, variants, a macro's definition.
    Skipped(usize),
    /// A group with items: a module, `impl`, `trait`, `extern` block.
    Items(usize),
    /// A function's body.
    Block(usize),
    /// The input of a macro.
    MacroInput(usize),
    /// An initialiser, as a range of tokens.
    Expression(usize, usize),
}

/// Whether macro calls count as items where the item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between items.
    Items,
    /// Between statements.
    Statements,
}

/// The item whose visibility or first keyword stands at `at`; it ends before `end`.
pub(super) fn shape(tokens: &Tokens<'_>, at: usize, end: usize, place: Place) -> Option<Shape> {
    let (visibility, keyword) = visibility(tokens, at);
    let finder = Finder { tokens, end, visibility, keyword };
    finder.by_keyword().or_else(|| match place {
        Place::Items => finder.macro_call(),
        Place::Statements => None,
    })
}

fn visibility(tokens: &Tokens<'_>, at: usize) -> (Visibility, usize) {
    if tokens.word(at) != "pub" {
        return (Visibility::Private, at);
    }
    let restricted = tokens.is_open(at + 1, Some(b'('))
        && matches!(tokens.word(at + 2), "crate" | "self" | "super" | "in");
    if restricted {
        (Visibility::Restricted, tokens.behind_group(at + 1))
    } else {
        (Visibility::Public, at + 1)
    }
}

/// Words that may stand in front of the keyword of an item.
fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "default" | "const" | "async" | "unsafe" | "safe" | "extern" | "gen" | "auto" | "final"
    )
}

struct Finder<'t, 's> {
    tokens: &'t Tokens<'s>,
    end: usize,
    visibility: Visibility,
    keyword: usize,
}

/// Where a header ends.
enum Stop {
    Semicolon(usize),
    Brace(usize),
    Equals(usize),
    End,
}

impl Finder<'_, '_> {
    /// Skips modifiers up to the keyword that says what the item is.
    fn by_keyword(&self) -> Option<Shape> {
        let tokens = self.tokens;
        let mut at = self.keyword;
        loop {
            let (word, next) = (tokens.word(at), tokens.word(at + 1));
            match word {
                "fn" if tokens.is_name(at + 1) => return Some(self.function(at)),
                "mod" if tokens.is_name(at + 1) => return Some(self.module(at)),
                "struct" if tokens.is_name(at + 1) => {
                    return Some(self.fields(ItemKind::Struct, at));
                }
                "enum" if tokens.is_name(at + 1) => return Some(self.fields(ItemKind::Enum, at)),
                "union" if tokens.is_name(at + 1) && self.is_union(at) => {
                    return Some(self.fields(ItemKind::Union, at));
                }
                "trait" if tokens.is_name(at + 1) => return Some(self.trait_(at)),
                "impl" => return self.implementation(at),
                "type" if tokens.is_name(at + 1) => {
                    return Some(self.to_semicolon(ItemKind::TypeAlias, at));
                }
                "use" => return Some(self.to_semicolon(ItemKind::Use, at)),
                "static" => return self.static_(at),
                "macro_rules" if tokens.is_sign(at + 1, b'!') && tokens.is_name(at + 2) => {
                    return self.macro_rules(at);
                }
                "macro" if tokens.is_name(at + 1) => return self.macro_definition(at),
                "const" if !is_modifier_or_item(next) || self.is_value(at + 1) => {
                    return self.constant(at);
                }
                "extern" if next == "crate" => {
                    return Some(self.to_semicolon(ItemKind::ExternCrate, at));
                }
                "extern" => {
                    let abi = matches!(tokens.get(at + 1), Some(token) if token.kind == Kind::Text);
                    let behind = at + 1 + usize::from(abi);
                    if tokens.is_open(behind, Some(b'{')) {
                        return Some(self.with_group(
                            ItemKind::ExternBlock,
                            Span::default(),
                            behind,
                            Body::Items,
                        ));
                    }
                    at = behind;
                }
                _ if is_modifier(word) && is_modifier_or_item(next) => at += 1,
                _ => return None,
            }
            if at >= self.end {
                return None;
            }
        }
    }

    fn is_union(&self, at: usize) -> bool {
        self.tokens.is_open(at + 2, Some(b'{'))
            || self.tokens.is_sign(at + 2, b'<')
            || self.tokens.word(at + 2) == "where"
    }

    fn name(&self, at: usize) -> Span {
        self.tokens.get(at).map_or(Span::default(), |token| token.span)
    }

    fn item(&self, kind: ItemKind, name: Span, body: Body, next: usize) -> Shape {
        Shape {
            kind,
            visibility: self.visibility,
            keyword: self.keyword,
            name,
            of_trait: Span::default(),
            body,
            next,
            ends: true,
        }
    }

    fn endless(&self, kind: ItemKind, name: Span) -> Shape {
        Shape { ends: false, ..self.item(kind, name, Body::None, self.end) }
    }

    fn with_group(
        &self,
        kind: ItemKind,
        name: Span,
        open: usize,
        body: fn(usize) -> Body,
    ) -> Shape {
        self.item(kind, name, body(open), self.tokens.behind_group(open))
    }

    fn function(&self, at: usize) -> Shape {
        let name = self.name(at + 1);
        match self.header(at + 2) {
            Stop::Brace(open) => self.with_group(ItemKind::Function, name, open, Body::Block),
            Stop::Semicolon(at) => self.item(ItemKind::Function, name, Body::None, at + 1),
            Stop::Equals(_) | Stop::End => self.endless(ItemKind::Function, name),
        }
    }

    fn module(&self, at: usize) -> Shape {
        let name = self.name(at + 1);
        if self.tokens.is_open(at + 2, Some(b'{')) {
            self.with_group(ItemKind::Module, name, at + 2, Body::Items)
        } else if self.tokens.is_sign(at + 2, b';') {
            self.item(ItemKind::Module, name, Body::None, at + 3)
        } else {
            Shape { next: at + 2, ..self.endless(ItemKind::Module, name) }
        }
    }

    fn fields(&self, kind: ItemKind, at: usize) -> Shape {
        let name = self.name(at + 1);
        match self.header(at + 2) {
            Stop::Brace(open) => self.with_group(kind, name, open, Body::Skipped),
            Stop::Semicolon(at) => self.item(kind, name, Body::None, at + 1),
            Stop::Equals(_) | Stop::End => self.endless(kind, name),
        }
    }

    fn trait_(&self, at: usize) -> Shape {
        let name = self.name(at + 1);
        match self.header(at + 2) {
            Stop::Brace(open) => self.with_group(ItemKind::Trait, name, open, Body::Items),
            Stop::Equals(_) => self.to_semicolon(ItemKind::Trait, at),
            Stop::Semicolon(_) | Stop::End => self.endless(ItemKind::Trait, name),
        }
    }

    /// `impl<T> Trait for Type where … { … }`, with the spans of trait and type.
    fn implementation(&self, at: usize) -> Option<Shape> {
        let tokens = self.tokens;
        let first = if tokens.is_sign(at + 1, b'<') {
            tokens.behind_generics(at + 1, self.end)
        } else {
            at + 1
        };
        let Stop::Brace(open) = self.header(at + 1) else {
            return (self.keyword == at).then(|| self.endless(ItemKind::Impl, Span::default()));
        };
        let split = self.find_at_top(first, open, |at| {
            tokens.word(at) == "for" && !self.binds_lifetimes(at + 1)
        });
        let type_from = split.map_or(first, |at| at + 1);
        let type_to =
            self.find_at_top(type_from, open, |at| tokens.word(at) == "where").unwrap_or(open);
        let shape =
            self.with_group(ItemKind::Impl, tokens.span(type_from, type_to), open, Body::Items);
        let of_trait = split.map_or(Span::default(), |at| tokens.span(first, at));
        Some(Shape { of_trait, ..shape })
    }

    /// Whether `<'a>` stands at `at`, as in `for<'a> Fn(&'a u8)`: a type may start with `<`.
    fn binds_lifetimes(&self, at: usize) -> bool {
        let is_lifetime = |token: &Token| matches!(token.kind, Kind::Other | Kind::Sign(b'>'));
        self.tokens.is_sign(at, b'<') && self.tokens.get(at + 1).is_some_and(is_lifetime)
    }

    fn static_(&self, at: usize) -> Option<Shape> {
        let name = if self.tokens.word(at + 1) == "mut" { at + 2 } else { at + 1 };
        let is_item = self.tokens.is_name(name) && self.tokens.is_sign(name + 1, b':');
        is_item.then(|| self.value(ItemKind::Static, name))
    }

    /// `const NAME: T = …;`, also with generics, and `const _`.
    fn constant(&self, at: usize) -> Option<Shape> {
        let is_item = self.is_value(at + 1) && !matches!(self.tokens.word(at + 1), "move");
        is_item.then(|| self.value(ItemKind::Constant, at + 1))
    }

    /// Whether a name stands at `at`, followed as that of a constant is.
    fn is_value(&self, at: usize) -> bool {
        let signs = [b':', b'=', b'<', b';'];
        self.tokens.is_name(at) && signs.iter().any(|sign| self.tokens.is_sign(at + 1, *sign))
    }

    fn value(&self, kind: ItemKind, name: usize) -> Shape {
        let span = self.name(name);
        let from = match self.header(name + 1) {
            Stop::Equals(at) => at + 1,
            Stop::Semicolon(at) => return self.item(kind, span, Body::None, at + 1),
            Stop::Brace(_) | Stop::End => return self.endless(kind, span),
        };
        match self.semicolon(from) {
            Some(at) => self.item(kind, span, Body::Expression(from, at), at + 1),
            None => self.endless(kind, span),
        }
    }

    fn to_semicolon(&self, kind: ItemKind, at: usize) -> Shape {
        let name = match kind {
            ItemKind::Use => Span::default(),
            ItemKind::ExternCrate => self.name(at + 2),
            _ => self.name(at + 1),
        };
        match self.semicolon(at + 1) {
            Some(at) => self.item(kind, name, Body::None, at + 1),
            None => self.endless(kind, name),
        }
    }

    fn macro_rules(&self, at: usize) -> Option<Shape> {
        self.tokens.is_open(at + 3, None).then(|| {
            self.ended_by_group(ItemKind::MacroDefinition, self.name(at + 2), at + 3, Body::Skipped)
        })
    }

    fn macro_definition(&self, at: usize) -> Option<Shape> {
        let parameters = self.tokens.is_open(at + 2, Some(b'('));
        let body = if parameters { self.tokens.behind_group(at + 2) } else { at + 2 };
        self.tokens.is_open(body, Some(b'{')).then(|| {
            self.with_group(ItemKind::MacroDefinition, self.name(at + 1), body, Body::Skipped)
        })
    }

    /// `path::to::name! { … }`, also `name! ident { … }`.
    fn macro_call(&self) -> Option<Shape> {
        let tokens = self.tokens;
        let mut at = self.keyword;
        if tokens.is_path_separator(at) {
            at += 2;
        }
        while tokens.is_name(at) && tokens.is_path_separator(at + 1) {
            at += 3;
        }
        if !tokens.is_name(at) || !tokens.is_sign(at + 1, b'!') {
            return None;
        }
        let open = if tokens.is_name(at + 2) { at + 3 } else { at + 2 };
        tokens.is_open(open, None).then(|| {
            self.ended_by_group(ItemKind::MacroCall, self.name(at), open, Body::MacroInput)
        })
    }

    /// An item that ends with its group, and a semicolon if one follows.
    fn ended_by_group(
        &self,
        kind: ItemKind,
        name: Span,
        open: usize,
        body: fn(usize) -> Body,
    ) -> Shape {
        let shape = self.with_group(kind, name, open, body);
        let semicolon = shape.next < self.end && self.tokens.is_sign(shape.next, b';');
        Shape { next: shape.next + usize::from(semicolon), ..shape }
    }

    /// Goes through a header to what ends it. A brace inside angle brackets is a constant
    /// argument, as in `Foo<{ N }>`; any other opens the body.
    fn header(&self, from: usize) -> Stop {
        let tokens = self.tokens;
        let (mut at, mut angles) = (from, 0_usize);
        while at < self.end {
            match tokens.list[at].kind {
                Kind::Open(b'{') if self.is_body(at, angles) => return Stop::Brace(at),
                Kind::Open(_) => {
                    at = tokens.behind_group(at).max(at + 1);
                    continue;
                }
                Kind::Sign(b';') => return Stop::Semicolon(at),
                Kind::Sign(b'=') if angles == 0 && !tokens.is_sign(at + 1, b'=') => {
                    return Stop::Equals(at);
                }
                Kind::Sign(b'<') => angles += 1,
                Kind::Sign(b'>') if !self.tokens.is_arrow(at) => angles = angles.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        Stop::End
    }

    /// Whether a brace in a header is the body: not a constant argument of a type, nor the
    /// input of a macro that stands for a type.
    fn is_body(&self, brace: usize, angles: usize) -> bool {
        let follows = |sign| self.tokens.is_sign(brace - 1, sign);
        let is_argument = angles > 0 && [b'<', b',', b'='].into_iter().any(follows);
        let is_macro = follows(b'!')
            && brace >= 2
            && self.tokens.is_name(brace - 2)
            && !matches!(self.tokens.word(brace - 2), "for" | "impl" | "mut" | "const");
        !is_argument && !is_macro
    }

    /// The first token of a range, outside groups and angle brackets, for which `holds`.
    fn find_at_top(&self, from: usize, to: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let (mut at, mut angles) = (from, 0_usize);
        while at < to {
            match self.tokens.list[at].kind {
                Kind::Open(_) => {
                    at = self.tokens.behind_group(at).max(at + 1);
                    continue;
                }
                Kind::Sign(b'<') => angles += 1,
                Kind::Sign(b'>') if !self.tokens.is_arrow(at) => angles = angles.saturating_sub(1),
                _ if angles == 0 && holds(at) => return Some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn semicolon(&self, from: usize) -> Option<usize> {
        let mut at = from;
        while at < self.end {
            match self.tokens.list[at].kind {
                Kind::Sign(b';') => return Some(at),
                Kind::Open(_) => at = self.tokens.behind_group(at).max(at + 1),
                _ => at += 1,
            }
        }
        None
    }
}

fn is_modifier_or_item(word: &str) -> bool {
    is_modifier(word)
        || matches!(
            word,
            "fn" | "mod" | "trait" | "impl" | "static" | "type" | "struct" | "enum" | "use"
        )
}
