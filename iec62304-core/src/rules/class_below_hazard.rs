//! A class lower than that which a hazardous situation asks for.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::location::Location;
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::{Asked, StatedClass};

pub(super) static RULE: Rule = Rule {
    name: "class-below-hazard",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("class_below_hazard.md"),
    check: Check::StatedClass(&[RecordKind::SoftwareSystem, RecordKind::Item], check),
};

#[requirement("TOOL-23")]
fn check(trace: &Trace<'_>, stated: &StatedClass<'_>, gaps: &mut Vec<Gap>) {
    let (rated, unrated): (Vec<Asked<'_>>, Vec<Asked<'_>>) =
        stated.asked.iter().partition(|asked| asked.severity.is_some());
    gaps.extend(too_low(stated, &rated));
    if trace.hazards().state_severities() {
        gaps.extend(unrated.iter().map(|asked| undecided(stated, asked)));
    }
}

fn too_low(stated: &StatedClass<'_>, asked: &[Asked<'_>]) -> Option<Gap> {
    let (worst, others) = asked.split_first()?;
    let and_others = match others.len() {
        0 => " asks for".to_owned(),
        more => format!(" and {more} more ask for up to"),
    };
    let message = format!(
        "{} states class {}, and hazardous situation {}{and_others} class {}",
        named(stated.record),
        stated.states,
        worst.situation.id.value,
        worst.asks,
    );
    let gap =
        Gap::new(subject(stated.record), message).at(stated.at, format!("class {}", stated.states));
    let gap = asked.iter().fold(gap, |gap, asked| {
        let severity = asked.severity.map_or("", |severity| &severity.value);
        let text = format!("its harm is {severity}, which asks for class {}", asked.asks);
        gap.related(cause(asked), text)
    });
    let raise = format!("write `class = \"{}\"`", worst.asks);
    Some(gap.help(raise).help(
        "or, if controls outside the software system leave a less severe harm, say so in the \
         `severity` of the situation, and name them in `lowered_by`",
    ))
}

fn undecided(stated: &StatedClass<'_>, asked: &Asked<'_>) -> Gap {
    let id = &asked.situation.id.value;
    let name = named(stated.record);
    let message = format!("nothing says which class hazardous situation {id} asks of {name}");
    Gap::new(subject(stated.record), message)
        .at(asked.situation.at(), "`severity` is missing")
        .related(stated.at, format!("class {}", stated.states))
        .help(
            "write `severity = \"serious\"`, `\"non-serious\"` or `\"negligible\"`: how bad the \
             harm is after controls outside the software system",
        )
}

fn cause<'m>(asked: &Asked<'m>) -> &'m Location {
    asked.cause.text("id").map_or(asked.situation.at(), |id| &id.at)
}
