//! CycloneDX 1.3 to 1.5, through `cyclonedx-bom`.

use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::Component;
use cyclonedx_bom::models::hash::{HashAlgorithm, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, LicenseIdentifier};
use serde_json::Value;

use super::{connect, joined, named, purl, said};

const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";

pub(super) fn json(value: Value) -> Result<Vec<super::Component>, String> {
    let bom = Bom::parse_json_value(value)
        .map_err(|error| format!("it does not have the shape of CycloneDX: {error}"))?;
    Ok(components(bom))
}

pub(super) fn xml(text: &str) -> Result<Vec<super::Component>, String> {
    let (_, rest) =
        text.split_once(NAMESPACE).ok_or_else(|| "it is no CycloneDX document".to_owned())?;
    let version = rest.split(['"', '\'']).next().unwrap_or_default();
    let known = match version {
        "1.3" => SpecVersion::V1_3,
        "1.4" => SpecVersion::V1_4,
        "1.5" => SpecVersion::V1_5,
        other => {
            return Err(format!(
                "it is CycloneDX {other} in XML; of XML, 1.3 to 1.5 are read: ask for JSON"
            ));
        }
    };
    let bom = Bom::parse_from_xml_with_version(text.as_bytes(), known)
        .map_err(|error| format!("it does not have the shape of CycloneDX: {error}"))?;
    Ok(components(bom))
}

fn components(bom: Bom) -> Vec<super::Component> {
    let mut list = Vec::new();
    for component in bom.components.into_iter().flat_map(|components| components.0) {
        add(component, &mut list);
    }
    let edges = bom.dependencies.into_iter().flat_map(|dependencies| dependencies.0);
    connect(&mut list, edges.map(|edge| (edge.dependency_ref, edge.dependencies)));
    list
}

/// Adds a component and those inside it.
fn add(from: Component, list: &mut Vec<super::Component>) {
    let inside: Vec<Component> = from.components.into_iter().flat_map(|inside| inside.0).collect();
    let text = |text: Option<&NormalizedString>| text.map(ToString::to_string);
    let supplier = from.supplier.as_ref().and_then(|supplier| supplier.name.as_ref());
    let makers = [supplier, from.publisher.as_ref(), from.author.as_ref()];
    let licences = from.licenses.into_iter().flat_map(|licences| licences.0);
    list.push(super::Component {
        kind: from.component_type.to_string(),
        name: named(text(from.group.as_ref()).as_deref(), from.name.as_ref()),
        version: text(from.version.as_ref()).as_deref().and_then(said),
        manufacturer: makers.into_iter().flatten().find_map(|maker| said(maker.as_ref())),
        description: text(from.description.as_ref()).as_deref().and_then(said),
        purl: from.purl.and_then(|it| purl(it.as_ref())),
        sha256: digest(from.hashes.as_ref(), &HashAlgorithm::SHA_256, 256),
        sha512: digest(from.hashes.as_ref(), &HashAlgorithm::SHA_512, 512),
        licence: joined(licences.filter_map(licence)),
        reference: from.bom_ref,
        depends_on: inside.iter().filter_map(|component| component.bom_ref.clone()).collect(),
    });
    for component in inside {
        add(component, list);
    }
}

fn digest(hashes: Option<&Hashes>, algorithm: &HashAlgorithm, bits: usize) -> Option<String> {
    let hash = hashes?.0.iter().find(|hash| hash.alg == *algorithm)?;
    super::digest(&hash.content.0, bits)
}

fn licence(choice: LicenseChoice) -> Option<String> {
    match choice {
        LicenseChoice::Expression(expression) => said(&expression.to_string()),
        LicenseChoice::License(license) => match license.license_identifier {
            LicenseIdentifier::SpdxId(id) => said(&id.to_string()),
            LicenseIdentifier::Name(name) => said(name.as_ref()),
        },
    }
}
