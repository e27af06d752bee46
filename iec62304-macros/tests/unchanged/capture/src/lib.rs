//! Writes down the tokens of an item, as another macro sees them.

use proc_macro::{TokenStream, TokenTree};

/// Puts the tokens of the item, one a line, into a constant of the given name.
#[proc_macro_attribute]
pub fn capture(name: TokenStream, item: TokenStream) -> TokenStream {
    let mut lines = String::new();
    write_down(item, 0, &mut lines);
    format!("const {}: &str = {:?};", name, lines).parse().unwrap()
}

/// Kind, text and jointness of every token, and whether its span shows its own text.
fn write_down(tokens: TokenStream, depth: usize, lines: &mut String) {
    for token in tokens {
        let spelled = token.span().source_text();
        let line = match &token {
            TokenTree::Group(group) => format!("{:?}", group.delimiter()),
            TokenTree::Ident(word) => format!("word {word} {}", spelled == Some(word.to_string())),
            TokenTree::Punct(sign) => {
                let own = spelled == Some(sign.as_char().to_string());
                format!("sign {} {:?} {own}", sign.as_char(), sign.spacing())
            }
            TokenTree::Literal(literal) => {
                format!("literal {literal} {}", spelled == Some(literal.to_string()))
            }
        };
        lines.push_str(&format!("{depth} {line}\n"));
        if let TokenTree::Group(group) = token {
            write_down(group.stream(), depth + 1, lines);
        }
    }
}
