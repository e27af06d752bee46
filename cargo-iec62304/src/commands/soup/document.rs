//! The inventory in the format that was asked for.

use iec62304_core::render::soup as render;
use iec62304_core::soup::{Baseline, Inventory};
use jiff::civil::Date;

use crate::cli::{SoupArguments, SoupFormat};

/// The bytes of a document.
pub(super) fn document(inventory: &Inventory, arguments: &SoupArguments) -> Vec<u8> {
    let created = inventory.as_of.unwrap_or(Date::ZERO);
    let text = match arguments.format {
        SoupFormat::Spdx => render::spdx_2_3(inventory, created),
        SoupFormat::Spdx3 => render::spdx_3_0(inventory, created),
        _ => Baseline::of(inventory).to_text(),
    };
    text.into_bytes()
}
