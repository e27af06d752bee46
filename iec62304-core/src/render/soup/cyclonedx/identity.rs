//! What names a document and the components in it: the same content has the same names
//! on every machine and on every day.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::snapshot::hex;
use crate::soup::{Inventory, Row, RowKind};

/// The reference of the product itself.
pub(crate) const PRODUCT: &str = "product";

/// The references of all rows.
pub(crate) struct References {
    /// Of the SOUP items, in their order.
    pub(crate) soup: Vec<String>,
    /// Of the tools, in their order.
    pub(crate) tools: Vec<String>,
}

impl References {
    pub(crate) fn new(inventory: &Inventory) -> Self {
        let mut taken = BTreeMap::from([(PRODUCT.to_owned(), 1_usize)]);
        let mut list = |rows: &[Row]| rows.iter().map(|row| free(row, &mut taken)).collect();
        Self { soup: list(&inventory.soup), tools: list(&inventory.tools) }
    }

    /// Every row with its reference.
    pub(crate) fn rows<'a>(
        &'a self,
        inventory: &'a Inventory,
    ) -> impl Iterator<Item = (&'a Row, &'a str)> {
        let references = self.soup.iter().chain(&self.tools).map(String::as_str);
        inventory.rows().zip(references)
    }
}

/// The reference of a row, with a number where another row has it already.
fn free(row: &Row, taken: &mut BTreeMap<String, usize>) -> String {
    let reference = reference(row);
    let times = taken.entry(reference.clone()).or_default();
    *times += 1;
    if *times == 1 { reference } else { format!("{reference}-{times}") }
}

/// Name and version to be read, and a digest of what they leave open: the source of a
/// package, the kind of what is none. Of a record's id nothing hangs on, where there is a
/// package.
fn reference(row: &Row) -> String {
    let source = row.package.as_ref().map(ToString::to_string);
    let is_package = row.kind == RowKind::Package && source.is_some();
    let id = if is_package { "" } else { row.id.as_str() };
    let name = match &row.package {
        Some(package) if is_package => package.name.as_str(),
        _ => row.id.as_str(),
    };
    let whole = format!("{}\n{id}\n{}", row.kind.words(), source.unwrap_or_default());
    let digest = hex(&Sha256::digest(whole)[..6]);
    match &row.version {
        Some(version) => format!("{}@{}-{digest}", plain(name), plain(version)),
        None => format!("{}-{digest}", plain(name)),
    }
}

/// Only what needs no escape in a fragment of a URI.
fn plain(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._+".contains(letter);
    text.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect()
}

/// A UUID of version 8, made of the SHA-256 of a document that has none yet.
pub(crate) fn uuid(document: &impl Serialize) -> String {
    let text = serde_json::to_vec(document).expect("text, numbers and lists serialise");
    let digest = Sha256::digest(text);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let groups = [0..4, 4..6, 6..8, 8..10, 10..16];
    groups.map(|range| hex(&bytes[range])).join("-")
}
