//! `cargo iec62304 schema`: what may stand in the files of a project, for TOML editors.

use iec62304_core::render::{self, SchemaOf};
use iec62304_macros::requirement;

use crate::cli::{SchemaArguments, SchemaWhich};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::output;

/// Writes a schema. It is the same for every project, so none is needed.
#[requirement("TOOL-35")]
pub(crate) fn schema(arguments: &SchemaArguments) -> Result<ExitCode, Error> {
    let of = match arguments.which {
        SchemaWhich::Configuration => SchemaOf::Configuration,
        SchemaWhich::Records => SchemaOf::Records,
    };
    let text = render::schema(of);
    match &arguments.output {
        Some(path) => output::replace(path, text.as_bytes())?,
        None => output::answer(text.as_bytes())?,
    }
    Ok(ExitCode::Success)
}
