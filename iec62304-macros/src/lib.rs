//! Attributes that tie requirements, risk controls and software units to Rust code, for
//! medical device software under IEC 62304.
//!
//! On a test, a tag says that the test *verifies* what it names. On product code it says
//! that the code *implements* it. `cargo iec62304 check` reads the tags from the source
//! and reports what is missing.
//!
//! ```
//! use iec62304_macros::{requirement, risk_control};
//!
//! #[requirement("SRS-3")]
//! #[risk_control("RC-2")]
//! fn stop_on_air(air: bool) -> bool {
//!     air
//! }
//! ```
//!
//! ```text
//! #[test]
//! #[requirement("SRS-3", level = "unit")]
//! #[risk_control("RC-2")]
//! fn a_bubble_stops_the_motor() {
//!     assert!(stop_on_air(true));
//! }
//! ```
//!
//! An attribute returns its item unchanged, token for token, and this crate has no
//! dependencies: nothing of it enters the device. It works in `no_std` crates.
//!
//! # Arguments
//!
//! One or more ids as strings, separated by commas; a part of a requirement as
//! `"SRS-7.a"`, an acceptance criterion of a unit as `"rate-controller.AC-1"`. On a test,
//! `level = "unit"`, `"integration"` or `"system"` may follow. An id is checked for its
//! form here; whether a record of that id exists is what `cargo iec62304 check` says.
//!
//! # Where a tag can stand
//!
//! On every item that stable Rust lets a macro attribute stand on, in any order with
//! `#[test]` and the like, in `cfg_attr`, in `proptest!`, and on the items of traits,
//! `impl`s and extern blocks. Where Rust or another macro forbids it:
//!
//! | place | why | the way that works |
//! | --- | --- | --- |
//! | `mod x;`, a module in a file of its own | attributes on file modules are not stable | [`tags!`] inside that file |
//! | `mod x { mod y; }`, an inline module that holds one | the same | [`tags!`] inside the module |
//! | a `#[macro_export]` macro that its own crate calls by path | Rust refuses exported macros that a macro attribute has passed on | [`tags!`] in the module of the macro |
//! | statements and expressions | attributes there are not stable | tag the function around it |
//! | fields, variants, parameters, match arms | no macro attribute may stand there | tag the type or function around it |
//! | below `#[entry]` and `#[exception]` of `cortex-m-rt` | they refuse attributes that they do not know | above `#[entry]`, or a doc comment |
//!
//! A tag works in a doc comment as well, for teams that may not use procedural macros:
//!
//! ```
//! /// iec62304: requirement("SRS-3"), risk_control("RC-2")
//! fn stop_on_air() {}
//! ```

use proc_macro::{Span, TokenStream};

use arguments::Tag;
use report::Mistake;

mod arguments;
mod report;

/// Names the software requirements that an item implements or a test verifies.
///
/// ```
/// use iec62304_macros::requirement;
///
/// #[requirement("SRS-3", "SRS-7.a")]
/// fn stop_on_air() {}
/// ```
#[proc_macro_attribute]
pub fn requirement(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute(Tag::Requirement, arguments, item)
}

/// Names the risk controls that an item realises or a test verifies.
///
/// ```
/// use iec62304_macros::risk_control;
///
/// #[risk_control("RC-2")]
/// fn stop_on_air() {}
/// ```
#[proc_macro_attribute]
pub fn risk_control(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute(Tag::RiskControl, arguments, item)
}

/// Moves an item into a software unit other than that of its module.
///
/// ```
/// use iec62304_macros::software_unit;
///
/// #[software_unit("rate-controller")]
/// fn steps_per_second() {}
/// ```
#[proc_macro_attribute]
pub fn software_unit(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute(Tag::SoftwareUnit, arguments, item)
}

/// Names the software units, or their acceptance criteria, that a test verifies.
///
/// ```text
/// #[test]
/// #[verifies("rate-controller.AC-1")]
/// fn the_rate_is_kept() {}
/// ```
#[proc_macro_attribute]
pub fn verifies(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute(Tag::Verifies, arguments, item)
}

/// Tags the module it stands in, where an attribute cannot.
///
/// ```
/// mod rate {
///     iec62304_macros::tags! { requirement("SRS-3"), software_unit("rate-controller") }
///
///     pub fn rate() {}
/// }
/// ```
#[proc_macro]
pub fn tags(input: TokenStream) -> TokenStream {
    report::errors(&arguments::check_elements(input))
}

/// The item as it came; in front of it an error for each mistake.
///
/// iec62304: requirement("TOOL-1", "TOOL-2")
fn attribute(tag: Tag, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mistakes: Vec<Mistake> = arguments::check(tag, arguments, Span::call_site());
    if mistakes.is_empty() {
        return item;
    }
    let mut tokens = report::errors(&mistakes);
    tokens.extend(item);
    tokens
}
