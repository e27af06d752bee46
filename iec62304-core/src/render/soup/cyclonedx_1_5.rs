//! The inventory as CycloneDX 1.5, in JSON and XML, for consumers that know nothing newer:
//! the same content as in 1.6, put into the types of `cyclonedx-bom`.
//!
//! 1.5 knows no manufacturer of a component. It stands as supplier there, since that is
//! what the minimum elements of 2021 mean by the word; the registry is the supplier only
//! where the manufacturer is not known.

use cyclonedx_bom::external_models::date_time::DateTime;
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::uri::{Purl, Uri};
use cyclonedx_bom::models::bom::{Bom, BomReference, SpecVersion, UrnUuid};
use cyclonedx_bom::models::code::{Commit, Commits};
use cyclonedx_bom::models::component::{Classification, Component, Components, Pedigree, Scope};
use cyclonedx_bom::models::composition::{AggregateType, Composition, Compositions};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::external_reference::{
    ExternalReference, ExternalReferenceType, ExternalReferences, Uri as Reference,
};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{License, LicenseChoice, Licenses};
use cyclonedx_bom::models::lifecycle::{Lifecycle, Lifecycles, Phase};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::models::organization::{OrganizationalContact, OrganizationalEntity};
use cyclonedx_bom::models::property::{Properties, Property};
use cyclonedx_bom::models::tool::Tools;

use super::cyclonedx::{Spec, document, format};
use crate::soup::Inventory;

/// The inventory as CycloneDX 1.5 in JSON, ending in a line break.
///
/// # Panics
///
/// Never: the words in the document are those of the format.
pub fn cyclonedx_1_5_json(inventory: &Inventory) -> String {
    let mut text = Vec::new();
    let bom = bom(document(inventory, Spec::V1_5));
    bom.output_as_json_v1_5(&mut text).expect("every word is one of the format's");
    ended(text)
}

/// The inventory as CycloneDX 1.5 in XML, ending in a line break.
///
/// `cyclonedx-bom` writes the phase of the life cycle where the schema does not allow it, so
/// it stands as a property here. A character that XML cannot carry is replaced.
///
/// # Panics
///
/// Never: the words in the document are those of the format.
pub fn cyclonedx_1_5_xml(inventory: &Inventory) -> String {
    let mut text = Vec::new();
    let mut document = document(inventory, Spec::V1_5);
    for format::Lifecycle { phase } in document.metadata.lifecycles.drain(..) {
        let value = phase.to_owned();
        document.metadata.properties.push(format::Property { name: "iec62304:lifecycle", value });
    }
    bom(document).output_as_xml_v1_5(&mut text).expect("every word is one of the format's");
    ended(text).replace(is_no_xml, "\u{fffd}")
}

/// Whether XML 1.0 has no such character.
fn is_no_xml(letter: char) -> bool {
    let is_control = letter < ' ' && !"\t\n\r".contains(letter);
    is_control || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

fn ended(text: Vec<u8>) -> String {
    let mut text = String::from_utf8(text).expect("both formats are written in UTF-8");
    text.push('\n');
    text
}

fn bom(document: format::Document) -> Bom {
    Bom {
        version: document.version,
        serial_number: document.serial_number.map(UrnUuid),
        metadata: Some(metadata(document.metadata)),
        components: Some(components(document.components)),
        services: None,
        external_references: None,
        dependencies: Some(dependencies(document.dependencies)),
        compositions: Some(compositions(document.compositions)),
        properties: None,
        vulnerabilities: None,
        signature: None,
        annotations: None,
        formulation: None,
        spec_version: SpecVersion::V1_5,
    }
}

fn metadata(metadata: format::Metadata) -> Metadata {
    let phase =
        |lifecycle: format::Lifecycle| Lifecycle::Phase(Phase::new_unchecked(lifecycle.phase));
    let phases: Vec<_> = metadata.lifecycles.into_iter().map(phase).collect();
    let manufacturer = metadata.manufacturer.map(organization);
    Metadata {
        timestamp: metadata.timestamp.and_then(|timestamp| DateTime::try_from(timestamp).ok()),
        tools: Some(Tools::Object {
            services: None,
            components: Some(components(metadata.tools.components)),
        }),
        authors: None,
        component: Some(component(metadata.component)),
        manufacture: manufacturer.clone(),
        supplier: manufacturer,
        licenses: None,
        properties: properties(metadata.properties),
        lifecycles: (!phases.is_empty()).then_some(Lifecycles(phases)),
    }
}

fn components(list: Vec<format::Component>) -> Components {
    Components(list.into_iter().map(component).collect())
}

fn component(from: format::Component) -> Component {
    let text = |text: String| NormalizedString::new(&text);
    let kind = Classification::new_unchecked(from.kind);
    let mut component = Component::new(kind, &from.name, "", from.reference);
    component.version = from.version.map(text);
    component.supplier = from.manufacturer.or(from.supplier).map(organization);
    component.description = from.description.map(text);
    component.scope = from.scope.map(Scope::new_unchecked);
    component.hashes = hashes(from.hashes);
    let licences: Vec<_> = from.licenses.into_iter().map(licence).collect();
    component.licenses = (!licences.is_empty()).then_some(Licenses(licences));
    component.purl = from.purl.and_then(|purl| purl.parse::<Purl>().ok());
    component.pedigree = from.pedigree.map(pedigree);
    component.external_references = external_references(from.external_references);
    component.properties = properties(from.properties);
    component
}

fn organization(from: format::Organization) -> OrganizationalEntity {
    let contact = |from: format::Contact| OrganizationalContact {
        bom_ref: None,
        name: from.name.as_deref().map(NormalizedString::new),
        email: from.email.as_deref().map(NormalizedString::new),
        phone: None,
    };
    let urls: Vec<_> = from.url.iter().map(|url| Uri::new(url)).collect();
    let contacts: Vec<_> = from.contact.into_iter().map(contact).collect();
    OrganizationalEntity {
        bom_ref: None,
        name: Some(NormalizedString::new(&from.name)),
        url: (!urls.is_empty()).then_some(urls),
        contact: (!contacts.is_empty()).then_some(contacts),
    }
}

fn hashes(list: Vec<format::Hash>) -> Option<Hashes> {
    let hash = |from: format::Hash| Hash {
        alg: HashAlgorithm::new_unchecked(from.alg),
        content: HashValue(from.content),
    };
    let list: Vec<_> = list.into_iter().map(hash).collect();
    (!list.is_empty()).then_some(Hashes(list))
}

fn licence(from: format::LicenceChoice) -> LicenseChoice {
    match from {
        format::LicenceChoice::Expression { expression, .. } => {
            LicenseChoice::expression(&expression)
        }
        format::LicenceChoice::Licence { license } => {
            let mut licence = match (&license.id, &license.name) {
                (Some(id), _) => License::license_id(id),
                (None, name) => License::named_license(name.as_deref().unwrap_or_default()),
            };
            licence.properties = properties(license.properties);
            LicenseChoice::License(licence)
        }
    }
}

fn pedigree(from: format::Pedigree) -> Pedigree {
    let commit = |from: format::Commit| Commit {
        uid: Some(NormalizedString::new(&from.uid)),
        url: from.url.as_deref().map(Uri::new),
        author: None,
        committer: None,
        message: None,
    };
    let commits: Vec<_> = from.commits.into_iter().map(commit).collect();
    Pedigree {
        ancestors: (!from.ancestors.is_empty()).then(|| components(from.ancestors)),
        descendants: None,
        variants: None,
        commits: (!commits.is_empty()).then_some(Commits(commits)),
        patches: None,
        notes: from.notes,
    }
}

/// 1.5 has no word for a distribution of source code; the same archive stands there as a
/// distribution anyway.
fn external_references(list: Vec<format::ExternalReference>) -> Option<ExternalReferences> {
    let known = list.into_iter().filter(|reference| reference.kind != "source-distribution");
    let reference = |from: format::ExternalReference| ExternalReference {
        external_reference_type: ExternalReferenceType::new_unchecked(from.kind),
        url: Reference::Url(Uri::new(&from.url)),
        comment: None,
        hashes: hashes(from.hashes),
    };
    let list: Vec<_> = known.map(reference).collect();
    (!list.is_empty()).then_some(ExternalReferences(list))
}

fn properties(list: Vec<format::Property>) -> Option<Properties> {
    let property = |from: format::Property| Property::new(from.name, &from.value);
    let list: Vec<_> = list.into_iter().map(property).collect();
    (!list.is_empty()).then_some(Properties(list))
}

fn dependencies(list: Vec<format::Dependency>) -> Dependencies {
    let dependency = |from: format::Dependency| Dependency {
        dependency_ref: from.reference,
        dependencies: from.depends_on,
    };
    Dependencies(list.into_iter().map(dependency).collect())
}

fn compositions(list: Vec<format::Composition>) -> Compositions {
    let composition = |from: format::Composition| Composition {
        bom_ref: None,
        aggregate: AggregateType::new_unchecked(from.aggregate),
        assemblies: None,
        dependencies: Some(from.dependencies.into_iter().map(BomReference).collect()),
        vulnerabilities: None,
        signature: None,
    };
    Compositions(list.into_iter().map(composition).collect())
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::validation::Validate;

    use super::*;
    use crate::render::soup::testdata::compare;
    use crate::soup::sample;

    #[test]
    fn the_sample_is_written_as_kept() {
        compare("pump.1.5.cdx.json", &cyclonedx_1_5_json(&sample::inventory()));
        compare("pump.1.5.cdx.xml", &cyclonedx_1_5_xml(&sample::inventory()));
    }

    #[test]
    fn what_is_written_can_be_read_and_is_valid() {
        let inventory = sample::inventory();
        let json = Bom::parse_from_json_v1_5(cyclonedx_1_5_json(&inventory).as_bytes()).unwrap();
        let xml = Bom::parse_from_xml_v1_5(cyclonedx_1_5_xml(&inventory).as_bytes()).unwrap();
        for bom in [&json, &xml] {
            let result = bom.validate_version(SpecVersion::V1_5);
            assert!(result.passed(), "{result:#?}");
        }
        assert_eq!(json.serial_number, xml.serial_number);
        assert_eq!(json.components.unwrap().0.len(), inventory.rows().count());
    }

    #[test]
    fn the_same_inventory_gives_the_same_bytes() {
        let inventory = sample::inventory();
        assert_eq!(cyclonedx_1_5_json(&inventory), cyclonedx_1_5_json(&inventory));
        assert_eq!(cyclonedx_1_5_xml(&inventory), cyclonedx_1_5_xml(&inventory));
    }

    #[test]
    fn the_serial_number_changes_with_the_content() {
        let serial = |inventory: &Inventory| bom(document(inventory, Spec::V1_5)).serial_number;
        let before = sample::inventory();
        let mut after = before.clone();
        after.soup[0].version = Some("0.8.1".to_owned());
        assert_ne!(serial(&before), serial(&after));
    }

    #[test]
    fn the_manufacturer_stands_as_supplier() {
        let bom = bom(document(&sample::inventory(), Spec::V1_5));
        let suppliers = bom.components.unwrap().0.into_iter().map(|component| {
            component.supplier.and_then(|supplier| supplier.name).map(String::from)
        });
        let names: Vec<_> = suppliers.map(Option::unwrap_or_default).collect();
        assert!(names[0].starts_with("Ring Queue"));
        assert_eq!(names[2], "zlib-sys at git.example");
        assert_eq!(names[6], "crates.io");
    }

    #[test]
    fn hostile_text_is_carried_or_replaced() {
        let mut inventory = sample::inventory();
        let hostile = "<a b=\"c\">&amp; ]]> \u{1}\u{ffff}\r\n\t\u{202e}";
        inventory.soup[0].description = Some(hostile.to_owned());
        inventory.soup[0].manufacturer.name = Some(hostile.to_owned());
        inventory.soup[0].repository = Some(hostile.to_owned());
        inventory.product.name = hostile.to_owned();
        let json = Bom::parse_from_json_v1_5(cyclonedx_1_5_json(&inventory).as_bytes()).unwrap();
        let xml = Bom::parse_from_xml_v1_5(cyclonedx_1_5_xml(&inventory).as_bytes()).unwrap();
        let description = |bom: Bom| bom.components.unwrap().0[0].description.clone().unwrap();
        let (json, xml) = (description(json).to_string(), description(xml).to_string());
        assert_eq!(json, "<a b=\"c\">&amp; ]]> \u{1}\u{ffff}  \u{202e}");
        assert_eq!(xml, "<a b=\"c\">&amp; ]]> \u{fffd}\u{fffd}  \u{202e}");
    }

    #[test]
    fn an_empty_list_is_valid_too() {
        let mut inventory = sample::inventory();
        inventory.soup.clear();
        inventory.tools.clear();
        inventory.product.manufacturer = None;
        inventory.as_of = None;
        let text = cyclonedx_1_5_json(&inventory);
        let bom = Bom::parse_from_json_v1_5(text.as_bytes()).unwrap();
        assert!(bom.validate_version(SpecVersion::V1_5).passed());
    }
}
