//! A published advisory on a SOUP item that nobody has judged.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{AdvisoryState, Hit, Inventory, Row};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "soup-advisory-open",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.1.3"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("soup_advisory_open.md"),
    check: Check::Soup(check),
};

fn check(inventory: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    unreadable(inventory, row, gaps);
    for hit in row.advisories.iter().filter(|hit| hit.withdrawn.is_none()) {
        let Some(open) = open(hit) else {
            continue;
        };
        let id = &hit.ids[0];
        let message = format!("{id} ({}) on {}: {open}", hit.kind.words(), row.id);
        let at = hit.verdict.as_ref().map_or(&row.at, |verdict| &verdict.at);
        let mut gap = Gap::new(Subject::new("SOUP item", &row.id), message).at(at, &hit.title);
        if let Some(url) = &hit.url {
            gap = gap.note(url);
        }
        for remark in &hit.remarks {
            gap = gap.note(remark);
        }
        for place in &hit.function_references {
            gap = gap.related(place, "the affected function is named here");
        }
        gaps.push(gap.help(help(row, id)));
    }
}

/// An entry that cannot be read may say anything of the package that it is about.
fn unreadable(inventory: &Inventory, row: &Row, gaps: &mut Vec<Gap>) {
    let (AdvisoryState::Read { unreadable, .. }, Some(key)) = (&inventory.advisories, &row.package)
    else {
        return;
    };
    for (path, _, reason) in unreadable.iter().filter(|(_, package, _)| *package == key.name) {
        let message = format!("an advisory on {} cannot be read", row.id);
        let gap = Gap::new(Subject::new("SOUP item", &row.id), message)
            .at(&row.at, path)
            .note(reason)
            .help("read the entry by hand, and update the database or this tool");
        gaps.push(gap);
    }
}

/// Why a hit is open; `None` once it is judged and what follows is done.
fn open(hit: &Hit) -> Option<&'static str> {
    match &hit.verdict {
        None => Some("nobody has judged it"),
        Some(verdict) => match verdict.word.as_str() {
            "under investigation" => Some("it is still under investigation"),
            "affected" if verdict.action.is_none() => {
                Some("the device is affected and nothing says what is done about it")
            }
            _ => None,
        },
    }
}

fn help(row: &Row, id: &str) -> String {
    let table = row.record.as_ref().map_or(&row.id, |record| &record.id.value);
    format!(
        "judge it: `[[soup.{}.anomalies.entry]]` with `id = \"{id}\"`, `verdict` and `reason`, \
         or raise the package to a version that is not affected",
        crate::soup::table_key(table)
    )
}
