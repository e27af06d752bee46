//! Software item `therapy-ui` of the example pump, class B.
//!
//! From the operator's keys to a therapy order: entry, drug limits, confirmation.
//! The item knows no motor; what it hands over is checked again on the other side.

pub mod confirmation;
pub mod drug;
pub mod entry;
pub mod start_screen;
