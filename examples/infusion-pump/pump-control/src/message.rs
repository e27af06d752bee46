//! Software unit `message-link`: the two messages that leave or enter the motor processor.
//!
//! Knows how they are laid out and sealed; nothing of the wires they take.
//! Numbers stand with the highest byte first, the checksum at the end.

mod checksum;
pub mod order;
pub mod status;
