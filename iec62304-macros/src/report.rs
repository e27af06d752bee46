//! Collects the mistakes of one macro call as compiler errors, each at its place.
//!
//! All mistakes are kept, so that a user sees them in one build. It must not know
//! what a mistake is.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Report {
    errors: Vec<TokenTree>,
}

/// From where to where in the source a mistake reaches.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    first: Span,
    last: Span,
}

impl Place {
    /// The macro call as a whole.
    pub(crate) fn call() -> Self {
        Self::of_span(Span::call_site())
    }

    /// One token.
    pub(crate) fn of(token: &TokenTree) -> Self {
        Self::of_span(token.span())
    }

    /// All of `tokens`; the macro call where there are none.
    pub(crate) fn of_all(tokens: &[TokenTree]) -> Self {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Self { first: first.span(), last: last.span() },
            _ => Self::call(),
        }
    }

    fn of_span(span: Span) -> Self {
        Self { first: span, last: span }
    }
}

impl Report {
    /// Adds a mistake.
    pub(crate) fn add(&mut self, place: Place, message: &str) {
        self.errors.extend(compile_error(place, message));
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// One `compile_error!` per mistake, valid wherever an item may stand.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.errors.into_iter().collect()
    }
}

/// `::core::compile_error! { "message" }`.
///
/// Stable Rust cannot join two spans, but the compiler underlines from the first
/// token of a macro call to its last: so these two carry the ends of the place.
fn compile_error(place: Place, message: &str) -> Vec<TokenTree> {
    // `::core` must resolve in a crate of edition 2015 too, where a path with the user's
    // own hygiene would start at the crate root.
    let first = Span::call_site().located_at(place.first);
    let last = Span::call_site().located_at(place.last);
    let mut text = Literal::string(message);
    text.set_span(last);
    let mut argument = Group::new(Delimiter::Brace, TokenTree::from(text).into());
    argument.set_span(last);

    let mut tokens = path_separator(first).to_vec();
    tokens.push(Ident::new("core", first).into());
    tokens.extend(path_separator(first));
    tokens.push(Ident::new("compile_error", first).into());
    tokens.push(punct('!', Spacing::Alone, first));
    tokens.push(argument.into());
    tokens
}

fn path_separator(span: Span) -> [TokenTree; 2] {
    [punct(':', Spacing::Joint, span), punct(':', Spacing::Alone, span)]
}

fn punct(character: char, spacing: Spacing, span: Span) -> TokenTree {
    let mut punct = Punct::new(character, spacing);
    punct.set_span(span);
    punct.into()
}
