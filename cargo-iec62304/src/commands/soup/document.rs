//! The inventory in the format that was asked for.

use iec62304_core::render::{HumanOptions, Verbosity, soup as render};
use iec62304_core::soup::{Baseline, Inventory};
use jiff::civil::Date;

use crate::cli::{SoupArguments, SoupFormat};
use crate::output;

/// The bytes of a document.
pub(super) fn document(inventory: &Inventory, arguments: &SoupArguments) -> Vec<u8> {
    let created = inventory.as_of.unwrap_or(Date::ZERO);
    let text = match arguments.format {
        SoupFormat::Xlsx => return render::xlsx(inventory),
        SoupFormat::Table => render::table(inventory, &look(arguments)),
        SoupFormat::Markdown => render::markdown(inventory),
        SoupFormat::Csv => render::csv(inventory),
        SoupFormat::Json => render::json_v1(inventory),
        SoupFormat::Spdx => render::spdx_2_3(inventory, created),
        SoupFormat::Spdx3 => render::spdx_3_0(inventory, created),
        SoupFormat::Support => render::support_markdown(inventory),
        SoupFormat::SupportCsv => render::support_csv(inventory),
        SoupFormat::Baseline => Baseline::of(inventory).to_text(),
        _ => Baseline::of(inventory).to_text(),
    };
    text.into_bytes()
}

fn look(arguments: &SoupArguments) -> HumanOptions {
    let verbosity = match (arguments.quiet, arguments.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    HumanOptions { color: output::color(arguments.color), verbosity }
}
