//! A supplier's bill of materials to plain data: CycloneDX 1.3 to 1.7 in JSON, 1.3 to 1.5
//! in XML.
//!
//! What is inside a part that somebody else built, only its maker knows. Every component
//! that the bill lists is kept, at whatever depth; nothing about it is guessed.

use std::collections::BTreeMap;

use iec62304_macros::requirement;
use serde_json::Value;

use crate::snapshot::TextFile;

mod newer;
mod older;

/// A part of a delivered part, as its supplier lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// What it is, in CycloneDX's word: `library`, `firmware`, `operating-system`.
    pub kind: String,
    /// Its name, with its group in front where it has one.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Who makes it; where nobody is named as that, who supplies, publishes or wrote it.
    pub manufacturer: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its package URL.
    pub purl: Option<String>,
    /// SHA-256 of what was delivered, lowercase hexadecimal.
    pub sha256: Option<String>,
    /// SHA-512 of the same.
    pub sha512: Option<String>,
    /// Its licences; several are joined by `AND`.
    pub licence: Option<String>,
    /// Its reference within the bill.
    pub reference: Option<String>,
    /// The references of what it depends on, and of what stands inside it.
    pub depends_on: Vec<String>,
}

/// Reads a bill of materials.
///
/// # Errors
///
/// When it cannot be read, is none, is of a version that is not known, or lists nothing;
/// the text is a phrase that says which.
#[requirement("TOOL-31")]
pub fn read(file: &TextFile) -> Result<Vec<Component>, String> {
    let text = file.content.text()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let components = if text.starts_with('<') { older::xml(text)? } else { json(text)? };
    if components.is_empty() {
        return Err("it lists no component".to_owned());
    }
    Ok(components)
}

fn json(text: &str) -> Result<Vec<Component>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    if value.get("bomFormat").and_then(Value::as_str) != Some("CycloneDX") {
        return Err("it is no CycloneDX document: `bomFormat` does not say so".to_owned());
    }
    match value.get("specVersion").and_then(Value::as_str) {
        Some("1.3" | "1.4" | "1.5") => older::json(value),
        Some("1.6" | "1.7") => newer::json(value),
        Some(other) => Err(format!("it is CycloneDX {other}; 1.3 to 1.7 are read")),
        None => Err("its `specVersion` does not say which version it is".to_owned()),
    }
}

/// Adds what each component depends on, by references; the first of equal ones counts.
fn connect(list: &mut [Component], edges: impl Iterator<Item = (String, Vec<String>)>) {
    let mut by_reference: BTreeMap<String, usize> = BTreeMap::new();
    for (at, component) in list.iter().enumerate() {
        if let Some(reference) = &component.reference {
            by_reference.entry(reference.clone()).or_insert(at);
        }
    }
    for (from, depends_on) in edges {
        if let Some(at) = by_reference.get(&from) {
            list[*at].depends_on.extend(depends_on);
        }
    }
}

/// Several licences as one expression: all of them hold.
fn joined(licences: impl Iterator<Item = String>) -> Option<String> {
    let licences: Vec<String> = licences.collect();
    let is_compound = |licence: &String| licences.len() > 1 && licence.contains(' ');
    let in_brackets = |licence: &String| {
        if is_compound(licence) { format!("({licence})") } else { licence.clone() }
    };
    let all: Vec<String> = licences.iter().map(in_brackets).collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// The group of a name stands in front of it, as in a path.
fn named(group: Option<&str>, name: &str) -> String {
    match group.filter(|group| !group.is_empty()) {
        Some(group) => format!("{group}/{name}"),
        None => name.to_owned(),
    }
}

/// A digest as long as its algorithm makes it; anything else is none.
fn digest(content: &str, bits: usize) -> Option<String> {
    let is_hexadecimal = content.bytes().all(|digit| digit.is_ascii_hexdigit());
    (is_hexadecimal && content.len() == bits / 4).then(|| content.to_ascii_lowercase())
}

/// A package URL; anything else is none.
fn purl(text: &str) -> Option<String> {
    said(text).filter(|text| text.starts_with("pkg:"))
}

/// A text that says something.
fn said(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
