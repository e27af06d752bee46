//! Every kind of item that can carry an attribute macro on stable Rust. `remember` and
//! `compare` make the build fail where the attributes between them change a token.

#![allow(dead_code, unused_imports, unused_macros, unreachable_pub)]

use iec62304_macros::{requirement, risk_control, software_unit, verifies};
use token_witness::{compare, remember, settle};

#[remember]
#[requirement("SRS-1", "SRS-2.a", level = "unit")]
#[risk_control("RC-1")]
#[software_unit("rate-controller")]
#[verifies("rate-controller.AC-1")]
#[compare]
/// A comment, with `code`.
#[inline]
pub(crate) fn function<'a, T: Clone>(value: &'a T, raw: &str) -> (T, bool)
where
    T: PartialEq,
{
    //! An inner comment.
    let sum = 1_000u32 >> 2 << 1 | 0xff;
    (
        value.clone(),
        raw == r#"a "raw" text"# && sum >= 1 && *value == value.clone(),
    )
}

#[remember]
#[requirement("SRS-1")]
#[compare]
const fn constant_function() -> u8 {
    b'\n'
}

#[remember]
#[requirement("SRS-1")]
#[compare]
async fn asynchronous_function() {}

#[remember]
#[requirement("SRS-1")]
#[compare]
unsafe fn unsafe_function() {}

#[remember]
#[requirement("SRS-1")]
#[compare]
extern "C" fn extern_function(_: core::ffi::c_int) {}

#[remember]
#[requirement("SRS-1")]
#[compare]
#[no_mangle]
pub unsafe extern "C" fn interrupt() {}

#[remember]
#[requirement("SRS-1")]
#[compare]
#[derive(Clone, Default)]
struct Structure<const N: usize> {
    #[doc = "a field"]
    field: [u8; N_OF_FIELD],
}

const N_OF_FIELD: usize = 4;

#[remember]
#[requirement("SRS-1")]
#[compare]
struct Tuple(pub u8, crate::Unit);

#[remember]
#[requirement("SRS-1")]
#[compare]
struct Unit;

#[remember]
#[requirement("SRS-1")]
#[compare]
enum Enumeration {
    First = 1,
    Second = 2,
}

#[remember]
#[requirement("SRS-1")]
#[compare]
union Union {
    byte: u8,
    float: f32,
}

#[remember]
#[requirement("SRS-1")]
#[compare]
trait Trait: Send + 'static {
    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    const CONSTANT: u8;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    type Type: ?Sized;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    fn required(&self) -> Option<u8>;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    fn provided(self: Box<Self>) {}
}

#[remember]
#[requirement("SRS-1")]
#[compare]
impl Trait for Unit {
    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    const CONSTANT: u8 = 1;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    type Type = dyn Fn(u8) -> u8;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    fn required(&self) -> Option<u8> {
        Some(Self::CONSTANT)
    }
}

impl Unit {
    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    pub const LIMIT: f64 = 1.5e-3;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    pub fn method(&mut self, reading: u8) -> Result<u8, ()> {
        #[remember]
        #[requirement("SRS-1")]
        #[compare]
        fn nested(reading: u8) -> u8 {
            reading.wrapping_add(1)
        }
        Ok(nested(reading))
    }

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    define_method! {}
}

#[remember]
#[requirement("SRS-1")]
#[compare]
const CONSTANT: &str = "a \"text\"\n";

#[remember]
#[requirement("SRS-1")]
#[compare]
static STATIC: [u8; 2] = *b"ab";

#[remember]
#[requirement("SRS-1")]
#[compare]
type Alias<'a> = &'a dyn Trait<Type = u8>;

#[remember]
#[requirement("SRS-1")]
#[compare]
use std::fmt::{self, Display as _};

#[remember]
#[requirement("SRS-1")]
#[compare]
extern crate core as platform;

#[remember]
#[requirement("SRS-1")]
#[compare]
extern "C" {
    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    fn foreign_function(count: u32, ...) -> u32;

    #[remember]
    #[requirement("SRS-1")]
    #[compare]
    static FOREIGN_STATIC: u8;
}

#[remember]
#[requirement("SRS-1")]
#[compare]
mod module {
    //! A module.
    pub mod inner {
        pub const VALUE: u8 = 1;
    }
}

#[remember]
#[requirement("SRS-1")]
#[compare]
macro_rules! define_function {
    ($name:ident, $($value:expr),* $(,)?) => {
        fn $name() -> u32 {
            0 $(+ $value)*
        }
    };
}

#[remember]
#[requirement("SRS-1")]
#[compare]
define_function! { call_with_braces, 1 + 2, 3 }

#[remember]
#[requirement("SRS-1")]
#[compare]
define_function!(call_with_parentheses, 4);

// What a macro passes on can come in invisible groups: they stay as well.
macro_rules! define_tagged {
    ($(#[$attribute:meta])* $visibility:vis $name:ident($type:ty) = $value:expr, $id:literal) => {
        #[settle]
        #[remember]
        #[requirement($id)]
        #[compare]
        $(#[$attribute])*
        $visibility fn $name() -> $type {
            2 * $value
        }
    };
}

define_tagged! {
    /// From a macro.
    #[inline]
    pub tagged_by_macro(u32) = 1 + 2, "SRS-1"
}

macro_rules! define_method {
    () => {
        fn defined(&self) {}
    };
}
use define_method;

fn main() {
    assert_eq!(function(&1, r#"a "raw" text"#), (1, true));
    assert_eq!(constant_function(), 10);
    assert_eq!(Unit.required(), Some(1));
    assert_eq!(Unit.method(1), Ok(2));
    assert_eq!(call_with_braces() + call_with_parentheses(), 10);
    assert_eq!(tagged_by_macro(), 6);
    assert_eq!(module::inner::VALUE, 1);
    assert_eq!(CONSTANT.len() + STATIC.len(), 11);
    Unit.defined();
}
