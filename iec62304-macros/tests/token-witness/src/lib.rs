//! Attributes that stand around others and tell whether those left an item as it was.
//!
//! `remember` stands above the attributes in question and `compare` below them. What
//! `remember` sees under `#[compare]` it writes into it, and `compare` checks the item
//! it is given against that: every token with its text, spacing, place and hygiene.
//! The witness must not know which attributes stand between.

use proc_macro::{Delimiter, Group, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Writes what stands below `#[compare]` into it; everything else stays.
#[proc_macro_attribute]
pub fn remember(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let Some(position) = tokens.iter().position(is_compare) else {
        return error("there is no `#[compare]` below `#[remember]`");
    };
    let below = tokens[position + 1..].iter().cloned().collect();
    tokens[position] = compare_with(&describe(below));
    tokens.into_iter().collect()
}

/// Fails unless the item is the one that `remember` saw.
#[proc_macro_attribute]
pub fn compare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let Some(TokenTree::Literal(remembered)) = arguments.into_iter().next() else {
        return error("there is no `#[remember]` above `#[compare]`");
    };
    let found = Literal::string(&describe(item.clone()));
    if remembered.to_string() == found.to_string() {
        item
    } else {
        error("the item is not as it was")
    }
}

/// Takes the item apart and puts it together again.
///
/// The compiler then forgets which invisible groups came through `macro_rules!` and drops
/// those around a type or a visibility. `remember`, which has to do the same, would else
/// change what it describes.
#[proc_macro_attribute]
pub fn settle(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item.into_iter().collect()
}

/// Moves the last token to the place of the macro call and leaves its text.
#[proc_macro_attribute]
pub fn displace(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(last) = tokens.last_mut() {
        last.set_span(Span::call_site());
    }
    tokens.into_iter().collect()
}

/// Adds a semicolon to the last group, a function's body.
#[proc_macro_attribute]
pub fn append(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(group)) = tokens.last_mut() {
        let mut content = group.stream();
        content.extend([TokenTree::from(Punct::new(';', Spacing::Alone))]);
        let mut longer = Group::new(group.delimiter(), content);
        longer.set_span(group.span());
        *group = longer;
    }
    tokens.into_iter().collect()
}

fn is_compare(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "compare"
}

fn compare_with(description: &str) -> TokenTree {
    let attribute = format!("compare({description:?})");
    let content = attribute.parse().expect("a name and a string are tokens");
    Group::new(Delimiter::Bracket, content).into()
}

/// One line for each token.
fn describe(tokens: TokenStream) -> String {
    tokens.into_iter().map(|token| describe_token(&token)).collect()
}

fn describe_token(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => format!(
            "{:?} {:?} {:?} {:?}\n{}end\n",
            group.delimiter(),
            group.span(),
            group.span_open(),
            group.span_close(),
            describe(group.stream())
        ),
        TokenTree::Ident(ident) => format!("ident {ident} {:?}\n", ident.span()),
        TokenTree::Literal(literal) => format!("literal {literal} {:?}\n", literal.span()),
        TokenTree::Punct(punct) => {
            let character = punct.as_char();
            format!("punct {character} {:?} {:?}\n", punct.spacing(), punct.span())
        }
    }
}

fn error(message: &str) -> TokenStream {
    format!("::core::compile_error! {{ {message:?} }}").parse().expect("a macro call is tokens")
}
