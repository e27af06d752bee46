//! Unsafe code that no comment explains, or in a unit that nobody has reviewed.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::UnsafeCode;
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unsafe-unreviewed",
    severity: Severity::Warning,
    clauses: PerEdition { first: &["5.5.3"], amended: &["5.1.12", "5.5.3"] },
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unsafe_unreviewed.md"),
    check: Check::Unit(check),
};

/// As long as no unit is reviewed at all, the reviews are listed as not checked.
fn check(trace: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    if unit.unsafe_code.is_empty() {
        return;
    }
    let is_reviewed = !unit.is_declared()
        || !trace.reviews_units()
        || trace.has_unit_review(unit, &Trace::UNIT_REVIEWS);
    let mut places = unit.unsafe_code.clone();
    // Code that several targets compile is written once.
    places.sort_by_key(|place| &place.at);
    places.dedup_by_key(|place| &place.at);
    gaps.extend(places.into_iter().filter_map(|place| gap(unit, place, is_reviewed)));
}

fn gap(unit: &Unit<'_>, place: &UnsafeCode, is_reviewed: bool) -> Option<Gap> {
    let (word, id) = (unit.word(), &unit.id);
    let review = format!("no passed review names {word} {id}");
    let missing = match (place.explained, is_reviewed) {
        (true, true) => return None,
        (false, true) => "no comment says why it is sound".to_owned(),
        (true, false) => review,
        (false, false) => format!("no comment says why it is sound, and {review}"),
    };
    let message = format!("{} of {word} {id} is not reviewed", place.what);
    let mut gap = Gap::new(Subject::new(word, id), message).at(&place.at, missing);
    if !place.explained {
        gap = gap.help("write in front of it why it is sound: `// SAFETY: …`");
    }
    if !is_reviewed {
        let help = format!("record a passed review of kind \"unit\" with `of = [\"{id}\"]`");
        gap = gap.help(help);
    }
    Some(gap)
}
