//! The elements of SPDX 3.0.1 that we write, as its JSON has them.

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Graph {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) graph: Vec<Node>,
}

/// What stands in the graph: elements, and what is said of their creation.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    CreationInfo(Creation),
    Element(Box<Element>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "CreationInfo", rename_all = "camelCase")]
pub(super) struct Creation {
    #[serde(rename = "@id")]
    pub(super) id: &'static str,
    pub(super) spec_version: &'static str,
    pub(super) created: String,
    pub(super) created_by: Vec<String>,
    pub(super) created_using: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
pub(super) enum Element {
    SpdxDocument(SpdxDocument),
    #[serde(rename = "software_Sbom")]
    Sbom(Sbom),
    Organization(Agent),
    Person(Agent),
    SoftwareAgent(Agent),
    Tool(Agent),
    #[serde(rename = "simplelicensing_LicenseExpression")]
    LicenceExpression(LicenceExpression),
    #[serde(rename = "simplelicensing_SimpleLicensingText")]
    LicenceText(LicenceText),
    #[serde(rename = "software_Package")]
    Package(Box<Package>),
    Relationship(Relationship),
    LifecycleScopedRelationship(Relationship),
}

impl Element {
    pub(super) fn id(&self) -> &str {
        let header = match self {
            Self::SpdxDocument(document) => &document.header,
            Self::Sbom(sbom) => &sbom.header,
            Self::Organization(agent)
            | Self::Person(agent)
            | Self::SoftwareAgent(agent)
            | Self::Tool(agent) => &agent.header,
            Self::LicenceExpression(expression) => &expression.header,
            Self::LicenceText(text) => &text.header,
            Self::Package(package) => &package.header,
            Self::Relationship(relationship) | Self::LifecycleScopedRelationship(relationship) => {
                &relationship.header
            }
        };
        &header.id
    }
}

/// What every element has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Header {
    #[serde(rename = "spdxId")]
    pub(super) id: String,
    pub(super) creation_info: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpdxDocument {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) profile_conformance: &'static [&'static str],
    pub(super) root_element: Vec<String>,
    pub(super) element: Vec<String>,
    pub(super) data_license: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sbom {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) profile_conformance: &'static [&'static str],
    pub(super) root_element: Vec<String>,
    pub(super) element: Vec<String>,
    #[serde(rename = "software_sbomType")]
    pub(super) kind: &'static [&'static str],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Agent {
    #[serde(flatten)]
    pub(super) header: Header,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) external_identifier: Vec<Identifier>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "ExternalIdentifier", rename_all = "camelCase")]
pub(super) struct Identifier {
    external_identifier_type: &'static str,
    identifier: String,
}

impl Identifier {
    pub(super) fn purl(purl: &str) -> Self {
        Self::new("packageUrl", purl)
    }

    pub(super) fn new(kind: &'static str, identifier: &str) -> Self {
        Self { external_identifier_type: kind, identifier: identifier.to_owned() }
    }
}

#[derive(Serialize)]
pub(super) struct LicenceExpression {
    #[serde(flatten)]
    pub(super) header: Header,
    #[serde(rename = "simplelicensing_licenseExpression")]
    pub(super) expression: String,
    #[serde(rename = "simplelicensing_licenseListVersion")]
    pub(super) list_version: &'static str,
    #[serde(rename = "simplelicensing_customIdToUri", skip_serializing_if = "Vec::is_empty")]
    pub(super) custom_id_to_uri: Vec<CustomId>,
}

#[derive(Serialize)]
pub(super) struct CustomId {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Serialize)]
pub(super) struct LicenceText {
    #[serde(flatten)]
    pub(super) header: Header,
    #[serde(rename = "simplelicensing_licenseText")]
    pub(super) text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Package {
    #[serde(flatten)]
    pub(super) header: Header,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) originated_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) supplied_by: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) support_level: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) verified_using: Vec<Hash>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) external_identifier: Vec<Identifier>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) external_ref: Vec<ExternalReference>,
    pub(super) extension: Vec<CdxExtension>,
    #[serde(rename = "software_copyrightText")]
    pub(super) copyright_text: &'static str,
    #[serde(rename = "software_primaryPurpose")]
    pub(super) primary_purpose: &'static str,
    #[serde(rename = "software_packageVersion", skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    #[serde(rename = "software_downloadLocation", skip_serializing_if = "Option::is_none")]
    pub(super) download_location: Option<String>,
    #[serde(rename = "software_packageUrl", skip_serializing_if = "Option::is_none")]
    pub(super) purl: Option<String>,
    #[serde(rename = "software_homePage", skip_serializing_if = "Option::is_none")]
    pub(super) home_page: Option<String>,
    #[serde(rename = "software_sourceInfo", skip_serializing_if = "Option::is_none")]
    pub(super) source_info: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) struct Hash {
    algorithm: String,
    hash_value: String,
}

impl Hash {
    pub(super) fn new(algorithm: String, digest: &str) -> Self {
        Self { algorithm, hash_value: digest.to_ascii_lowercase() }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "ExternalRef", rename_all = "camelCase")]
pub(super) struct ExternalReference {
    external_ref_type: &'static str,
    locator: Vec<String>,
}

impl ExternalReference {
    pub(super) fn vcs(address: &str) -> Self {
        Self { external_ref_type: "vcs", locator: vec![address.to_owned()] }
    }
}

/// Names and values in the way of `CycloneDX`, which SPDX takes over.
#[derive(Serialize)]
#[serde(tag = "type", rename = "extension_CdxPropertiesExtension")]
pub(super) struct CdxExtension {
    #[serde(rename = "extension_cdxProperty")]
    properties: Vec<CdxProperty>,
}

impl CdxExtension {
    pub(super) fn new(properties: Vec<CdxProperty>) -> Self {
        Self { properties }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "extension_CdxPropertyEntry")]
pub(super) struct CdxProperty {
    #[serde(rename = "extension_cdxPropName")]
    name: &'static str,
    #[serde(rename = "extension_cdxPropValue")]
    value: String,
}

impl CdxProperty {
    pub(super) fn new(name: &'static str, value: String) -> Self {
        Self { name, value }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Relationship {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) from: String,
    #[serde(rename = "relationshipType")]
    pub(super) kind: &'static str,
    pub(super) to: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) completeness: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<&'static str>,
}
