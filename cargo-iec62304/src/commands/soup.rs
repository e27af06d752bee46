//! `cargo iec62304 soup`: the list of what ships and was not developed here, as a list
//! or as one of its documents.

use iec62304_core::analysis::Analysis;
use iec62304_core::analyze;
use iec62304_core::render::soup as render;
use iec62304_core::soup::{Basis, Inventory};

use crate::cli::{SoupArguments, SoupFormat};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::{load, output};

mod update;

/// Writes the list, one of its documents, or the records that are missing.
pub(crate) fn soup(arguments: &SoupArguments) -> Result<ExitCode, Error> {
    if arguments.advisories.fetch_advisories {
        load::advisories::fetch()?;
    }
    let wanted = load::Wanted {
        documents: true,
        advisories: arguments.advisories.clone(),
        product: arguments.product.clone(),
    };
    let snapshot = load::snapshot(&arguments.workspace, &wanted)?;
    let Analysis { inventory, .. } = analyze(&snapshot);
    if let Some(which) = arguments.update {
        update::update(&inventory, &snapshot, which, &arguments.workspace)?;
        return Ok(exit_code(&inventory));
    }
    let bytes = document(&inventory, arguments);
    match &arguments.output {
        Some(path) => output::replace(path, &bytes)?,
        None => output::answer(&bytes)?,
    }
    Ok(exit_code(&inventory))
}

/// A list that is not whole is written, says so, and ends as a failure of cargo.
fn exit_code(inventory: &Inventory) -> ExitCode {
    match inventory.basis {
        Basis::Graph => ExitCode::Success,
        Basis::NotAsked
        | Basis::NoLockFile
        | Basis::UnreadableLockFile(_)
        | Basis::LockFile { .. } => ExitCode::ToolFailed,
    }
}
