//! The schemas are those that are committed, and refuse what the reader refuses.
#![expect(clippy::disallowed_methods, reason = "reads the repository's own files")]

use std::fs;
use std::path::{Path, PathBuf};

use iec62304_macros::{requirement, verifies};
use serde_json::{Map, Value, json};

use super::{SchemaOf, schema};
use crate::model::record::RecordKind;
use crate::model::vocabulary::{self, FieldShape, Form};
use crate::records::{FileRole, read_text};
use crate::rules::RULES;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn of(which: SchemaOf) -> Value {
    serde_json::from_str(&schema(which)).unwrap()
}

/// Whether a value is what a schema says; a foreign validator judges in `conformance`.
fn accepts(schema: &Value, value: &Value) -> bool {
    let holds = |(keyword, wanted): (&String, &Value)| match keyword.as_str() {
        "$schema" | "title" | "description" | "properties" => true,
        "type" => type_of(value) == wanted,
        "enum" => wanted.as_array().unwrap().contains(value),
        "pattern" => value.as_str().is_none_or(|text| matches(wanted, text)),
        "anyOf" => wanted.as_array().unwrap().iter().any(|schema| accepts(schema, value)),
        "items" => value.as_array().is_none_or(|all| all.iter().all(|one| accepts(wanted, one))),
        "minItems" => {
            value.as_array().is_none_or(|all| all.len() as u64 >= wanted.as_u64().unwrap())
        }
        "propertyNames" => value
            .as_object()
            .is_none_or(|table| table.keys().all(|key| accepts(wanted, &json!(key)))),
        "required" => wanted
            .as_array()
            .unwrap()
            .iter()
            .all(|name| value.get(name.as_str().unwrap()).is_some()),
        "additionalProperties" => {
            value.as_object().is_none_or(|table| accepts_fields(schema, wanted, table))
        }
        other => panic!("{other} is no keyword that this test knows"),
    };
    schema.as_object().unwrap().iter().all(holds)
}

fn accepts_fields(schema: &Value, others: &Value, table: &Map<String, Value>) -> bool {
    table.iter().all(|(name, value)| match schema["properties"].get(name) {
        Some(field) => accepts(field, value),
        None => others.is_object() && accepts(others, value),
    })
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn matches(pattern: &Value, text: &str) -> bool {
    regex_lite::Regex::new(pattern.as_str().unwrap()).unwrap().is_match(text)
}

/// TOML as an editor gives it to a schema: dates as text.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number.to_string()),
        toml::Value::Boolean(bool) => json!(bool),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(all) => all.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, json_of(value))).collect()
        }
    }
}

/// Every configuration and record file of the examples and pages, with its name.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["examples", "conformance", "tests", "records"] {
        collect(&root().join(folder), &mut files);
    }
    for rule in RULES {
        for block in rule.page.split("```toml ").skip(1) {
            let (path, text) = block.split_once('\n').unwrap();
            let text = text.split("```").next().unwrap();
            files.push((path.to_owned(), text.to_owned()));
        }
    }
    files.retain(|(path, _)| !path.ends_with("Cargo.toml") && !path.contains("toolchain"));
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with(".cargo") {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
#[requirement("TOOL-35")]
fn the_committed_schemas_are_fresh() {
    for which in SchemaOf::ALL {
        let path = root().join("docs/schema").join(which.file_name());
        if std::env::var_os("UPDATE_SPECS").is_some() {
            fs::write(&path, schema(which)).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let name = which.file_name();
        assert!(committed == schema(which), "{name}: rewrite with UPDATE_SPECS=1 and review");
    }
}

#[test]
#[requirement("TOOL-35")]
#[verifies("render")]
fn what_the_reader_takes_every_schema_takes() {
    let mut accepted = 0;
    for (path, text) in files() {
        let Ok(table) = text.parse::<toml::Table>() else { continue };
        let (which, role) = if path.ends_with("iec62304.toml") {
            (SchemaOf::Configuration, FileRole::Configuration)
        } else {
            (SchemaOf::Records, FileRole::Records)
        };
        let problems = read_text(&text, role).problems;
        let verdict = accepts(&of(which), &json_of(toml::Value::Table(table)));
        assert!(verdict || !problems.is_empty(), "{path} is refused:\n{text}");
        accepted += usize::from(verdict);
    }
    assert!(accepted > 200, "only {accepted} files were looked at");
}

fn field_in_record(kind: RecordKind, name: &str, value: &Value) -> Value {
    let mut fields = Map::new();
    for field in vocabulary::of(kind).named().iter().filter(|field| field.required) {
        fields.insert(field.name.to_owned(), sound(field));
    }
    fields.insert(name.to_owned(), value.clone());
    json!({ kind.table(): { "A-1": fields } })
}

/// A value that the reader takes for a required field.
fn sound(field: &FieldShape) -> Value {
    match (field.shape, field.shape.form()) {
        (vocabulary::Shape::Word(words), _) => json!(words[0]),
        (vocabulary::Shape::Date, _) => json!("2026-05-11"),
        (_, Form::List) => json!(["a"]),
        (_, Form::Lists) => json!([["a"]]),
        _ => json!("a"),
    }
}

#[test]
#[requirement("TOOL-35")]
fn an_unknown_field_and_another_type_are_refused() {
    for which in SchemaOf::ALL {
        let schema = of(which);
        for kind in RecordKind::ALL {
            let unknown = field_in_record(kind, "nonsense", &json!("a"));
            assert!(!accepts(&schema, &unknown), "{}", kind.table());
            for field in vocabulary::of(kind).named() {
                let wrong = match field.shape.form() {
                    Form::Table | Form::Tables => json!("a"),
                    _ => json!({ "a": "a" }),
                };
                let record = field_in_record(kind, field.name, &wrong);
                assert!(!accepts(&schema, &record), "{} {}", kind.table(), field.name);
            }
            let without: Value = json!({ kind.table(): { "A-1": {} } });
            let is_required = vocabulary::of(kind).named().iter().any(|field| field.required);
            assert_eq!(accepts(&schema, &without), !is_required, "{}", kind.table());
        }
        assert!(!accepts(&schema, &json!({ "nonsense": {} })));
        assert!(!accepts(&schema, &json!({ "schema": 2 })));
    }
}

#[test]
#[requirement("TOOL-35")]
fn a_sound_record_of_each_kind_is_accepted() {
    for kind in RecordKind::ALL {
        let fields: Map<String, Value> = vocabulary::of(kind)
            .named()
            .iter()
            .filter(|field| field.required)
            .map(|field| (field.name.to_owned(), sound(field)))
            .collect();
        let file = json!({ kind.table(): { "A-1.a": fields } });
        assert!(accepts(&of(SchemaOf::Records), &file), "{}", kind.table());
    }
}

#[test]
#[requirement("TOOL-35")]
fn a_record_file_holds_no_settings_but_its_own() {
    let project = json!({ "project": { "name": "pump" } });
    assert!(accepts(&of(SchemaOf::Configuration), &project));
    assert!(!accepts(&of(SchemaOf::Records), &project));
    let plan = json!({ "schema": 1, "plan": { "5.1.1": "SDP" } });
    assert!(accepts(&of(SchemaOf::Records), &plan));
}
