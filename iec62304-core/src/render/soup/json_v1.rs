//! For machines: the inventory as JSON, version 1.
//!
//! The types here are the format. A field is never renamed, removed or given another
//! meaning within the version; new fields may come. What is not known is `null`; a place is
//! a file and a range of bytes in it, from 0, end excluded.

use iec62304_macros::requirement;
use serde::Serialize;

use self::census::{JsonCount, JsonLocked};
use self::row::JsonRow;
use super::facts;
use crate::location::{FilePath, Location};
use crate::model::dependency::{PackageKey, PackageSource};
use crate::soup::{AdvisoryState, Basis, Inventory, Product};

mod census;
mod hit;
mod judgement;
mod row;

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    tool: Tool,
    product: JsonProduct<'a>,
    basis: JsonBasis<'a>,
    as_of: Option<String>,
    advisories: JsonAdvisories<'a>,
    toolchain: JsonToolchain<'a>,
    /// Files that can change the build and that git does not track; `null` without git.
    untracked: Option<Vec<&'a str>>,
    /// Names in records that nothing in the build answers to.
    unused_records: Vec<&'a str>,
    soup: Vec<JsonRow<'a>>,
    tools: Vec<JsonRow<'a>>,
    /// The counts add up to the length of `census`.
    counts: Vec<JsonCount>,
    census: Vec<JsonLocked<'a>>,
    limits: &'static [&'static str],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct JsonToolchain<'a> {
    channel: Option<&'a str>,
    release: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonProduct<'a> {
    name: &'a str,
    version: &'a str,
    manufacturer: Option<&'a str>,
    contact: Option<&'a str>,
    packages: Vec<JsonPackage<'a>>,
    because: &'a str,
    /// The triples; `null` stands for any target. Other fields name one by its index.
    targets: Vec<Option<&'a str>>,
    features: &'a [String],
}

#[derive(Serialize)]
struct JsonPackage<'a> {
    name: &'a str,
    version: &'a str,
    source: JsonSource<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum JsonSource<'a> {
    #[serde(rename = "crates.io")]
    CratesIo,
    Registry {
        index: &'a str,
    },
    Git {
        url: &'a str,
        reference: Option<&'a str>,
        commit: &'a str,
    },
    Path {
        folder: Option<&'a str>,
    },
}

#[derive(Serialize)]
struct JsonBasis<'a> {
    kind: &'static str,
    complete: bool,
    words: &'static str,
    cause: Option<&'a str>,
    at: Option<JsonPlace<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum JsonAdvisories<'a> {
    None,
    Read {
        digest: &'a str,
        entries: usize,
        newest: Option<String>,
        age_days: Option<i64>,
        unreadable: Vec<JsonUnreadable<'a>>,
    },
}

#[derive(Serialize)]
struct JsonUnreadable<'a> {
    path: &'a str,
    package: &'a str,
    reason: &'a str,
}

/// The inventory as JSON, version 1, ending in a line break.
///
/// # Panics
///
/// Never: text, numbers and lists always serialise.
#[requirement("TOOL-22")]
pub fn json_v1(inventory: &Inventory) -> String {
    let document = document(inventory);
    let mut text =
        serde_json::to_string_pretty(&document).expect("text, numbers and lists serialise");
    text.push('\n');
    text
}

fn document(inventory: &Inventory) -> Document<'_> {
    let Inventory {
        product,
        basis,
        census,
        soup,
        tools,
        advisories,
        toolchain,
        build_inputs,
        unused,
        items_of_causes: _,
        since_baseline: _,
        as_of,
    } = inventory;
    Document {
        format: "cargo-iec62304 soup",
        version: 1,
        tool: Tool { name: "cargo-iec62304", version: env!("CARGO_PKG_VERSION") },
        product: self::product(product),
        basis: self::basis(basis),
        as_of: as_of.map(|day| day.to_string()),
        advisories: self::advisories(advisories),
        toolchain: JsonToolchain {
            channel: toolchain.channel.as_deref(),
            release: toolchain.release.as_deref(),
        },
        untracked: build_inputs.as_ref().map(|inputs| {
            let untracked = inputs.iter().filter(|(_, is_tracked)| !**is_tracked);
            untracked.map(|(file, _)| file.as_str()).collect()
        }),
        unused_records: unused.iter().map(|unused| unused.name.value.as_str()).collect(),
        soup: soup.iter().map(|row| row::row(row, soup)).collect(),
        tools: tools.iter().map(|row| row::row(row, tools)).collect(),
        counts: census::counts(inventory),
        census: census.iter().map(census::locked).collect(),
        limits: &facts::LIMITS,
    }
}

fn product(product: &Product) -> JsonProduct<'_> {
    let Product { name, version, manufacturer, contact, packages, because, targets, features } =
        product;
    JsonProduct {
        name,
        version,
        manufacturer: manufacturer.as_deref(),
        contact: contact.as_deref(),
        packages: packages.iter().map(package).collect(),
        because,
        targets: targets.iter().map(|target| target.triple.as_deref()).collect(),
        features,
    }
}

fn package(key: &PackageKey) -> JsonPackage<'_> {
    let PackageKey { name, version, source } = key;
    let source = match source {
        PackageSource::CratesIo => JsonSource::CratesIo,
        PackageSource::Registry(index) => JsonSource::Registry { index },
        PackageSource::Git { url, reference, commit } => {
            JsonSource::Git { url, reference: reference.as_deref(), commit }
        }
        PackageSource::Path(folder) => {
            JsonSource::Path { folder: folder.as_ref().map(FilePath::as_str) }
        }
    };
    JsonPackage { name, version, source }
}

fn basis(basis: &Basis) -> JsonBasis<'_> {
    let (kind, cause, at) = match basis {
        Basis::NotAsked => ("not-asked", None, None),
        Basis::NoLockFile => ("no-lock-file", None, None),
        Basis::UnreadableLockFile(reason) => {
            ("unreadable-lock-file", Some(reason.value.as_str()), Some(place(&reason.at)))
        }
        Basis::LockFile { cause, .. } => ("lock-file", Some(cause.as_str()), None),
        Basis::Graph => ("graph", None, None),
    };
    JsonBasis { kind, complete: *basis == Basis::Graph, words: facts::basis(basis), cause, at }
}

fn place(at: &Location) -> JsonPlace<'_> {
    JsonPlace { file: at.file.as_str(), start: at.span.start, end: at.span.end }
}

fn advisories(state: &AdvisoryState) -> JsonAdvisories<'_> {
    let AdvisoryState::Read { digest, entries, newest, age, unreadable } = state else {
        return JsonAdvisories::None;
    };
    let unreadable = unreadable.iter();
    JsonAdvisories::Read {
        digest,
        entries: *entries,
        newest: newest.map(|day| day.to_string()),
        age_days: *age,
        unreadable: unreadable
            .map(|(path, package, reason)| JsonUnreadable { path, package, reason })
            .collect(),
    }
}
