//! A software requirement that nobody has reviewed.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "requirement-review-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_review_missing.md"),
    check: Check::Review(Topic::Requirements, check),
};

#[requirement("TOOL-28")]
fn check(_: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(never_reviewed(reviewed));
}
