//! Software item `motor-control` of the example pump, class C.
//!
//! Everything here runs on the motor processor: no heap, no floating point, no clock.
//! Time, sensors and the motor are values that come in and go out at every control tick,
//! so each behaviour can be tested without hardware. Of drugs the item knows
//! nothing but their hard limits, and nothing of screens or networks.

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

pub mod control;
pub mod delivery;
pub mod dose;
pub mod drug;
pub mod line;
pub mod message;
pub mod quantity;
pub mod rate;
