//! Software item `event-log` of the example pump, class B.
//!
//! A process of its own on the main processor. It hears what the pump does and keeps it
//! in a ring of records that survives a power cut at any moment. Nothing reads the log
//! while a therapy runs, so nothing that it does reaches the patient.

pub mod event;
pub mod message;
pub mod recorder;
pub mod ring;
pub mod storage;
