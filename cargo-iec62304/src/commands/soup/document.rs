//! The inventory in the format that was asked for.

use iec62304_core::render::soup as render;
use iec62304_core::render::soup::CycloneDx;
use iec62304_core::soup::{AdvisoryState, Baseline, Inventory};
use jiff::civil::Date;

use crate::cli::{SoupArguments, SoupFormat};
use crate::error::Error;
use crate::output;

/// The bytes of a document.
///
/// Statements on advisories without advisories would look like "none is known", so there
/// is no such document.
pub(super) fn document(inventory: &Inventory, arguments: &SoupArguments) -> Result<Vec<u8>, Error> {
    let is_vex = matches!(arguments.format, SoupFormat::Vex | SoupFormat::Openvex);
    if is_vex && inventory.advisories == AdvisoryState::None {
        return Err(Error::NoStatement("no advisory database is at hand"));
    }
    let created = inventory.as_of.unwrap_or(Date::ZERO);
    let text = match arguments.format {
        SoupFormat::Xlsx => return Ok(render::xlsx(inventory)),
        SoupFormat::Table => render::table(
            inventory,
            &output::look(arguments.quiet, arguments.verbose, arguments.color),
        ),
        SoupFormat::Markdown => render::markdown(inventory),
        SoupFormat::Csv => render::csv(inventory),
        SoupFormat::Json => render::json_v1(inventory),
        SoupFormat::Spdx => render::spdx_2_3(inventory, created),
        SoupFormat::Spdx3 => render::spdx_3_0(inventory, created),
        SoupFormat::Support => render::support_markdown(inventory),
        SoupFormat::SupportCsv => render::support_csv(inventory),
        SoupFormat::Baseline => Baseline::of(inventory).to_text(),
        SoupFormat::Cyclonedx => render::cyclonedx(inventory, CycloneDx::V1_6),
        SoupFormat::Cyclonedx17 => render::cyclonedx(inventory, CycloneDx::V1_7),
        SoupFormat::Cyclonedx15 => render::cyclonedx_1_5_json(inventory),
        SoupFormat::Cyclonedx15Xml => render::cyclonedx_1_5_xml(inventory),
        SoupFormat::Vex => render::cyclonedx_vex(inventory, CycloneDx::V1_6),
        SoupFormat::Openvex => render::openvex(inventory, created)
            .ok_or(Error::NoStatement("no advisory names anything that ships"))?,
    };
    Ok(text.into_bytes())
}
