//! A part of the architecture that nobody has reviewed as it stands.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Standing, Topic};

pub(super) static RULE: Rule = Rule {
    name: "architecture-review-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.6"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("architecture_review_missing.md"),
    check: Check::Review(Topic::Architecture, check),
};

/// Reviews of an architecture often name its interfaces and segregations alone; that they
/// know the items between which these stand is a question.
#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    let is_item = reviewed.record.kind == RecordKind::Item;
    let is_named = !matches!(reviewed.standing, Standing::Missing);
    let severity = if is_item && !is_named { Severity::Warning } else { Severity::Error };
    gaps.extend(never_reviewed(reviewed).map(|gap| gap.weighs(severity)));
    gaps.extend(changed_since_review(trace, reviewed));
}
