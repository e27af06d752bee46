//! The SOUP inventory as text and files, one file per format. Formats read the inventory;
//! they decide nothing.
//!
//! No cell is blank: it has a value, or it says "unknown", "none", "to be filled in" or
//! "not required in class A".

mod change;
mod columns;
mod csv;
mod cyclonedx;
mod cyclonedx_1_5;
mod facts;
mod json_v1;
mod markdown;
mod spdx;
mod spdx_2_3;
mod spdx_3_0;
mod support;
mod table;
mod vex;
mod xlsx;

pub use self::change::{changes_markdown, changes_text};
pub use self::csv::{csv, csv_of_tools};
pub use self::cyclonedx::{CycloneDx, cyclonedx};
pub use self::cyclonedx_1_5::{cyclonedx_1_5_json, cyclonedx_1_5_xml};
pub use self::json_v1::json_v1;
pub use self::markdown::{markdown, markdown_of_tools};
pub use self::spdx_2_3::spdx_2_3;
pub use self::spdx_3_0::spdx_3_0;
pub use self::support::{support_csv, support_markdown};
pub use self::table::table;
pub use self::vex::{cyclonedx_vex, openvex};
pub use self::xlsx::xlsx;

#[cfg(test)]
mod testdata;
#[cfg(test)]
mod tests;
