//! A TOML table against the vocabulary: known fields become [`Fields`], everything else
//! becomes a problem at its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::vocabulary::{FieldSpec, Holds, TABLES, TableSpec};
use super::{RecordProblem, nearest};
use crate::location::{FilePath, Located, Location, Span};
use crate::model::record::{Field, Fields, Record, RecordKind, Reference, Value};

/// Reads the tables of one file and collects what is wrong with them.
pub(super) struct Reader<'f> {
    file: &'f FilePath,
    /// Bytes in front of the text that the TOML parser saw: a byte order mark.
    offset: usize,
    /// References in the fields read so far.
    pub(super) references: Vec<Reference>,
    /// Mistakes found so far.
    pub(super) problems: Vec<RecordProblem>,
}

/// Where a field stands, to say so in messages: `requirement SRS-3`.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    /// The record, or the settings table.
    name: &'a str,
    /// Where missing fields are reported.
    at: &'a Location,
}

impl<'a> Owner<'a> {
    /// An owner of this name, opened at `at`.
    pub(super) fn new(name: &'a str, at: &'a Location) -> Self {
        Self { name, at }
    }
}

type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;

impl<'f> Reader<'f> {
    /// A reader of `file`, whose TOML text starts `offset` bytes into it.
    pub(super) fn new(file: &'f FilePath, offset: usize) -> Self {
        Self {
            file,
            offset,
            references: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// A place in the file from a range of the TOML text.
    pub(super) fn location(&self, range: Range<usize>) -> Location {
        Location::new(
            self.file,
            Span::new(range.start + self.offset, range.end + self.offset),
        )
    }

    /// A text with its place.
    pub(super) fn located(&self, key: &Key<'_>) -> Located<String> {
        Located::new(key.get_ref().to_string(), self.location(key.span()))
    }

    /// Notes a mistake.
    pub(super) fn problem(&mut self, at: Location, message: String, help: Option<String>) {
        self.problems.push(RecordProblem {
            at,
            message,
            help,
            related: None,
        });
    }

    /// The records of one `[kind.…]` table.
    pub(super) fn records(
        &mut self,
        spec: &TableSpec,
        value: &Spanned<DeValue<'_>>,
    ) -> Vec<Record> {
        let Some(table) = self.table(spec.name, value) else {
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .filter_map(|(key, value)| self.record(spec, key, value))
            .collect()
    }

    fn record(
        &mut self,
        spec: &TableSpec,
        key: &Key<'_>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Record> {
        let id = self.located(key);
        if id.value.is_empty() || id.value.contains(char::is_whitespace) {
            let message = format!("the id {:?} is empty or has white space in it", id.value);
            let help =
                "write an id without white space, as attributes and links name it".to_owned();
            self.problem(id.at, message, Some(help));
            return None;
        }
        let name = format!("{} {}", spec.kind.title(), id.value);
        let table = self.table(&format!("{}.{}", spec.name, id.value), value)?;
        let fields = self.fields(Owner::new(&name, &id.at), spec.fields, table);
        Some(Record {
            kind: spec.kind,
            id,
            fields,
        })
    }

    /// The fields of a table, in the order of the file.
    pub(super) fn fields(
        &mut self,
        owner: Owner<'_>,
        specs: &'static [FieldSpec],
        table: &DeTable<'_>,
    ) -> Fields {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut fields = Fields::default();
        for (key, value) in entries {
            let name = self.located(key);
            match specs.iter().find(|spec| spec.name == name.value) {
                None => self.unknown_field(owner, &name, specs),
                Some(spec) => {
                    let value = self.value(owner, spec, value);
                    fields.0.extend(value.map(|value| Field { name, value }));
                }
            }
        }
        let written = |spec: &FieldSpec| table.iter().any(|(key, _)| key.get_ref() == spec.name);
        for spec in specs.iter().filter(|spec| spec.required && !written(spec)) {
            let help = format!("write `{}`: {}", spec.name, spec.doc);
            let message = format!("{} has no `{}`", owner.name, spec.name);
            self.problem(owner.at.clone(), message, Some(help));
        }
        fields
    }

    fn unknown_field(&mut self, owner: Owner<'_>, name: &Located<String>, specs: &[FieldSpec]) {
        let names = specs.iter().map(|spec| spec.name);
        let help = match nearest(&name.value, names.clone()) {
            Some(nearest) => format!("the nearest is `{nearest}`"),
            None => format!("known are {}", names.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("{} has no field `{}`", owner.name, name.value);
        self.problem(name.at.clone(), message, Some(help));
    }

    fn value(
        &mut self,
        owner: Owner<'_>,
        spec: &'static FieldSpec,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Value> {
        let field = spec.name;
        match spec.holds {
            Holds::Text => self.text(field, value).map(Value::Text),
            Holds::Date => self.date(field, value).map(Value::Text),
            Holds::Bool => self.boolean(field, value).map(Value::Bool),
            Holds::Integer => self.integer(field, value).map(Value::Integer),
            Holds::Texts => self.texts(field, value).map(Value::List),
            Holds::Map => self.map(owner, field, value).map(Value::Table),
            Holds::Table(specs) => {
                let table = self.table(field, value)?;
                let at = self.location(value.span());
                Some(Value::Table(self.fields(
                    inner(owner, field, &at).owner(),
                    specs,
                    table,
                )))
            }
            Holds::Tables(specs) => self.tables(owner, field, specs, value).map(Value::Tables),
            Holds::Word(words) => {
                let word = self.text(field, value)?;
                self.is_word(field, &word, words)
                    .then_some(Value::Text(word))
            }
            Holds::Words(words) => {
                let mut list = self.texts(field, value)?;
                list.retain(|word| self.is_word(field, word, words));
                Some(Value::List(list))
            }
            Holds::Reference(kinds) => {
                let id = self.text(field, value)?;
                self.refer(owner, field, &id, kinds, false);
                Some(Value::Text(id))
            }
            Holds::References(kinds) => self.references(owner, field, value, kinds, &[], false),
            Holds::ReferencesOr(kinds, words) => {
                self.references(owner, field, value, kinds, words, false)
            }
            Holds::ReferencesOrTests(kinds) => {
                self.references(owner, field, value, kinds, &[], true)
            }
            Holds::ReferenceGroups(kinds) => self.reference_groups(owner, field, value, kinds),
        }
    }

    fn references(
        &mut self,
        owner: Owner<'_>,
        field: &str,
        value: &Spanned<DeValue<'_>>,
        kinds: &'static [RecordKind],
        words: &[&str],
        or_test: bool,
    ) -> Option<Value> {
        let list = self.texts(field, value)?;
        for id in list.iter().filter(|id| !words.contains(&id.value.as_str())) {
            self.refer(owner, field, id, kinds, or_test);
        }
        Some(Value::List(list))
    }

    fn reference_groups(
        &mut self,
        owner: Owner<'_>,
        field: &str,
        value: &Spanned<DeValue<'_>>,
        kinds: &'static [RecordKind],
    ) -> Option<Value> {
        let mut groups = Vec::new();
        for group in self.array(field, "a list of lists of ids", value)? {
            let group = self.texts(field, group)?;
            for id in &group {
                self.refer(owner, field, id, kinds, false);
            }
            groups.push(group);
        }
        Some(Value::Lists(groups))
    }

    fn refer(
        &mut self,
        owner: Owner<'_>,
        field: &str,
        id: &Located<String>,
        kinds: &'static [RecordKind],
        or_test: bool,
    ) {
        let field = format!("{}, {field}", owner.name);
        self.references.push(Reference {
            id: id.clone(),
            field,
            kinds,
            or_test,
        });
    }

    fn is_word(&mut self, field: &str, word: &Located<String>, words: &[&str]) -> bool {
        if words.contains(&word.value.as_str()) {
            return true;
        }
        let help = match nearest(&word.value, words.iter().copied()) {
            Some(nearest) => format!("the nearest is \"{nearest}\""),
            None => format!("known are \"{}\"", words.join("\", \"")),
        };
        let message = format!("`{field}` cannot be {:?}", word.value);
        self.problem(word.at.clone(), message, Some(help));
        false
    }

    fn map(
        &mut self,
        owner: Owner<'_>,
        field: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Fields> {
        let table = self.table(field, value)?;
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut fields = Fields::default();
        for (key, value) in entries {
            let name = self.located(key);
            if name.value.is_empty() || name.value.contains(char::is_whitespace) {
                let message = format!(
                    "the name {:?} in `{field}` of {} is empty or has white space in it",
                    name.value, owner.name
                );
                self.problem(name.at.clone(), message, None);
            } else if let Some(text) = self.text(&name.value, value) {
                fields.0.push(Field {
                    name,
                    value: Value::Text(text),
                });
            }
        }
        Some(fields)
    }

    fn tables(
        &mut self,
        owner: Owner<'_>,
        field: &str,
        specs: &'static [FieldSpec],
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<Fields>> {
        let mut tables = Vec::new();
        for value in self.array(field, "a list of tables", value)? {
            let Some(table) = self.table(field, value) else {
                continue;
            };
            let at = self.location(value.span());
            tables.push(self.fields(inner(owner, field, &at).owner(), specs, table));
        }
        Some(tables)
    }

    /// A table, or a problem.
    pub(super) fn table<'v, 'i>(
        &mut self,
        field: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> Option<&'v DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.wrong_type(field, "a table", value),
        }
    }

    fn array<'v, 'i>(
        &mut self,
        field: &str,
        wanted: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> Option<&'v [Spanned<DeValue<'i>>]> {
        match value.get_ref() {
            DeValue::Array(array) => Some(array),
            _ => self.wrong_type(field, wanted, value),
        }
    }

    fn text(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Located<String>> {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                let message = format!("`{field}` is empty");
                let help = "write what it asks for, or leave the field out".to_owned();
                self.problem(self.location(value.span()), message, Some(help));
                None
            }
            DeValue::String(text) => {
                Some(Located::new(text.to_string(), self.location(value.span())))
            }
            _ => self.wrong_type(field, "a text", value),
        }
    }

    fn texts(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<Located<String>>> {
        let array = self.array(field, "a list of texts", value)?;
        Some(
            array
                .iter()
                .filter_map(|value| self.text(field, value))
                .collect(),
        )
    }

    fn date(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Located<String>> {
        match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() && date.date.is_some() => {
                Some(Located::new(date.to_string(), self.location(value.span())))
            }
            _ => self.wrong_type(field, "a date without quotes, as 2026-05-11", value),
        }
    }

    fn boolean(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Located<bool>> {
        match value.get_ref() {
            DeValue::Boolean(boolean) => Some(Located::new(*boolean, self.location(value.span()))),
            _ => self.wrong_type(field, "true or false", value),
        }
    }

    fn integer(&mut self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Located<i64>> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(number) => Some(Located::new(number, self.location(value.span()))),
            None => self.wrong_type(field, "a whole number", value),
        }
    }

    fn wrong_type<T>(
        &mut self,
        field: &str,
        wanted: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<T> {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{field}` is {found}, where {wanted} belongs");
        self.problem(self.location(value.span()), message, None);
        None
    }
}

/// The name of a table inside a record, with its place.
struct Inner<'a> {
    name: String,
    at: &'a Location,
}

fn inner<'a>(owner: Owner<'_>, field: &str, at: &'a Location) -> Inner<'a> {
    Inner {
        name: format!("`{field}` of {}", owner.name),
        at,
    }
}

impl Inner<'_> {
    fn owner(&self) -> Owner<'_> {
        Owner {
            name: &self.name,
            at: self.at,
        }
    }
}

/// The kind of record whose table has this name.
pub(super) fn table_spec(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().find(|spec| spec.name == name)
}
