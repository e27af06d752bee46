use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::Value;

use super::spdx_2_3;
use crate::render::soup::spdx::tests::{
    check_file, declared, empty, is_legal, licensed, lock_file_only, pump,
};
use crate::soup::{Inventory, Licence, sample};

fn written(inventory: &Inventory) -> Value {
    serde_json::from_str(&spdx_2_3(inventory, sample::AS_OF)).unwrap()
}

fn packages(document: &Value) -> &[Value] {
    document["packages"].as_array().unwrap()
}

fn package<'v>(document: &'v Value, name: &str) -> &'v Value {
    packages(document).iter().find(|package| package["name"] == name).unwrap()
}

fn related<'v>(document: &'v Value, kind: &str) -> Vec<(&'v str, &'v str)> {
    let all = document["relationships"].as_array().unwrap().iter();
    let of_kind = all.filter(|one| one["relationshipType"] == kind);
    let text = |one: &'v Value, field: &str| one[field].as_str().unwrap();
    of_kind.map(|one| (text(one, "spdxElementId"), text(one, "relatedSpdxElement"))).collect()
}

/// Ids that can be reached from the document, in the direction that SPDX reads each kind.
fn reached(document: &Value) -> BTreeSet<&str> {
    let forwards = ["DESCRIBES", "CONTAINS", "DEPENDS_ON"];
    let backwards = ["BUILD_DEPENDENCY_OF", "DEV_DEPENDENCY_OF", "BUILD_TOOL_OF", "TEST_TOOL_OF"];
    let mut edges: Vec<_> = forwards.iter().flat_map(|kind| related(document, kind)).collect();
    let others = backwards.iter().flat_map(|kind| related(document, kind));
    edges.extend(others.map(|(from, to)| (to, from)));
    let mut reached = BTreeSet::from(["SPDXRef-DOCUMENT"]);
    while let Some((_, to)) =
        edges.iter().find(|(from, to)| reached.contains(from) && !reached.contains(to))
    {
        reached.insert(*to);
    }
    reached
}

#[test]
fn the_sample_is_written_as_expected() {
    check_file("pump.spdx.json", &spdx_2_3(&pump(), sample::AS_OF));
}

#[test]
fn ids_are_unique_and_legal() {
    let document = written(&pump());
    let mut ids = BTreeSet::new();
    for package in packages(&document) {
        let id = package["SPDXID"].as_str().unwrap();
        assert!(is_legal(id.strip_prefix("SPDXRef-").unwrap()), "{id}");
        assert!(ids.insert(id), "{id} is there twice");
    }
    assert_eq!(ids.len(), 9, "the product, its package, six SOUP items and a tool");
}

#[test]
fn every_package_is_reachable_from_the_root() {
    for inventory in [pump(), lock_file_only(), empty()] {
        let document = written(&inventory);
        let reached = reached(&document);
        for package in packages(&document) {
            assert!(reached.contains(package["SPDXID"].as_str().unwrap()), "{}", package["name"]);
        }
    }
}

#[test]
fn relationships_point_to_packages_of_the_document() {
    let document = written(&pump());
    let mut known: BTreeSet<&str> =
        packages(&document).iter().map(|package| package["SPDXID"].as_str().unwrap()).collect();
    known.extend(["NONE", "NOASSERTION"]);
    for (_, to) in related(&document, "DEPENDS_ON") {
        assert!(known.contains(to), "{to}");
    }
}

#[test]
fn native_code_is_contained_and_tools_build_the_product() {
    let document = written(&pump());
    let id = |name| package(&document, name)["SPDXID"].as_str().unwrap();
    let native = (id("zlib-sys"), id("z (native code in zlib-sys)"));
    assert!(related(&document, "CONTAINS").contains(&native));
    let tool = (id("unit-derive"), id("Example pump"));
    assert_eq!(related(&document, "BUILD_DEPENDENCY_OF"), [tool]);
}

#[test]
fn the_same_inventory_gives_the_same_bytes() {
    assert_eq!(spdx_2_3(&pump(), sample::AS_OF), spdx_2_3(&pump(), sample::AS_OF));
}

#[test]
fn the_namespace_changes_with_the_content() {
    let mut changed = pump();
    changed.soup[0].version = Some("0.8.1".to_owned());
    let namespace = |document: Value| document["documentNamespace"].as_str().unwrap().to_owned();
    let first = namespace(written(&pump()));
    assert!(first.starts_with("https://devices.example/spdxdocs/Example-pump-1.3.0-"), "{first}");
    assert_ne!(first, namespace(written(&changed)));
    let text = spdx_2_3(&pump(), date(2026, 6, 2));
    assert_ne!(first, namespace(serde_json::from_str(&text).unwrap()));
}

#[test]
fn an_unknown_manufacturer_is_said_to_be_unknown() {
    let mut inventory = pump();
    inventory.product.manufacturer = None;
    let document = written(&inventory);
    assert_eq!(package(&document, "small-list")["supplier"], "NOASSERTION");
    assert_eq!(package(&document, "small-list")["originator"], "NOASSERTION");
    assert_eq!(package(&document, "Example pump")["supplier"], "NOASSERTION");
    let creators = document["creationInfo"]["creators"].as_array().unwrap();
    assert_eq!(creators.len(), 1, "only the program: {creators:?}");
}

#[test]
fn an_address_in_a_name_becomes_the_address_of_the_supplier() {
    let document = written(&pump());
    let supplier = &package(&document, "ring-queue")["supplier"];
    assert_eq!(supplier, "Organization: Ring Queue, \"the\" authors (we@queue.example)");
    let mut inventory = pump();
    inventory.soup[0].manufacturer.name = Some("Queue (Europe)".to_owned());
    let document = written(&inventory);
    assert_eq!(package(&document, "ring-queue")["supplier"], "Organization: Queue (Europe) ()");
}

#[test]
fn a_licence_file_alone_becomes_a_reference_to_its_text() {
    let file = Some(("LICENSE".to_owned(), Some("f".repeat(64))));
    let document = written(&licensed(Licence { file, ..Licence::default() }));
    let declared = package(&document, "ring-queue")["licenseDeclared"].as_str().unwrap();
    assert!(declared.starts_with("LicenseRef-LICENSE-"), "{declared}");
    let extracted = &document["hasExtractedLicensingInfos"][0];
    assert_eq!(extracted["licenseId"], declared);
    assert!(extracted["extractedText"].as_str().unwrap().contains(&"f".repeat(64)));
    assert_eq!(package(&document, "ring-queue")["licenseConcluded"], "NOASSERTION");
}

#[test]
fn a_licence_that_is_no_expression_keeps_its_words() {
    let document = written(&licensed(declared("Free for all, see website")));
    let licence = package(&document, "ring-queue")["licenseDeclared"].as_str().unwrap();
    assert!(is_legal(licence), "{licence}");
    let extracted = &document["hasExtractedLicensingInfos"][0];
    assert_eq!(extracted["licenseId"], licence);
    assert_eq!(extracted["extractedText"], "Free for all, see website");
}

#[test]
fn the_lock_file_alone_leaves_dependencies_open() {
    let document = written(&lock_file_only());
    let comment = document["comment"].as_str().unwrap();
    assert!(comment.contains("the dependencies are incomplete"), "{comment}");
    assert!(related(&document, "DEPENDS_ON").iter().any(|(_, to)| *to == "NOASSERTION"));
    assert!(related(&document, "DEPENDS_ON").iter().all(|(_, to)| *to != "NONE"));
}

#[test]
fn no_folder_of_a_machine_gets_into_the_document() {
    for inventory in [pump(), lock_file_only()] {
        let text = spdx_2_3(&inventory, sample::AS_OF);
        assert!(!text.contains("/home/") && !text.contains("../"), "{text}");
    }
}

#[test]
fn advisories_stay_out() {
    let text = spdx_2_3(&pump(), sample::AS_OF);
    for word in ["RUSTSEC", "CVE-", "CVSS", "Iterator may outlive"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn an_empty_inventory_still_describes_the_product() {
    let document = written(&empty());
    assert_eq!(packages(&document).len(), 1);
    assert_eq!(document["packages"][0]["name"], "unnamed product");
    assert_eq!(document["documentDescribes"][0], document["packages"][0]["SPDXID"]);
    let namespace = document["documentNamespace"].as_str().unwrap();
    assert!(namespace.starts_with("https://spdx.org/spdxdocs/"), "{namespace}");
}
