//! An invented pulse meter: one software unit for every form in which a test is written.
//!
//! Its functions are as small as they can be; what counts is where the tags stand.

pub mod alarm;
pub mod beat;
pub mod rate;
pub mod smoothing;
pub mod transfer;
