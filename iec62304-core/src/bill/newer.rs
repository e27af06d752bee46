//! CycloneDX 1.6 and 1.7: the part that is read, as types. Fields that are not named here
//! are left unread; a field of another type than the format gives it is an error.

use serde::Deserialize;
use serde_json::Value;

use super::{connect, joined, named, purl, said};

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    components: Vec<Component>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dependency {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default)]
    depends_on: Vec<String>,
}

#[derive(Deserialize)]
struct Component {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "bom-ref")]
    reference: Option<String>,
    manufacturer: Option<Named>,
    supplier: Option<Named>,
    publisher: Option<String>,
    #[serde(default)]
    authors: Vec<Named>,
    author: Option<String>,
    group: Option<String>,
    name: String,
    version: Option<String>,
    description: Option<String>,
    #[serde(default)]
    hashes: Vec<Hash>,
    #[serde(default)]
    licenses: Vec<Licence>,
    purl: Option<String>,
    #[serde(default)]
    components: Vec<Component>,
}

/// An organisation or a person.
#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Hash {
    alg: String,
    content: String,
}

/// An expression, or one licence; an expression with details counts as one.
#[derive(Deserialize)]
struct Licence {
    expression: Option<String>,
    license: Option<NamedLicence>,
}

#[derive(Deserialize)]
struct NamedLicence {
    id: Option<String>,
    name: Option<String>,
}

pub(super) fn json(value: Value) -> Result<Vec<super::Component>, String> {
    let document: Document = serde_json::from_value(value)
        .map_err(|error| format!("it does not have the shape of CycloneDX: {error}"))?;
    let mut list = Vec::new();
    for component in document.components {
        add(component, &mut list);
    }
    let edges = document.dependencies.into_iter();
    connect(&mut list, edges.map(|edge| (edge.reference, edge.depends_on)));
    Ok(list)
}

/// Adds a component and those inside it.
fn add(from: Component, list: &mut Vec<super::Component>) {
    let inside = from.components.iter().filter_map(|component| component.reference.clone());
    list.push(super::Component {
        depends_on: inside.collect(),
        manufacturer: manufacturer(&from),
        sha256: digest(&from.hashes, "SHA-256", 256),
        sha512: digest(&from.hashes, "SHA-512", 512),
        name: named(from.group.as_deref(), &from.name),
        version: from.version.as_deref().and_then(said),
        description: from.description.as_deref().and_then(said),
        licence: joined(from.licenses.into_iter().filter_map(licence)),
        kind: from.kind,
        purl: from.purl.as_deref().and_then(purl),
        reference: from.reference,
    });
    for component in from.components {
        add(component, list);
    }
}

fn manufacturer(from: &Component) -> Option<String> {
    let named = [from.manufacturer.as_ref(), from.supplier.as_ref()].into_iter().flatten();
    let named = named.filter_map(|organisation| organisation.name.as_deref());
    let authors: Vec<&str> =
        from.authors.iter().filter_map(|author| author.name.as_deref()).collect();
    let authors = authors.join(", ");
    let others = [from.publisher.as_deref(), Some(&*authors), from.author.as_deref()];
    named.chain(others.into_iter().flatten()).find_map(said)
}

fn digest(hashes: &[Hash], algorithm: &str, bits: usize) -> Option<String> {
    let hash = hashes.iter().find(|hash| hash.alg == algorithm)?;
    super::digest(&hash.content, bits)
}

fn licence(licence: Licence) -> Option<String> {
    let named = licence.license.and_then(|license| license.id.or(license.name));
    licence.expression.or(named).as_deref().and_then(said)
}
