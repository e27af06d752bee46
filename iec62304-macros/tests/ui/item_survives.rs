//! Every tagged item is used: nothing but the mistakes in the tags is reported.

use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement("")]
fn function() -> u8 {
    #[requirement("")]
    fn nested() -> u8 {
        1
    }
    nested()
}

#[requirement("")]
#[derive(Clone, Debug)]
struct Structure {
    field: u8,
}

#[requirement("")]
mod module {
    pub fn inside() {}
}

#[requirement("")]
trait Trait {
    #[risk_control("")]
    const CONSTANT: u8;

    #[software_unit("")]
    type Type;

    #[verifies("")]
    fn required(&self) -> Self::Type;
}

#[requirement("")]
impl Trait for Structure {
    #[risk_control("")]
    const CONSTANT: u8 = 1;

    #[software_unit("")]
    type Type = u8;

    #[verifies("")]
    fn required(&self) -> Self::Type {
        self.field + Self::CONSTANT
    }
}

impl Structure {
    #[requirement("")]
    fn method(&self) {}
}

#[requirement("")]
extern "C" {
    #[requirement("")]
    fn foreign_function();

    #[requirement("")]
    static FOREIGN_STATIC: u8;
}

#[requirement("")]
macro_rules! define {
    ($name:ident) => {
        fn $name() {}
    };
}

#[requirement("")]
define! { defined }

#[requirement("")]
use std::fmt::Debug as Show;

fn show(_: &dyn Show) {}

fn main() {
    let structure = Structure { field: function() };
    show(&structure.clone());
    structure.required();
    structure.method();
    module::inside();
    defined();
    unsafe {
        foreign_function();
        let _ = FOREIGN_STATIC;
    }
}
