//! `cargo iec62304 soup`: the list of what ships and was not developed here.

use iec62304_core::analyze;

use crate::cli::SoupArguments;
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::{load, output};

/// Writes the list or one of its documents.
pub(crate) fn soup(arguments: &SoupArguments) -> Result<ExitCode, Error> {
    let wanted = load::Wanted {
        documents: true,
        as_of: arguments.advisories.as_of,
        product: arguments.product.clone(),
    };
    let snapshot = load::snapshot(&arguments.workspace, &wanted)?;
    let analysis = analyze(&snapshot);
    let inventory = &analysis.inventory;
    let mut text = format!(
        "{:?}\n{:?}\n{} locked: {:?}\n",
        inventory.product,
        inventory.basis,
        inventory.census.len(),
        inventory.counts()
    );
    for row in &inventory.soup {
        text += &format!(
            "{} | {} | {} | {:?}\n",
            row.id,
            row.kind.words(),
            row.designator,
            row.manufacturer.name
        );
    }
    if arguments.verbose {
        for row in &inventory.census {
            text += &format!("{} | {} | {} | {:?}\n", row.key, row.role, row.reason, row.path);
        }
    }
    output::answer(&text)?;
    Ok(ExitCode::Success)
}
