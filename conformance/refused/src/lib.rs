//! Tags below the attributes of cortex-m-rt: each is an error, and `run` knows its words.

#![no_std]

use cortex_m_rt::{entry, exception, pre_init};
use iec62304_macros::requirement;

#[entry]
#[requirement("ENTRY")]
fn start() -> ! {
    loop {}
}

#[exception]
#[requirement("EXCEPTION")]
fn SysTick() {}

#[pre_init]
#[requirement("PRE-INIT")]
unsafe fn before_main() {}
