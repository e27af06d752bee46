//! `soup --update`: adds the records that are missing to a record file.

use iec62304_core::model::record::RecordKind;
use iec62304_core::snapshot::Snapshot;
use iec62304_core::soup::{Inventory, UpdateScope, missing_records};

use crate::cli::{UpdateWhich, WorkspaceArguments};
use crate::error::Error;
use crate::record_file::RecordFile;
use crate::{load, output};

/// The file that is made where no record file holds SOUP yet.
const NEW_FILE: &str = "records/soup.toml";

/// Adds what is missing; a second run finds nothing to add.
pub(super) fn update(
    inventory: &Inventory,
    snapshot: &Snapshot,
    which: UpdateWhich,
    workspace: &WorkspaceArguments,
) -> Result<(), Error> {
    let scope = match which {
        UpdateWhich::All => UpdateScope::All,
        UpdateWhich::Direct => UpdateScope::Direct,
    };
    let missing = missing_records(inventory, scope);
    if missing.is_empty() {
        return output::answer(b"every SOUP item and tool has a record: nothing was changed\n");
    }
    let kinds = [RecordKind::Soup, RecordKind::Tool];
    let file = RecordFile::find(snapshot, None, &kinds, NEW_FILE)?;
    file.add(&load::workspace(workspace)?.root, &missing)?;
    let added = missing.lines().filter(|line| line.starts_with('[')).count();
    let noun = if added == 1 { "record" } else { "records" };
    let said = format!(
        "added {added} {noun} to {}; what a person must judge stands there as a comment\n",
        file.path()
    );
    output::answer(said.as_bytes())
}
