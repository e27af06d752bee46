//! A part of the architecture that nobody has reviewed as it stands.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "architecture-review-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("architecture_review_missing.md"),
    check: Check::Review(Topic::Architecture, check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(never_reviewed(reviewed));
    gaps.extend(changed_since_review(trace, reviewed));
}
