//! A file of its own.

pub fn stop() {}
