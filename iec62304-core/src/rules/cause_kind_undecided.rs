//! A kind of cause that is neither recorded for an item nor reasoned away.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Located;
use crate::model::vocabulary::CAUSE_KINDS;
use crate::standard::Classes;
use crate::trace::{Cause, ContributingItem, Trace};
use crate::words::joined;

pub(super) static RULE: Rule = Rule {
    name: "cause-kind-undecided",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.1.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("cause_kind_undecided.md"),
    check: Check::ContributingItem(check),
};

fn check(_: &Trace<'_>, item: &ContributingItem<'_>, gaps: &mut Vec<Gap>) {
    let is_open = |kind: &&str| {
        let used = item.causes.iter().any(|cause| is_of_kind(cause, kind));
        !used && reason(item, kind).is_none()
    };
    let undecided: Vec<&str> = CAUSE_KINDS.into_iter().filter(is_open).collect();
    if !undecided.is_empty() {
        gaps.push(open(item, &undecided));
    }
    for kind in CAUSE_KINDS {
        let own = item.causes.iter().find(|cause| {
            cause.item() == Some(item.record.id.value.as_str()) && is_of_kind(cause, kind)
        });
        if let (Some(reason), Some(cause)) = (reason(item, kind), own) {
            gaps.push(contradicted(item, kind, reason, cause));
        }
    }
}

/// A cause that names SOUP is one of SOUP, whatever else it is.
fn is_of_kind(cause: &Cause<'_>, kind: &str) -> bool {
    cause.kind() == Some(kind) || (kind == "soup" && !cause.fields.list("soup").is_empty())
}

/// Why the item cannot have a cause of this kind: its own words, or those of a whole.
fn reason<'m>(item: &ContributingItem<'m>, kind: &str) -> Option<&'m Located<String>> {
    item.not_a_cause.iter().find_map(|reasons| reasons.text(kind))
}

fn open(item: &ContributingItem<'_>, undecided: &[&str]) -> Gap {
    let (noun, id) = (item.record.kind.noun(), &item.record.id.value);
    let kinds = joined(undecided, "or");
    let message = format!("{noun} {id} has no cause of kind {kinds} and no reason why not");
    let gap = Gap::new(Subject::new(noun, id), message)
        .at(item.record.at(), "a cause names it, `not_a_cause` leaves this open");
    let kindless = item.causes.iter().filter(|cause| cause.kind().is_none());
    kindless
        .fold(gap, |gap, cause| gap.related(cause.at(), "nothing says of which kind this is"))
        .help(format!("record a cause with `kind = \"{}\"`", undecided[0]))
        .help(format!(
            "or write `not_a_cause.{} = \"…\"` into [{}.{id}]: why it cannot have one",
            undecided[0],
            item.record.kind.table(),
        ))
}

fn contradicted(
    item: &ContributingItem<'_>,
    kind: &str,
    reason: &Located<String>,
    cause: &Cause<'_>,
) -> Gap {
    let (noun, id) = (item.record.kind.noun(), &item.record.id.value);
    let name = cause.name();
    let message = format!("{noun} {id} is said to have no cause of kind {kind}, and {name} is one");
    Gap::new(Subject::new(noun, id), message)
        .at(&reason.at, format!("`not_a_cause.{kind}` says that there is none"))
        .related(cause.at(), "this is one")
        .help("delete the reason, or correct the cause")
}
