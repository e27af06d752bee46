//! The list of fields below the text of a record, as the table that TOML would have.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::KINDS;
use super::line::{Line, first_line, trimmed};
use super::page::{Item, List, Page};
use crate::model::record::RecordKind;
use crate::model::vocabulary::{self, Form, Shape};
use crate::records::mistake::Mistake;
use crate::records::nearest::nearest;
use crate::records::read::Reader;

/// The field that says of which kind a record is.
const RECORD: &str = "record";
/// What the heading and the text below it hold.
const NO_ITEMS: [(&str, &str); 2] =
    [("title", "write the title behind the id"), ("text", "write the text below the heading")];

/// The fields of one record.
pub(super) struct FieldList<'p> {
    text: &'p str,
    page: &'p Page,
    fields: Vec<Field<'p>>,
}

/// One field: an item `name: value`.
pub(super) struct Field<'p> {
    name: Spanned<String>,
    item: &'p Item,
    /// Where the value starts in the line.
    value: usize,
}

/// The fields that kinds of record have in Markdown.
pub(super) fn names(kinds: &[RecordKind]) -> Vec<&'static str> {
    let fields = kinds.iter().flat_map(|kind| vocabulary::of(*kind).named());
    let mut names: Vec<_> = fields.map(|field| field.name).chain([RECORD]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a list holds fields: one of its items at least is written as one is.
pub(super) fn is_field_list(list: &List) -> bool {
    let names = names(&KINDS);
    !list.is_ordered && list.items.iter().any(|item| is_written_as_field(&item.line.text, &names))
}

fn is_written_as_field(line: &str, names: &[&str]) -> bool {
    let Some((name, _)) = line.split_once(':') else {
        let first = line.split_whitespace().next().unwrap_or_default();
        return names.contains(&first);
    };
    let name = name.trim();
    let is_word = !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphabetic() || "-_".contains(letter));
    is_word || part_key(name).is_some() || nearest(name, names.iter().copied()).is_some()
}

/// `a` of `part a`.
fn part_key(name: &str) -> Option<&str> {
    let key = name.strip_prefix("part")?;
    (key.starts_with(char::is_whitespace)).then(|| key.trim())
}

/// The value that starts at `from` of a line, as it stands in the file up to `end`.
///
/// Where emphasis opens in front of the value and ends in it, it is as the page shows it.
pub(super) fn value(
    text: &str,
    page: &Page,
    line: &Line,
    from: usize,
    end: usize,
) -> Spanned<String> {
    let shown = trimmed(&line.text, from..line.text.len());
    let start = match from.checked_sub(1) {
        Some(colon) => line.written(colon..from).end,
        None => line.written(0..0).start,
    };
    let written = line.written(shown.clone());
    let around = line.containers.iter().filter(|range| range.start < start && range.end > start);
    let around = around.map(|range| range.end).max().unwrap_or(start);
    if around > written.start && !shown.is_empty() {
        return Spanned::new(written, line.text[shown].to_owned());
    }
    without_comments(text, page, around.min(end)..end)
}

/// A part of the file without comments and without blanks around it.
pub(super) fn without_comments(text: &str, page: &Page, range: Range<usize>) -> Spanned<String> {
    let mut shown = String::new();
    let mut at = range.start;
    for comment in &page.comments {
        if comment.start >= at && comment.end <= range.end {
            shown += &text[at..comment.start];
            at = comment.end;
        }
    }
    shown += &text[at..range.end];
    let span = trimmed(text, range);
    Spanned::new(span, shown.trim().replace("\r\n", "\n"))
}

impl<'p> FieldList<'p> {
    /// Takes the items apart; one that is no field is reported, and so is a field that
    /// stands there twice.
    pub(super) fn read(
        text: &'p str,
        page: &'p Page,
        items: &[&'p Item],
        reader: &mut Reader<'_>,
    ) -> Self {
        let mut fields: Vec<Field<'p>> = Vec::new();
        for item in items {
            let Some(field) = Field::of(item, text, reader) else {
                continue;
            };
            let name = field.name.get_ref().split_whitespace();
            let same =
                |other: &&Field<'_>| other.name.get_ref().split_whitespace().eq(name.clone());
            if let Some(first) = fields.iter().find(same) {
                let message = format!("`{}` stands here twice", field.name.get_ref());
                let mistake = Mistake::new(message, "remove one of the two");
                reader.report_beside(field.name.span(), mistake, (first.name.span(), "the first"));
                continue;
            }
            fields.push(field);
        }
        Self { text, page, fields }
    }

    /// The field that says the kind.
    pub(super) fn record(&self) -> Option<&Field<'p>> {
        self.fields.iter().find(|field| field.name.get_ref() == RECORD)
    }

    /// The fields as a table; a value that cannot be one of its field is reported.
    pub(super) fn table(
        &self,
        kind: RecordKind,
        id: &str,
        reader: &mut Reader<'_>,
    ) -> DeTable<'static> {
        let mut table = DeTable::new();
        let mut parts = DeTable::new();
        for field in &self.fields {
            let name = field.name.get_ref().as_str();
            if let Some(key) = field.part_key() {
                let value = string(self.free_text(field));
                parts.insert(key, value);
                continue;
            }
            if name == RECORD {
                self.report_below(field, reader);
                continue;
            }
            if let Some(mistake) = misplaced(name, id) {
                reader.report(field.name.span(), mistake);
                continue;
            }
            let shape = vocabulary::of(kind).field(name);
            if let Some(value) = self.value(field, shape, reader) {
                let key = Spanned::new(field.name.span(), name.to_owned().into());
                table.insert(key, value);
            }
        }
        self.add_parts(&mut table, kind, parts, reader);
        table
    }

    fn add_parts(
        &self,
        table: &mut DeTable<'static>,
        kind: RecordKind,
        parts: DeTable<'static>,
        reader: &mut Reader<'_>,
    ) {
        let keys = self.fields.iter().filter(|field| field.part_key().is_some());
        let Some(first) = keys.map(|field| field.name.span()).next() else {
            return;
        };
        if vocabulary::of(kind).field("parts").is_none() {
            let message = format!("a {} has no parts", kind.noun());
            let help = "write it as a record of its own";
            return reader.report(first, Mistake::new(message, help));
        }
        let key = Spanned::new(first.clone(), "parts".into());
        table.insert(key, Spanned::new(first, DeValue::Table(parts)));
    }

    fn value(
        &self,
        field: &Field<'_>,
        shape: Option<Shape>,
        reader: &mut Reader<'_>,
    ) -> Option<Spanned<DeValue<'static>>> {
        let Some(shape) = shape else {
            return Some(string(field.words()));
        };
        match (shape, shape.form()) {
            (Shape::Text, _) => Some(string(self.free_text(field))),
            (_, Form::List) => self.list(field, reader),
            (_, Form::Text) => {
                self.report_below(field, reader);
                Some(string(field.words()))
            }
            (_, Form::Bool) => {
                self.report_below(field, reader);
                Some(bool(field.words()))
            }
            (_, Form::Integer | Form::Lists | Form::Table | Form::Tables) => {
                let message = format!("`{}` is not read from Markdown", field.name.get_ref());
                let help = "write this record into a TOML file";
                reader.report(field.name.span(), Mistake::new(message, help));
                None
            }
        }
    }

    /// A text for people: all of the item, as it is written.
    fn free_text(&self, field: &Field<'_>) -> Spanned<String> {
        let item = field.item;
        let end = match (&item.nested, &item.more) {
            (None, None) => item.line.end(),
            _ => item.range.end,
        };
        value(self.text, self.page, &item.line, field.value, end)
    }

    /// What is separated by commas behind the colon, or stands as items below it.
    fn list(
        &self,
        field: &Field<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Spanned<DeValue<'static>>> {
        let words = field.words();
        let name = field.name.get_ref();
        self.report_deeper(field.item.more.as_ref(), field, reader);
        let (entries, span) = match &field.item.nested {
            None if words.get_ref().is_empty() => {
                reader.report(field.name.span(), Mistake::blank(&format!("`{name}`")));
                return None;
            }
            None => (field.entries(), words.span()),
            Some((below, list)) if words.get_ref().is_empty() => {
                (self.items(list, field, reader), trimmed(self.text, below.clone()))
            }
            Some((below, _)) => {
                let message = format!("`{name}` has entries behind its colon and below it");
                let help = "write all of them in one line, or each as an item below";
                reader.report(first_line(self.text, below), Mistake::new(message, help));
                return None;
            }
        };
        let mut array = DeArray::new();
        for entry in entries {
            array.push(string(entry));
        }
        Some(Spanned::new(span, DeValue::Array(array)))
    }

    fn items(&self, list: &List, of: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Spanned<String>> {
        let mut entries = Vec::new();
        for item in &list.items {
            let nested = item.nested.as_ref().map(|(range, _)| range);
            self.report_deeper(nested.or(item.more.as_ref()), of, reader);
            let entry = item.line.part(0..item.line.text.len());
            let is_empty = entry.get_ref().is_empty();
            let at = if is_empty { marker(self.text, &item.range) } else { entry.span() };
            entries.push(Spanned::new(at, entry.into_inner()));
        }
        entries
    }

    /// Below a field that is one word nothing may stand.
    fn report_below(&self, field: &Field<'_>, reader: &mut Reader<'_>) {
        let nested = field.item.nested.as_ref().map(|(range, _)| range);
        self.report_deeper(nested.or(field.item.more.as_ref()), field, reader);
    }

    fn report_deeper(
        &self,
        range: Option<&Range<usize>>,
        field: &Field<'_>,
        reader: &mut Reader<'_>,
    ) {
        if let Some(range) = range {
            let message = format!("this belongs to no value of `{}`", field.name.get_ref());
            let help = "write the value in the line of the field, and a text above the list";
            reader.report(first_line(self.text, range), Mistake::new(message, help));
        }
    }
}

impl<'p> Field<'p> {
    fn of(item: &'p Item, text: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let line = &item.line;
        if line.text.trim().is_empty() {
            let message = "this item is empty";
            let help = "write a field as `- name: value`, or remove the item";
            reader.report(marker(text, &item.range), Mistake::new(message, help));
            return None;
        }
        let Some(colon) = line.text.find(':') else {
            let message = "this item of the fields has no colon";
            let help = "write a field as `- name: value`, and a text above the list";
            reader.report(line.part(0..line.text.len()).span(), Mistake::new(message, help));
            return None;
        };
        Some(Self { name: line.part(0..colon), item, value: colon + 1 })
    }

    /// The value as the page shows it.
    pub(super) fn words(&self) -> Spanned<String> {
        self.item.line.part(self.value..self.item.line.text.len())
    }

    /// What commas separate in the value.
    fn entries(&self) -> Vec<Spanned<String>> {
        let line = &self.item.line;
        let mut at = self.value;
        let entries = line.text[self.value..].split(',').map(|entry| {
            let start = at;
            at += entry.len() + 1;
            line.part(start..start + entry.len())
        });
        entries.collect()
    }

    fn part_key(&self) -> Option<Spanned<std::borrow::Cow<'static, str>>> {
        let key = part_key(self.name.get_ref())?;
        let line = &self.item.line;
        let end = trimmed(&line.text, 0..self.value - 1).end;
        Some(Spanned::new(line.written(end - key.len()..end), key.to_owned().into()))
    }
}

/// What is wrong with the name of a field that is written in another way.
fn misplaced(name: &str, id: &str) -> Option<Mistake> {
    if name == "parts" || name == "part" {
        let message = format!("`{name}` names no part");
        return Some(Mistake::new(
            message,
            format!("write each as `- part a: …`; it is {id}.a then"),
        ));
    }
    let (_, help) = NO_ITEMS.iter().find(|(field, _)| *field == name)?;
    Some(Mistake::new(format!("`{name}` is no item of the list"), *help))
}

/// The sign that opens an item.
fn marker(text: &str, item: &Range<usize>) -> Range<usize> {
    let mark = text[item.clone()].split_whitespace().next().unwrap_or_default();
    item.start..item.start + mark.len()
}

/// A text as TOML has it.
pub(super) fn string(text: Spanned<String>) -> Spanned<DeValue<'static>> {
    Spanned::new(text.span(), DeValue::String(text.into_inner().into()))
}

fn bool(word: Spanned<String>) -> Spanned<DeValue<'static>> {
    match word.get_ref().parse() {
        Ok(bool) => Spanned::new(word.span(), DeValue::Boolean(bool)),
        Err(_) => string(word),
    }
}
