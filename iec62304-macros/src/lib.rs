//! Attributes that tie requirements, risk controls and software units to Rust code.
//!
//! A tag says which requirement a function implements, or which one a test verifies.
//! `cargo iec62304 check` reads the tags from the source, compares them with the records of
//! the project, and reports what IEC 62304 asks for and nobody has written yet.
//!
//! ```
//! use iec62304_macros::{requirement, risk_control};
//!
//! pub struct Stop;
//!
//! /// Implements the requirement and the risk control.
//! #[requirement("SRS-3")]
//! #[risk_control("RC-2")]
//! pub fn stop_on_air(bubble_microlitres: u32) -> Option<Stop> {
//!     (bubble_microlitres > 50).then(|| Stop)
//! }
//!
//! /// Verifies both, since it stands on a test.
//! # /*
//! #[test]
//! # */
//! #[requirement("SRS-3", level = "unit")]
//! #[risk_control("RC-2")]
//! fn a_bubble_stops_the_motor() {
//!     assert!(stop_on_air(51).is_some());
//! }
//! # a_bubble_stops_the_motor();
//! ```
//!
//! # The tags
//!
//! | tag | on product code | on a test |
//! | --- | --- | --- |
//! | [`requirement`] | implements the requirements | verifies them |
//! | [`risk_control`] | implements the risk controls | verifies them |
//! | [`software_unit`] | belongs to the unit | |
//! | [`verifies`] | | verifies units or their acceptance criteria |
//!
//! [`tags!`] says the same of the module that it stands in.
//!
//! An id is a string without white space and backslashes. All but `software_unit` take
//! several ids, and on a test `level = "unit"`, `"integration"` or `"system"`. A part of a
//! requirement has a name of its own: `"SRS-7.a"`. Whether an id exists is not known here:
//! `cargo iec62304 check` has the records and looks.
//!
//! A mistake is a compiler error at its place, one for each, and the item stays.
//!
//! # No trace in the device
//!
//! - The crate has no dependencies, and nothing of it is linked: it works for `no_std`, and
//!   with every compiler since Rust 1.56.
//! - An attribute returns its item unchanged, token for token. A crate builds to the same
//!   assembly, debug information included, as with blanks in the place of the tags.
//! - One exception is the compiler's own: it numbers the nameless items of a module, `impl`
//!   blocks and `const _`, and comes to those with a macro attribute last. A tag on a whole
//!   `impl` block can so change the hashes in the names of symbols; where that was tried,
//!   it changed nothing else. Tags on the methods do not even do that.
//!
//! # Where a tag cannot stand
//!
//! On stable Rust an attribute macro can stand on every kind of item: at the top of a file,
//! in modules, in functions, and in `impl`, `trait` and `extern` blocks. It goes in any order
//! with `#[test]`, `#[tokio::test]`, `#[rstest]` and its cases and `#[test_case]`, inside
//! `proptest!` and inside `cfg_attr`. Not on these:
//!
//! | place | what the compiler says | what to write instead |
//! | --- | --- | --- |
//! | `mod alarm;`, a module in a file of its own | file modules in proc macro input are unstable | [`tags!`] in that file |
//! | an inline module, or another item, that holds a `mod alarm;` | the same | [`tags!`] in the module |
//! | the inside of a module, `#![requirement("SRS-1")]` | inner macro attributes are unstable | [`tags!`] in the module |
//! | `#[macro_export] macro_rules!` | nothing, until the same crate calls it by a path, `crate::stop!()`, or imports it | the doc comment below |
//! | a statement, an expression, a closure | custom attributes cannot be applied to statements | a tag on the function, or on a nested function that takes the statement in |
//! | a field, a variant, a parameter, a match arm | expected non-macro attribute | a tag on the type or the function |
//! | below `#[entry]` and `#[exception]` of cortex-m-rt | this attribute is not allowed on a cortex-m-rt entry point | the tag above `#[entry]` |
//!
//! # Without procedural macros
//!
//! The same tags can be written as a line of a doc comment on any item, also where an
//! attribute cannot stand. No dependency is needed then, and nothing looks at the line while
//! it is typed: only `cargo iec62304 check` does.
//!
//! ```
//! /// Stops the motor.
//! ///
//! /// iec62304: requirement("SRS-3"), risk_control("RC-2")
//! #[macro_export]
//! macro_rules! stop {
//!     () => {};
//! }
//! ```

mod arguments;
mod report;
mod tag_list;

use crate::arguments::Tag;
use crate::report::{Place, Report};
use proc_macro::TokenStream;

/// Names the requirements that an item implements or a test verifies.
///
/// It takes one or more ids and, on a test, the level at which it verifies.
///
/// ```
/// use iec62304_macros::requirement;
///
/// #[requirement("SRS-4", "SRS-7.a")]
/// pub fn limited(rate: u32) -> u32 {
///     rate.min(1200)
/// }
///
/// # /*
/// #[test]
/// # */
/// #[requirement("SRS-4", level = "unit")]
/// fn the_rate_stays_below_its_limit() {
///     assert_eq!(limited(2000), 1200);
/// }
/// # the_rate_stays_below_its_limit();
/// ```
///
/// Without an id it is an error, and so is anything that is no string:
///
/// ```compile_fail
/// use iec62304_macros::requirement;
///
/// #[requirement(SRS-4)]
/// pub fn limited(rate: u32) -> u32 {
///     rate.min(1200)
/// }
/// ```
#[proc_macro_attribute]
pub fn requirement(arguments: TokenStream, item: TokenStream) -> TokenStream {
    tagged(Tag::Requirement, arguments, item)
}

/// Names the risk controls that an item implements or a test verifies.
///
/// It takes the same arguments as [`macro@requirement`].
///
/// ```
/// use iec62304_macros::{requirement, risk_control};
///
/// pub struct Watchdog {
///     missed: u8,
/// }
///
/// impl Watchdog {
///     #[risk_control("RC-1", "RC-2")]
///     #[requirement("SRS-9")]
///     pub fn has_tripped(&self) -> bool {
///         self.missed > 2
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn risk_control(arguments: TokenStream, item: TokenStream) -> TokenStream {
    tagged(Tag::RiskControl, arguments, item)
}

/// Names the software unit that an item belongs to.
///
/// The records declare units by modules; this moves one item to another unit. It takes
/// one id and nothing else.
///
/// ```
/// use iec62304_macros::software_unit;
///
/// #[software_unit("rate-controller")]
/// pub fn steps_per_second(millilitres_per_hour: u32) -> u32 {
///     millilitres_per_hour * 200 / 36
/// }
/// ```
#[proc_macro_attribute]
pub fn software_unit(arguments: TokenStream, item: TokenStream) -> TokenStream {
    tagged(Tag::SoftwareUnit, arguments, item)
}

/// Names the units or acceptance criteria that a test verifies.
///
/// It takes the same arguments as [`macro@requirement`]. An acceptance criterion is named by its
/// unit and its own id.
///
/// ```
/// use iec62304_macros::verifies;
///
/// # /*
/// #[test]
/// # */
/// #[verifies("rate-controller.AC-1", "rate-controller.AC-2", level = "unit")]
/// fn a_rate_of_zero_holds_the_motor() {
///     // …
/// }
/// # a_rate_of_zero_holds_the_motor();
/// ```
#[proc_macro_attribute]
pub fn verifies(arguments: TokenStream, item: TokenStream) -> TokenStream {
    tagged(Tag::Verifies, arguments, item)
}

/// Tags the module that it stands in, where an attribute cannot.
///
/// It takes `requirement`, `risk_control` and `software_unit`, each with the arguments of
/// the attribute, and expands to nothing.
///
/// ```
/// mod alarm {
///     iec62304_macros::tags! {
///         requirement("SRS-3", "SRS-5"),
///         risk_control("RC-2"),
///         software_unit("alarm"),
///     }
///
///     pub fn sound() {}
/// }
/// # alarm::sound();
/// ```
///
/// Only a test verifies, and a module is none:
///
/// ```compile_fail
/// iec62304_macros::tags! { verifies("alarm.AC-1") }
/// ```
#[proc_macro]
pub fn tags(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    tag_list::check(input, &mut report);
    report.into_tokens()
}

/// The item as it came, followed by the mistakes in its tag.
///
/// iec62304: requirement("TOOL-1", "TOOL-2")
fn tagged(tag: Tag, arguments: TokenStream, mut item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    if !arguments::check(tag, arguments, &mut report) {
        let example = format!("#[{}]", tag.example());
        report.add(Place::call(), &arguments::no_id(tag, &example));
    }
    if !report.is_empty() {
        item.extend(report.into_tokens());
    }
    item
}

/// The examples of the page, to be tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
