//! The TOML of an entry, read with whatever optional parts can be read.

use std::collections::BTreeSet;

use rustsec::VersionReq;
use toml::{Table, Value};

/// What was read of an entry's TOML.
pub(super) struct FrontMatter {
    /// The advisory; its title and description stand outside the TOML.
    pub(super) advisory: rustsec::Advisory,
    /// The CVSS vector as text, even if it cannot be read.
    pub(super) cvss: Option<String>,
    /// Parts that could not be read and are left out, sorted.
    pub(super) dropped: Vec<String>,
}

/// The parts without which an entry still says what is affected, as table and key.
///
/// Leaving out `withdrawn` or a limit of the platform reports too much, never too little.
const OPTIONAL: &[(&str, &str)] = &[
    ("advisory", "aliases"),
    ("advisory", "categories"),
    ("advisory", "cvss"),
    ("advisory", "expect-deleted"),
    ("advisory", "keywords"),
    ("advisory", "license"),
    ("advisory", "references"),
    ("advisory", "related"),
    ("advisory", "source"),
    ("advisory", "url"),
    ("advisory", "withdrawn"),
    ("affected", "arch"),
    ("affected", "functions"),
    ("affected", "os"),
];

/// Reads the TOML, or says why it says nothing.
pub(super) fn read(text: &str) -> Result<FrontMatter, String> {
    let table = parse(text)?;
    refuse_hostile_ranges(&table)?;
    let cvss = entry(&table, "advisory", "cvss").and_then(Value::as_str).map(str::to_owned);
    let (advisory, dropped) = match table.clone().try_into() {
        Ok(advisory) => (advisory, Vec::new()),
        Err(_) => without_bad_parts(&table)?,
    };
    Ok(FrontMatter { advisory, cvss, dropped })
}

/// Version 4 of the format leaves out the heading of the first table.
fn parse(text: &str) -> Result<Table, String> {
    let table = text.parse().map_err(|error| in_one_line(&error))?;
    if Table::contains_key(&table, "advisory") {
        return Ok(table);
    }
    format!("[advisory]\n{text}").parse().map_err(|error| in_one_line(&error))
}

/// Leaves out every optional part with which the rest cannot be read.
fn without_bad_parts(table: &Table) -> Result<(rustsec::Advisory, Vec<String>), String> {
    let mut bare = table.clone();
    let mut dropped = Vec::new();
    if table.get("affected").is_some_and(|affected| !affected.is_table()) {
        bare.remove("affected");
        dropped.push("affected".to_owned());
    }
    for (name, key) in OPTIONAL {
        remove(&mut bare, name, key);
    }
    let _: rustsec::Advisory = bare.clone().try_into().map_err(|error| in_one_line(&error))?;
    let mut kept = bare.clone();
    for (name, key) in OPTIONAL {
        let Some(value) = entry(table, name, key) else { continue };
        let mut alone = bare.clone();
        insert(&mut alone, name, key, value);
        if alone.try_into::<rustsec::Advisory>().is_ok() {
            insert(&mut kept, name, key, value);
        } else if *name == "affected" {
            dropped.push(format!("affected.{key}"));
        } else {
            dropped.push((*key).to_owned());
        }
    }
    dropped.sort_unstable();
    Ok((kept.try_into().map_err(|error| in_one_line(&error))?, dropped))
}

/// Refuses version ranges that make `rustsec` panic instead of answering: two that start
/// at one version without overlapping, and numbers that cannot be counted up.
fn refuse_hostile_ranges(table: &Table) -> Result<(), String> {
    let lists = ["patched", "unaffected"].map(|key| entry(table, "versions", key));
    let ranges = lists.into_iter().flatten().filter_map(Value::as_array).flatten();
    let mut starts = BTreeSet::new();
    for text in ranges.filter_map(Value::as_str) {
        // One that is no range is refused with the reason of `rustsec`.
        let Ok(range) = VersionReq::parse(text) else { continue };
        for bound in &range.comparators {
            let (minor, patch) = (bound.minor.unwrap_or(0), bound.patch.unwrap_or(0));
            if [bound.major, minor, patch].contains(&u64::MAX) {
                return Err(format!("the version range `{text}` has a number that is too large"));
            }
            let is_start = !bound.to_string().starts_with('<');
            if is_start && !starts.insert((bound.major, minor, patch, bound.pre.clone())) {
                return Err(format!("two version ranges start at the same version: `{text}`"));
            }
        }
    }
    Ok(())
}

fn entry<'t>(table: &'t Table, name: &str, key: &str) -> Option<&'t Value> {
    table.get(name)?.as_table()?.get(key)
}

fn remove(table: &mut Table, name: &str, key: &str) {
    if let Some(table) = table.get_mut(name).and_then(Value::as_table_mut) {
        table.remove(key);
    }
}

fn insert(table: &mut Table, name: &str, key: &str, value: &Value) {
    if let Some(table) = table.get_mut(name).and_then(Value::as_table_mut) {
        table.insert(key.to_owned(), value.clone());
    }
}

fn in_one_line(error: &toml::de::Error) -> String {
    error.message().replace('\n', ", ")
}
