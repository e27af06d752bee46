//! Attributes that tie requirements, risk controls and software units to Rust code.

use proc_macro::TokenStream;

/// Names the requirements that an item implements or a test verifies.
#[proc_macro_attribute]
pub fn requirement(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// Names the risk controls that an item implements or a test verifies.
#[proc_macro_attribute]
pub fn risk_control(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// Names the software unit that an item belongs to.
#[proc_macro_attribute]
pub fn software_unit(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// Names the units or acceptance criteria that a test verifies.
#[proc_macro_attribute]
pub fn verifies(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// Tags the module it stands in.
#[proc_macro]
pub fn tags(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
