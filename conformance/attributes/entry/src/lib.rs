//! Tags on the functions that cortex-m-rt calls: above its attributes, or as a doc comment.

#![no_std]

use core::sync::atomic::{AtomicU32, Ordering};
use cortex_m_rt::{entry, exception};
use iec62304_macros::requirement;

static TICKS: AtomicU32 = AtomicU32::new(0);

#[requirement("ENTRY")]
#[entry]
fn start() -> ! {
    loop {
        core::hint::spin_loop();
    }
}

#[requirement("EXCEPTION")]
#[exception]
fn SysTick() {
    TICKS.fetch_add(1, Ordering::Relaxed);
}

/// iec62304: requirement("EXCEPTION-DOC")
#[exception]
fn PendSV() {
    TICKS.store(0, Ordering::Relaxed);
}
