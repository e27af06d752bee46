//! Content hashes: what a review is bound to.
//!
//! A hash is SHA-256 over a bencoding of what carries meaning, so that anybody can
//! recompute it; `docs/content-hashes.md` says how, and what counts as a change. Knows
//! records, files and tokens, and not what belongs to which unit.

use std::borrow::Cow;
use std::fmt;

use iec62304_macros::requirement;
use sha2::{Digest, Sha256};

use crate::model::record::{Field, Fields, Record, RecordKind, Value};
use crate::snapshot::{hex, is_hex};

/// In front of every hash: which edition of the algorithm made it.
const VERSION: &str = "v1:sha256:";

/// A fingerprint of content, as it stands in a review: `v1:sha256:…`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentHash(String);

impl ContentHash {
    /// Whether a review names this hash.
    pub fn is(&self, text: &str) -> bool {
        self.0 == text
    }
}

/// Whether a text has the form of a content hash.
pub fn is_hash(text: &str) -> bool {
    text.strip_prefix(VERSION).is_some_and(|digits| is_hex(digits, 64))
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 over a bencoding that is written piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Bencoding(Sha256);

impl Bencoding {
    /// A text: its length in bytes, a colon, its bytes. Line breaks of Windows are those
    /// of everybody.
    pub fn text(&mut self, text: &str) {
        let text = unix(text);
        self.0.update(text.len().to_string());
        self.0.update(":");
        self.0.update(text.as_bytes());
    }

    /// A list.
    pub fn list(&mut self, fill: impl FnOnce(&mut Self)) {
        self.open();
        fill(self);
        self.close();
    }

    /// Opens a list that is filled later.
    pub fn open(&mut self) {
        self.0.update("l");
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.0.update("e");
    }

    fn dictionary(&mut self, fill: impl FnOnce(&mut Self)) {
        self.0.update("d");
        fill(self);
        self.close();
    }

    /// The digest, in hexadecimal digits.
    pub fn digest(self) -> String {
        hex(&self.0.finalize())
    }

    /// The digest as a content hash.
    fn hash(self) -> ContentHash {
        ContentHash(format!("{VERSION}{}", self.digest()))
    }
}

/// What a record consists of beside its own fields: each part by its name, with a digest.
pub type Parts = Vec<(String, String)>;

/// The hash of a record and of the lists of parts that belong to it, such as its code.
#[requirement("TOOL-28")]
pub fn of_record(record: &Record, parts: &[Parts]) -> ContentHash {
    let mut all = Bencoding::default();
    all.list(|all| {
        all.text(record.kind.table());
        all.text(&record.id.value);
        all.dictionary(|all| fields(all, &record.fields, |name| counts(record.kind, name)));
        for parts in parts {
            all.list(|all| parts.iter().for_each(|part| self::part(all, part)));
        }
    });
    all.hash()
}

fn part(all: &mut Bencoding, (name, digest): &(String, String)) {
    all.list(|all| {
        all.text(name);
        all.text(digest);
    });
}

/// The hash of a piece of code that is no record, such as a test.
pub fn of_code(path: &str, digest: &str) -> ContentHash {
    let mut all = Bencoding::default();
    part(&mut all, &(path.to_owned(), digest.to_owned()));
    all.hash()
}

/// The hash of several things: that of the one, or one over the hashes of all, in the
/// order of these hashes.
pub fn of_all(mut hashes: Vec<ContentHash>) -> Option<ContentHash> {
    hashes.sort();
    hashes.dedup();
    if hashes.len() < 2 {
        return hashes.pop();
    }
    let mut all = Bencoding::default();
    all.list(|all| hashes.iter().for_each(|hash| all.text(&hash.0)));
    Some(all.hash())
}

/// The digest of a file: of a text without byte order mark and with plain line breaks, of
/// anything else as it is.
pub fn of_file(bytes: &[u8]) -> String {
    let digest = match std::str::from_utf8(bytes) {
        Ok(text) => Sha256::digest(unix(text.trim_start_matches('\u{feff}')).as_bytes()),
        Err(_) => Sha256::digest(bytes),
    };
    hex(&digest)
}

fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() }
}

/// Whether a field belongs to what a record says. How far a thing is, who looks after it
/// and what shows it to be right come later than the thing, and change nothing of it.
fn counts(kind: RecordKind, field: &str) -> bool {
    !matches!(
        (kind, field),
        (_, "state" | "verified_by")
            | (RecordKind::Document, "owner")
            | (RecordKind::Change, "commits")
    )
}

/// Fields by name, whatever their order in the file.
fn fields(all: &mut Bencoding, fields: &Fields, counts: impl Fn(&str) -> bool) {
    let mut sorted: Vec<&Field> = fields.iter().filter(|field| counts(&field.name.value)).collect();
    sorted.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    for field in sorted {
        all.text(&field.name.value);
        value(all, &field.value);
    }
}

fn value(all: &mut Bencoding, value: &Value) {
    match value {
        Value::Text(text) => words(all, &text.value),
        Value::List(list) => all.list(|all| list.iter().for_each(|text| words(all, &text.value))),
        Value::Lists(lists) => all.list(|all| {
            for list in lists {
                all.list(|all| list.iter().for_each(|text| words(all, &text.value)));
            }
        }),
        Value::Bool(bool) => all.text(if bool.value { "true" } else { "false" }),
        Value::Integer(number) => all.text(&number.value.to_string()),
        Value::Table(table) => all.dictionary(|all| fields(all, table, |_| true)),
        Value::Tables(tables) => all.list(|all| {
            for table in tables {
                all.dictionary(|all| fields(all, table, |_| true));
            }
        }),
    }
}

/// A text for people: where its lines break is formatting.
fn words(all: &mut Bencoding, text: &str) {
    all.text(&text.split_whitespace().collect::<Vec<_>>().join(" "));
}

#[cfg(test)]
mod tests;
