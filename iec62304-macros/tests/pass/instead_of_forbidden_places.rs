//! What works where a macro attribute is not allowed; `tests/forbidden` has the same
//! places with the attribute.

#![allow(dead_code)]

use iec62304_macros::{requirement, tags};

// Instead of an attribute on a file module: `tags!` in the file.
#[path = "outer/alarm.rs"]
mod alarm;

// Instead of an attribute on an inline module that holds a file module.
mod outer {
    iec62304_macros::tags! {
        requirement("SRS-1", "SRS-2.a"),
        risk_control("RC-1"),
        software_unit("alarm"),
    }

    pub mod alarm;
}

// Instead of an inner attribute.
mod inner {
    iec62304_macros::tags!(requirement("SRS-1"));

    pub fn stop() {}
}

// Instead of an attribute on an exported macro.
/// iec62304: requirement("SRS-1")
#[macro_export]
macro_rules! stop {
    () => {
        $crate::inner::stop()
    };
}

// Instead of attributes on fields, variants and parameters: on the type or the function.
#[requirement("SRS-1")]
struct Pump {
    rate: u8,
}

impl Pump {
    #[requirement("SRS-1")]
    fn set_rate(&mut self, rate: u8) {
        // Instead of an attribute on a statement: on a function that holds it.
        #[requirement("SRS-2")]
        fn limited(rate: u8) -> u8 {
            rate.min(100)
        }
        self.rate = limited(rate);
    }
}

fn main() {
    crate::stop!();
    alarm::stop();
    outer::alarm::stop();
    let mut pump = Pump { rate: 0 };
    pump.set_rate(200);
    assert_eq!(pump.rate, 100);
}
