//! The wording of mistakes in record files.
//!
//! Decides nothing: what is wrong comes in, a phrase and a help go out.

use toml::de::DeValue;

use super::nearest::nearest;
use crate::model::vocabulary::{Form, Shape};

/// Longer values are not repeated in a help.
const LONGEST_REPEATED_VALUE: usize = 60;

/// What is wrong, and what to do about it.
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) help: String,
    /// A name that is not known, and the known one that comes nearest.
    pub(super) nearest: Option<(String, String)>,
}

impl Mistake {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), nearest: None }
    }

    /// A name that the vocabulary does not have.
    pub(super) fn unknown(message: String, name: &str, known: &[&str], list: &str) -> Self {
        let nearest = nearest(name, known.iter().copied());
        let help = match nearest {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("{list} {}", quoted(known)),
        };
        let nearest = nearest.map(|known| (name.to_owned(), known.to_owned()));
        Self { message, help, nearest }
    }

    /// A value of another type; `source` is the value as it stands in the file.
    pub(super) fn wrong_type(
        subject: &str,
        shape: Shape,
        value: &DeValue<'_>,
        source: &str,
    ) -> Self {
        let message = format!("{subject} must be {}, found {}", wanted(shape), found(value));
        let short = source.len() <= LONGEST_REPEATED_VALUE && !source.contains('\n');
        let is_text = matches!(value, DeValue::String(_));
        let is_scalar = !matches!(value, DeValue::Array(_) | DeValue::Table(_)) && !is_text;
        let help = match (shape, shape.form()) {
            (Shape::Date, _) => "write the day alone and without quotes: `2026-05-11`".to_owned(),
            (_, Form::Text) if is_scalar && short => format!("put it in quotes: `\"{source}\"`"),
            (_, Form::List) if is_text && short => format!("write a list: `[{source}]`"),
            (_, form) => format!("write {}", example(form)),
        };
        Self::new(message, help)
    }

    /// A text with nothing in it.
    pub(super) fn blank(subject: &str) -> Self {
        let message = format!("{subject} is empty");
        Self::new(message, "write what it is, or leave it out")
    }

    /// A text that is still to be written counts as not written.
    pub(super) fn placeholder(subject: &str, text: &str) -> Self {
        let message = format!("{subject} says only {text:?}, which counts as not written");
        Self::new(message, "write what it is, or leave it out until it is known")
    }

    /// An id that cannot be named from elsewhere; `None` for a sound one.
    pub(super) fn of_id(id: &str, owner: &str) -> Option<Self> {
        if id.is_empty() {
            let message = format!("{owner} has an empty id");
            return Some(Self::new(message, "give it an id, as `SRS-1`"));
        }
        let fault = if id.contains(char::is_whitespace) {
            "has a blank inside"
        } else if id.contains("..") {
            "reads like a range"
        } else if id.contains(|letter: char| letter.is_control() || "#\"'`".contains(letter)) {
            "has a sign inside that ids cannot have"
        } else {
            return None;
        };
        let message = format!("id `{}` {fault}", id.escape_debug());
        let help = "use letters, digits, `-`, `_` and single dots";
        Some(Self::new(message, help))
    }
}

/// Words in backticks, with commas.
pub(super) fn quoted(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn wanted(shape: Shape) -> &'static str {
    match (shape, shape.form()) {
        (Shape::Date, _) => "a date",
        (Shape::References(_), _) => "a list of ids",
        (Shape::Reference(_) | Shape::OwnId, _) => "an id in quotes",
        (_, Form::Text) => "a text",
        (_, Form::List) => "a list of texts",
        (_, Form::Lists) => "a list of lists of ids",
        (_, Form::Bool) => "`true` or `false`",
        (_, Form::Integer) => "a whole number",
        (_, Form::Table) => "a table",
        (_, Form::Tables) => "a list of tables",
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(true) => "`true`",
        DeValue::Boolean(false) => "`false`",
        DeValue::Datetime(date) => match (date.date, date.time) {
            (Some(_), None) => "a date",
            (None, _) => "a time",
            (Some(_), Some(_)) => "a date with a time",
        },
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn example(form: Form) -> &'static str {
    match form {
        Form::Text => "one text in quotes",
        Form::List => "a list: `[\"…\", \"…\"]`",
        Form::Lists => "lists in a list: `[[\"…\", \"…\"]]`",
        Form::Bool => "`true` or `false`, without quotes",
        Form::Integer => "the number without quotes",
        Form::Table => "a table: `{ … }`",
        Form::Tables => "tables in a list: `[{ … }, { … }]`",
    }
}
