//! Software item `safety-monitor` of the example pump, class C.
//!
//! Runs on a processor of its own, with a clock and a shaft sensor of its own, and holds
//! the stop line that cuts the supply of the motor. It trusts `motor-control` for one
//! thing: what the motor is meant to do. It shares no code with it, so that a defect of
//! one is not a defect of both.

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

pub mod flow;
pub mod heartbeat;
pub mod message;
pub mod monitor;
pub mod quantity;
