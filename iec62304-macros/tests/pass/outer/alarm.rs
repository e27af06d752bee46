//! A module in a file of its own.

use iec62304_macros::tags;

tags! { requirement("SRS-1"), software_unit("alarm") }

pub fn stop() {}
