//! `check --write-known-gaps`: begins a list of known gaps, or makes one shorter.

use std::path::Path;

use iec62304_core::analysis::Analysis;
use iec62304_core::known_gaps::{KnownGaps, text};
use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, Snapshot, TextFile};
use iec62304_macros::requirement;

use crate::error::Error;
use crate::output;

/// Writes the list that fits what was found, and returns it. A gap is never added to a
/// list that exists: what is not in it stays open.
#[requirement("TOOL-29")]
pub(super) fn write(
    path: &Path,
    snapshot: &Snapshot,
    analysis: &Analysis,
) -> Result<TextFile, Error> {
    let refused = |why: &str| Error::KnownGaps(path.to_owned(), why.to_owned());
    let outcome = analysis.outcome();
    if outcome.nothing_to_check || outcome.unresolved {
        return Err(refused("the check had no input for some rules, so nobody knows its gaps"));
    }
    let Some(file) = &snapshot.known_gaps else {
        return begin(path, analysis);
    };
    let listed = KnownGaps::read(file);
    if !listed.problems.is_empty() {
        return Err(refused(
            "some of its lines are no known gaps; `check --known-gaps` shows them",
        ));
    }
    let remaining = analysis.remaining_gaps();
    let (before, after) = (listed.gaps.len(), remaining.len());
    let text = text(remaining);
    if after < before {
        output::replace(path, text.as_bytes())?;
        let removed = before - after;
        output::say(&format!("took {} out of {}; {after} left\n", gaps(removed), path.display()));
        return Ok(TextFile { path: file.path.clone(), content: content(&text) });
    }
    output::say(&format!("every gap of {} is still there: nothing changed\n", path.display()));
    Ok(file.clone())
}

fn begin(path: &Path, analysis: &Analysis) -> Result<TextFile, Error> {
    let gaps_found = analysis.listable_gaps();
    let number = gaps_found.len();
    let text = text(gaps_found);
    output::create(path, &text)?;
    output::say(&format!("listed {} in {}\n", gaps(number), path.display()));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(TextFile { path: FilePath::new(&name), content: content(&text) })
}

fn content(text: &str) -> Content {
    Content::Bytes(text.as_bytes().into())
}

/// `1 known gap`, `2 known gaps`.
fn gaps(number: usize) -> String {
    if number == 1 { "1 known gap".to_owned() } else { format!("{number} known gaps") }
}
