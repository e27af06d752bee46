//! What ships differs from the baseline, and no change request looked at the difference.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Location;
use crate::model::record::{Fields, Record, RecordKind};
use crate::soup::{Change, Changed, Inventory, SinceBaseline};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "soup-change-unanalysed",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.4.1"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("soup_change_unanalysed.md"),
    check: Check::Inventory(check),
};

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    match &inventory.since_baseline {
        SinceBaseline::NoBaseline => 0,
        SinceBaseline::Unusable(why) => {
            let message = format!("the SOUP baseline cannot be used: {}", why.value);
            gaps.push(
                Gap::new(Subject::new("file", "SOUP baseline"), message).at(&why.at, "").help(
                    "restore it from version control, or write it again from the state that was \
                     released: `cargo iec62304 soup --format baseline --output FILE`",
                ),
            );
            1
        }
        SinceBaseline::Compared { at, as_of, changes } => {
            let changed = by_subject(changes);
            for (subject, changes) in &changed {
                let requests = requests(trace, subject).into_iter();
                let faults = requests.map(|request| Some((request, fault(request, *as_of)?)));
                if let Some(faults) = faults.collect::<Option<Vec<_>>>() {
                    gaps.push(gap(subject, changes, &faults, place(inventory, subject, at)));
                }
            }
            changed.len().max(1)
        }
    }
}

/// The changes of what is built that touch the device, by what they are about.
fn by_subject(changes: &[Change]) -> BTreeMap<&Changed, Vec<&Change>> {
    let mut subjects: BTreeMap<&Changed, Vec<&Change>> = BTreeMap::new();
    let touching = changes
        .iter()
        .filter(|change| change.needs_decision && change.kind.is_of_what_is_built())
        .filter(|change| !matches!(change.subject, Changed::Build(_)));
    for change in touching {
        subjects.entry(&change.subject).or_default().push(change);
    }
    subjects
}

/// How a change request names a subject.
fn key(subject: &Changed) -> String {
    match subject {
        Changed::Package { name, version } => format!("{name}@{version}"),
        Changed::Item(id) => id.clone(),
        Changed::Build(part) => (*part).to_owned(),
    }
}

/// The change requests that name a subject and were not rejected.
fn requests<'m>(trace: &Trace<'m>, subject: &Changed) -> Vec<&'m Record> {
    let key = key(subject);
    let requests = trace.project().records().filter(|record| record.kind == RecordKind::Change);
    requests
        .filter(|request| request.text("state") != Some("rejected"))
        .filter(|request| request.fields.list("soup").iter().any(|named| named.value == key))
        .collect()
}

/// Why a change request does not analyse the change: a phrase about it.
///
/// One from before the baseline was about an earlier change.
fn fault(request: &Record, baseline: Option<Date>) -> Option<String> {
    let safety = request.fields.table("safety");
    let said = |name| safety.and_then(|safety: &Fields| safety.text(name));
    let (Some(_), Some(date)) = (said("by"), said("date")) else {
        return Some("has no safety analysis with `by` and `date`".to_owned());
    };
    let day: Option<Date> = date.value.parse().ok();
    match (day, baseline) {
        (Some(day), Some(baseline)) if day < baseline => {
            Some(format!("was analysed on {day}, before the baseline of {baseline}"))
        }
        _ => None,
    }
}

/// The line of the lock file, or that of the setting for what is there no longer.
fn place<'i>(inventory: &'i Inventory, subject: &Changed, baseline: &'i Location) -> &'i Location {
    let found = match subject {
        Changed::Package { name, version } => {
            let mut census = inventory.census.iter();
            let locked = census.find(|it| it.key.name == *name && it.key.version == *version);
            locked.map(|locked| &locked.at)
        }
        Changed::Item(id) => inventory.rows().find(|row| row.id == *id).map(|row| &row.at),
        Changed::Build(_) => None,
    };
    found.unwrap_or(baseline)
}

fn gap(subject: &Changed, changes: &[&Change], faults: &[(&Record, String)], at: &Location) -> Gap {
    let what: Vec<String> =
        changes.iter().map(|change| format!("{}: {}", change.kind.words(), change.what)).collect();
    let message = format!("{subject} changed since the baseline and no change request analyses it");
    let mut gap =
        Gap::new(Subject::new("SOUP item", subject.to_string()), message).at(at, what.join("; "));
    for (request, fault) in faults {
        let text = format!("{} names it and {fault}", request.id.value);
        gap = gap.related(request.at(), text);
    }
    gap.help(format!(
        "name it in the change request that brings it: `soup = [\"{}\"]`, with the `safety` \
         analysis of the change; `cargo iec62304 soup diff` shows all that changed",
        key(subject)
    ))
}
