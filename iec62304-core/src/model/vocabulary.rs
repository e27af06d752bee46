//! Which fields each kind of record and each settings table has, once, as data.
//!
//! Reading, its messages, the list of references and the checks of [`Fields`] all
//! follow from these tables. Nothing here knows TOML or what a field means for a clause.
//!
//! [`Fields`]: crate::model::record::Fields

use crate::model::record::RecordKind;

mod kinds;
mod settings;
pub mod soup;

pub use kinds::{CAUSE_KINDS, reviewed_kinds};
pub use settings::{SETTINGS, SETTINGS_OF_RECORD_FILES};

/// The one version of the file format there is.
pub const SCHEMA_VERSION: i64 = 1;

/// What may stand in a table.
#[derive(Debug, PartialEq, Eq)]
pub enum TableShape {
    /// These fields and no others.
    Named(&'static [FieldShape]),
    /// Any key; every value has this shape.
    Free(Shape),
}

/// One field of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldShape {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether the table is of no use without it.
    pub required: bool,
    /// What it says, in one phrase.
    pub doc: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text that is not blank.
    Text,
    /// A list of such texts.
    Texts,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A date without a time.
    Date,
    /// One word of a list.
    Word(&'static [&'static str]),
    /// Some words of a list.
    Words(&'static [&'static str]),
    /// The letter of a safety class; any text is kept, a rule judges it.
    SafetyClass,
    /// An edition of the standard; any text is kept, a rule judges it.
    Edition,
    /// The id of another record.
    Reference(&'static Target),
    /// Ids of other records.
    References(&'static Target),
    /// Lists of ids of other records.
    ReferenceLists(&'static Target),
    /// An id that the table gives itself, in one namespace with the ids of records.
    OwnId,
    /// A table of texts whose keys extend the id of the record: `SRS-7.a`.
    Parts,
    /// What decides a topic of 5.5.4: a criterion of the unit or `not present: reason`.
    Topic,
    /// A table.
    Table(&'static TableShape),
    /// A list of tables.
    Tables(&'static TableShape),
}

/// What a reference may name.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// Records of these kinds, and their parts.
    pub kinds: &'static [RecordKind],
    /// Or one of these words, which name nothing.
    pub words: &'static [&'static str],
    /// Or a test, by its path.
    pub or_test: bool,
}

/// The form in which a value of some shape is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One text.
    Text,
    /// A list of texts.
    List,
    /// Lists of texts.
    Lists,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
}

const FREE_TEXTS: TableShape = TableShape::Free(Shape::Text);

/// The fields of a kind of record.
pub fn of(kind: RecordKind) -> &'static TableShape {
    kinds::of(kind)
}

impl TableShape {
    /// What the field of this name holds; `None` where the table has no such field.
    pub fn field(&self, name: &str) -> Option<Shape> {
        match self {
            Self::Named(fields) => {
                let field = fields.iter().find(|field| field.name == name)?;
                Some(field.shape)
            }
            Self::Free(shape) => Some(*shape),
        }
    }

    /// The fields that the table names; none where its keys are free.
    pub fn named(&self) -> &'static [FieldShape] {
        match self {
            Self::Named(fields) => fields,
            Self::Free(_) => &[],
        }
    }
}

impl FieldShape {
    const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, required: false, doc }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

impl Shape {
    /// The form of its values.
    pub fn form(self) -> Form {
        match self {
            Self::Text
            | Self::Date
            | Self::Word(_)
            | Self::SafetyClass
            | Self::Edition
            | Self::Reference(_)
            | Self::OwnId
            | Self::Topic => Form::Text,
            Self::Texts | Self::Words(_) | Self::References(_) => Form::List,
            Self::ReferenceLists(_) => Form::Lists,
            Self::Bool => Form::Bool,
            Self::Integer => Form::Integer,
            Self::Parts | Self::Table(_) => Form::Table,
            Self::Tables(_) => Form::Tables,
        }
    }

    /// What each entry of its list holds; `None` for a shape that is no list.
    pub fn entry(self) -> Option<Self> {
        match self {
            Self::Texts => Some(Self::Text),
            Self::Words(words) => Some(Self::Word(words)),
            Self::References(target) => Some(Self::Reference(target)),
            Self::ReferenceLists(target) => Some(Self::References(target)),
            _ => None,
        }
    }

    /// What its tables hold; `None` for a shape without tables.
    pub fn table(self) -> Option<&'static TableShape> {
        match self {
            Self::Table(table) | Self::Tables(table) => Some(table),
            Self::Parts => Some(&FREE_TEXTS),
            _ => None,
        }
    }

    /// What it may name; `None` for a shape that names no record.
    pub fn target(self) -> Option<&'static Target> {
        match self {
            Self::Reference(target) | Self::References(target) | Self::ReferenceLists(target) => {
                Some(target)
            }
            _ => None,
        }
    }
}

impl Target {
    const fn records(kinds: &'static [RecordKind]) -> Self {
        Self { kinds, words: &[], or_test: false }
    }

    const fn or_word(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }

    const fn or_test(self) -> Self {
        Self { or_test: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn walk(table: &'static TableShape, visit: &mut impl FnMut(&'static [FieldShape])) {
        visit(table.named());
        for field in table.named() {
            if let Some(inner) = field.shape.table() {
                walk(inner, visit);
            }
        }
    }

    fn walk_all(visit: &mut impl FnMut(&'static [FieldShape])) {
        walk(&SETTINGS, visit);
        for kind in RecordKind::ALL {
            walk(of(kind), visit);
        }
    }

    #[test]
    fn no_table_names_a_field_twice() {
        walk_all(&mut |fields| {
            let names: BTreeSet<_> = fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), fields.len(), "{fields:?}");
        });
    }

    #[test]
    fn every_field_is_described_by_one_phrase() {
        walk_all(&mut |fields| {
            for field in fields {
                let doc = field.doc;
                assert!(!doc.is_empty() && !doc.ends_with('.'), "{}", field.name);
                assert!(!doc.contains('\n'), "{}", field.name);
            }
        });
    }

    #[test]
    fn settings_and_kinds_share_no_table_name() {
        for kind in RecordKind::ALL {
            assert_eq!(SETTINGS.field(kind.table()), None, "{}", kind.table());
        }
    }

    #[test]
    fn the_settings_of_record_files_are_settings() {
        for name in SETTINGS_OF_RECORD_FILES {
            assert!(SETTINGS.field(name).is_some(), "{name}");
        }
    }

    #[test]
    fn few_fields_are_required() {
        let mut required = Vec::new();
        for kind in RecordKind::ALL {
            walk(of(kind), &mut |fields| {
                let names = fields.iter().filter(|field| field.required);
                required.extend(names.map(|field| format!("{} {}", kind.table(), field.name)));
            });
        }
        assert_eq!(
            required,
            [
                "document title",
                "common_defect control",
                "system_requirement text",
                "software_system missing",
                "item missing",
                "unit item",
                "interface from",
                "interface to",
                "segregation keeps_apart",
                "requirement text",
                "hazardous_situation situation",
                "hazardous_situation id",
                "hazardous_situation text",
                "risk_control text",
                "soup id",
                "soup verdict",
                "soup reason",
                "review kind",
                "review of",
                "review by",
                "review date",
                "review result",
                "problem title",
                "problem verdict",
                "problem verdict",
                "change title",
                "change by",
                "change date",
                "release problem",
            ]
        );
    }
}
