//! A topic of 5.5.4 on which a unit says nothing, or nothing that holds.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{TopicState, Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-topic-undecided",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.5.4"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("unit_topic_undecided.md"),
    check: Check::DeclaredUnit(check),
};

const NOT_PRESENT: &str = "or why the design has nothing of it: `\"not present: …\"`";

fn check(_: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    let topics = unit.topics();
    let open = topics.iter().filter(|(_, state)| matches!(state, TopicState::Open));
    let open: Vec<&str> = open.map(|(name, _)| *name).collect();
    gaps.extend((!open.is_empty()).then(|| undecided(unit, &open)));
    gaps.extend(topics.iter().filter_map(|(name, state)| without_reason(unit, name, *state)));
}

fn undecided(unit: &Unit<'_>, open: &[&str]) -> Gap {
    let id = &unit.id;
    let topics = if open.len() == 1 { "a topic" } else { "topics" };
    let message = format!("unit {id} leaves {topics} of 5.5.4 undecided: {}", open.join(", "));
    let help =
        format!("in `[unit.{id}.topics]`, name the criterion for each: `{} = \"AC-1\"`", open[0]);
    let label = format!("{} of 8 topics have neither a criterion nor a reason", open.len());
    Gap::new(Subject::new("unit", id), message).at(&unit.at, label).help(help).help(NOT_PRESENT)
}

fn without_reason(unit: &Unit<'_>, name: &str, state: TopicState<'_>) -> Option<Gap> {
    let TopicState::NoReason(text) = state else {
        return None;
    };
    let id = &unit.id;
    let message = format!("topic {name} of unit {id} is left out without a reason");
    let gap = Gap::new(Subject::new("unit", id), message);
    let gap = gap.at(&text.at, "no reason behind `not present:`");
    Some(gap.help("write why the design has nothing of it"))
}
