//! A waiver that does not say why, by whom, when or for what finding.

use super::{Check, PerEdition, Rule, of_waiver};
use crate::finding::{Gap, Severity};
use crate::policy::{JudgedWaiver, Settlement, WaiverState};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "waiver-without-reason",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("waiver_without_reason.md"),
    check: Check::Settlement(check),
};

fn check(settlement: &Settlement, gaps: &mut Vec<Gap>) -> usize {
    for judged in &settlement.waivers {
        if let WaiverState::Incomplete(missing) = &judged.state {
            gaps.push(gap(judged, missing));
        }
    }
    settlement.waivers.len()
}

fn gap(judged: &JudgedWaiver, missing: &[&str]) -> Gap {
    let fields: Vec<String> = missing.iter().map(|field| format!("`{field}`")).collect();
    let gap = of_waiver(&judged.waiver, &format!("does not say {}", fields.join(", ")))
        .at(judged.waiver.at(), "it waives nothing")
        .help("write `reason`, `approver`, `date` and `hash`; only a person can accept a finding");
    if !missing.contains(&"hash") {
        return gap;
    }
    judged
        .found
        .keys()
        .fold(gap, |gap, hash| gap.help(format!("for what is found today: `hash = \"{hash}\"`")))
}
