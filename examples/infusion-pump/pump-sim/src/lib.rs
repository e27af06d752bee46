//! The hardware of the example pump as a program: mechanics, sensors, wires and faults.
//!
//! No part of the product. There is no clock and no chance in it, so that each run of a
//! scenario is the same to the byte.

pub mod bench;
pub mod hardware;
pub mod scenario;
