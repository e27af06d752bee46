//! Mistakes as compile errors at their places.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Something wrong at a place.
pub(crate) struct Mistake {
    at: Span,
    message: String,
}

impl Mistake {
    pub(crate) fn new(at: Span, message: String) -> Self {
        Self { at, message }
    }
}

/// `::core::compile_error! { "…" }` for each mistake. It may stand wherever an item may,
/// also in an `impl`, a trait or an extern block.
pub(crate) fn errors(mistakes: &[Mistake]) -> TokenStream {
    mistakes.iter().flat_map(error).collect()
}

fn error(mistake: &Mistake) -> Vec<TokenTree> {
    let at = mistake.at;
    let punct = |character, spacing| {
        let mut punct = Punct::new(character, spacing);
        punct.set_span(at);
        TokenTree::Punct(punct)
    };
    let mut message = Literal::string(&mistake.message);
    message.set_span(at);
    let mut group = Group::new(Delimiter::Brace, TokenTree::Literal(message).into());
    group.set_span(at);
    vec![
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        TokenTree::Ident(Ident::new("core", at)),
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        TokenTree::Ident(Ident::new("compile_error", at)),
        punct('!', Spacing::Alone),
        TokenTree::Group(group),
    ]
}
