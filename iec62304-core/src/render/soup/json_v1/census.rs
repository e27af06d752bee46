//! The census in JSON.

use serde::Serialize;

use super::hit::{JsonHit, hit};
use super::{JsonPackage, JsonPlace, package, place};
use crate::soup::{Inventory, Locked};

#[derive(Serialize)]
pub(super) struct JsonCount {
    role: &'static str,
    packages: usize,
}

#[derive(Serialize)]
pub(super) struct JsonLocked<'a> {
    package: JsonPackage<'a>,
    at: JsonPlace<'a>,
    checksum: Option<&'a str>,
    role: &'static str,
    reason: &'a str,
    path: &'a [String],
    /// Indices into the product's targets.
    linked: &'a [usize],
    also_on_host: bool,
    advisories: Vec<JsonHit<'a>>,
}

pub(super) fn counts(inventory: &Inventory) -> Vec<JsonCount> {
    let counts = inventory.counts().into_iter();
    counts.map(|(role, packages)| JsonCount { role: role.words(), packages }).collect()
}

pub(super) fn locked(locked: &Locked) -> JsonLocked<'_> {
    let Locked { key, at, checksum, role, reason, path, linked, also_on_host, advisories } = locked;
    JsonLocked {
        package: package(key),
        at: place(at),
        checksum: checksum.as_deref(),
        role: role.words(),
        reason,
        path,
        linked,
        also_on_host: *also_on_host,
        advisories: advisories.iter().map(hit).collect(),
    }
}
