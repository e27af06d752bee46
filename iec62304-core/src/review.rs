//! A review that is about to be recorded: what it is of, what changed since the last one,
//! and the record, bound to what stands there now.

use std::fmt::Write;

use iec62304_macros::requirement;

use crate::location::{FilePath, Located, Location};
use crate::model::record::{Record, RecordKind};
use crate::records::{FileRole, quoted, read_text, table_key};
use crate::trace::Trace;
use crate::trace::confirmation::{self, distinct};
use crate::trace::content::{Aspect, Contents, files_of, unit_of};
use crate::trace::evidence::kind_is_one_of;
use crate::trace::link::whole_records;
use crate::trace::review::Binding;

/// A line longer than this is broken.
const LINE: usize = 100;

/// What somebody has reviewed.
#[derive(Clone, Debug)]
pub struct Request {
    /// The kind of review.
    pub kind: String,
    /// The ids of what was reviewed, or ranges of them.
    pub of: Vec<String>,
    /// Who reviewed.
    pub by: Vec<String>,
    /// When, as `YYYY-MM-DD`.
    pub date: String,
    /// The outcome.
    pub result: String,
    /// The id of the review; else the next that is free.
    pub id: Option<String>,
}

/// A review, ready to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Everything that it is of.
    pub subjects: Vec<Subject>,
    /// The record, as TOML to be added to a record file.
    pub record: String,
}

/// One thing that was reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub noun: &'static str,
    /// Its id.
    pub id: String,
    /// What it says, in one line, if it says anything.
    pub text: Option<String>,
    /// The files whose content is bound, or why one is not.
    pub files: Vec<String>,
    /// Whether it changed since the last review of this kind: a phrase.
    pub since: String,
}

/// Why there is no review to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong: a lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Puts a review together.
///
/// # Errors
///
/// When it cannot be recorded as it is asked for.
#[requirement("TOOL-28")]
pub fn draft(trace: &Trace<'_>, request: &Request) -> Result<Draft, Refused> {
    let id = id(trace, request.id.as_deref())?;
    let named = named(trace, request)?;
    let linked = linked(trace, request, &named);
    let subjects = distinct(named.into_iter().chain(linked.iter().copied()));
    let contents = trace.contents();
    let record = record(&id, request, &linked, &subjects, &contents);
    if let Some(problem) = read_text(&record, FileRole::Records).problems.into_iter().next() {
        let help = "write it as a record file would have it".to_owned();
        return Err(Refused { message: problem.message, help: problem.help.unwrap_or(help) });
    }
    let subjects = subjects.into_iter().map(|of| subject(trace, &contents, request, of)).collect();
    Ok(Draft { id, subjects, record })
}

/// The id that was asked for, or the next after those that there are.
fn id(trace: &Trace<'_>, wanted: Option<&str>) -> Result<String, Refused> {
    if let Some(id) = wanted {
        let Some(entry) = trace.index().get(id) else {
            return Ok(id.to_owned());
        };
        let message = format!("the id `{id}` belongs to a {} already", entry.kind.noun());
        let help = "leave `--id` out: the next free id is taken".to_owned();
        return Err(Refused { message, help });
    }
    let id = next_id(trace);
    let pattern = trace.project().configuration.id_pattern(RecordKind::Review);
    if pattern.is_some_and(|pattern| !pattern.allows(&id)) {
        let message = format!("the pattern of [project.ids] does not allow the next id, `{id}`");
        let help = "name one with `--id`".to_owned();
        return Err(Refused { message, help });
    }
    Ok(id)
}

/// One more than the highest number in the series of the last review.
fn next_id(trace: &Trace<'_>) -> String {
    let reviews = trace.project().records().filter(|record| record.kind == RecordKind::Review);
    let ids: Vec<(&str, &str)> = reviews
        .map(|review| series(&review.id.value))
        .filter(|(_, number)| !number.is_empty())
        .collect();
    let (prefix, last) = ids.last().copied().unwrap_or(("REV-", "0"));
    let width = if last.starts_with('0') && last.len() > 1 { last.len() } else { 0 };
    let of_series = ids.iter().filter(|(other, _)| *other == prefix);
    let highest = of_series.filter_map(|(_, number)| number.parse::<u64>().ok()).max();
    let mut number = highest.unwrap_or(0);
    loop {
        number = number.saturating_add(1);
        let id = format!("{prefix}{number:0width$}");
        if trace.index().get(&id).is_none() {
            return id;
        }
    }
}

/// `REV-` and `7` of `REV-7`.
fn series(id: &str) -> (&str, &str) {
    let prefix = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (prefix, &id[prefix.len()..])
}

/// The records that were named.
fn named<'m>(trace: &Trace<'m>, request: &Request) -> Result<Vec<&'m Record>, Refused> {
    let mut named = Vec::new();
    for id in &request.of {
        let id = Located::new(id.clone(), Location::default());
        let records = whole_records(&id, trace.project(), trace.index());
        let refused = |unresolved: Box<crate::trace::link::Unresolved>| Refused {
            message: unresolved.message,
            help: unresolved.help,
        };
        named.extend(records.map_err(refused)?);
    }
    Ok(named)
}

/// To confirm a link is to look at both of its ends: those that were not named.
fn linked<'m>(trace: &Trace<'m>, request: &Request, named: &[&'m Record]) -> Vec<&'m Record> {
    if request.kind != confirmation::KIND {
        return Vec::new();
    }
    let others = named.iter().flat_map(|record| trace.confirmations().linked_to(record));
    let is_new = |other: &&Record| !named.iter().any(|record| record.at() == other.at());
    distinct(others.filter(is_new))
}

fn record<'m>(
    id: &str,
    request: &Request,
    linked: &[&'m Record],
    subjects: &[&'m Record],
    contents: &Contents<'m, '_>,
) -> String {
    let key = table_key(id);
    let linked = linked.iter().map(|record| &record.id.value);
    let of: Vec<&String> = request.of.iter().chain(linked).collect();
    let mut text = format!(
        "\n[review.{key}]\nkind = {}\n{}{}date = {}\nresult = {}\n",
        quoted(&request.kind),
        list("of", &of),
        list("by", &request.by.iter().collect::<Vec<_>>()),
        request.date,
        quoted(&request.result),
    );
    let aspect = Aspect::of_review(&request.kind);
    if let [only] = subjects
        && of.len() == 1
    {
        writeln!(text, "hash = \"{}\"", contents.of(only, aspect)).expect("a string takes all");
        return text;
    }
    writeln!(text, "[review.{key}.hashes]").expect("a string takes all");
    for subject in subjects {
        let key = table_key(&subject.id.value);
        writeln!(text, "{key} = \"{}\"", contents.of(subject, aspect)).expect("a string takes all");
    }
    text
}

/// A list on one line, or an entry a line where it is long.
fn list(name: &str, entries: &[&String]) -> String {
    let entries: Vec<String> = entries.iter().map(|entry| quoted(entry)).collect();
    let line = format!("{name} = [{}]\n", entries.join(", "));
    if line.chars().count() <= LINE {
        return line;
    }
    format!("{name} = [\n    {},\n]\n", entries.join(",\n    "))
}

fn subject<'m>(
    trace: &Trace<'m>,
    contents: &Contents<'m, '_>,
    request: &Request,
    record: &'m Record,
) -> Subject {
    let texts = ["text", "title", "situation", "what", "how", "control", "rationale"];
    let has = |name: &&&str| record.fields.shape().field(name).is_some();
    let text = texts.iter().filter(has).find_map(|name| record.text(name));
    Subject {
        noun: record.kind.noun(),
        id: record.id.value.clone(),
        text: text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        files: files(trace, contents, request, record),
        since: since(trace, request, record),
    }
}

fn files<'m>(
    trace: &Trace<'m>,
    contents: &Contents<'m, '_>,
    request: &Request,
    record: &'m Record,
) -> Vec<String> {
    let named = contents.files_of_record(record);
    let is_design = Aspect::of_review(&request.kind) == Aspect::Design;
    let design_alone = is_design && named.iter().any(|(_, is_there)| *is_there);
    let unit = unit_of(record, trace.units()).filter(|_| !design_alone);
    let code = unit.map_or_else(Vec::new, |unit| files_of(unit, trace.project()));
    let line = |(path, is_there): (FilePath, bool)| {
        if is_there {
            path.to_string()
        } else {
            format!("{path}: no such file, so nothing of it is bound")
        }
    };
    named.into_iter().map(line).chain(code.iter().map(FilePath::to_string)).collect()
}

/// Whether a record changed since the last review of the same kind.
fn since(trace: &Trace<'_>, request: &Request, record: &Record) -> String {
    let mut of_kind = trace.judgements().of(record).iter().filter(|judgement| {
        kind_is_one_of(judgement.review, &[&request.kind])
            && judgement.binding != Binding::NotCovered
    });
    let Some(last) = of_kind.next_back() else {
        return format!("no review of kind `{}` yet", request.kind);
    };
    let review = &last.review.id.value;
    let text = |field| last.review.text(field).unwrap_or("…");
    let review = format!("{review} ({}, {})", text("date"), text("result"));
    match last.binding {
        Binding::Current => format!("unchanged since {review}"),
        Binding::Changed if trace.judgements().is_undivided(last.review) => {
            format!("it, or something reviewed with it, changed since {review}")
        }
        Binding::Changed => format!("changed since {review}"),
        Binding::Unbound | Binding::Foreign | Binding::NotCovered => {
            format!("last in {review}, which names no hash: nothing tells whether it changed")
        }
    }
}

#[cfg(test)]
mod tests;
