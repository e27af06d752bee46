//! Single values of record files: their types, words, ids and references.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::expand_range;
use super::mistake::{Mistake, quoted};
use super::nearest::nearest;
use super::read::{Place, Reader};
use crate::location::Located;
use crate::model::record::{Fields, Record, RecordKind, Reference, Value};
use crate::model::vocabulary::{Form, Shape, TableShape, Target};

/// How a topic of 5.5.4 is decided where the unit has nothing of it.
const NOT_PRESENT: &str = "not present";

/// A field that is being read.
struct Site<'s> {
    place: &'s Place<'s>,
    key: &'s Spanned<Cow<'s, str>>,
    /// What the value is called in messages: the field, or an entry of it.
    subject: String,
}

/// Reads the value of a field; `None`, with the mistake reported, where it is not sound.
pub(super) fn read<'s>(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    place: &'s Place<'s>,
    key: &'s Spanned<Cow<'s, str>>,
) -> Option<Value> {
    let site = Site { place, key, subject: format!("`{}`", key.get_ref()) };
    let read = match (shape.form(), value.get_ref()) {
        (Form::Text, _) => Value::Text(text(reader, shape, value, &site)?),
        (Form::List, DeValue::Array(_)) => Value::List(list(reader, shape, value, &site)?),
        (Form::Lists, DeValue::Array(_)) => lists(reader, shape, value, site)?,
        (Form::Bool, DeValue::Boolean(bool)) => Value::Bool(reader.locate(*bool, value.span())),
        (Form::Integer, DeValue::Integer(_)) => integer(reader, value, &site)?,
        (Form::Table, DeValue::Table(inner)) => {
            let opened = site.key.span();
            Value::Table(table(reader, shape, inner, &site, opened))
        }
        (Form::Tables, DeValue::Array(_)) => tables(reader, shape, value, site),
        _ => {
            report_wrong_type(reader, shape, value, &site);
            return None;
        }
    };
    Some(read)
}

fn report_wrong_type(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    site: &Site<'_>,
) {
    let source = reader.source(value.span());
    let mistake = Mistake::wrong_type(&site.subject, shape, value.get_ref(), source);
    reader.report(value.span(), mistake);
}

/// One text, a word, a date or an id.
fn text(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    site: &Site<'_>,
) -> Option<Located<String>> {
    let text = match (shape, value.get_ref()) {
        (Shape::Date, DeValue::Datetime(date)) if date.time.is_none() => date.date?.to_string(),
        (shape, DeValue::String(text)) if shape != Shape::Date => text.to_string(),
        _ => {
            report_wrong_type(reader, shape, value, site);
            return None;
        }
    };
    if let Some(mistake) = fault_of_text(shape, &text, site) {
        reader.report(value.span(), mistake);
        return None;
    }
    let text = reader.locate(text, value.span());
    if let Shape::Reference(target) = shape {
        refer(reader, target, &text, site);
    }
    Some(text)
}

fn fault_of_text(shape: Shape, text: &str, site: &Site<'_>) -> Option<Mistake> {
    if text.trim().is_empty() {
        return Some(Mistake::blank(&site.subject));
    }
    match shape {
        Shape::Text | Shape::Texts if site.place.record.is_some() && is_placeholder(text) => {
            Some(Mistake::placeholder(&site.subject, text.trim()))
        }
        Shape::Word(words) if !words.contains(&text) => {
            let message = format!("unknown word `{text}` for `{}`", site.key.get_ref());
            Some(Mistake::unknown(message, text, words, "the words are"))
        }
        Shape::OwnId => Mistake::of_id(text, &site.subject),
        Shape::Reference(_) if text.contains("..") && expand_range(text).is_none() => {
            let message = format!("`{text}` is no range of ids");
            let help = "write the first and the last id of one series, as `SRS-1..SRS-20`";
            Some(Mistake::new(message, help))
        }
        _ => None,
    }
}

/// Whether a text only holds the place of one that is still to be written.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 9] = ["TODO", "TBD", "TBC", "TBA", "FIXME", "XXX", "N/A", "NA", "N.A."];
    let is_mark = |letter: char| "-–—._?…".contains(letter);
    let text = text.trim();
    let first = text.split([' ', ':', '(']).next().unwrap_or_default();
    text.chars().all(is_mark)
        || WORDS.contains(&text.to_uppercase().as_str())
        || WORDS[..6].contains(&first)
}

fn refer(reader: &mut Reader<'_>, target: &Target, id: &Located<String>, site: &Site<'_>) {
    if target.words.contains(&id.value.as_str()) {
        return;
    }
    let field = format!("{}{}", site.place.path, site.key.get_ref());
    let field = match site.place.name {
        "" => field,
        name => format!("{name}, {field}"),
    };
    let record = site.place.record.map(|(kind, id)| (kind, id.to_owned()));
    let Target { kinds, or_test, .. } = *target;
    reader.refer(Reference { id: id.clone(), record, field, kinds, or_test });
}

/// A list of texts; entries that are not sound are reported and left out.
fn list(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    site: &Site<'_>,
) -> Option<Vec<Located<String>>> {
    let entry = shape.entry().expect("a shape of list form has entries");
    let DeValue::Array(array) = value.get_ref() else {
        report_wrong_type(reader, shape, value, site);
        return None;
    };
    let site = Site { subject: format!("an entry of `{}`", site.key.get_ref()), ..*site };
    let texts = array.iter();
    Some(texts.filter_map(|value| text(reader, entry, value, &site)).collect())
}

fn lists(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    mut site: Site<'_>,
) -> Option<Value> {
    let entry = shape.entry().expect("a shape of lists has entries");
    site.subject = format!("an entry of `{}`", site.key.get_ref());
    let array = value.get_ref().as_array()?;
    let lists = array.iter();
    Some(Value::Lists(lists.filter_map(|value| list(reader, entry, value, &site)).collect()))
}

fn integer(
    reader: &mut Reader<'_>,
    value: &Spanned<DeValue<'_>>,
    site: &Site<'_>,
) -> Option<Value> {
    let integer = value.get_ref().as_integer()?;
    if let Ok(number) = i64::from_str_radix(integer.as_str(), integer.radix()) {
        return Some(Value::Integer(reader.locate(number, value.span())));
    }
    let message = format!("{} is too large", site.subject);
    reader.report(value.span(), Mistake::new(message, "write a smaller number"));
    None
}

fn table(
    reader: &mut Reader<'_>,
    shape: Shape,
    inner: &DeTable<'_>,
    site: &Site<'_>,
    opened: std::ops::Range<usize>,
) -> Fields {
    let of_table = shape.table().expect("a shape of table form has a table");
    let key = site.key.get_ref();
    let settings_name = format!("[{}{key}]", settings_path(site.place));
    let record_path = format!("{}{key}.", site.place.path);
    let (name, path) = match site.place.record {
        Some(_) => (site.place.name, record_path.as_str()),
        None => (settings_name.as_str(), ""),
    };
    let place = Place { record: site.place.record, name, path, opened };
    if matches!(of_table, TableShape::Free(_)) {
        report_bad_keys(reader, inner, shape);
    }
    reader.read_table(inner, of_table, &place)
}

/// `project.` below `[project]`; empty at the root.
fn settings_path(place: &Place<'_>) -> String {
    let name = place.name.trim_start_matches('[').trim_end_matches(']');
    if name.is_empty() { String::new() } else { format!("{name}.") }
}

/// Free keys become parts of ids, or at least names.
fn report_bad_keys(reader: &mut Reader<'_>, table: &DeTable<'_>, shape: Shape) {
    let owner = match shape {
        Shape::Parts => "this part",
        _ => "this entry",
    };
    for key in table.keys() {
        if let Some(mistake) = Mistake::of_id(key.get_ref(), owner) {
            reader.report(key.span(), mistake);
        }
    }
}

/// A list of tables; entries that are none are reported and left out.
fn tables(
    reader: &mut Reader<'_>,
    shape: Shape,
    value: &Spanned<DeValue<'_>>,
    mut site: Site<'_>,
) -> Value {
    site.subject = format!("an entry of `{}`", site.key.get_ref());
    let mut tables = Vec::new();
    for entry in value.get_ref().as_array().into_iter().flatten() {
        match entry.get_ref() {
            DeValue::Table(inner) => {
                tables.push(table(reader, shape, inner, &site, entry.span()));
            }
            _ => report_not_a_table(reader, entry, &site),
        }
    }
    Value::Tables(tables)
}

fn report_not_a_table(reader: &mut Reader<'_>, entry: &Spanned<DeValue<'_>>, site: &Site<'_>) {
    let message = format!("{} must be a table", site.subject);
    let help = format!("open each as `[[….{}]]`, or write `{{ … }}`", site.key.get_ref());
    reader.report(entry.span(), Mistake::new(message, help));
}

/// Reports and drops topics that neither name a criterion of their unit nor give a reason.
pub(super) fn check_topics(record: &mut Record, reader: &mut Reader<'_>) {
    if record.kind != RecordKind::Unit {
        return;
    }
    let acceptance = record.fields.table("acceptance");
    let criteria: Vec<String> =
        acceptance.into_iter().flatten().map(|criterion| criterion.name.value.clone()).collect();
    let unit = record.id.value.clone();
    let mut is_sound = |topic: &str, decision: &Located<String>| {
        let fault = fault_of_topic(topic, &decision.value, &unit, &criteria);
        let sound = fault.is_none();
        if let Some(mistake) = fault {
            reader.report(decision.at.span.range(), mistake);
        }
        sound
    };
    if let Some(topics) = record.fields.table_mut("topics") {
        topics.retain(|topic| match &topic.value {
            Value::Text(decision) => is_sound(&topic.name.value, decision),
            _ => true,
        });
    }
}

fn fault_of_topic(topic: &str, text: &str, unit: &str, criteria: &[String]) -> Option<Mistake> {
    if criteria.iter().any(|criterion| criterion == text) {
        return None;
    }
    if let Some(rest) = text.strip_prefix(NOT_PRESENT) {
        let reason = rest.strip_prefix(':').unwrap_or_default();
        return reason.trim().is_empty().then(|| {
            let message = format!("topic `{topic}` is not present without a reason");
            Mistake::new(message, "write `not present: ` and the reason")
        });
    }
    let message = format!("topic `{topic}` names `{text}`, which is no criterion of unit {unit}");
    let known: Vec<_> = criteria.iter().map(String::as_str).collect();
    let help = match nearest(text, known.iter().copied()) {
        Some(criterion) => format!("did you mean `{criterion}`?"),
        None if known.is_empty() => {
            "add the criterion under `acceptance`, or write `not present: ` and the reason".into()
        }
        None => format!("name one of {}, or write `not present: ` and the reason", quoted(&known)),
    };
    Some(Mistake::new(message, help))
}
