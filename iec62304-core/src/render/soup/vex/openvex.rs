//! VEX as OpenVEX 0.2.0: one statement for each entry and row.

use jiff::civil::Date;
use serde::Serialize;

use super::super::cyclonedx::identity::{PRODUCT, References, uuid};
use super::super::cyclonedx::{Spec, document, json};
use super::{entries, justification, link};
use crate::soup::{Hit, Inventory, Row, Verdict};

#[derive(Serialize)]
struct Document {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    author: String,
    timestamp: String,
    version: u32,
    tooling: &'static str,
    statements: Vec<Statement>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "they are the names of the format")]
struct Statement {
    vulnerability: Vulnerability,
    products: Vec<Product>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact_statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_statement: Option<String>,
}

#[derive(Serialize)]
struct Vulnerability {
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

#[derive(Serialize)]
struct Product {
    #[serde(rename = "@id")]
    id: String,
    subcomponents: Vec<Subcomponent>,
}

#[derive(Serialize)]
struct Subcomponent {
    #[serde(rename = "@id")]
    id: String,
}

/// What the advisories mean for the product, as OpenVEX ending in a line break; `None`
/// where there is nothing to state, since the format has no document without a statement.
///
/// The product, and what has no package URL, is named by a link into the list that
/// [`cyclonedx`](crate::render::soup::cyclonedx) writes in version 1.6. The format insists
/// on a date, so the day of issue has to be given.
///
/// # Panics
///
/// Never: text, numbers and lists always serialise.
pub fn openvex(inventory: &Inventory, issued: Date) -> Option<String> {
    let serial = document(inventory, Spec::V1_6).serial_number.unwrap_or_default();
    let references = References::new(inventory);
    let entries = entries(inventory, &references);
    let statements: Vec<_> =
        entries.map(|(row, reference, hit)| statement(row, reference, hit, &serial)).collect();
    if statements.is_empty() {
        return None;
    }
    let author = inventory.product.manufacturer.as_deref().unwrap_or("unknown");
    let mut vex = Document {
        context: "https://openvex.dev/ns/v0.2.0",
        id: None,
        author: author.to_owned(),
        timestamp: format!("{issued}T00:00:00Z"),
        version: 1,
        tooling: concat!("cargo-iec62304 ", env!("CARGO_PKG_VERSION")),
        statements,
    };
    vex.id = Some(format!("urn:uuid:{}", uuid(&vex)));
    Some(json(&vex))
}

fn statement(row: &Row, reference: &str, hit: &Hit, serial: &str) -> Statement {
    let subcomponent = row.purl.clone().unwrap_or_else(|| link(serial, reference));
    let statement = Statement {
        vulnerability: Vulnerability {
            name: hit.ids.first().cloned().unwrap_or_default(),
            description: hit.title.clone(),
            aliases: hit.ids.iter().skip(1).cloned().collect(),
        },
        products: vec![Product {
            id: link(serial, PRODUCT),
            subcomponents: vec![Subcomponent { id: subcomponent }],
        }],
        status: "under_investigation",
        status_notes: None,
        justification: None,
        impact_statement: None,
        action_statement: None,
    };
    decided(statement, hit)
}

/// The statement with what was decided, if anything was.
fn decided(undecided: Statement, hit: &Hit) -> Statement {
    let Some(verdict) = &hit.verdict else {
        return undecided;
    };
    let reason = Some(verdict.reason.clone());
    match verdict.word.as_str() {
        "not affected" => not_affected(undecided, hit, verdict),
        "affected" => {
            let action = verdict.action.as_deref().unwrap_or("No action is recorded yet.");
            Statement {
                status: "affected",
                status_notes: reason,
                action_statement: Some(action.to_owned()),
                ..undecided
            }
        }
        "fixed" => Statement { status: "fixed", status_notes: reason, ..undecided },
        _ => Statement { status_notes: reason, ..undecided },
    }
}

/// Either a word of the format or, where it has none, a statement of the impact: its schema
/// takes only one of both. The reasoning stands beside the word as a note.
fn not_affected(undecided: Statement, hit: &Hit, verdict: &Verdict) -> Statement {
    let status = "not_affected";
    let reason = verdict.reason.clone();
    if let Some(word) = justification(hit).and_then(in_open_vex) {
        return Statement {
            status,
            justification: Some(word),
            status_notes: Some(reason),
            ..undecided
        };
    }
    let impact = match &verdict.justification {
        Some(word) => format!("{word}: {reason}"),
        None => reason,
    };
    Statement { status, impact_statement: Some(impact), ..undecided }
}

/// The five words of OpenVEX for the nine of CycloneDX. That something is required for an
/// attack says neither that the code is out of reach nor that nobody can steer it, so these
/// three have none; the statement of the impact stands for it, as the format allows.
fn in_open_vex(word: &str) -> Option<&'static str> {
    match word {
        "code_not_present" => Some("vulnerable_code_not_present"),
        "code_not_reachable" => Some("vulnerable_code_not_in_execute_path"),
        "protected_at_perimeter" => Some("vulnerable_code_cannot_be_controlled_by_adversary"),
        "protected_by_compiler" | "protected_at_runtime" | "protected_by_mitigating_control" => {
            Some("inline_mitigations_already_exist")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::soup::testdata::compare;
    use crate::soup::sample;

    fn read(inventory: &Inventory) -> Value {
        serde_json::from_str(&openvex(inventory, sample::AS_OF).unwrap()).unwrap()
    }

    /// The first statement after a change of its verdict, without what never changes.
    fn check(word: &str, justification: Option<&str>, expected: &Value) {
        let mut inventory = sample::inventory();
        let verdict = inventory.soup[0].advisories[0].verdict.as_mut().unwrap();
        verdict.word = word.to_owned();
        verdict.justification = justification.map(str::to_owned);
        let mut document = read(&inventory);
        let statement = document["statements"][0].as_object_mut().unwrap();
        statement.remove("vulnerability");
        statement.remove("products");
        assert_eq!(Value::Object(statement.clone()), *expected);
    }

    #[test]
    fn the_sample_is_written_as_kept() {
        compare("pump.openvex.json", &openvex(&sample::inventory(), sample::AS_OF).unwrap());
    }

    #[test]
    fn every_verdict_says_what_the_format_asks_for() {
        let reason = "the iterator is not called";
        check(
            "not affected",
            Some("code not reachable"),
            &serde_json::json!({
                "status": "not_affected",
                "justification": "vulnerable_code_not_in_execute_path",
                "status_notes": reason,
            }),
        );
        check(
            "not affected",
            Some("requires environment"),
            &serde_json::json!({
                "status": "not_affected",
                "impact_statement": format!("requires environment: {reason}"),
            }),
        );
        check(
            "affected",
            None,
            &serde_json::json!({
                "status": "affected",
                "status_notes": reason,
                "action_statement": "No action is recorded yet.",
            }),
        );
        check("fixed", None, &serde_json::json!({"status": "fixed", "status_notes": reason}));
    }

    #[test]
    fn without_a_verdict_an_entry_is_under_investigation() {
        let document = read(&sample::inventory());
        assert_eq!(document["statements"][1]["status"], "under_investigation");
    }

    #[test]
    fn the_same_inventory_gives_the_same_bytes() {
        let write = || openvex(&sample::inventory(), sample::AS_OF);
        assert_eq!(write(), write());
    }

    #[test]
    fn an_unknown_manufacturer_is_said() {
        let mut inventory = sample::inventory();
        inventory.product.manufacturer = None;
        assert_eq!(read(&inventory)["author"], "unknown");
    }

    #[test]
    fn without_advisories_there_is_nothing_to_state() {
        let mut inventory = sample::inventory();
        inventory.soup.iter_mut().for_each(|row| row.advisories.clear());
        assert_eq!(openvex(&inventory, sample::AS_OF), None);
    }
}
