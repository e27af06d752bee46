//! Every item that stable Rust lets a macro attribute stand on.
#![allow(
    dead_code,
    unused_imports,
    clippy::all,
    clippy::pedantic,
    reason = "the items only have to compile"
)]

use iec62304_macros::{requirement, risk_control, software_unit, tags, verifies};

tags! { requirement("SRS-1"), risk_control("RC-1", "RC-2"), software_unit("items"), }

#[requirement("SRS-1")]
fn function() {}

#[requirement("SRS-1")]
const fn constant_function() {}

#[requirement("SRS-1")]
async fn asynchronous_function() {}

#[requirement("SRS-1")]
extern "C" fn foreign_function<T: Copy>(value: &T) -> T {
    *value
}

#[requirement("SRS-1")]
struct Unit;

#[requirement("SRS-1")]
#[derive(Clone)]
struct Fields<T> {
    value: T,
}

#[requirement("SRS-1")]
enum Choice {
    One = 1,
    Two,
}

#[requirement("SRS-1")]
union Bits {
    number: u32,
    bytes: [u8; 4],
}

#[requirement("SRS-1")]
trait Stop {
    #[requirement("SRS-1")]
    const LIMIT: u32;

    #[requirement("SRS-1")]
    type Reason;

    #[requirement("SRS-1")]
    fn stop(&self) -> Self::Reason;

    #[requirement("SRS-1")]
    fn halt(&self) {}
}

#[requirement("SRS-1")]
#[risk_control("RC-1")]
impl Stop for Unit {
    #[requirement("SRS-1")]
    const LIMIT: u32 = 1;

    #[requirement("SRS-1")]
    type Reason = u8;

    #[requirement("SRS-1")]
    fn stop(&self) -> u8 {
        1
    }
}

#[software_unit("items")]
impl Unit {
    #[requirement("SRS-1")]
    const ZERO: u8 = 0;

    #[requirement("SRS-1")]
    fn start(&self) {
        #[requirement("SRS-1")]
        fn nested() {}
        nested();
    }
}

#[requirement("SRS-1")]
const CONSTANT: u8 = 1;

#[requirement("SRS-1")]
static STATIC: u8 = 1;

#[requirement("SRS-1")]
type Alias = u8;

#[requirement("SRS-1")]
use std::collections::BTreeMap as Imported;

#[requirement("SRS-1")]
extern crate std as standard;

mod foreign {
    use super::requirement;

    #[requirement("SRS-1")]
    extern "C" {
        #[requirement("SRS-1")]
        fn read();

        #[requirement("SRS-1")]
        static VALUE: u8;
    }
}

#[requirement("SRS-1")]
mod module {
    pub(crate) fn inside() {}
}

#[requirement("SRS-1")]
macro_rules! local {
    ($id:literal) => {
        #[requirement($id)]
        fn from_a_macro() {}
    };
}

#[requirement("SRS-1")]
local!("SRS-1");

#[cfg_attr(all(), requirement("SRS-1"), risk_control("RC-1"))]
#[cfg_attr(any(), requirement("SRS-2"))]
fn conditional() {}

#[test]
#[requirement("SRS-1", level = "unit")]
fn below_test() {}

#[requirement("SRS-1", "SRS-7.a", level = "integration")]
#[verifies("items.AC-1")]
#[test]
fn above_test() {
    module::inside();
}

#[requirement(r"SRS-1", r#"SRS-2"#)]
#[test]
fn raw_strings() {}

fn main() {}
