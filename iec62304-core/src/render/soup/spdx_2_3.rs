//! SPDX 2.3 as JSON.
//!
//! The types here are the format's own, in the order of its specification. Advisories stay
//! out: what is known of them changes while the product does not.

use iec62304_macros::requirement;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::spdx::{
    Bill, DATA_LICENCE, Edge, Link, Maker, MakerKind, NO_ASSERTION, Part, TOOL, archive_digests,
    download, end_of, facts, homepage, limits, source_info, start_of,
};
use crate::soup::{Inventory, RowKind};

const DOCUMENT: &str = "SPDXRef-DOCUMENT";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    spdx_version: &'static str,
    data_license: &'static str,
    #[serde(rename = "SPDXID")]
    id: &'static str,
    name: String,
    #[serde(rename = "documentNamespace")]
    namespace: String,
    creation_info: CreationInfo,
    comment: String,
    #[serde(rename = "documentDescribes")]
    describes: Vec<String>,
    packages: Vec<Package>,
    relationships: Vec<Relationship>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_extracted_licensing_infos: Vec<ExtractedLicence>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationInfo {
    created: String,
    creators: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    name: String,
    #[serde(rename = "SPDXID")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_info: Option<String>,
    supplier: String,
    originator: String,
    download_location: String,
    files_analyzed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checksums: Vec<Checksum>,
    homepage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_info: Option<String>,
    license_concluded: String,
    license_declared: String,
    copyright_text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_refs: Vec<ExternalReference>,
    primary_package_purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until_date: Option<String>,
    annotations: Vec<Annotation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checksum {
    algorithm: String,
    checksum_value: String,
}

#[derive(Serialize)]
struct ExternalReference {
    #[serde(rename = "referenceCategory")]
    category: &'static str,
    #[serde(rename = "referenceType")]
    kind: &'static str,
    #[serde(rename = "referenceLocator")]
    locator: String,
}

#[derive(Serialize)]
struct Annotation {
    #[serde(rename = "annotationDate")]
    date: String,
    #[serde(rename = "annotationType")]
    kind: &'static str,
    annotator: String,
    comment: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relationship {
    spdx_element_id: String,
    #[serde(rename = "relationshipType")]
    kind: &'static str,
    related_spdx_element: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExtractedLicence {
    license_id: String,
    extracted_text: String,
}

/// The inventory as SPDX 2.3 JSON, ending in a line break. The same inventory and day give
/// the same bytes, and the namespace changes with the content.
///
/// # Panics
///
/// Never: text and lists always serialise.
#[requirement("TOOL-22")]
pub fn spdx_2_3(inventory: &Inventory, created: Date) -> String {
    let bill = Bill::new(inventory);
    bill.sealed(|namespace| {
        let document = document(&bill, &start_of(created), namespace);
        let mut text =
            serde_json::to_string_pretty(&document).expect("text and lists always serialise");
        text.push('\n');
        text
    })
}

fn document(bill: &Bill<'_>, created: &str, namespace: &str) -> Document {
    let mut creators = vec![format!("Tool: {TOOL}")];
    creators.extend(bill.parts[0].maker.as_ref().map(actor));
    Document {
        spdx_version: "SPDX-2.3",
        data_license: DATA_LICENCE,
        id: DOCUMENT,
        name: bill.title(),
        namespace: namespace.to_owned(),
        creation_info: CreationInfo { created: created.to_owned(), creators },
        comment: limits(bill.inventory),
        describes: vec![reference(&bill.parts[0])],
        packages: bill.parts.iter().map(|part| package(bill, part, created)).collect(),
        relationships: relationships(bill),
        has_extracted_licensing_infos: extracted(bill),
    }
}

fn package(bill: &Bill<'_>, part: &Part<'_>, created: &str) -> Package {
    let maker = part.maker.as_ref().map_or_else(|| NO_ASSERTION.to_owned(), actor);
    let row = part.row;
    Package {
        name: part.name.to_owned(),
        id: reference(part),
        version_info: part.version.map(str::to_owned),
        supplier: maker.clone(),
        originator: maker,
        download_location: or_no_assertion(part.key.and_then(download)),
        files_analyzed: false,
        checksums: checksums(part),
        homepage: or_no_assertion(row.and_then(homepage).map(str::to_owned)),
        source_info: row.and_then(source_info),
        license_concluded: or_no_assertion(part.licences.concluded.clone()),
        license_declared: or_no_assertion(part.licences.declared.clone()),
        copyright_text: NO_ASSERTION,
        description: row.and_then(|row| row.description.clone()),
        external_refs: row.and_then(|row| row.purl.as_deref()).map(purl).into_iter().collect(),
        primary_package_purpose: purpose(part),
        valid_until_date: row.and_then(|row| row.judgement.support_end).map(end_of),
        annotations: annotations(bill, part, created),
    }
}

fn reference(part: &Part<'_>) -> String {
    format!("SPDXRef-{}", part.id)
}

fn or_no_assertion(text: Option<String>) -> String {
    text.unwrap_or_else(|| NO_ASSERTION.to_owned())
}

/// `Organization: name (address)`. Empty brackets keep brackets in the name from being read
/// as an address.
fn actor(maker: &Maker) -> String {
    let kind = match maker.kind {
        MakerKind::Organization => "Organization",
        MakerKind::Person => "Person",
    };
    match &maker.email {
        Some(email) => format!("{kind}: {} ({email})", maker.name),
        None if maker.name.contains('(') => format!("{kind}: {} ()", maker.name),
        None => format!("{kind}: {}", maker.name),
    }
}

fn checksums(part: &Part<'_>) -> Vec<Checksum> {
    let digests = part.row.map(archive_digests).unwrap_or_default();
    let checksum = |(bits, digest): (usize, &str)| Checksum {
        algorithm: format!("SHA{bits}"),
        checksum_value: digest.to_ascii_lowercase(),
    };
    digests.into_iter().map(checksum).collect()
}

fn purl(purl: &str) -> ExternalReference {
    ExternalReference { category: "PACKAGE-MANAGER", kind: "purl", locator: purl.to_owned() }
}

fn purpose(part: &Part<'_>) -> &'static str {
    let Some(row) = part.row else {
        return if part.key.is_some() { "LIBRARY" } else { "APPLICATION" };
    };
    match row.kind {
        RowKind::Declared("operating system") => "OPERATING_SYSTEM",
        RowKind::Declared("firmware") => "FIRMWARE",
        RowKind::Declared("hardware") => "DEVICE",
        RowKind::Declared("package" | "native library" | "standard library" | "runtime")
        | RowKind::Package
        | RowKind::NativeLibrary
        | RowKind::StandardLibrary
        | RowKind::Runtime => "LIBRARY",
        RowKind::Declared("other") => "OTHER",
        RowKind::Declared(_) => "APPLICATION",
    }
}

fn annotations(bill: &Bill<'_>, part: &Part<'_>, created: &str) -> Vec<Annotation> {
    let annotation = |(name, value): (&str, String)| Annotation {
        date: created.to_owned(),
        kind: "OTHER",
        annotator: format!("Tool: {TOOL}"),
        comment: format!("{name}={value}"),
    };
    facts(bill, part).into_iter().map(annotation).collect()
}

fn relationships(bill: &Bill<'_>) -> Vec<Relationship> {
    let mut relationships = vec![Relationship {
        spdx_element_id: DOCUMENT.to_owned(),
        kind: "DESCRIBES",
        related_spdx_element: reference(&bill.parts[0]),
    }];
    relationships.extend(bill.edges.iter().map(|edge| relationship(bill, edge)));
    for (index, part) in bill.parts.iter().enumerate() {
        if !bill.edges.iter().any(|edge| edge.from == index && edge.link <= Link::DependsOn) {
            let known = bill.dependencies_are_known(index);
            relationships.push(Relationship {
                spdx_element_id: reference(part),
                kind: "DEPENDS_ON",
                related_spdx_element: if known { "NONE" } else { NO_ASSERTION }.to_owned(),
            });
        }
    }
    relationships
}

/// What is used to make the product stands on the left, since SPDX says it that way round.
fn relationship(bill: &Bill<'_>, edge: &Edge) -> Relationship {
    let (from, to) = (reference(&bill.parts[edge.from]), reference(&bill.parts[edge.to]));
    let (left, kind, right) = match edge.link {
        Link::Contains => (from, "CONTAINS", to),
        Link::DependsOn => (from, "DEPENDS_ON", to),
        Link::BuildDependency => (to, "BUILD_DEPENDENCY_OF", from),
        Link::DevelopmentDependency => (to, "DEV_DEPENDENCY_OF", from),
        Link::BuildTool => (to, "BUILD_TOOL_OF", from),
        Link::TestTool => (to, "TEST_TOOL_OF", from),
        Link::DevelopmentTool => (to, "DEV_TOOL_OF", from),
    };
    Relationship { spdx_element_id: left, kind, related_spdx_element: right }
}

/// Each reference once, though many packages may make it.
fn extracted(bill: &Bill<'_>) -> Vec<ExtractedLicence> {
    let all = bill.parts.iter().flat_map(|part| &part.licences.extracted);
    let unique: BTreeMap<&str, &str> =
        all.map(|one| (one.id.as_str(), one.text.as_str())).collect();
    let extracted = |(id, text): (&str, &str)| ExtractedLicence {
        license_id: id.to_owned(),
        extracted_text: text.to_owned(),
    };
    unique.into_iter().map(extracted).collect()
}

#[cfg(test)]
mod tests;
