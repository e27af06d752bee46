use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::location::FilePath;
use crate::model::dependency::PackageSource;
use crate::render::soup::testdata::compare;
use crate::soup::sample;

fn read(inventory: &Inventory, version: CycloneDx) -> Value {
    serde_json::from_str(&cyclonedx(inventory, version)).unwrap()
}

fn references(document: &Value) -> Vec<&str> {
    let components = document["components"].as_array().unwrap().iter();
    let all = components.chain([&document["metadata"]["component"]]);
    all.map(|component| component["bom-ref"].as_str().unwrap()).collect()
}

fn strings<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|entry| entry[field].as_str().unwrap()).collect()
}

/// The values of one property.
fn said<'a>(component: &'a Value, name: &str) -> Vec<&'a str> {
    let properties = component["properties"].as_array().unwrap().iter();
    let same = properties.filter(|property| property["name"] == name);
    same.map(|property| property["value"].as_str().unwrap()).collect()
}

#[test]
fn the_sample_is_written_as_kept() {
    compare("pump.cdx.json", &cyclonedx(&sample::inventory(), CycloneDx::V1_6));
}

#[test]
fn references_are_unique_and_all_have_their_dependencies() {
    let document = read(&sample::inventory(), CycloneDx::V1_6);
    let references = references(&document);
    let unique: BTreeSet<_> = references.iter().copied().collect();
    assert_eq!(unique.len(), references.len());
    let listed = strings(&document["dependencies"], "ref");
    assert_eq!(listed, unique.iter().copied().collect::<Vec<_>>());
    for entry in document["dependencies"].as_array().unwrap() {
        for target in entry["dependsOn"].as_array().unwrap() {
            assert!(unique.contains(target.as_str().unwrap()));
        }
    }
    let compositions = document["compositions"].as_array().unwrap().iter();
    let named = compositions.flat_map(|one| one["dependencies"].as_array().unwrap());
    assert_eq!(named.map(|name| name.as_str().unwrap()).collect::<BTreeSet<_>>(), unique);
}

#[test]
fn one_name_and_version_from_two_sources_are_two_references() {
    let mut inventory = sample::inventory();
    let mut row = inventory.soup[0].clone();
    row.package.as_mut().unwrap().source = PackageSource::Path(Some(FilePath::new("queue")));
    inventory.soup.extend([row.clone(), row]);
    let document = read(&inventory, CycloneDx::V1_6);
    let references: Vec<_> =
        references(&document).into_iter().filter(|name| name.starts_with("ring-queue@")).collect();
    assert_eq!(references.len(), 3);
    assert_eq!(references[2], format!("{}-2", references[1]));
    assert_ne!(references[0], references[1]);
}

#[test]
fn the_same_inventory_gives_the_same_bytes() {
    for version in [CycloneDx::V1_6, CycloneDx::V1_7] {
        let write = || cyclonedx(&sample::inventory(), version);
        assert_eq!(write(), write());
        assert!(write().ends_with("}\n"));
    }
}

#[test]
fn the_serial_number_changes_with_the_content() {
    let serial = |inventory: &Inventory| {
        let document = read(inventory, CycloneDx::V1_6);
        document["serialNumber"].as_str().unwrap().to_owned()
    };
    let before = sample::inventory();
    let mut after = before.clone();
    after.soup[0].digests.sha256 = Some("0".repeat(64));
    assert_ne!(serial(&before), serial(&after));
    let serial = serial(&before);
    assert_eq!(&serial[..9], "urn:uuid:");
    assert_eq!(&serial[23..24], "8");
    assert!("89ab".contains(&serial[28..29]));
}

#[test]
fn no_folder_of_the_machine_is_named() {
    let mut inventory = sample::inventory();
    inventory.basis = Basis::LockFile {
        cause: "no such file: /home/user/pump".to_owned(),
        lock_file_misfits: false,
    };
    for text in
        [cyclonedx(&inventory, CycloneDx::V1_6), cyclonedx(&sample::inventory(), CycloneDx::V1_7)]
    {
        for folder in ["/home", "/tmp", env!("CARGO_MANIFEST_DIR")] {
            assert!(!text.contains(folder), "{folder}");
        }
    }
}

#[test]
fn version_1_6_has_either_one_expression_or_single_licences() {
    let mut inventory = sample::inventory();
    inventory.soup[0].licence.concluded = Some("MIT AND ISC".to_owned());
    let count = |version| {
        let document = read(&inventory, version);
        let components = document["components"].as_array().unwrap().iter();
        let licences = components.filter_map(|component| component["licenses"].as_array());
        let counts = licences.map(|licences| {
            let is_expression = |licence: &&Value| licence.get("expression").is_some();
            (licences.iter().filter(is_expression).count(), licences.len())
        });
        counts.collect::<Vec<_>>()
    };
    let is_sound = |(expressions, all): &(usize, usize)| *expressions == 0 || *all == 1;
    assert!(count(CycloneDx::V1_6).iter().all(is_sound));
    assert!(count(CycloneDx::V1_7).contains(&(2, 2)));
}

#[test]
fn a_product_without_rows_is_a_document() {
    let mut inventory = sample::inventory();
    inventory.soup.clear();
    inventory.tools.clear();
    let document = read(&inventory, CycloneDx::V1_6);
    assert_eq!(document["components"], serde_json::json!([]));
    assert_eq!(document["dependencies"], serde_json::json!([{"ref": "product", "dependsOn": []}]));
}

#[test]
fn a_lock_file_alone_is_incomplete_everywhere() {
    let mut inventory = sample::inventory();
    inventory.basis = Basis::LockFile { cause: String::new(), lock_file_misfits: false };
    let document = read(&inventory, CycloneDx::V1_6);
    assert_eq!(strings(&document["compositions"], "aggregate"), ["incomplete"]);
    assert_eq!(document["compositions"][0]["dependencies"].as_array().unwrap().len(), 8);
    assert_eq!(document["metadata"]["lifecycles"][0]["phase"], "pre-build");
}

#[test]
fn what_is_not_known_is_said() {
    let mut inventory = sample::inventory();
    inventory.product.manufacturer = None;
    inventory.as_of = None;
    let document = read(&inventory, CycloneDx::V1_6);
    let metadata = &document["metadata"];
    assert!(metadata.get("manufacturer").is_none() && metadata.get("timestamp").is_none());
    assert_eq!(said(metadata, "iec62304:manufacturer:unknown"), ["true"]);
    assert_eq!(said(metadata, "iec62304:unknown"), ["timestamp"]);
    assert_eq!(said(&metadata["component"], "iec62304:unknown"), ["manufacturer", "digest"]);
    let patched = &document["components"][1];
    assert!(patched.get("manufacturer").is_none());
    assert_eq!(said(patched, "iec62304:manufacturer:unknown"), ["true"]);
    assert_eq!(
        said(patched, "iec62304:unknown"),
        ["end of support", "level of support", "responsibility", "manufacturer", "purl"]
    );
}

#[test]
fn every_component_says_once_how_it_was_delivered() {
    let document = read(&sample::inventory(), CycloneDx::V1_6);
    let components = document["components"].as_array().unwrap().iter();
    for component in components.chain([&document["metadata"]["component"]]) {
        for (name, words) in [
            ("bsi:component:executable", ["executable", "non-executable"]),
            ("bsi:component:archive", ["archive", "no archive"]),
            ("bsi:component:structured", ["structured", "unstructured"]),
        ] {
            let said = said(component, name);
            assert!(said.len() == 1 && words.contains(&said[0]), "{name}: {said:?}");
        }
    }
}

#[test]
fn the_list_has_no_vulnerabilities() {
    let text = cyclonedx(&sample::inventory(), CycloneDx::V1_7);
    assert!(!text.contains("RUSTSEC") && !text.contains("vulnerabilit"));
}
