//! The vocabulary as JSON schemas, so that TOML editors complete and check what a project
//! declares. They refuse less than the reader does, and never more.
//!
//! In draft 7, the newest that Taplo, and so Even Better TOML, reads; without references
//! between its parts, beside which Taplo shows no description.

use iec62304_macros::requirement;

use crate::model::record::RecordKind;
use crate::model::vocabulary::{
    self, FieldShape, Form, SCHEMA_VERSION, SETTINGS, SETTINGS_OF_RECORD_FILES, Shape, TableShape,
    Target,
};
use crate::standard::{Edition, SafetyClass};
use value::{Constant, Others, Schema};

mod value;

/// A text that is not blank.
const TEXT: &str = r"\S";
/// What can be named from elsewhere: no blank, no quotation mark, no two dots in a row.
const ID: &str = r#"^(\.|\.?[^\s.#"'`]+(\.[^\s.#"'`]+)*\.?)$"#;
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// Which files a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// `iec62304.toml`: settings, and records if the team likes.
    Configuration,
    /// The files that it names.
    Records,
}

impl SchemaOf {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Configuration, Self::Records];

    /// The name of the file that the schema is kept in.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Configuration => "iec62304.schema.json",
            Self::Records => "records.schema.json",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Configuration => "The configuration of cargo-iec62304",
            Self::Records => "A record file of cargo-iec62304",
        }
    }

    fn has(self, setting: &str) -> bool {
        self == Self::Configuration || SETTINGS_OF_RECORD_FILES.contains(&setting)
    }
}

/// The schema of a kind of file, as JSON.
#[requirement("TOOL-35")]
pub fn schema(of: SchemaOf) -> String {
    let mut root = Schema::of_type("object");
    root.dialect = Some("http://json-schema.org/draft-07/schema#");
    root.title = Some(of.title());
    let settings = SETTINGS.named().iter().filter(|field| of.has(field.name));
    let settings = settings.map(|shape| (shape.name, field(shape)));
    let kinds = RecordKind::ALL.into_iter().map(|kind| (kind.table(), records(kind)));
    root.properties = settings.chain(kinds).collect();
    root.additional_properties = Some(Others::Refused(false));
    let text = serde_json::to_string_pretty(&root).expect("the types of a schema are plain data");
    text + "\n"
}

/// The records of a kind, by id.
fn records(kind: RecordKind) -> Schema {
    let each = table(vocabulary::of(kind));
    let mut records = by_id(each);
    records.description = Some(format!("each {} as `[{}.ID]`", kind.noun(), kind.table()));
    records
}

fn by_id(each: Schema) -> Schema {
    let mut table = Schema::of_type("object");
    table.property_names = Some(Box::new(Schema::text(ID)));
    table.additional_properties = Some(Others::Like(Box::new(each)));
    table
}

fn table(shape: &'static TableShape) -> Schema {
    let fields = match shape {
        TableShape::Named(fields) => fields,
        TableShape::Free(each) => return by_id(self::shape(*each)),
    };
    let mut table = Schema::of_type("object");
    table.properties = fields.iter().map(|shape| (shape.name, field(shape))).collect();
    let required = fields.iter().filter(|field| field.required);
    table.required = required.map(|field| field.name).collect();
    table.additional_properties = Some(Others::Refused(false));
    table
}

fn field(field: &FieldShape) -> Schema {
    let mut schema = shape(field.shape);
    if field.required && field.shape.entry().is_some() {
        schema.min_items = Some(1);
    }
    if field.name == "schema" && field.shape == Shape::Integer {
        schema.words = vec![Constant::Number(SCHEMA_VERSION)];
    }
    schema.description = Some(match more(field.shape) {
        Some(more) => format!("{} ({more})", field.doc),
        None => field.doc.to_owned(),
    });
    schema
}

fn shape(shape: Shape) -> Schema {
    match shape {
        Shape::Word(words) => Schema::words(words),
        Shape::SafetyClass => {
            Schema::words_or_text(SafetyClass::ALL.map(SafetyClass::letter), TEXT)
        }
        Shape::Edition => Schema::words_or_text(Edition::ALL.map(Edition::word), TEXT),
        Shape::Reference(target) if !target.words.is_empty() => {
            Schema::words_or_text(target.words.iter().copied(), TEXT)
        }
        Shape::Date => Schema::text(DATE),
        Shape::OwnId => Schema::text(ID),
        Shape::Parts => by_id(Schema::text(TEXT)),
        Shape::Table(inner) => table(inner),
        Shape::Tables(inner) => Schema::list(table(inner)),
        _ => by_form(shape),
    }
}

fn by_form(shape: Shape) -> Schema {
    match (shape.form(), shape.entry()) {
        (_, Some(entry)) => Schema::list(self::shape(entry)),
        (Form::Bool, _) => Schema::of_type("boolean"),
        (Form::Integer, _) => Schema::of_type("integer"),
        _ => Schema::text(TEXT),
    }
}

/// What a description adds to the phrase of the vocabulary.
fn more(shape: Shape) -> Option<String> {
    match shape {
        Shape::Date => Some("a date without quotes, as 2026-05-11".to_owned()),
        Shape::Topic => Some("a criterion of the unit, or `not present: ` and the reason".into()),
        _ => shape.target().map(named),
    }
}

/// `by id: item, software system`, and what may stand there without one.
fn named(target: &Target) -> String {
    let words = target.words.iter().map(|word| format!("`{word}`"));
    let nouns = target.kinds.iter().map(|kind| kind.noun().to_owned());
    let test = target.or_test.then(|| "test by its path".to_owned());
    let all: Vec<String> = nouns.chain(test).chain(words).collect();
    format!("by id: {}", all.join(", "))
}

#[cfg(test)]
mod tests;
