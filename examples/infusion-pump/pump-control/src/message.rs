//! Software unit `message-link`: the messages that enter and leave the motor processor.
//!
//! Knows how they are laid out and sealed; nothing of the wires they take.
//! Numbers stand with the highest byte first, the checksum at the end. The other end of
//! each message is code of another item, written from the same description and not shared.

mod checksum;
pub mod order;
pub mod status;
