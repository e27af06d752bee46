//! The list of known gaps that the command line names.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, TextFile};

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

/// The path as it stands in reports: from the workspace root, so that it is the same on
/// every machine; its name alone if it is elsewhere.
fn shown(path: &Path, root: &Path) -> FilePath {
    let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let (whole, root) = (canonical(path), canonical(root));
    let name = || path.file_name().map(PathBuf::from).unwrap_or_default();
    let below = whole.strip_prefix(&root).map_or_else(|_| name(), Path::to_path_buf);
    let parts = below.iter().map(|part| part.to_string_lossy().into_owned());
    FilePath::new(&parts.collect::<Vec<_>>().join("/"))
}
