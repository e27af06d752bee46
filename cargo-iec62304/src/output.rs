//! Writing: the answer to stdout, talk to stderr, files whole or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use iec62304_core::render::{Color, HumanOptions, Verbosity};
use iec62304_macros::requirement;
use tempfile::NamedTempFile;

use crate::cli::ColorChoice;
use crate::error::Error;

/// Whether the answer on stdout is coloured: as asked for, else as cargo is told by
/// `CARGO_TERM_COLOR`, else as the terminal and `NO_COLOR` say.
fn color(asked: Option<ColorChoice>) -> Color {
    let by_environment = || match std::env::var("CARGO_TERM_COLOR").as_deref() {
        Ok("always") => ColorChoice::Always,
        Ok("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    let terminal = || io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    match asked.unwrap_or_else(by_environment) {
        ColorChoice::Always => Color::Styled,
        ColorChoice::Auto if terminal() => Color::Styled,
        ColorChoice::Auto | ColorChoice::Never => Color::Plain,
    }
}

/// How text for people looks; `quiet` and `verbose` exclude each other.
pub(crate) fn look(quiet: bool, verbose: bool, color: Option<ColorChoice>) -> HumanOptions {
    let verbosity = match (quiet, verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    HumanOptions { color: self::color(color), verbosity }
}

/// Writes the answer. A reader that has gone away is no error.
pub(crate) fn answer(bytes: &[u8]) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write("the answer".into(), error))
        }
        _ => Ok(()),
    }
}

/// Says what was done beside the answer.
pub(crate) fn say(text: &str) {
    // Where even stderr is gone, what was done still stands.
    let _gone = io::stderr().write_all(text.as_bytes());
}

/// Says why there is no answer.
pub(crate) fn report(error: &Error) {
    let mut text = format!("error: {error}\n");
    if let Some(help) = error.help() {
        text += &format!("help: {help}\n");
    }
    // Where even stderr is gone, the exit code still tells.
    let _gone = io::stderr().write_all(text.as_bytes());
}

/// Creates a file that must not be there yet, whole or not at all.
#[requirement("TOOL-17")]
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::Write(path.to_owned(), error);
    let file = written_beside(path, text.as_bytes()).map_err(failed)?;
    readable_by_all(file.path()).map_err(failed)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::Exists(path.to_owned()))
        }
        Err(error) => Err(failed(error.error)),
    }
}

/// Writes a file that the user named, in the place of an older one, whole or not at all.
/// An older file keeps its permissions.
#[requirement("TOOL-17")]
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error| Error::Write(path.to_owned(), error);
    let file = written_beside(path, bytes).map_err(failed)?;
    match std::fs::metadata(path) {
        Ok(older) => file.as_file().set_permissions(older.permissions()).map_err(failed)?,
        Err(_) => readable_by_all(file.path()).map_err(failed)?,
    }
    file.persist(path).map(drop).map_err(|error| failed(error.error))
}

/// A temporary file with these bytes in the folder of `path`.
fn written_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A temporary file is private to its owner; a record file is for the team.
#[cfg(unix)]
fn readable_by_all(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &Path) -> io::Result<()> {
    Ok(())
}
