//! The inventory as CycloneDX 1.6 or 1.7, in JSON: no vulnerabilities, which change by
//! the day and stand in the VEX document beside it.
//!
//! What is not known is said: `iec62304:unknown` names the field. Nothing in the document
//! comes from a clock or from chance, so the same inventory has the same serial number.

use iec62304_macros::requirement;
use serde::Serialize;

use crate::soup::{Basis, Inventory, Row, RowKind};

pub(super) mod address;
mod component;
pub(super) mod format;
pub(super) mod identity;
mod licence;
pub(super) mod property;

use component::{component, product, tool};
use format::{Composition, Dependency, Document, Lifecycle, Metadata, Tools};
use identity::{PRODUCT, References, uuid};
use property::Properties;

/// A version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycloneDx {
    /// 1.6, the oldest that BSI TR-03183-2 accepts.
    V1_6,
    /// 1.7, which has room for two licence expressions.
    V1_7,
}

/// A version whose limits the content minds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spec {
    V1_5,
    V1_6,
    V1_7,
}

impl Spec {
    fn word(self) -> &'static str {
        match self {
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

impl From<CycloneDx> for Spec {
    fn from(version: CycloneDx) -> Self {
        match version {
            CycloneDx::V1_6 => Self::V1_6,
            CycloneDx::V1_7 => Self::V1_7,
        }
    }
}

/// The list that a row stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Soup,
    Tools,
}

/// The inventory as CycloneDX, ending in a line break.
///
/// # Panics
///
/// Never: text, numbers and lists always serialise.
#[requirement("TOOL-22")]
pub fn cyclonedx(inventory: &Inventory, version: CycloneDx) -> String {
    json(&document(inventory, version.into()))
}

/// Any document as text, ending in a line break.
pub(super) fn json(document: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(document).expect("text, numbers and lists serialise");
    text.push('\n');
    text
}

/// The document; the UUID of its serial number is that of its content.
pub(super) fn document(inventory: &Inventory, spec: Spec) -> Document {
    let references = References::new(inventory);
    let rows = references.rows(inventory).enumerate();
    let list = |index| if index < inventory.soup.len() { List::Soup } else { List::Tools };
    let mut document = Document {
        bom_format: "CycloneDX",
        spec_version: spec.word(),
        serial_number: None,
        version: 1,
        metadata: metadata(inventory, said(inventory), lifecycle(inventory)),
        components: rows
            .map(|(index, (row, reference))| {
                component(row, reference, list(index), inventory, spec)
            })
            .collect(),
        dependencies: dependencies(inventory, &references),
        compositions: compositions(inventory, &references),
    };
    document.serial_number = Some(format!("urn:uuid:{}", uuid(&document)));
    document
}

/// What stands at the head of both the list and its VEX document.
pub(super) fn metadata(
    inventory: &Inventory,
    mut properties: Properties,
    lifecycles: Vec<Lifecycle>,
) -> Metadata {
    let manufacturer = inventory.product.manufacturer.as_deref();
    if manufacturer.is_none() {
        properties.say("iec62304:manufacturer:unknown", "true");
    }
    if inventory.as_of.is_none() {
        properties.unknown("timestamp");
    }
    let contact = inventory.product.contact.as_deref();
    Metadata {
        timestamp: inventory.as_of.map(|day| format!("{day}T00:00:00Z")),
        lifecycles,
        tools: Tools { components: vec![tool()] },
        manufacturer: manufacturer.map(|name| address::organization(name, contact)),
        component: product(inventory),
        properties: properties.list(),
    }
}

fn lifecycle(inventory: &Inventory) -> Vec<Lifecycle> {
    let phase = if inventory.basis == Basis::Graph { "build" } else { "pre-build" };
    vec![Lifecycle { phase }]
}

/// What holds for the whole list: for which targets, with which features, on which basis.
fn said(inventory: &Inventory) -> Properties {
    let mut properties = Properties::default();
    for target in &inventory.product.targets {
        match &target.triple {
            Some(triple) => properties.say("cdx:rustc:sbom:target:triple", triple),
            None => properties.unknown("target"),
        }
    }
    for feature in &inventory.product.features {
        properties.say("iec62304:feature", feature);
    }
    let basis = match inventory.basis {
        Basis::Graph => "lock file and resolution",
        Basis::LockFile { .. } => "lock file only",
        Basis::NotAsked => "not asked for",
        Basis::NoLockFile => "no lock file",
        Basis::UnreadableLockFile(_) => "unreadable lock file",
    };
    properties.say("iec62304:basis", basis);
    properties
}

/// What the product and each row depend on, sorted.
fn dependencies(inventory: &Inventory, references: &References) -> Vec<Dependency> {
    let entry = |reference: &str, mut depends_on: Vec<String>| {
        depends_on.sort();
        depends_on.dedup();
        Dependency { reference: reference.to_owned(), depends_on }
    };
    let direct = references.rows(inventory).filter(|(row, _)| row.is_direct);
    let direct = direct.map(|(_, reference)| reference.to_owned()).collect();
    let mut list = vec![entry(PRODUCT, direct)];
    for (rows, references) in
        [(&inventory.soup, &references.soup), (&inventory.tools, &references.tools)]
    {
        for (row, reference) in rows.iter().zip(references) {
            let known = row.depends_on.iter().filter_map(|index| references.get(*index));
            list.push(entry(reference, known.cloned().collect()));
        }
    }
    list.sort_by(|a, b| a.reference.cmp(&b.reference));
    list
}

/// How much of what each component depends on is known. With cargo's resolution all that
/// cargo links is; of what cargo does not resolve, nothing is; with the lock file alone
/// edges can be missing everywhere.
fn compositions(inventory: &Inventory, references: &References) -> Vec<Composition> {
    let linked = match inventory.basis {
        Basis::Graph => "complete",
        Basis::LockFile { .. } => "incomplete",
        Basis::NotAsked | Basis::NoLockFile | Basis::UnreadableLockFile(_) => "unknown",
    };
    let is_beyond_cargo = |row: &Row| row.kind != RowKind::Package && linked == "complete";
    let aggregate = |row: &Row| if is_beyond_cargo(row) { "unknown" } else { linked };
    let rows = references.rows(inventory).map(|(row, reference)| (aggregate(row), reference));
    let all: Vec<_> = [(linked, PRODUCT)].into_iter().chain(rows).collect();
    let composition = |aggregate| {
        let same = all.iter().filter(|(its, _)| *its == aggregate);
        let mut dependencies: Vec<_> = same.map(|(_, name)| (*name).to_owned()).collect();
        dependencies.sort();
        Composition { aggregate, dependencies }
    };
    let list = ["complete", "incomplete", "unknown"].map(composition);
    list.into_iter().filter(|composition| !composition.dependencies.is_empty()).collect()
}

#[cfg(test)]
mod tests;
