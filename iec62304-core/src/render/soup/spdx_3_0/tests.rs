use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::Value;

use super::spdx_3_0;
use crate::render::soup::spdx::tests::{
    check_file, declared, empty, is_legal, licensed, lock_file_only, pump,
};
use crate::soup::{Inventory, Licence, sample};

fn written(inventory: &Inventory) -> Vec<Value> {
    let document: Value = serde_json::from_str(&spdx_3_0(inventory, sample::AS_OF)).unwrap();
    document["@graph"].as_array().unwrap().clone()
}

fn of_type<'v>(graph: &'v [Value], kind: &str) -> Vec<&'v Value> {
    graph.iter().filter(|node| node["type"] == kind).collect()
}

fn package<'v>(graph: &'v [Value], name: &str) -> &'v Value {
    let mut packages = of_type(graph, "software_Package").into_iter();
    packages.find(|package| package["name"] == name).unwrap()
}

/// Everything that some relationship of a kind leads to from an element.
fn related<'v>(graph: &'v [Value], from: &Value, kind: &str) -> Vec<&'v Value> {
    let all = graph.iter().filter(|node| node["relationshipType"] == kind && node["from"] == *from);
    all.flat_map(|node| node["to"].as_array().unwrap()).collect()
}

fn property<'v>(package: &'v Value, name: &str) -> Vec<&'v str> {
    let all = package["extension"][0]["extension_cdxProperty"].as_array().unwrap().iter();
    let named = all.filter(|property| property["extension_cdxPropName"] == name);
    named.map(|property| property["extension_cdxPropValue"].as_str().unwrap()).collect()
}

#[test]
fn the_sample_is_written_as_expected() {
    check_file("pump.spdx3.jsonld", &spdx_3_0(&pump(), sample::AS_OF));
}

#[test]
fn ids_are_unique_and_below_the_namespace() {
    let graph = written(&pump());
    let mut ids = BTreeSet::new();
    for node in &graph[1..] {
        let id = node["spdxId"].as_str().unwrap();
        let (namespace, name) = id.split_once('#').unwrap();
        assert!(namespace.starts_with("https://devices.example/spdxdocs/Example-pump-1.3.0-"));
        assert!(is_legal(name), "{id}");
        assert!(ids.insert(id), "{id} is there twice");
    }
    assert_eq!(of_type(&graph, "software_Package").len(), 9);
}

#[test]
fn whatever_is_referred_to_is_in_the_document() {
    for inventory in [pump(), lock_file_only(), empty()] {
        let graph = written(&inventory);
        let mut known: BTreeSet<&str> =
            graph.iter().filter_map(|node| node["spdxId"].as_str()).collect();
        known.extend(["NoneElement", "NoAssertionElement", "expandedlicensing_NoAssertionLicense"]);
        for node in &graph {
            for field in ["element", "rootElement", "to", "originatedBy", "createdBy"] {
                let all = node[field].as_array().into_iter().flatten();
                for id in all.map(|id| id.as_str().unwrap()) {
                    assert!(known.contains(id), "{field}: {id}");
                }
            }
            for field in ["from", "suppliedBy", "dataLicense"] {
                assert!(node[field].as_str().is_none_or(|id| known.contains(id)), "{node}");
            }
        }
    }
}

#[test]
fn every_package_is_reachable_from_the_root() {
    for inventory in [pump(), lock_file_only(), empty()] {
        let graph = written(&inventory);
        let sbom = of_type(&graph, "software_Sbom")[0];
        let mut open = vec![&sbom["rootElement"][0]];
        let mut reached = BTreeSet::new();
        while let Some(from) = open.pop() {
            if reached.insert(from.as_str().unwrap()) {
                let kinds = ["contains", "dependsOn", "usesTool"];
                open.extend(kinds.iter().flat_map(|kind| related(&graph, from, kind)));
            }
        }
        for package in of_type(&graph, "software_Package") {
            assert!(reached.contains(package["spdxId"].as_str().unwrap()), "{}", package["name"]);
        }
    }
}

#[test]
fn a_tool_is_needed_only_to_build() {
    let graph = written(&pump());
    let scoped = of_type(&graph, "LifecycleScopedRelationship");
    assert_eq!(scoped.len(), 1);
    assert_eq!(scoped[0]["scope"], "build");
    assert_eq!(scoped[0]["to"][0], package(&graph, "unit-derive")["spdxId"]);
}

#[test]
fn the_same_inventory_gives_the_same_bytes() {
    assert_eq!(spdx_3_0(&pump(), sample::AS_OF), spdx_3_0(&pump(), sample::AS_OF));
}

#[test]
fn every_id_changes_with_the_content() {
    let mut changed = pump();
    changed.soup[0].items.push("display".to_owned());
    let first = written(&pump());
    assert_ne!(first[1]["spdxId"], written(&changed)[1]["spdxId"]);
    let later = spdx_3_0(&pump(), date(2026, 6, 2));
    assert!(!later.contains(first[1]["spdxId"].as_str().unwrap()));
}

#[test]
fn an_unknown_manufacturer_is_said_to_be_unknown() {
    let mut inventory = pump();
    inventory.product.manufacturer = None;
    let graph = written(&inventory);
    let list = package(&graph, "small-list");
    assert!(list["suppliedBy"].is_null());
    assert_eq!(property(list, "iec62304:manufacturer"), ["NOASSERTION"]);
    let author = of_type(&graph, "SoftwareAgent")[0];
    assert_eq!(graph[0]["createdBy"][0], author["spdxId"]);
}

#[test]
fn the_class_and_the_end_of_support_are_there() {
    let graph = written(&pump());
    let queue = package(&graph, "ring-queue");
    assert_eq!(property(queue, "iec62304:class"), ["C"]);
    assert_eq!(queue["supportLevel"][0], "support");
    assert_eq!(queue["validUntilTime"], "2028-12-31T23:59:59Z");
    assert_eq!(package(&graph, "small-list")["supportLevel"][0], "noAssertion");
}

#[test]
fn a_licence_file_alone_becomes_a_reference_to_its_text() {
    let file = Some(("LICENSE".to_owned(), Some("f".repeat(64))));
    let graph = written(&licensed(Licence { file, ..Licence::default() }));
    let text = of_type(&graph, "simplelicensing_SimpleLicensingText")[0];
    let expressions = of_type(&graph, "simplelicensing_LicenseExpression");
    let custom = expressions.iter().find(|one| one["simplelicensing_customIdToUri"].is_array());
    let custom = custom.unwrap();
    assert_eq!(custom["simplelicensing_customIdToUri"][0]["value"], text["spdxId"]);
    assert_eq!(custom["simplelicensing_licenseExpression"], text["name"]);
    let queue = &package(&graph, "ring-queue")["spdxId"];
    assert_eq!(related(&graph, queue, "hasDeclaredLicense"), [&custom["spdxId"]]);
    let concluded = related(&graph, queue, "hasConcludedLicense");
    assert_eq!(concluded, ["expandedlicensing_NoAssertionLicense"]);
}

#[test]
fn a_licence_that_is_no_expression_keeps_its_words() {
    let graph = written(&licensed(declared("Free for all, see website")));
    let text = of_type(&graph, "simplelicensing_SimpleLicensingText")[0];
    assert_eq!(text["simplelicensing_licenseText"], "Free for all, see website");
}

#[test]
fn the_lock_file_alone_leaves_dependencies_open() {
    let graph = written(&lock_file_only());
    let complete = graph.iter().filter(|node| node["completeness"] == "complete");
    assert_eq!(complete.count(), 0);
    let text = spdx_3_0(&lock_file_only(), sample::AS_OF);
    assert!(text.contains("the dependencies are incomplete"));
    assert!(!text.contains("/home/"), "the cause may name a machine");
}

#[test]
fn advisories_stay_out() {
    let text = spdx_3_0(&pump(), sample::AS_OF);
    for word in ["RUSTSEC", "CVE-", "CVSS", "Iterator may outlive"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn an_empty_inventory_still_describes_the_product() {
    let graph = written(&empty());
    let packages = of_type(&graph, "software_Package");
    assert_eq!(packages.len(), 1);
    let sbom = of_type(&graph, "software_Sbom")[0];
    assert_eq!(sbom["rootElement"][0], packages[0]["spdxId"]);
}
