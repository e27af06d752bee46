//! TOML text to records: syntax, vocabulary, types, each mistake at its place.
//!
//! Knows every table and field of the format and nothing of what they mean together.

use toml::de::DeTable;

use crate::location::{FilePath, Located, Location, Span};
use crate::model::record::{Fields, Record, Reference, Value};
use crate::snapshot::{Content, TextFile};

mod index;
mod read;
pub mod vocabulary;

use read::{Owner, Reader, table_spec};
pub use vocabulary::ID_KINDS;
use vocabulary::{SETTINGS, SETTINGS_OF_RECORD_FILES, TABLES};

pub use index::{Duplicate, Entry, Index, Resolution, nearest};

/// What one file declares.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// `schema`, `records`, `[project]`, `[tests]`, `[code]`, `[plan]`: what is no record.
    pub settings: Fields,
    /// The records, in the order of the file.
    pub records: Vec<Record>,
    /// Every field that names another record.
    pub references: Vec<Reference>,
    /// Every mistake.
    pub problems: Vec<RecordProblem>,
    /// Whether the text is TOML at all; `false` after a syntax error or for an unreadable file.
    pub parsed: bool,
}

/// A mistake in a configuration or record file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// Where.
    pub at: Location,
    /// What is wrong: a lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that belongs to it, with what stands there.
    pub related: Option<Located<String>>,
}

/// Which file of a project this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRole {
    /// `iec62304.toml`: settings, and records if the team likes.
    Configuration,
    /// A file that the configuration names: records only.
    Records,
}

/// Reads one file. All mistakes are reported, every sound record is kept.
pub fn read(file: &TextFile, role: FileRole) -> Document {
    let start = Location::new(&file.path, Span::default());
    let bytes = match &file.content {
        Content::Bytes(bytes) => bytes,
        Content::Unreadable(reason) => {
            return unreadable(start, format!("the file cannot be read: {reason}"));
        }
    };
    let offset = if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    match std::str::from_utf8(&bytes[offset..]) {
        Ok(text) => read_text(&file.path, offset, text, role),
        Err(error) => {
            let at = offset + error.valid_up_to();
            let at = Location::new(&file.path, Span::new(at, at + 1));
            unreadable(at, "the file is not UTF-8".to_owned())
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn unreadable(at: Location, message: String) -> Document {
    let help = Some("make it a readable text file in UTF-8".to_owned());
    let problems = vec![RecordProblem {
        at,
        message,
        help,
        related: None,
    }];
    Document {
        problems,
        ..Document::default()
    }
}

fn read_text(path: &FilePath, offset: usize, text: &str, role: FileRole) -> Document {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(path, offset);
    for error in &errors {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        reader.problem(reader.location(error.span().unwrap_or(0..0)), message, None);
    }
    let start = Location::new(path, Span::default());
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut settings = DeTable::new();
    let mut records = Vec::new();
    for (key, value) in entries {
        let name = reader.located(key);
        if let Some(spec) = table_spec(&name.value) {
            records.extend(reader.records(spec, value));
        } else if SETTINGS.iter().all(|spec| spec.name != name.value) {
            unknown_table(&mut reader, &name);
        } else if role == FileRole::Records
            && !SETTINGS_OF_RECORD_FILES.contains(&name.value.as_str())
        {
            let message = format!("`{}` does not belong into a record file", name.value);
            let help = "move it to iec62304.toml at the workspace root".to_owned();
            reader.problem(name.at, message, Some(help));
        } else {
            settings.insert(key.clone(), value.clone());
        }
    }
    records.sort_by(|a, b| a.id.at.cmp(&b.id.at));
    let settings = reader.fields(Owner::new("the file", &start), SETTINGS, &settings);
    check_schema(&mut reader, &settings);
    check_topics(&mut reader, &records);
    let Reader {
        references,
        mut problems,
        ..
    } = reader;
    problems.sort_by(|a, b| (&a.at, &a.message).cmp(&(&b.at, &b.message)));
    Document {
        settings,
        records,
        references,
        problems,
        parsed: errors.is_empty(),
    }
}

fn unknown_table(reader: &mut Reader<'_>, name: &Located<String>) {
    let known = || {
        TABLES
            .iter()
            .map(|spec| spec.name)
            .chain(SETTINGS.iter().map(|spec| spec.name))
    };
    let help = match nearest(&name.value, known()) {
        Some(nearest) => format!("the nearest is `{nearest}`"),
        None => format!("known are {}", known().collect::<Vec<_>>().join(", ")),
    };
    let message = format!("there is no table or field `{}`", name.value);
    reader.problem(name.at.clone(), message, Some(help));
}

fn check_schema(reader: &mut Reader<'_>, settings: &Fields) {
    if let Some(Value::Integer(schema)) = settings.get("schema")
        && schema.value != 1
    {
        let message = format!(
            "this tool does not know version {} of the format",
            schema.value
        );
        let help = "write `schema = 1`, or use a newer version of the tool".to_owned();
        reader.problem(schema.at.clone(), message, Some(help));
    }
}

/// Each topic of a unit names one of its criteria, or gives a reason for its absence.
fn check_topics(reader: &mut Reader<'_>, records: &[Record]) {
    for record in records {
        let Some(topics) = record.fields.table("topics") else {
            continue;
        };
        let criteria = record.fields.table("acceptance");
        let criteria: Vec<&str> = criteria.map_or_else(Vec::new, |table| table.names().collect());
        for topic in &topics.0 {
            let Value::Text(text) = &topic.value else {
                continue;
            };
            let reasoned = text
                .value
                .strip_prefix("not present:")
                .is_some_and(|reason| !reason.trim().is_empty());
            if reasoned || criteria.contains(&text.value.as_str()) {
                continue;
            }
            let message = format!("{:?} is no criterion of {}", text.value, record.id.value);
            let help = match nearest(&text.value, criteria.iter().copied()) {
                Some(nearest) => format!("the nearest is `{nearest}`"),
                None => {
                    "name a criterion of the unit, or write `not present: ` and a reason".to_owned()
                }
            };
            reader.problem(text.at.clone(), message, Some(help));
        }
    }
}

#[cfg(test)]
mod tests;
