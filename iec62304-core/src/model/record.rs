//! Records: what a project declares about itself in TOML, with the place of every word.
//!
//! One shape serves every kind of record; `records::vocabulary` says which fields a
//! kind has. A record that is here has passed the vocabulary: its fields are known
//! and of the right type.

use crate::location::{Located, Location};

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
    /// `[review.ID]`
    Review,
    /// `[problem.ID]`
    Problem,
    /// `[change.ID]`
    Change,
    /// `[release.VERSION]`
    Release,
}

impl RecordKind {
    /// What it is called in messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::CommonDefect => "common defect",
            Self::SystemRequirement => "system requirement",
            Self::SoftwareSystem => "software system",
            Self::Item => "software item",
            Self::Unit => "software unit",
            Self::Interface => "interface",
            Self::Segregation => "segregation",
            Self::Requirement => "requirement",
            Self::HazardousSituation => "hazardous situation",
            Self::RiskControl => "risk control",
            Self::Soup => "SOUP item",
            Self::Review => "review",
            Self::Problem => "problem report",
            Self::Change => "change request",
            Self::Release => "release",
        }
    }
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Field>);

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

impl Record {
    /// Where the record starts.
    pub fn at(&self) -> &Location {
        &self.id.at
    }
}

impl Fields {
    /// The field of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let field = self.0.iter().find(|field| field.name.value == name)?;
        Some(&field.value)
    }

    /// The names of the fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|field| field.name.value.as_str())
    }

    /// The text of a field; `None` where the field is absent or no text.
    pub fn text(&self, name: &str) -> Option<&Located<String>> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list of a field; empty where the field is absent or no list.
    pub fn list(&self, name: &str) -> &[Located<String>] {
        match self.get(name) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// The table of a field.
    pub fn table(&self, name: &str) -> Option<&Self> {
        match self.get(name)? {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    /// The tables of a field; empty where the field is absent or no list of tables.
    pub fn tables(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Value::Tables(tables)) => tables,
            _ => &[],
        }
    }
}

/// A place in a record that names another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id as written; a range as `SRS-1..SRS-20` is one reference.
    pub id: Located<String>,
    /// The field that holds it, with its record: `requirement SRS-3, source`.
    pub field: String,
    /// The kinds of record it may name.
    pub kinds: &'static [RecordKind],
    /// Whether it may name a test by its path instead.
    pub or_test: bool,
}
