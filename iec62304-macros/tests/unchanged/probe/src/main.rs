//! Each item once behind our attributes and once without them.

use capture::capture;
use iec62304_macros::{requirement, risk_control, software_unit, verifies};

macro_rules! same {
    ($($name:ident { $($item:tt)* })*) => {
        $(
            mod $name {
                use super::*;

                #[requirement("SRS-1", level = "unit")]
                #[risk_control("RC-1")]
                #[software_unit("unit")]
                #[verifies("unit.AC-1")]
                #[capture(TAGGED)]
                $($item)*

                #[capture(PLAIN)]
                $($item)*

                pub(crate) fn compare() {
                    assert_eq!(TAGGED, PLAIN, stringify!($name));
                    assert!(TAGGED.lines().count() > 3, "{}", stringify!($name));
                }
            }
        )*

        fn main() {
            $( $name::compare(); )*
            println!("{} items are the same", [$( stringify!($name) ),*].len());
        }
    };
}

same! {
    function {
        /// A doc comment.
        #[inline]
        pub(crate) fn f<'a, T: Into<Vec<&'a str>>, const N: usize>(t: T, n: [u8; N]) -> impl Iterator<Item = u8> + 'a
        where
            T: Clone,
        {
            let x = n.len() >= 1 && !t.clone().into().is_empty() || 1u8 << 2 == 4;
            let _ = (r#"raw"#, b"bytes", 'c', 1.0e-3_f64, ..=3, || x, -1i8);
            std::iter::empty()
        }
    }
    structure { #[derive(Debug)] pub struct S<T> where T: Copy { pub a: T, r#type: u8 } }
    enumeration { enum E { A = 1, B(u8), C { d: u8 } } }
    interface { unsafe trait T: Sized { const C: u8 = 1; type A; fn f(self: &Self); } }
    implementation { impl<T> From<T> for S<T> { fn from(t: T) -> Self { S(t) } } }
    constant { const C: &[u8] = &[1, 2, 3]; }
    import { use std::{collections::{BTreeMap as Map, *}, fmt}; }
    module { mod m { #![allow(dead_code)] pub fn f() {} } }
    foreign { extern "C" { fn read(fd: i32) -> isize; } }
    macro_definition { macro_rules! m { ($($t:tt),* $(,)?) => { $($t)* }; } }
}
