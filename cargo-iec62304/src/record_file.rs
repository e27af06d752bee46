//! The record file that new records go to, and their way into it: behind what is there,
//! whole or not at all.

use std::path::{Path, PathBuf};

use iec62304_core::config::{Configuration, FILE_NAME};
use iec62304_core::location::FilePath;
use iec62304_core::model::record::RecordKind;
use iec62304_core::records::{self, FileRole, is_markdown, with_records};
use iec62304_core::snapshot::{Content, Snapshot, TextFile};

use crate::error::Error;
use crate::output;

/// A record file and what it holds.
#[derive(Debug)]
pub(crate) struct RecordFile {
    path: FilePath,
    text: String,
}

impl RecordFile {
    /// The file that was named, else the first one that holds records of these kinds
    /// already, else `new_file`, which the configuration must name.
    pub(crate) fn find(
        snapshot: &Snapshot,
        named: Option<&str>,
        kinds: &[RecordKind],
        new_file: &str,
    ) -> Result<Self, Error> {
        let shown = named.unwrap_or(new_file);
        found(snapshot, named, kinds, new_file).map_err(|why| Error::NotUpdated(shown.into(), why))
    }

    /// Where it stands, from the workspace root.
    pub(crate) fn path(&self) -> &FilePath {
        &self.path
    }

    /// Adds records, unless somebody changed the file meanwhile.
    pub(crate) fn add(&self, root: &Path, added: &str) -> Result<(), Error> {
        let refused = |why| Error::NotUpdated(self.path.as_str().into(), why);
        let text = with_records(&self.text, added).map_err(refused)?;
        let path: PathBuf = root.join(self.path.as_str());
        let now = std::fs::read_to_string(&path).unwrap_or_default();
        if now != self.text {
            return Err(refused("it changed since it was read; run this again".to_owned()));
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::Write(path.clone(), error))?;
        }
        output::replace(&path, text.as_bytes())
    }
}

fn found(
    snapshot: &Snapshot,
    named: Option<&str>,
    kinds: &[RecordKind],
    new_file: &str,
) -> Result<RecordFile, String> {
    let Some(configuration) = &snapshot.configuration else {
        return Err(format!("there is no {FILE_NAME}; run `cargo iec62304 init` first"));
    };
    let files = || {
        let files = snapshot.records.iter().map(|file| (file, FileRole::Records));
        files.chain([(configuration, FileRole::Configuration)])
    };
    let wanted = FilePath::new(named.unwrap_or(new_file));
    if is_markdown(&wanted) {
        return Err("it is Markdown, and records are added as TOML; name a TOML file".to_owned());
    }
    if named.is_none()
        && let Some((file, _)) = files().find(|(file, role)| holds(file, *role, kinds))
    {
        return read(file);
    }
    if let Some((file, _)) = files().find(|(file, _)| file.path == wanted) {
        return read(file);
    }
    let document = records::read(configuration, FileRole::Configuration);
    let (resolved, _) = Configuration::resolve(&document);
    let matches = |pattern: &str| fast_glob::glob_match(pattern, wanted.as_str());
    if resolved.records.iter().any(|pattern| matches(&pattern.value)) {
        return Ok(RecordFile { path: wanted, text: String::new() });
    }
    Err(format!("`records` of {FILE_NAME} does not name it, so nobody would read it"))
}

fn holds(file: &TextFile, role: FileRole, kinds: &[RecordKind]) -> bool {
    // Markdown is written by hand alone.
    !is_markdown(&file.path)
        && records::read(file, role).records.iter().any(|record| kinds.contains(&record.kind))
}

fn read(file: &TextFile) -> Result<RecordFile, String> {
    let text = match &file.content {
        Content::Bytes(bytes) => {
            String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8 text".to_owned())?
        }
        Content::Unreadable(reason) => return Err(format!("it cannot be read: {reason}")),
    };
    Ok(RecordFile { path: file.path.clone(), text })
}
