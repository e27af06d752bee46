//! A software requirement that changed after its review.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "requirement-review-stale",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_review_stale.md"),
    check: Check::Review(Topic::Requirements, check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(changed_since_review(trace, reviewed));
}
