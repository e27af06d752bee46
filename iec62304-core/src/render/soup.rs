//! The SOUP inventory as text, one file per format.

mod cyclonedx;
mod cyclonedx_1_5;
#[cfg(test)]
mod testdata;
mod vex;

pub use cyclonedx::{CycloneDx, cyclonedx};
pub use cyclonedx_1_5::{cyclonedx_1_5_json, cyclonedx_1_5_xml};
pub use vex::{cyclonedx_vex, openvex};
