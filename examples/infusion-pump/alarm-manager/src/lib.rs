//! Software item `alarm-manager` of the example pump, class C.
//!
//! Runs on the safety processor, with a speaker, an alarm display and a battery gauge of
//! its own. It hears what `motor-control` and `safety-monitor` say, decides which alarm is
//! the most pressing, and makes it seen and heard. It cannot move or stop the motor.

#![no_std]
// Tests may panic and index: that is how they fail.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

pub mod battery;
pub mod manager;
pub mod message;
pub mod priority;
pub mod quantity;
pub mod signal;
