//! A unit whose tests nobody has judged as they stand.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "unit-procedure-unreviewed",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.5.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("unit_procedure_unreviewed.md"),
    check: Check::Review(Topic::TestProcedures, check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(never_reviewed(reviewed));
    gaps.extend(changed_since_review(trace, reviewed));
}
