//! A waiver whose time is over, or whose finding or its subject has changed.

use super::{Check, PerEdition, Rule, of_waiver};
use crate::finding::{Gap, Severity};
use crate::location::Location;
use crate::policy::{JudgedWaiver, Settlement, WaiverState};
use crate::standard::Classes;

pub(super) static RULE: Rule = Rule {
    name: "waiver-expired",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("waiver_expired.md"),
    check: Check::Settlement(check),
};

fn check(settlement: &Settlement, gaps: &mut Vec<Gap>) -> usize {
    for judged in &settlement.waivers {
        match &judged.state {
            WaiverState::OutOfTime(why) => {
                let help = "resolve the finding, or let somebody accept it anew with a new `date` \
                            and `expires`";
                gaps.push(gap(judged, &why.value, &why.at, help));
            }
            WaiverState::Changed => gaps.push(changed(judged)),
            _ => {}
        }
    }
    settlement.waivers.len()
}

fn changed(judged: &JudgedWaiver) -> Gap {
    let now: Vec<String> = judged.found.keys().map(|hash| format!("`hash = \"{hash}\"`")).collect();
    let why = format!("fits no finding by its hash: now {}", now.join(" or "));
    let at = judged.waiver.hash.as_ref().map_or(judged.waiver.at(), |hash| &hash.at);
    let help = "read what is found today and what it is about; resolve it, or let somebody accept it anew with the new \
                `hash` and `date`";
    gap(judged, &why, at, help)
}

fn gap(judged: &JudgedWaiver, why: &str, at: &Location, help: &str) -> Gap {
    of_waiver(&judged.waiver, why).at(at, "it waives nothing").help(help)
}
