//! What the columns say of the evaluation of published anomalies (7.1.3).

use super::cells::{date, judged, text};
use super::{Cell, Scope};
use crate::soup::{AdvisoryState, Evaluation, Hit, Row, RowKind};
use crate::standard::SafetyClass;

const CLAUSE: &str = "7.1.3";

pub(super) fn source(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, CLAUSE, row.evaluation.source.as_ref())
}

pub(super) fn version(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, CLAUSE, row.evaluation.version.as_ref())
}

pub(super) fn reviewed(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, CLAUSE, row.evaluation.reviewed.map(|date| date.to_string()))
}

pub(super) fn by(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, CLAUSE, row.evaluation.by.as_ref())
}

pub(super) fn verdict(row: &Row, _: &Scope<'_>) -> Cell {
    judged(row, CLAUSE, row.evaluation.verdict.as_ref())
}

/// A person need not set an end: settings can.
pub(super) fn valid_until(row: &Row, _: &Scope<'_>) -> Cell {
    match (row.evaluation.valid_until, row.class.class) {
        (None, class @ SafetyClass::A) => Cell::NotRequired(class),
        (None, SafetyClass::B | SafetyClass::C) => Cell::None,
        (end @ Some(_), _) => date(end),
    }
}

/// Whether the evaluation stands.
pub(super) fn state(row: &Row, scope: &Scope<'_>) -> Cell {
    let Evaluation { reviewed, verdict, valid_until, open, .. } = &row.evaluation;
    let is_written = reviewed.is_some() || verdict.is_some();
    if !open.is_empty() && (is_written || row.class.class > SafetyClass::A) {
        let open: Vec<&str> = open.iter().map(|reason| reason.value.as_str()).collect();
        return Cell::Known(format!("open: {}", open.join("; ")));
    }
    if let Cell::ToBeFilledIn = self::verdict(row, scope) {
        return Cell::ToBeFilledIn;
    }
    let done = match (reviewed, valid_until) {
        (Some(day), Some(end)) => Some(format!("done {day}, holds until {end}")),
        (Some(day), None) => Some(format!("done {day}")),
        (None, Some(_) | None) => is_written.then(|| "done, on a day that is unknown".to_owned()),
    };
    judged(row, CLAUSE, done)
}

/// Each advisory in a phrase; or that there is none, and what that rests on.
pub(super) fn advisories(row: &Row, scope: &Scope<'_>) -> Cell {
    let found: Vec<String> = row.advisories.iter().map(phrase).collect();
    match (&scope.inventory.advisories, row.kind) {
        _ if !found.is_empty() => Cell::Known(found.join("; ")),
        (AdvisoryState::None, _) => text("not checked: no advisory database"),
        (AdvisoryState::Read { .. }, _) if row.is_known_to_rustsec() => text("none found"),
        (AdvisoryState::Read { .. }, RowKind::StandardLibrary) => {
            text("none found; RustSec is not a sufficient source for a standard library")
        }
        (AdvisoryState::Read { .. }, kind) => Cell::Known(format!(
            "not checked: RustSec is no source for this kind: {}",
            kind.words()
        )),
    }
}

fn phrase(hit: &Hit) -> String {
    let ids = hit.ids.join(", ");
    let verdict = hit.verdict.as_ref().map_or("no verdict", |verdict| verdict.word.as_str());
    let withdrawn = hit.withdrawn.map(|day| format!(", withdrawn {day}")).unwrap_or_default();
    format!("{ids} ({}{withdrawn}): {verdict}", hit.kind.words())
}
