//! `cargo iec62304 soup`: the list of what ships and was not developed here, as a list
//! or as one of its documents.

use iec62304_core::analyze;
use iec62304_core::snapshot::Snapshot;
use iec62304_core::soup::{Basis, Inventory};

use crate::cli::{
    AdvisoryArguments, ProductArguments, SoupAction, SoupArguments, WorkspaceArguments,
};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::load::Wanted;
use crate::{load, output};

mod diff;
mod document;
mod update;

use document::document;

/// Writes the list, one of its documents, or the records that are missing; or compares.
pub(crate) fn soup(arguments: &SoupArguments) -> Result<ExitCode, Error> {
    if let Some(SoupAction::Diff(arguments)) = &arguments.action {
        return diff::diff(arguments);
    }
    let wanted = wanted(&arguments.advisories, &arguments.product)?;
    let (inventory, snapshot) = inventory(&arguments.workspace, &wanted)?;
    if let Some(which) = arguments.update {
        update::update(&inventory, &snapshot, which, &arguments.workspace)?;
        return Ok(exit_code(&inventory));
    }
    let bytes = document(&inventory, arguments)?;
    match &arguments.output {
        Some(path) => output::replace(path, &bytes)?,
        None => output::answer(&bytes)?,
    }
    Ok(exit_code(&inventory))
}

/// Everything about the dependencies, with fresh advisories where they were asked for.
fn wanted(advisories: &AdvisoryArguments, product: &ProductArguments) -> Result<Wanted, Error> {
    if advisories.fetch_advisories {
        load::advisories::fetch()?;
    }
    Ok(Wanted {
        documents: true,
        advisories: advisories.clone(),
        product: product.clone(),
        ..Wanted::default()
    })
}

fn inventory(
    workspace: &WorkspaceArguments,
    wanted: &Wanted,
) -> Result<(Inventory, Snapshot), Error> {
    let snapshot = load::snapshot(workspace, wanted)?;
    Ok((analyze(&snapshot).inventory, snapshot))
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
