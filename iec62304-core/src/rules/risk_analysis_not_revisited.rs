//! A software requirement that came or changed after the risk analysis was looked at.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, changed_since_review, never_reviewed};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::review::{Reviewed, Topic};

pub(super) static RULE: Rule = Rule {
    name: "risk-analysis-not-revisited",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.2.4"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("risk_analysis_not_revisited.md"),
    check: Check::Review(Topic::RiskAnalysis, check),
};

#[requirement("TOOL-28")]
fn check(trace: &Trace<'_>, reviewed: &Reviewed<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(never_reviewed(reviewed));
    gaps.extend(changed_since_review(trace, reviewed));
}
