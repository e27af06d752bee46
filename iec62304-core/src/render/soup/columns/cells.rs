//! What the columns say of a row, beside the evaluation of its anomalies.

use jiff::civil::Date;

use super::{Cell, Scope};
use crate::model::dependency::PackageSource;
use crate::soup::{DigestCheck, ListedIn, Row, RowKind};
use crate::standard::{Clause, Edition};
use crate::words::count;

/// A text that is always there.
pub(super) fn text(text: &str) -> Cell {
    option(Some(text))
}

/// A text whose absence means that nobody knows it.
pub(super) fn option(text: Option<impl AsRef<str>>) -> Cell {
    fact(text).or(Cell::Unknown)
}

/// A text whose absence is itself a fact.
pub(super) fn fact(text: Option<impl AsRef<str>>) -> Cell {
    match text {
        Some(text) if !text.as_ref().trim().is_empty() => Cell::Known(text.as_ref().to_owned()),
        Some(_) | None => Cell::None,
    }
}

/// A text that a person writes where a clause binds the class of the row. The clauses that
/// columns ask for bind the same classes in both editions, which a test holds.
pub(super) fn judged(row: &Row, clause: &str, text: Option<impl AsRef<str>>) -> Cell {
    let clause = Clause::find(clause).expect("columns name clauses of the table");
    let class = row.class.class;
    let is_asked = clause.classes(Edition::Amended).contains(class);
    fact(text).or(if is_asked { Cell::ToBeFilledIn } else { Cell::NotRequired(class) })
}

pub(super) fn date(date: Option<Date>) -> Cell {
    option(date.map(|date| date.to_string()))
}

impl Cell {
    fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}

pub(super) fn manufacturer(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.manufacturer.name.as_ref())
}

pub(super) fn manufacturer_basis(row: &Row, _: &Scope<'_>) -> Cell {
    text(row.manufacturer.basis.words())
}

pub(super) fn contact(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.manufacturer.contact.as_ref())
}

pub(super) fn source(row: &Row, _: &Scope<'_>) -> Cell {
    let package = row.package.as_ref().map(|key| key.source.to_string());
    if let Some(ListedIn { bill, .. }) = &row.listed_in {
        return text(bill);
    }
    match row.kind {
        RowKind::Package | RowKind::NativeLibrary => option(package),
        RowKind::StandardLibrary => text("the toolchain"),
        RowKind::Runtime | RowKind::Declared(_) => text("declared by hand"),
    }
}

pub(super) fn designator(row: &Row, _: &Scope<'_>) -> Cell {
    text(&row.designator)
}

pub(super) fn sha256(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.digests.sha256.as_ref()).or(unknown_if(comes_as_archive(row) != Some(false)))
}

pub(super) fn sha512(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.digests.sha512.as_ref()).or(unknown_if(comes_as_archive(row) != Some(false)))
}

pub(super) fn content(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.digests.content.as_ref()).or(unknown_if(comes_as_archive(row) != Some(true)))
}

/// Whether a registry delivers it; `None` for what is not a package and for what none holds.
fn comes_as_archive(row: &Row) -> Option<bool> {
    let key = row.package.as_ref()?;
    Some(matches!(key.source, PackageSource::CratesIo | PackageSource::Registry(_)))
}

fn unknown_if(is_applicable: bool) -> Cell {
    if is_applicable { Cell::Unknown } else { Cell::NotApplicable }
}

pub(super) fn digest_check(row: &Row, _: &Scope<'_>) -> Cell {
    Cell::Known(match &row.digests.check {
        DigestCheck::NotChecked => "not compared".to_owned(),
        DigestCheck::NotCached => "not compared: not in the local cache".to_owned(),
        DigestCheck::Agrees => "agrees with the lock file".to_owned(),
        DigestCheck::Differs(other) => format!("DIFFERS from the lock file: sha256:{other}"),
    })
}

pub(super) fn modified(row: &Row, _: &Scope<'_>) -> Cell {
    let is_looked_at = matches!(row.kind, RowKind::Package | RowKind::NativeLibrary);
    match &row.modified {
        Some(why) => match &row.modified_because {
            Some(record) => Cell::Known(format!("yes: {why}; {record}")),
            None => Cell::Known(format!("yes: {why}")),
        },
        None if is_looked_at => text("no"),
        None => Cell::Unknown,
    }
}

pub(super) fn yanked(row: &Row, _: &Scope<'_>) -> Cell {
    let yanked = row.yanked.map(|yanked| if yanked { "yes" } else { "no" });
    fact(yanked).or(unknown_if(comes_as_archive(row) == Some(true)))
}

pub(super) fn role(row: &Row, _: &Scope<'_>) -> Cell {
    text(row.role.words())
}

pub(super) fn reason(row: &Row, scope: &Scope<'_>) -> Cell {
    let locked = row.package.as_ref().and_then(|key| {
        let mut census = scope.inventory.census.iter();
        census.find(|locked| locked.key == *key).map(|locked| locked.reason.as_str())
    });
    if let Some(ListedIn { whole, .. }) = &row.listed_in {
        return Cell::Known(format!("part of {whole}"));
    }
    match row.kind {
        RowKind::Package => option(locked),
        RowKind::NativeLibrary => text("that of its package"),
        RowKind::StandardLibrary | RowKind::Runtime => text("linked by the toolchain"),
        RowKind::Declared(_) => text("declared by hand"),
    }
}

pub(super) fn paths(row: &Row, _: &Scope<'_>) -> Cell {
    joined(row.paths.iter().map(|path| path.join(" → "))).or(Cell::Unknown)
}

pub(super) fn depends_on(row: &Row, scope: &Scope<'_>) -> Cell {
    let list = scope.list.rows(scope.inventory);
    joined(row.depends_on.iter().filter_map(|index| list.get(*index)).map(|row| row.id.clone()))
}

pub(super) fn items(row: &Row, _: &Scope<'_>) -> Cell {
    joined(row.items.iter().cloned()).or(Cell::Unknown)
}

pub(super) fn units(row: &Row, _: &Scope<'_>) -> Cell {
    let units = row
        .references
        .iter()
        .map(|reference| format!("{} ({})", reference.unit, count(reference.places, "place")));
    joined(units).or(Cell::Known("not seen directly".to_owned()))
}

pub(super) fn features(row: &Row, scope: &Scope<'_>) -> Cell {
    joined(row.features.iter().map(|(index, features)| {
        let target = scope.inventory.product.targets.get(*index);
        let target = target.map_or("any target", |target| target.name());
        let features = if features.is_empty() { "none".to_owned() } else { features.join(", ") };
        format!("{target}: {features}")
    }))
}

pub(super) fn class(row: &Row, _: &Scope<'_>) -> Cell {
    text(row.class.class.letter())
}

pub(super) fn functional(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.3.3", Some(row.judgement.functional.join("\n")))
}

pub(super) fn performance(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.3.3", Some(row.judgement.performance.join("\n")))
}

pub(super) fn environment(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.3.4", row.judgement.environment.as_ref())
}

pub(super) fn rust_version(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.rust_version.as_ref()).or(unknown_if(row.kind == RowKind::Package))
}

pub(super) fn architecture(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.3.6", row.judgement.architecture.as_ref())
}

pub(super) fn causes(row: &Row, _: &Scope<'_>) -> Cell {
    let causes = row.judgement.causes.join("; ");
    let not = row.judgement.not_a_cause.as_ref().map(|why| format!("not a cause: {why}"));
    judged(row, "7.1.2", if causes.is_empty() { not } else { Some(causes) })
}

pub(super) fn verified_by(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.3.6", Some(row.judgement.verified_by.join("; ")))
}

pub(super) fn support_level(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.judgement.support_level.as_ref())
}

pub(super) fn support_end(row: &Row, _: &Scope<'_>) -> Cell {
    date(row.judgement.support_end)
}

pub(super) fn support_basis(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.judgement.support_reason.as_ref())
}

/// The FDA asks for a justification of what is not known, whatever the class.
pub(super) fn support_justification(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.judgement.support_reason.as_ref()).or(Cell::ToBeFilledIn)
}

pub(super) fn responsibility(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.judgement.responsibility.as_ref())
}

pub(super) fn licence_declared(row: &Row, _: &Scope<'_>) -> Cell {
    let file = row.licence.file.as_ref().map(|(file, digest)| match digest {
        Some(digest) => format!("text in {file}, sha256:{digest}"),
        None => format!("text in {file}"),
    });
    option(row.licence.declared.clone().or(file))
}

pub(super) fn licence_concluded(row: &Row, _: &Scope<'_>) -> Cell {
    option(row.licence.concluded.as_ref())
}

pub(super) fn purpose(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.1.10", row.judgement.purpose.as_ref())
}

pub(super) fn validation(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, "5.1.10", row.judgement.validation.as_ref())
}

pub(super) fn record(row: &Row, _: &Scope<'_>) -> Cell {
    fact(row.record.as_ref().map(|record| {
        let covers = record.covers.as_ref().map(|why| format!(", which covers it: {why}"));
        let place = &record.id.at.file;
        format!("{}.{} in {place}{}", record.table, record.id.value, covers.unwrap_or_default())
    }))
}

fn joined(parts: impl Iterator<Item = String>) -> Cell {
    fact(Some(parts.collect::<Vec<_>>().join("; ")))
}
