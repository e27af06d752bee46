//! A waiver of something that is not found.

use super::{Check, PerEdition, Rule, of_waiver};
use crate::finding::{Gap, Severity};
use crate::policy::{Settlement, WaiverState};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "waiver-unused",
    severity: Severity::Warning,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("waiver_unused.md"),
    check: Check::Settlement(check),
};

fn check(settlement: &Settlement, gaps: &mut Vec<Gap>) -> usize {
    for judged in &settlement.waivers {
        if judged.state == WaiverState::Unused {
            let (rule, subject) = (&judged.waiver.rule.value, &judged.waiver.subject.value);
            let gap = of_waiver(&judged.waiver, "waives nothing")
                .at(judged.waiver.at(), format!("{rule} finds nothing on {subject}"))
                .help("remove it, or correct `rule` and `subject` to those of the finding");
            gaps.push(gap);
        }
    }
    settlement.waivers.len()
}
