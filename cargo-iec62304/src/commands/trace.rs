//! `cargo iec62304 trace`: both directions of the links of one thing.

use std::path::PathBuf;

use iec62304_core::lineage::{Question, lineages};
use iec62304_core::location::FilePath;
use iec62304_core::render;

use crate::cli::{TraceArguments, TraceFormat};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::{load, output};

/// Shows where something comes from and what follows from it.
pub(crate) fn trace(arguments: &TraceArguments) -> Result<ExitCode, Error> {
    let TraceArguments { workspace, name, advisories, .. } = arguments;
    let question = match place(name) {
        Some((file, line)) => {
            let root = load::workspace(workspace)?.root;
            let below = load::path_below(&root, &file);
            Question::Place(below.unwrap_or_else(|| FilePath::new(&file.to_string_lossy())), line)
        }
        None => Question::Name(name.clone()),
    };
    let wanted = load::Wanted { advisories: advisories.clone(), ..load::Wanted::default() };
    if advisories.fetch_advisories {
        load::advisories::fetch()?;
    }
    let snapshot = load::snapshot(workspace, &wanted)?;
    let found =
        lineages(&snapshot, &question).map_err(|near| Error::NotTraced(name.clone(), near))?;
    let look = output::look(false, arguments.verbose, arguments.color);
    let text = match arguments.format {
        TraceFormat::Human => render::lineages(&found, &snapshot, &look),
        TraceFormat::Json => render::lineage_json(&found, &snapshot),
    };
    output::answer(text.as_bytes())?;
    Ok(ExitCode::Success)
}

/// `src/lib.rs:12` and `src/lib.rs:12:5` as a file and a line.
fn place(name: &str) -> Option<(PathBuf, usize)> {
    let (before, last) = name.rsplit_once(':')?;
    let last: usize = last.parse().ok()?;
    if let Some((file, line)) = before.rsplit_once(':')
        && let Ok(line) = line.parse()
    {
        return Some((file.into(), line));
    }
    Some((before.into(), last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_ends_in_a_line() {
        let check = |name: &str, expected: Option<(&str, usize)>| {
            let expected = expected.map(|(file, line)| (PathBuf::from(file), line));
            assert_eq!(place(name), expected, "{name}");
        };
        check("src/lib.rs:12", Some(("src/lib.rs", 12)));
        check("src/lib.rs:12:5", Some(("src/lib.rs", 12)));
        check("SRS-1", None);
        check("pump::line::stop", None);
    }
}
