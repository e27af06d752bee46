//! A unit whose detailed design nobody has reviewed as it stands.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "design-review-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.4"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("design_review_missing.md"),
    check: Check::Review(Topic::Design, check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(never_reviewed(reviewed));
    gaps.extend(changed_since_review(trace, reviewed));
}
