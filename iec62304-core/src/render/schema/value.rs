//! The part of JSON Schema that the vocabulary needs, always in the same order.

use serde::{Serialize, Serializer};

/// What may stand at a place of a file.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub(super) dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<Constant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min_items: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) property_names: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_object")]
    pub(super) properties: Vec<(&'static str, Schema)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) additional_properties: Option<Others>,
}

/// A value that may stand there as it is.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Constant {
    Word(&'static str),
    Number(i64),
}

/// What may stand in a table beside the fields that are named.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Others {
    /// Written as `false`.
    Refused(bool),
    Like(Box<Schema>),
}

impl Schema {
    pub(super) fn of_type(kind: &'static str) -> Self {
        Self { kind: Some(kind), ..Self::default() }
    }

    pub(super) fn text(pattern: &'static str) -> Self {
        Self { pattern: Some(pattern), ..Self::of_type("string") }
    }

    pub(super) fn list(items: Self) -> Self {
        Self { items: Some(Box::new(items)), ..Self::of_type("array") }
    }

    pub(super) fn words(words: &'static [&'static str]) -> Self {
        let words = words.iter().copied().map(Constant::Word).collect();
        Self { words, ..Self::of_type("string") }
    }

    /// Words that an editor proposes, where any other text is read as well.
    pub(super) fn words_or_text(
        words: impl IntoIterator<Item = &'static str>,
        pattern: &'static str,
    ) -> Self {
        let words = words.into_iter().map(Constant::Word).collect();
        let words = Self { words, ..Self::of_type("string") };
        Self { any_of: vec![words, Self::text(pattern)], ..Self::default() }
    }
}

fn as_object<S: Serializer>(
    properties: &[(&'static str, Schema)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(properties.iter().map(|(name, schema)| (name, schema)))
}
