//! The pure core of `cargo-iec62304`.

pub mod config;
pub mod location;
pub mod model;
pub mod records;
pub mod scan;
pub mod snapshot;
pub mod standard;
