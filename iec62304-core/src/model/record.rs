//! Records: what a project declares about itself, with the place of every word.
//!
//! One shape serves every kind of record; [`vocabulary`] says which fields a kind has.
//! What is here has passed the vocabulary: its fields are known and of the right type.
//! A field that was missing or wrong is absent, also where the vocabulary requires it.

use std::fmt;

use crate::location::{Located, Location};
use crate::model::vocabulary::{self, Form, TableShape};

/// The kinds of record, named as their tables in a record file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// `[document.ID]`
    Document,
    /// `[common_defect.NAME]`
    CommonDefect,
    /// `[system_requirement.ID]`
    SystemRequirement,
    /// `[software_system.NAME]`
    SoftwareSystem,
    /// `[item.NAME]`
    Item,
    /// `[unit.NAME]`
    Unit,
    /// `[interface.ID]`
    Interface,
    /// `[segregation.ID]`
    Segregation,
    /// `[requirement.ID]`
    Requirement,
    /// `[hazardous_situation.ID]`
    HazardousSituation,
    /// `[risk_control.ID]`
    RiskControl,
    /// `[soup.NAME]`
    Soup,
    /// `[tool.NAME]`
    Tool,
    /// `[review.ID]`
    Review,
    /// `[problem.ID]`
    Problem,
    /// `[change.ID]`
    Change,
    /// `[release.VERSION]`
    Release,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its id: the key of its table, at the place where the table is opened.
    pub id: Located<String>,
    /// Its fields.
    pub fields: Fields,
}

/// The fields of a record or of a table in it, in the order of the file.
///
/// Debug builds check that whoever asks for a field asks for one of the vocabulary.
#[derive(Clone, PartialEq, Eq)]
pub struct Fields {
    shape: &'static TableShape,
    all: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Located<String>,
    /// What it says.
    pub value: Value,
}

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, a word of a fixed list, a reference, or a date as `YYYY-MM-DD`.
    Text(Located<String>),
    /// A list of texts or references.
    List(Vec<Located<String>>),
    /// Pairs (or longer tuples) of references, as in `keeps_apart`.
    Lists(Vec<Vec<Located<String>>>),
    /// `true` or `false`.
    Bool(Located<bool>),
    /// A whole number.
    Integer(Located<i64>),
    /// A table.
    Table(Fields),
    /// A list of tables.
    Tables(Vec<Fields>),
}

impl RecordKind {
    /// All kinds, in the order of this list.
    pub const ALL: [Self; 17] = [
        Self::Document,
        Self::CommonDefect,
        Self::SystemRequirement,
        Self::SoftwareSystem,
        Self::Item,
        Self::Unit,
        Self::Interface,
        Self::Segregation,
        Self::Requirement,
        Self::HazardousSituation,
        Self::RiskControl,
        Self::Soup,
        Self::Tool,
        Self::Review,
        Self::Problem,
        Self::Change,
        Self::Release,
    ];

    /// The name of its tables in a record file.
    pub fn table(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::CommonDefect => "common_defect",
            Self::SystemRequirement => "system_requirement",
            Self::SoftwareSystem => "software_system",
            Self::Item => "item",
            Self::Unit => "unit",
            Self::Interface => "interface",
            Self::Segregation => "segregation",
            Self::Requirement => "requirement",
            Self::HazardousSituation => "hazardous_situation",
            Self::RiskControl => "risk_control",
            Self::Soup => "soup",
            Self::Tool => "tool",
            Self::Review => "review",
            Self::Problem => "problem",
            Self::Change => "change",
            Self::Release => "release",
        }
    }

    /// What it is called in sentences.
    pub fn noun(self) -> &'static str {
        match self {
            Self::CommonDefect => "common defect",
            Self::SystemRequirement => "system requirement",
            Self::SoftwareSystem => "software system",
            Self::HazardousSituation => "hazardous situation",
            Self::RiskControl => "risk control",
            Self::Soup => "SOUP item",
            other => other.table(),
        }
    }

    /// The kind whose tables have this name.
    pub fn parse(table: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.table() == table)
    }
}

impl Record {
    /// A record without fields.
    pub fn new(kind: RecordKind, id: Located<String>) -> Self {
        Self { kind, id, fields: Fields::new(vocabulary::of(kind)) }
    }

    /// Why it is withdrawn, if it is.
    pub fn withdrawn(&self) -> Option<&Located<String>> {
        self.fields.shape().field("withdrawn")?;
        self.fields.text("withdrawn")
    }

    /// The text of a field, without its place.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.text(name).map(|text| text.value.as_str())
    }

    /// Where the record starts.
    pub fn at(&self) -> &Location {
        &self.id.at
    }
}

impl Fields {
    /// No fields yet, of a table of this shape.
    pub fn new(shape: &'static TableShape) -> Self {
        Self { shape, all: Vec::new() }
    }

    /// Adds a field of the vocabulary.
    pub fn push(&mut self, name: Located<String>, value: Value) {
        self.assert_known(&name.value, value.form());
        self.all.push(Field { name, value });
    }

    /// All fields, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.all.iter()
    }

    /// Keeps the fields for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Field) -> bool) {
        self.all.retain(keep);
    }

    /// What may stand here.
    pub fn shape(&self) -> &'static TableShape {
        self.shape
    }

    /// The field of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        debug_assert!(
            self.shape.field(name).is_some(),
            "no `{name}` in the vocabulary of this table"
        );
        let field = self.all.iter().find(|field| field.name.value == name)?;
        Some(&field.value)
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> Option<&Located<String>> {
        match self.of_form(name, Form::Text)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list of a field; empty where the field is absent.
    pub fn list(&self, name: &str) -> &[Located<String>] {
        match self.of_form(name, Form::List) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// The lists of a field; empty where the field is absent.
    pub fn lists(&self, name: &str) -> &[Vec<Located<String>>] {
        match self.of_form(name, Form::Lists) {
            Some(Value::Lists(lists)) => lists,
            _ => &[],
        }
    }

    /// Whether a field says `true` or `false`.
    pub fn bool(&self, name: &str) -> Option<&Located<bool>> {
        match self.of_form(name, Form::Bool)? {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number of a field.
    pub fn integer(&self, name: &str) -> Option<&Located<i64>> {
        match self.of_form(name, Form::Integer)? {
            Value::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// The table of a field.
    pub fn table(&self, name: &str) -> Option<&Self> {
        match self.of_form(name, Form::Table)? {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    /// The table of a field, to change it.
    pub fn table_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.assert_known(name, Form::Table);
        let field = self.all.iter_mut().find(|field| field.name.value == name)?;
        match &mut field.value {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    /// The tables of a field; empty where the field is absent.
    pub fn tables(&self, name: &str) -> &[Self] {
        match self.of_form(name, Form::Tables) {
            Some(Value::Tables(tables)) => tables,
            _ => &[],
        }
    }

    fn of_form(&self, name: &str, form: Form) -> Option<&Value> {
        self.assert_known(name, form);
        self.get(name)
    }

    fn assert_known(&self, name: &str, form: Form) {
        debug_assert_eq!(
            self.shape.field(name).map(vocabulary::Shape::form),
            Some(form),
            "what the vocabulary says about `{name}` of this table"
        );
    }
}

impl<'f> IntoIterator for &'f Fields {
    type Item = &'f Field;
    type IntoIter = std::slice::Iter<'f, Field>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The vocabulary is left out: it is the same for all records of a kind, and long.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.all).finish()
    }
}

impl Value {
    /// The form of the value.
    pub fn form(&self) -> Form {
        match self {
            Self::Text(_) => Form::Text,
            Self::List(_) => Form::List,
            Self::Lists(_) => Form::Lists,
            Self::Bool(_) => Form::Bool,
            Self::Integer(_) => Form::Integer,
            Self::Table(_) => Form::Table,
            Self::Tables(_) => Form::Tables,
        }
    }
}

/// A place in a record that names another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id as written; a range as `SRS-1..SRS-20` is one reference.
    pub id: Located<String>,
    /// The kind and the id of the record that it stands in; `None` among the settings.
    pub record: Option<(RecordKind, String)>,
    /// The field that holds it, with its record: `requirement SRS-3, source`.
    pub field: String,
    /// The kinds of record it may name.
    pub kinds: &'static [RecordKind],
    /// Whether it may name a test by its path instead.
    pub or_test: bool,
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::location::{FilePath, Span};

    fn located(text: &str) -> Located<String> {
        Located::new(
            text.to_owned(),
            Location::new(&FilePath::new("iec62304.toml"), Span::default()),
        )
    }

    fn requirement() -> Record {
        let mut record = Record::new(RecordKind::Requirement, located("SRS-1"));
        let text = Value::Text(located("stop on air"));
        record.fields.push(located("text"), text);
        record
    }

    #[test]
    fn kinds_are_found_by_the_name_of_their_tables() {
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::parse(kind.table()), Some(kind));
        }
        assert_eq!(RecordKind::parse("requirements"), None);
    }

    #[test]
    fn an_absent_field_is_none_or_empty() {
        let record = requirement();
        assert_eq!(record.fields.text("text").unwrap().value, "stop on air");
        assert_eq!(record.fields.text("category"), None);
        assert!(record.fields.list("source").is_empty());
        assert_eq!(record.fields.table("parts"), None);
    }

    #[cfg(debug_assertions)]
    #[test]
    fn asking_for_what_the_vocabulary_lacks_is_caught() {
        let fields = requirement().fields;
        let caught =
            |ask: &dyn Fn(&Fields)| catch_unwind(AssertUnwindSafe(|| ask(&fields))).is_err();
        assert!(caught(&|fields| drop(fields.text("txet").cloned())));
        assert!(caught(&|fields| drop(fields.get("class").cloned())));
        assert!(caught(&|fields| drop(fields.text("source").cloned())));
        assert!(caught(&|fields| drop(fields.tables("parts").to_vec())));
        assert!(!caught(&|fields| drop(fields.list("source").to_vec())));
    }
}
