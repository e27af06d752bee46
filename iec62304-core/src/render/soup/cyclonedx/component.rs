//! One component: a row, the product, or this tool.

use super::address::{address, organization};
use super::format::{Commit, Component, ExternalReference, Hash, Organization, Pedigree};
use super::identity::PRODUCT;
use super::licence::licences;
use super::property::{Properties, archive, properties};
use super::{List, Spec};
use crate::model::dependency::{PackageKey, PackageSource};
use crate::soup::{Inventory, Row, RowKind};

/// The component of a row.
pub(super) fn component(
    row: &Row,
    reference: &str,
    list: List,
    inventory: &Inventory,
    spec: Spec,
) -> Component {
    let (licenses, mut said) = licences(&row.licence, spec);
    let mut properties = properties(row, list, inventory);
    let external_references = external_references(row, &mut properties);
    said.extend(properties.list());
    let manufacturer = &row.manufacturer;
    let maker = |name: &String| organization(name, manufacturer.contact.as_deref());
    let package = row.package.as_ref().filter(|_| row.kind == RowKind::Package);
    Component {
        kind: kind(row.kind),
        reference: Some(reference.to_owned()),
        supplier: supplier(row),
        manufacturer: manufacturer.name.as_ref().map(maker),
        name: package.map_or(&row.title, |package| &package.name).clone(),
        version: row.version.clone(),
        description: row.description.clone(),
        scope: Some(scope(list)),
        hashes: hashes(row),
        licenses,
        purl: row.purl.clone(),
        pedigree: pedigree(row),
        external_references,
        properties: said,
    }
}

fn scope(list: List) -> &'static str {
    match list {
        List::Soup => "required",
        List::Tools => "excluded",
    }
}

fn kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Package
        | RowKind::NativeLibrary
        | RowKind::StandardLibrary
        | RowKind::Runtime
        | RowKind::Declared("package" | "native library" | "standard library" | "runtime") => {
            "library"
        }
        RowKind::Declared("operating system") => "operating-system",
        RowKind::Declared("firmware") => "firmware",
        RowKind::Declared("hardware") => "device",
        RowKind::Declared(_) => "application",
    }
}

/// The registry delivers a package; who makes it is another matter. What no registry
/// delivers comes from its maker.
fn supplier(row: &Row) -> Option<Organization> {
    if is_of_crates_io(row) {
        return Some(organization("crates.io", Some("https://crates.io")));
    }
    let maker = row.manufacturer.name.as_deref()?;
    Some(organization(maker, row.manufacturer.contact.as_deref()))
}

fn is_of_crates_io(row: &Row) -> bool {
    row.package.as_ref().is_some_and(|package| package.source == PackageSource::CratesIo)
}

/// Digests of the archive. One over the files of a folder is no digest of anything that was
/// delivered, and so a property.
fn hashes(row: &Row) -> Vec<Hash> {
    let hash = |alg, content: &String| Hash { alg, content: content.clone() };
    let sha256 = row.digests.sha256.as_ref().map(|content| hash("SHA-256", content));
    let sha512 = row.digests.sha512.as_ref().map(|content| hash("SHA-512", content));
    sha256.into_iter().chain(sha512).collect()
}

/// Where a row can be found: what is no address is said as it stands.
fn external_references(row: &Row, properties: &mut Properties) -> Vec<ExternalReference> {
    let git = match row.package.as_ref().map(|package| &package.source) {
        Some(PackageSource::Git { url, .. }) => Some(url),
        _ => None,
    };
    let mut list: Vec<ExternalReference> = Vec::new();
    let places = [
        ("vcs", "iec62304:repository", row.repository.as_ref().or(git)),
        ("website", "iec62304:homepage", row.homepage.as_ref()),
    ];
    for (kind, name, place) in places {
        let Some(place) = place else { continue };
        match address(place) {
            Some(url) => list.push(ExternalReference { kind, url, hashes: Vec::new() }),
            None => properties.say(name, place),
        }
    }
    if let Some(package) = row.package.as_ref().filter(|_| is_of_crates_io(row))
        && archive(row).is_some()
    {
        let url = download(package);
        list.push(ExternalReference {
            kind: "distribution",
            url: url.clone(),
            hashes: hashes(row),
        });
        list.push(ExternalReference { kind: "source-distribution", url, hashes: hashes(row) });
    }
    list
}

/// Where crates.io serves the archive: a `+` would be read as a space there.
fn download(package: &PackageKey) -> String {
    let PackageKey { name, version, .. } = package;
    let version = version.replace('+', "%2B");
    format!("https://static.crates.io/crates/{name}/{name}-{version}.crate")
}

/// What a row descends from: the commit, and the package of crates.io that a changed one
/// stands in for.
fn pedigree(row: &Row) -> Option<Pedigree> {
    let package = row.package.as_ref().filter(|_| row.kind == RowKind::Package);
    let place = match package.map(|package| &package.source) {
        Some(PackageSource::Git { url, .. }) => Some(url),
        _ => row.repository.as_ref(),
    };
    let commit = row
        .commit
        .as_ref()
        .map(|uid| Commit { uid: uid.clone(), url: place.and_then(|place| address(place)) });
    if row.modified.is_none() && commit.is_none() {
        return None;
    }
    Some(Pedigree {
        ancestors: package.filter(|_| row.modified.is_some()).map(original).into_iter().collect(),
        commits: commit.into_iter().collect(),
        notes: row.modified.clone(),
    })
}

/// The package of that name and version on crates.io.
fn original(package: &PackageKey) -> Component {
    let PackageKey { name, version, .. } = package;
    Component {
        kind: "library",
        name: name.clone(),
        version: Some(version.clone()),
        purl: Some(format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))),
        ..Component::default()
    }
}

/// The product.
pub(super) fn product(inventory: &Inventory) -> Component {
    let product = &inventory.product;
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut properties = Properties::default();
    properties.say("bsi:component:executable", "executable");
    properties.say("bsi:component:archive", "no archive");
    properties.say("bsi:component:structured", "unstructured");
    let fields = [
        ("name", !product.name.is_empty()),
        ("version", !product.version.is_empty()),
        ("manufacturer", product.manufacturer.is_some()),
        ("digest", false),
    ];
    for (field, _) in fields.iter().filter(|(_, is_known)| !is_known) {
        properties.unknown(field);
    }
    let maker = |name: &String| organization(name, product.contact.as_deref());
    Component {
        kind: "application",
        reference: Some(PRODUCT.to_owned()),
        manufacturer: product.manufacturer.as_ref().map(maker),
        name: known(&product.name).unwrap_or_else(|| "unknown".to_owned()),
        version: known(&product.version),
        properties: properties.list(),
        ..Component::default()
    }
}

/// This tool.
pub(super) fn tool() -> Component {
    Component {
        kind: "application",
        name: "cargo-iec62304".to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        ..Component::default()
    }
}
