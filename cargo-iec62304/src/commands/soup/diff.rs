//! `soup diff`: what changed since a baseline.

use std::fs;

use iec62304_core::render::soup::{changes_markdown, changes_text};
use iec62304_core::soup::{Baseline, changes};

use crate::cli::{DiffArguments, DiffFormat};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::output;

/// Compares; a change that needs a decision is an open error.
pub(super) fn diff(arguments: &DiffArguments) -> Result<ExitCode, Error> {
    let path = &arguments.baseline;
    let refused = |why: String| Error::Baseline(path.clone(), why);
    let text = fs::read_to_string(path).map_err(|error| refused(error.kind().to_string()))?;
    let before = Baseline::parse(&text).map_err(refused)?;
    let wanted = super::wanted(&arguments.advisories, &arguments.product)?;
    let inventory = super::inventory(&arguments.workspace, &wanted)?.0;
    let after = Baseline::of(&inventory);
    let found = changes(&before, &after);
    let text = match arguments.format {
        DiffFormat::Text => changes_text(&before, &after, &found),
        DiffFormat::Markdown => changes_markdown(&before, &after, &found),
    };
    output::answer(text.as_bytes())?;
    match super::exit_code(&inventory) {
        ExitCode::Success if found.iter().any(|change| change.needs_decision) => Ok(ExitCode::Gaps),
        other => Ok(other),
    }
}
