//! VEX as CycloneDX, whose entries point into the list of the same inventory.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::cyclonedx::format::{Metadata, Property};
use super::super::cyclonedx::identity::{References, uuid};
use super::super::cyclonedx::property::Properties;
use super::super::cyclonedx::{CycloneDx, Spec, address::address, document, json, metadata};
use super::{entries, is_vulnerability, justification, link};
use crate::soup::{AdvisoryState, Hit, Inventory};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    bom_format: &'static str,
    spec_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial_number: Option<String>,
    version: u32,
    metadata: Metadata,
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Serialize)]
struct Vulnerability {
    id: String,
    source: Source,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ratings: Vec<Rating>,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected: Option<String>,
    analysis: Analysis,
    affects: Vec<Affected>,
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Reference {
    id: String,
    source: Source,
}

#[derive(Serialize)]
struct Rating {
    method: &'static str,
    vector: String,
}

#[derive(Serialize)]
struct Analysis {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

#[derive(Serialize)]
struct Affected {
    #[serde(rename = "ref")]
    reference: String,
}

/// What the advisories mean for the product, as CycloneDX VEX ending in a line break. Its
/// entries point into what [`cyclonedx`](crate::render::soup::cyclonedx) writes of the same
/// inventory in the same version.
///
/// # Panics
///
/// Never: text, numbers and lists always serialise.
pub fn cyclonedx_vex(inventory: &Inventory, version: CycloneDx) -> String {
    let spec = Spec::from(version);
    let list = document(inventory, spec);
    let serial = list.serial_number.unwrap_or_default();
    let references = References::new(inventory);
    let entries = entries(inventory, &references);
    let mut vex = Document {
        bom_format: list.bom_format,
        spec_version: list.spec_version,
        serial_number: None,
        version: 1,
        metadata: metadata(inventory, said(inventory), Vec::new()),
        vulnerabilities: entries
            .map(|(_, reference, hit)| vulnerability(hit, link(&serial, reference)))
            .collect(),
    };
    vex.serial_number = Some(format!("urn:uuid:{}", uuid(&vex)));
    json(&vex)
}

/// Which advisories were read, and how many of them are no vulnerabilities.
fn said(inventory: &Inventory) -> Properties {
    let mut properties = Properties::default();
    match &inventory.advisories {
        AdvisoryState::None => properties.unknown("advisories"),
        AdvisoryState::Read { digest, entries, newest, unreadable, .. } => {
            properties.say("iec62304:advisories:digest", digest);
            properties.say("iec62304:advisories:entries", entries.to_string());
            let newest = newest.map(|day| day.to_string());
            properties.say_or_unknown("iec62304:advisories:newest", "newest advisory", newest);
            for (path, package, _) in unreadable {
                let value = format!("{path} for {package}");
                properties.say("iec62304:advisories:unreadable", value);
            }
        }
    }
    let hits = inventory.rows().flat_map(|row| &row.advisories);
    let mut left_out = BTreeMap::new();
    for hit in hits.filter(|hit| !is_vulnerability(hit.kind)) {
        *left_out.entry(hit.kind).or_insert(0_usize) += 1;
    }
    for (kind, count) in left_out {
        let value = format!("{}: {count}", kind.words());
        properties.say("iec62304:advisories:left-out", value);
    }
    properties
}

fn vulnerability(hit: &Hit, reference: String) -> Vulnerability {
    let id = hit.ids.first().cloned().unwrap_or_default();
    let url = hit.url.as_deref().and_then(address);
    let alias = |id: &String| Reference { source: source(id, None), id: id.clone() };
    let rating = |vector: &String| Rating { method: method(vector), vector: vector.clone() };
    Vulnerability {
        source: source(&id, url),
        id,
        references: hit.ids.iter().skip(1).map(alias).collect(),
        ratings: hit.cvss.iter().map(rating).collect(),
        description: hit.title.clone(),
        published: hit.date.map(|day| format!("{day}T00:00:00Z")),
        rejected: hit.withdrawn.map(|day| format!("{day}T00:00:00Z")),
        analysis: analysis(hit),
        affects: vec![Affected { reference }],
        properties: properties(hit),
    }
}

/// Who gives out such ids, and where the entry stands.
fn source(id: &str, url: Option<String>) -> Source {
    let (name, folder) = match id.split('-').next() {
        Some("RUSTSEC") => ("RustSec", "https://rustsec.org/advisories/"),
        Some("CVE") => ("NVD", "https://nvd.nist.gov/vuln/detail/"),
        Some("GHSA") => ("GitHub", "https://github.com/advisories/"),
        _ => return Source { name: "unknown", url },
    };
    Source { name, url: url.or_else(|| address(&format!("{folder}{id}"))) }
}

fn method(vector: &str) -> &'static str {
    match vector.split('/').next() {
        Some("CVSS:4.0") => "CVSSv4",
        Some("CVSS:3.1") => "CVSSv31",
        Some("CVSS:3.0") => "CVSSv3",
        Some(first) if first.starts_with("AV:") => "CVSSv2",
        _ => "other",
    }
}

fn analysis(hit: &Hit) -> Analysis {
    let Some(verdict) = &hit.verdict else {
        return Analysis { state: "in_triage", justification: None, detail: None };
    };
    let state = match verdict.word.as_str() {
        "not affected" => "not_affected",
        "affected" => "exploitable",
        "fixed" => "resolved",
        _ => "in_triage",
    };
    let detail = match &verdict.action {
        Some(action) => format!("{}. Action: {action}", verdict.reason.trim_end_matches('.')),
        None => verdict.reason.clone(),
    };
    Analysis { state, justification: justification(hit), detail: Some(detail) }
}

fn properties(hit: &Hit) -> Vec<Property> {
    let mut properties = Properties::default();
    properties.say("iec62304:advisory:kind", hit.kind.words());
    properties.say("iec62304:advisory:digest", format!("sha256:{}", hit.digest));
    for range in &hit.patched {
        properties.say("iec62304:advisory:not-affected", range);
    }
    for function in &hit.functions {
        properties.say("iec62304:advisory:function", function);
    }
    for remark in &hit.remarks {
        properties.say("iec62304:advisory:remark", remark);
    }
    properties.list()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::soup::cyclonedx;
    use crate::render::soup::testdata::compare;
    use crate::soup::{HitKind, Verdict, sample};

    fn read(inventory: &Inventory, version: CycloneDx) -> Value {
        serde_json::from_str(&cyclonedx_vex(inventory, version)).unwrap()
    }

    /// State, justification and detail of the first entry.
    fn check(word: &str, action: Option<&str>, expected: [&str; 3]) {
        let mut inventory = sample::inventory();
        let verdict = inventory.soup[0].advisories[0].verdict.as_mut().unwrap();
        verdict.word = word.to_owned();
        verdict.action = action.map(str::to_owned);
        let document = read(&inventory, CycloneDx::V1_6);
        let analysis = &document["vulnerabilities"][0]["analysis"];
        let found = ["state", "justification", "detail"]
            .map(|field| analysis.get(field).and_then(Value::as_str).unwrap_or(""));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_sample_is_written_as_kept() {
        compare("pump.vex.cdx.json", &cyclonedx_vex(&sample::inventory(), CycloneDx::V1_6));
    }

    #[test]
    fn every_entry_points_into_the_list_of_the_same_inventory() {
        for version in [CycloneDx::V1_6, CycloneDx::V1_7] {
            let inventory = sample::inventory();
            let list: Value = serde_json::from_str(&cyclonedx(&inventory, version)).unwrap();
            let uuid = list["serialNumber"].as_str().unwrap().trim_start_matches("urn:uuid:");
            let components = list["components"].as_array().unwrap();
            let document = read(&inventory, version);
            let vulnerabilities = document["vulnerabilities"].as_array().unwrap();
            assert_eq!(vulnerabilities.len(), 2);
            for vulnerability in vulnerabilities {
                let link = vulnerability["affects"][0]["ref"].as_str().unwrap();
                let (start, reference) = link.split_once('#').unwrap();
                assert_eq!(start, format!("urn:cdx:{uuid}/1"));
                assert!(components.iter().any(|component| component["bom-ref"] == reference));
            }
        }
    }

    #[test]
    fn verdicts_become_states() {
        let reason = "the iterator is not called";
        check("not affected", None, ["not_affected", "code_not_reachable", reason]);
        check(
            "affected",
            Some("updated"),
            ["exploitable", "", &format!("{reason}. Action: updated")],
        );
        check("fixed", None, ["resolved", "", reason]);
        check("under investigation", None, ["in_triage", "", reason]);
    }

    #[test]
    fn without_a_verdict_an_entry_is_in_triage() {
        let document = read(&sample::inventory(), CycloneDx::V1_6);
        let analysis = &document["vulnerabilities"][1]["analysis"];
        assert_eq!(*analysis, serde_json::json!({"state": "in_triage"}));
    }

    #[test]
    fn what_is_no_vulnerability_is_counted_at_the_head() {
        let mut inventory = sample::inventory();
        inventory.soup[0].advisories[0].kind = HitKind::Yanked;
        inventory.soup[0].advisories[1].kind = HitKind::SameNameOtherSource;
        let document = read(&inventory, CycloneDx::V1_6);
        assert_eq!(document["vulnerabilities"].as_array().unwrap().len(), 1);
        let text = document.to_string();
        assert!(text.contains(r#""value":"yanked: 1""#), "{text}");
        assert!(text.contains("same name, other source"), "{text}");
    }

    #[test]
    fn without_a_database_the_advisories_are_unknown() {
        let mut inventory = sample::inventory();
        inventory.advisories = AdvisoryState::None;
        inventory.soup.iter_mut().for_each(|row| row.advisories.clear());
        let document = read(&inventory, CycloneDx::V1_6);
        assert_eq!(document["vulnerabilities"], serde_json::json!([]));
        let unknown = &document["metadata"]["properties"][0];
        assert_eq!(
            *unknown,
            serde_json::json!({"name": "iec62304:unknown", "value": "advisories"})
        );
    }

    #[test]
    fn the_version_of_a_score_is_read_off_its_vector() {
        assert_eq!(method("CVSS:4.0/AV:N"), "CVSSv4");
        assert_eq!(method("CVSS:3.1/AV:N"), "CVSSv31");
        assert_eq!(method("CVSS:3.0/AV:N"), "CVSSv3");
        assert_eq!(method("AV:N/AC:L/Au:N"), "CVSSv2");
        assert_eq!(method("high"), "other");
    }

    #[test]
    fn a_verdict_changes_the_serial_number_of_this_document_alone() {
        let before = sample::inventory();
        let mut after = before.clone();
        after.soup[0].advisories[1].verdict = Some(Verdict {
            word: "fixed".to_owned(),
            justification: None,
            reason: "updated".to_owned(),
            action: None,
            at: before.soup[0].at.clone(),
        });
        let serials = |inventory| {
            let list: Value = serde_json::from_str(&cyclonedx(inventory, CycloneDx::V1_6)).unwrap();
            [list["serialNumber"].clone(), read(inventory, CycloneDx::V1_6)["serialNumber"].clone()]
        };
        let ([list, vex], [list_after, vex_after]) = (serials(&before), serials(&after));
        assert_eq!(list, list_after);
        assert_ne!(vex, vex_after);
    }
}
