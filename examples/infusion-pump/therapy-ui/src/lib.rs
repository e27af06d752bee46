//! Software item `therapy-ui` of the example pump, class B.
//!
//! A process of its own on the main processor, with a terminal: from the operator's lines
//! to a therapy order, and from the status of the motor to a screen. The item knows no
//! motor; what it sends is checked again on the other side.

pub mod confirmation;
pub mod drug;
pub mod entry;
pub mod message;
pub mod quantity;
pub mod running_screen;
pub mod service;
pub mod start_screen;
pub mod terminal;
