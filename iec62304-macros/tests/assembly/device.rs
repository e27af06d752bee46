//! A device that the test `assembly` builds as it stands and with blanks for the tags.

#![no_std]

use core::fmt;

iec62304_macros::tags! { requirement("SRS-1"), software_unit("motor") }

/// The motor.
#[iec62304_macros::requirement("SRS-1")]
#[derive(Clone, Debug, PartialEq)]
pub struct Motor {
    rate: u32,
    running: bool,
}

#[iec62304_macros::requirement("SRS-2")]
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub enum Stop {
    Air = 1,
    Occlusion = 2,
}

#[iec62304_macros::requirement("SRS-2")]
pub union Register {
    word: u32,
    bytes: [u8; 4],
}

#[iec62304_macros::software_unit("motor")]
pub trait Drive {
    #[iec62304_macros::requirement("SRS-3")]
    const STEPS: u32;

    #[iec62304_macros::requirement("SRS-3")]
    fn advance(&mut self, steps: u32) -> u32;

    #[iec62304_macros::requirement("SRS-3")]
    fn turn(&mut self) -> u32 {
        self.advance(Self::STEPS)
    }
}

impl Drive for Motor {
    #[iec62304_macros::requirement("SRS-3")]
    const STEPS: u32 = 200;

    #[iec62304_macros::requirement("SRS-3")] #[iec62304_macros::risk_control("RC-1")] #[inline(never)]
    fn advance(&mut self, steps: u32) -> u32 {
        self.rate = self.rate.saturating_add(steps);
        self.rate
    }
}

impl Motor {
    #[iec62304_macros::requirement(
        "SRS-4",
        "SRS-5.a",
        level = "unit",
    )]
    #[iec62304_macros::risk_control("RC-2")]
    #[inline(never)]
    pub fn set_rate(&mut self, rate: u32) -> Result<u32, Stop> {
        #[iec62304_macros::requirement("SRS-4")]
        #[inline(never)]
        fn limited(rate: u32) -> u32 {
            rate.min(LIMIT)
        }

        assert!(self.running, "the motor stands still");
        self.rate = limited(rate);
        if self.rate == 0 {
            return Err(Stop::Occlusion);
        }
        Ok(self.rate / 3)
    }
}

impl fmt::Display for Motor {
    #[iec62304_macros::requirement("SRS-6")]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} steps", self.rate)
    }
}

#[iec62304_macros::requirement("SRS-4")]
pub const LIMIT: u32 = 4321;

#[iec62304_macros::requirement("SRS-4")]
#[no_mangle]
pub static TABLE: [u32; 4] = [1, 2, 3, LIMIT];

#[iec62304_macros::requirement("SRS-7")]
#[no_mangle]
pub extern "C" fn motor_interrupt(motor: &mut Motor, rate: u32) -> u32 {
    let reached = motor.set_rate(rate).unwrap_or_default();
    unsafe { foreign_acknowledge(reached) };
    reached.wrapping_add(motor.turn()).wrapping_add(first_step() * second_step())
}

#[iec62304_macros::requirement("SRS-7")]
extern "C" {
    #[iec62304_macros::requirement("SRS-7")]
    fn foreign_acknowledge(rate: u32);
}

#[iec62304_macros::requirement("SRS-8")]
macro_rules! step {
    ($(#[$attribute:meta])* $visibility:vis $name:ident, $type:ty, $value:expr, $id:literal) => {
        #[iec62304_macros::requirement($id)]
        $(#[$attribute])*
        #[inline(never)]
        $visibility fn $name() -> $type {
            core::hint::black_box($value) * 2
        }
    };
}

step! { #[cold] pub first_step, u32, 1 + 2, "SRS-8" }
#[iec62304_macros::requirement("SRS-8")]
step! { #[iec62304_macros::requirement("SRS-8")] pub(crate) second_step, u32, 3, "SRS-8" }

#[iec62304_macros::requirement("SRS-9")]
pub mod alarm {
    //! An alarm.

    #[iec62304_macros::requirement("SRS-9")]
    #[no_mangle]
    pub fn sound(volume: &[u8], index: usize) -> u8 {
        volume[index]
    }

    #[iec62304_macros::requirement("SRS-9")]
    pub async fn wait(seconds: u8) -> u8 {
        seconds + 1
    }
}
