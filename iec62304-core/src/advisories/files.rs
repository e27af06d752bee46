//! Which files of a database are entries, and what is known of all of them without
//! parsing: their digests, dates and package names.

use std::str;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::Collection;
use crate::snapshot::{AdvisoryFolder, Content, hex};

/// The files of a database.
pub(super) struct Files<'a> {
    /// The entries, sorted by path.
    pub(super) entries: Vec<Entry<'a>>,
    /// What lies between them, sorted by path.
    pub(super) ignored: Vec<String>,
}

/// The file of one advisory.
pub(super) struct Entry<'a> {
    /// Its path below the database folder.
    pub(super) path: &'a str,
    /// The part of the database.
    pub(super) collection: Collection,
    /// The name of its folder.
    pub(super) package: &'a str,
    /// The name of the file, without `.md`.
    pub(super) id: &'a str,
    /// What is in it.
    pub(super) content: &'a Content,
    /// SHA-256 of its bytes in hexadecimal digits; a word if they could not be read.
    pub(super) digest: String,
}

impl<'a> Files<'a> {
    /// Sorts the files of a folder into entries and others.
    ///
    /// What lies beside `crates` and `rust`, such as the licence of the database, is no
    /// stray file and not mentioned.
    pub(super) fn of(folder: &'a AdvisoryFolder) -> Self {
        let mut files = Self { entries: Vec::new(), ignored: Vec::new() };
        for (path, content) in &folder.files {
            let Some((collection, below)) = collection(path) else { continue };
            match below.split_once('/').and_then(|(package, name)| Some((package, id(name)?))) {
                Some((package, id)) => {
                    let digest = digest(content);
                    files.entries.push(Entry { path, collection, package, id, content, digest });
                }
                None => files.ignored.push(path.clone()),
            }
        }
        files
    }

    /// SHA-256 over what `sha256sum` prints for all entries.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for entry in &self.entries {
            hash.update(format!("{}  {}\n", entry.digest, entry.path));
        }
        format!("sha256:{}", hex(&hash.finalize()))
    }
}

impl<'a> Entry<'a> {
    /// The date of its advisory, as far as it can be found without parsing.
    pub(super) fn date(&self) -> Option<Date> {
        self.value_of("date")?.parse().ok()
    }

    /// The package that its advisory names, as far as it can be found without parsing.
    pub(super) fn named_package(&self) -> Option<&'a str> {
        self.value_of("package")
    }

    /// The text after `key = "` on the first line of the front matter that starts so.
    fn value_of(&self, key: &str) -> Option<&'a str> {
        let Content::Bytes(bytes) = self.content else { return None };
        let lines = bytes.split(|byte| *byte == b'\n').skip(1);
        for line in lines.take_while(|line| !line.starts_with(b"```")) {
            // Most lines are no candidates: compare bytes before checking for UTF-8.
            if !line.trim_ascii_start().starts_with(key.as_bytes()) {
                continue;
            }
            let text = str::from_utf8(line).ok()?.trim_start().strip_prefix(key)?;
            if let Some(value) = text.trim_start().strip_prefix('=') {
                return value.trim_start().strip_prefix(['"', '\''])?.split(['"', '\'']).next();
            }
        }
        None
    }
}

fn collection(path: &str) -> Option<(Collection, &str)> {
    let (folder, below) = path.split_once('/')?;
    let both = [Collection::Crates, Collection::Rust];
    Some((both.into_iter().find(|collection| collection.word() == folder)?, below))
}

/// The id in the name of an entry's file; `None` for a file that is no entry, and for a
/// draft, which has no number yet.
fn id(name: &str) -> Option<&str> {
    let id = name.strip_suffix(".md")?;
    (!id.contains('/') && !id.starts_with('.') && id != "RUSTSEC-0000-0000").then_some(id)
}

fn digest(content: &Content) -> String {
    match content {
        Content::Bytes(bytes) => hex(&Sha256::digest(bytes)),
        Content::Unreadable(_) => "unreadable".to_owned(),
    }
}
