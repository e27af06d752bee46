//! The list of known gaps that the command line names.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, TextFile};

use super::workspace::path_below;
use crate::cli::KnownGapsArguments;
use crate::error::Error;

/// The list, if one is named. One that is to be accepted must be there; one that is to
/// be written need not.
pub(super) fn read(arguments: &KnownGapsArguments, root: &Path) -> Result<Option<TextFile>, Error> {
    let KnownGapsArguments { known_gaps, write_known_gaps } = arguments;
    let Some(path) = known_gaps.as_ref().or(write_known_gaps.as_ref()) else {
        return Ok(None);
    };
    match fs::read(path) {
        Ok(bytes) => {
            Ok(Some(TextFile { path: shown(path, root), content: Content::Bytes(bytes.into()) }))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && known_gaps.is_none() => Ok(None),
        Err(error) => {
            let why = super::sources::reason(&error);
            Err(Error::KnownGaps(path.clone(), format!("cannot read the list: {why}")))
        }
    }
}

/// The path as it stands in reports, the same on every machine; its name alone if it is
/// outside of the workspace.
fn shown(path: &Path, root: &Path) -> FilePath {
    let name = || path.file_name().unwrap_or_default().to_string_lossy();
    path_below(root, path).unwrap_or_else(|| FilePath::new(&name()))
}
