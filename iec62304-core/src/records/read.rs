//! From TOML tables to records, along the vocabulary.
//!
//! Goes through the tables of a file; what a single value may be is said in `value`.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;
use super::{Document, FileRole, RecordProblem, syntax, value};
use crate::location::{FilePath, Located, Location, Span};
use crate::model::record::{Fields, Record, RecordKind, Reference};
use crate::model::vocabulary::{
    self, SCHEMA_VERSION, SETTINGS, SETTINGS_OF_RECORD_FILES, TableShape,
};

type Entry<'t> = (&'t Spanned<Cow<'t, str>>, &'t Spanned<DeValue<'t>>);

/// Reads the text of a file.
pub(super) fn read(path: &FilePath, text: &str, role: FileRole) -> Document {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return read_tables(path, text, role, root.get_ref(), &syntax::Repair::default());
    }
    let repair = syntax::repair(text);
    let (root, _) = DeTable::parse_recoverable(&repair.text);
    read_tables(path, text, role, root.get_ref(), &repair)
}

fn read_tables(
    path: &FilePath,
    text: &str,
    role: FileRole,
    root: &DeTable<'_>,
    repair: &syntax::Repair,
) -> Document {
    let mut reader = Reader { damaged: &repair.damaged, ..Reader::new(path, text, Syntax::Toml) };
    for error in &repair.errors {
        reader.report_syntax_error(error);
    }
    let mut settings = Fields::new(&SETTINGS);
    let mut records = Vec::new();
    for entry in in_order(root) {
        match RecordKind::parse(entry.0.get_ref()) {
            Some(kind) => reader.read_kind(kind, entry, &mut records),
            None => reader.read_setting(entry, role, &mut settings),
        }
    }
    reader.check_schema(&settings);
    Document { settings, parsed: repair.errors.is_empty(), ..reader.finish(records) }
}

/// The entries of a table as they stand in the file.
fn in_order<'t>(table: &'t DeTable<'t>) -> Vec<Entry<'t>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn is_empty_list(value: &DeValue<'_>) -> bool {
    value.as_array().is_some_and(|array| array.is_empty())
}

/// How a file is written: what to do about a mistake depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Toml,
    Markdown,
}

/// What is gathered on the way through a file.
pub(super) struct Reader<'f> {
    file: &'f FilePath,
    text: &'f str,
    syntax: Syntax,
    damaged: &'f [Range<usize>],
    references: Vec<Reference>,
    problems: Vec<RecordProblem>,
}

/// The table that is being read.
pub(super) struct Place<'p> {
    /// The kind and the id of the record that it is or stands in; `None` among the settings.
    pub(super) record: Option<(RecordKind, &'p str)>,
    /// What it is called in messages: `requirement SRS-3`, `[project]`.
    pub(super) name: &'p str,
    /// The way from there to an inner table: empty or `cause.`.
    pub(super) path: &'p str,
    /// Where it is opened.
    pub(super) opened: Range<usize>,
}

impl Place<'_> {
    fn table_name(&self) -> String {
        match self.path.strip_suffix('.') {
            Some(path) => format!("{}, {path}", self.name),
            None => self.name.to_owned(),
        }
    }
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f FilePath, text: &'f str, syntax: Syntax) -> Self {
        let (references, problems) = (Vec::new(), Vec::new());
        Self { file, text, syntax, damaged: &[], references, problems }
    }

    /// All that was read, in the order of the file.
    pub(super) fn finish(self, mut records: Vec<Record>) -> Document {
        let Self { mut references, mut problems, .. } = self;
        records.sort_by_key(|record| record.id.at.span.start);
        references.sort_by_key(|reference| reference.id.at.span.start);
        problems.sort_by_key(|problem| problem.at.span.start);
        Document { records, references, problems, parsed: true, ..Document::default() }
    }

    /// Whether nothing was wrong so far.
    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn locate<T>(&self, value: T, span: Range<usize>) -> Located<T> {
        let span = Span::new(span.start, span.end);
        Located::new(value, Location::new(self.file, span))
    }

    pub(super) fn report(&mut self, span: Range<usize>, mistake: Mistake) {
        self.problems.push(RecordProblem {
            at: self.locate((), span).at,
            message: mistake.message,
            help: Some(mistake.help),
            related: None,
            nearest: mistake.nearest,
        });
    }

    /// Reports a mistake that another place belongs to.
    pub(super) fn report_beside(
        &mut self,
        span: Range<usize>,
        mistake: Mistake,
        (other, what): (Range<usize>, &str),
    ) {
        let related = self.locate(what.to_owned(), other);
        self.report(span, mistake);
        if let Some(problem) = self.problems.last_mut() {
            problem.related = Some(related);
        }
    }

    pub(super) fn refer(&mut self, reference: Reference) {
        self.references.push(reference);
    }

    /// The text of the file at `span`.
    pub(super) fn source(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    fn report_syntax_error(&mut self, error: &syntax::SyntaxError) {
        let help = if error.duplicate {
            "rename or remove one of the two; the second is left out until then"
        } else {
            "correct the line; it is left out until then"
        };
        self.report(error.span.clone(), Mistake::new(error.message.as_str(), help));
    }

    fn read_kind(&mut self, kind: RecordKind, (key, value): Entry<'_>, out: &mut Vec<Record>) {
        let noun = kind.noun();
        let help = format!("open each {noun} as `[{}.ID]`", kind.table());
        let DeValue::Table(table) = value.get_ref() else {
            let message = format!("`{}` must be tables keyed by id", key.get_ref());
            return self.report(key.span(), Mistake::new(message, help));
        };
        for (id, value) in in_order(table) {
            let span = id.span();
            let DeValue::Table(fields) = value.get_ref() else {
                let message = format!("`{}` is no {noun}", id.get_ref());
                self.report(span, Mistake::new(message, help.as_str()));
                continue;
            };
            out.push(self.read_record(kind, id, fields));
        }
    }

    /// Reads one record along the vocabulary.
    pub(super) fn read_record(
        &mut self,
        kind: RecordKind,
        id: &Spanned<Cow<'_, str>>,
        fields: &DeTable<'_>,
    ) -> Record {
        let (noun, span) = (kind.noun(), id.span());
        if let Some(mistake) = Mistake::of_id(id.get_ref(), &format!("this {noun}")) {
            self.report(span.clone(), mistake);
        }
        let mut record = Record::new(kind, self.locate(id.get_ref().to_string(), span.clone()));
        let name = format!("{noun} {}", id.get_ref());
        let record_of_place = Some((kind, id.get_ref().as_ref()));
        let place = Place { record: record_of_place, name: &name, path: "", opened: span };
        record.fields = self.read_table(fields, vocabulary::of(kind), &place);
        value::check_topics(&mut record, self);
        record
    }

    fn read_setting(&mut self, (key, value): Entry<'_>, role: FileRole, out: &mut Fields) {
        let name = key.get_ref().as_ref();
        let Some(shape) = SETTINGS.field(name) else {
            return self.report_unknown_setting((key, value), role);
        };
        if role == FileRole::Records && !SETTINGS_OF_RECORD_FILES.contains(&name) {
            let message = format!("`{name}` does not belong in a record file");
            let mistake = Mistake::new(message, "move it to `iec62304.toml`");
            return self.report(key.span(), mistake);
        }
        let place = Place { record: None, name: "", path: "", opened: key.span() };
        if let Some(read) = value::read(self, shape, value, &place, key) {
            out.push(self.locate(name.to_owned(), key.span()), read);
        }
    }

    fn report_unknown_setting(&mut self, (key, value): Entry<'_>, role: FileRole) {
        let what = match value.get_ref() {
            DeValue::Table(_) | DeValue::Array(_) => "table",
            _ => "field",
        };
        let message = format!("unknown {what} `{}`", key.get_ref());
        let settings = SETTINGS.named().iter().map(|field| field.name);
        let known: Vec<_> = settings
            .filter(|name| {
                role == FileRole::Configuration || SETTINGS_OF_RECORD_FILES.contains(name)
            })
            .chain(RecordKind::ALL.map(RecordKind::table))
            .collect();
        let mistake = Mistake::unknown(message, key.get_ref(), &known, "here may stand");
        self.report(key.span(), mistake);
    }

    /// Reads the fields of one table.
    pub(super) fn read_table(
        &mut self,
        table: &DeTable<'_>,
        shape: &'static TableShape,
        place: &Place<'_>,
    ) -> Fields {
        let mut fields = Fields::new(shape);
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            match shape.field(name) {
                None => self.report_unknown_field(name, key.span(), shape, place),
                Some(of_field) => {
                    if let Some(read) = value::read(self, of_field, value, place, key) {
                        fields.push(self.locate(name.to_owned(), key.span()), read);
                    }
                }
            }
        }
        self.report_missing_fields(table, shape, place);
        fields
    }

    fn report_unknown_field(
        &mut self,
        name: &str,
        span: Range<usize>,
        shape: &TableShape,
        place: &Place<'_>,
    ) {
        let message = format!("unknown field `{name}` in {}", place.table_name());
        let known: Vec<_> = shape.named().iter().map(|field| field.name).collect();
        let mistake = Mistake::unknown(message, name, &known, "its fields are");
        self.report(span, mistake);
    }

    fn report_missing_fields(
        &mut self,
        table: &DeTable<'_>,
        shape: &TableShape,
        place: &Place<'_>,
    ) {
        if self.is_damaged(place.opened.start) {
            return;
        }
        for field in shape.named() {
            if !field.required {
                continue;
            }
            let value = table.get(field.name);
            if let Some(empty) = value.filter(|value| is_empty_list(value.get_ref())) {
                let mistake = Mistake::blank(&format!("`{}`", field.name));
                self.report(empty.span(), mistake);
            }
            if value.is_none() {
                let message = format!("{} has no `{}`", place.table_name(), field.name);
                let help = match (self.syntax, field.name) {
                    (Syntax::Markdown, "text") => {
                        format!("write below its heading {}", field.doc)
                    }
                    (_, name) => format!("add `{name}`: {}", field.doc),
                };
                self.report(place.opened.clone(), Mistake::new(message, help));
            }
        }
    }

    /// Whether a broken line may hold what a table at `offset` lacks.
    fn is_damaged(&self, offset: usize) -> bool {
        let after = self.damaged.partition_point(|section| section.start <= offset);
        after > 0 && self.damaged[after - 1].contains(&offset)
    }

    fn check_schema(&mut self, settings: &Fields) {
        let Some(schema) = settings.integer("schema") else {
            return;
        };
        if schema.value != SCHEMA_VERSION {
            let message = format!("schema {} is not known", schema.value);
            let help = format!(
                "write `schema = {SCHEMA_VERSION}`, or use a version of the tool that knows it"
            );
            self.report(schema.at.span.range(), Mistake::new(message, help));
        }
    }
}
