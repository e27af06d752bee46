//! Software item `network-gateway` of the example pump, class A.
//!
//! Tells the hospital network what the pump is doing. It runs on a processor of its own
//! and has no way to speak to the rest of the pump: a status comes in, a report goes out.
//! Its tags are doc comments, because its toolchain allows no procedural macros.

pub mod message;
pub mod report;
pub mod sender;
