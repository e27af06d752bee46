//! One entry of a database, to one advisory.

use std::str::FromStr;

use jiff::civil::Date;
use rustsec::VersionReq;
use rustsec::advisory::{Affected, Informational, Parts, Severity};

use super::files::Entry;
use super::front_matter::{self, FrontMatter};
use super::{Advisory, Kind};
use crate::snapshot::Content;

/// Stands in [`Advisory::dropped`] for bytes below the front matter.
const NOT_UTF_8: &str = "bytes that are not UTF-8";

/// Reads one entry, or says in plain words why it cannot be read.
pub(super) fn read(entry: &Entry<'_>) -> Result<Advisory, String> {
    let bytes = match entry.content {
        Content::Bytes(bytes) => bytes,
        Content::Unreadable(reason) => return Err(reason.clone()),
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let parts = parts(&text)?;
    let readable = str::from_utf8(bytes).is_ok();
    if !readable && parts.front_matter.contains(char::REPLACEMENT_CHARACTER) {
        return Err("its front matter is not UTF-8".to_owned());
    }
    let mut front_matter = front_matter::read(parts.front_matter)?;
    if !readable {
        front_matter.dropped.push(NOT_UTF_8.to_owned());
        front_matter.dropped.sort_unstable();
    }
    stands_where_it_belongs(&front_matter.advisory, entry)?;
    advisory(entry, &parts, front_matter)
}

fn parts(text: &str) -> Result<Parts<'_>, String> {
    // Looked at here too: `rustsec` panics on text that starts otherwise, if the 20 bytes
    // that it would quote end inside a character.
    if !text.starts_with("```toml") {
        return Err("it does not start with ```toml".to_owned());
    }
    Parts::parse(text).map_err(|error| error.to_string().replace('\n', ", "))
}

fn stands_where_it_belongs(advisory: &rustsec::Advisory, entry: &Entry<'_>) -> Result<(), String> {
    let (id, package) = (advisory.metadata.id.as_str(), advisory.metadata.package.as_str());
    if id != entry.id {
        return Err(format!("its id is `{id}`, and its file is named `{}.md`", entry.id));
    }
    if package != entry.package {
        let folder = entry.package;
        return Err(format!("it is about `{package}`, and lies in the folder of `{folder}`"));
    }
    Ok(())
}

fn advisory(
    entry: &Entry<'_>,
    parts: &Parts<'_>,
    front_matter: FrontMatter,
) -> Result<Advisory, String> {
    let FrontMatter { advisory, cvss, mut dropped } = front_matter;
    let severity = advisory.severity().map(Severity::as_str);
    let (metadata, versions) = (advisory.metadata, advisory.versions);
    let affected = advisory.affected.unwrap_or_default();
    let kind = kind(metadata.informational.as_ref()).unwrap_or_else(|| {
        dropped.push("informational".to_owned());
        dropped.sort_unstable();
        Kind::Vulnerability
    });
    Ok(Advisory {
        id: metadata.id.to_string(),
        package: metadata.package.to_string(),
        collection: entry.collection,
        kind,
        title: parts.title.to_owned(),
        date: date(metadata.date.as_str())?,
        withdrawn: metadata.withdrawn.map(|day| date(day.as_str())).transpose()?,
        aliases: sorted(texts(&metadata.aliases)),
        related: sorted(texts(&metadata.related)),
        url: metadata.url.map(String::from),
        references: texts(&metadata.references),
        cvss,
        severity,
        categories: metadata.categories.iter().map(|category| category.name().to_owned()).collect(),
        patched: texts(versions.patched()),
        unaffected: texts(versions.unaffected()),
        affected_os: affected.os.iter().map(|os| os.as_str().to_owned()).collect(),
        affected_arch: affected.arch.iter().map(|arch| arch.as_str().to_owned()).collect(),
        functions: functions(&affected),
        license: metadata.license.spdx().to_owned(),
        digest: format!("sha256:{}", entry.digest),
        dropped,
        description: first_paragraph(parts.description),
        versions,
    })
}

/// `None` for a kind that is not known here.
fn kind(informational: Option<&Informational>) -> Option<Kind> {
    match informational {
        None => Some(Kind::Vulnerability),
        Some(Informational::Unsound) => Some(Kind::Unsound),
        Some(Informational::Unmaintained) => Some(Kind::Unmaintained),
        Some(Informational::Notice) => Some(Kind::Notice),
        Some(_) => None,
    }
}

fn date(text: &str) -> Result<Date, String> {
    Date::from_str(text).map_err(|error| error.to_string())
}

fn texts(values: &[impl ToString]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts
}

fn functions(affected: &Affected) -> Vec<(String, Vec<String>)> {
    let ranges = |ranges: &Vec<VersionReq>| texts(ranges);
    affected.functions.iter().map(|(path, list)| (path.to_string(), ranges(list))).collect()
}

/// The lines of the first paragraph; Markdown's headings are none.
fn first_paragraph(description: &str) -> String {
    let lines = description.lines().map(str::trim_end);
    let rest = lines.skip_while(|line| line.is_empty() || is_heading(line));
    rest.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_heading(line: &str) -> bool {
    line.trim_start_matches('#').starts_with(' ') && line.starts_with('#')
}
