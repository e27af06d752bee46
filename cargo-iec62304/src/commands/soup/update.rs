//! `soup --update`: adds the records that are missing to a record file.

use std::path::PathBuf;

use iec62304_core::config::{Configuration, FILE_NAME};
use iec62304_core::model::record::RecordKind;
use iec62304_core::records::{self, FileRole};
use iec62304_core::snapshot::{Content, Snapshot, TextFile};
use iec62304_core::soup::{Inventory, UpdateScope, missing_records, with_records};

use crate::cli::{UpdateWhich, WorkspaceArguments};
use crate::error::Error;
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
    let target = target(snapshot).map_err(|why| Error::NotUpdated(NEW_FILE.into(), why))?;
    let refused = |why| Error::NotUpdated(target.path.clone().into(), why);
    let text = with_records(&target.text, &missing).map_err(refused)?;
    let root = load::workspace(workspace)?.root;
    let path: PathBuf = root.join(&target.path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Error::Write(path.clone(), error))?;
    }
    output::replace(&path, text.as_bytes())?;
    let added = missing.lines().filter(|line| line.starts_with('[')).count();
    let noun = if added == 1 { "record" } else { "records" };
    let said = format!(
        "added {added} {noun} to {}; what a person must judge stands there as a comment\n",
        target.path
    );
    output::answer(said.as_bytes())
}

/// A record file and what it holds.
struct Target {
    path: String,
    text: String,
}

/// The first record file that holds SOUP or tools already, else a new file, which the
/// configuration must name.
fn target(snapshot: &Snapshot) -> Result<Target, String> {
    let Some(configuration) = &snapshot.configuration else {
        return Err(format!("there is no {FILE_NAME}; run `cargo iec62304 init` first"));
    };
    let files = snapshot.records.iter().map(|file| (file, FileRole::Records));
    let mut files = files.chain([(configuration, FileRole::Configuration)]);
    let holds_soup = |file: &TextFile, role| {
        let document = records::read(file, role);
        let is_soup = |kind| matches!(kind, RecordKind::Soup | RecordKind::Tool);
        document.records.iter().any(|record| is_soup(record.kind))
    };
    if let Some((file, _)) = files.find(|(file, role)| holds_soup(file, *role)) {
        return Ok(Target { path: file.path.to_string(), text: text(file)? });
    }
    if let Some(file) = snapshot.records.iter().find(|file| file.path.as_str() == NEW_FILE) {
        return Ok(Target { path: NEW_FILE.to_owned(), text: text(file)? });
    }
    let document = records::read(configuration, FileRole::Configuration);
    let (resolved, _) = Configuration::resolve(&document);
    let named = |pattern: &str| fast_glob::glob_match(pattern, NEW_FILE);
    if resolved.records.iter().any(|pattern| named(&pattern.value)) {
        return Ok(Target { path: NEW_FILE.to_owned(), text: String::new() });
    }
    Err(format!("`records` of {FILE_NAME} does not name it, so nobody would read it"))
}

fn text(file: &TextFile) -> Result<String, String> {
    match &file.content {
        Content::Bytes(bytes) => {
            String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8 text".to_owned())
        }
        Content::Unreadable(reason) => Err(format!("it cannot be read: {reason}")),
    }
}
