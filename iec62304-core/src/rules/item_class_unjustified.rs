//! A software item with another class than what it is a part of, and nothing to justify it.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::class::Lacking;
use crate::trace::statements::StatedClass;

pub(super) static RULE: Rule = Rule {
    name: "item-class-unjustified",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("item_class_unjustified.md"),
    check: Check::StatedClass(&[RecordKind::Item], check),
};

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, stated: &StatedClass<'_>, gaps: &mut Vec<Gap>) {
    let (Some(whole), false) = (stated.whole, stated.lacks.is_empty()) else {
        return;
    };
    let side = if stated.states < whole { "below" } else { "above" };
    let message = format!(
        "{} states class {} {side} class {whole} of what it is a part of, {}",
        named(stated.record),
        stated.states,
        lacking(&stated.lacks),
    );
    let label = format!("{side} class {whole}");
    let gap = Gap::new(subject(stated.record), message).at(stated.at, label);
    let helps = stated.lacks.iter().map(|lacking| help(*lacking, &stated.record.id.value));
    gaps.push(
        helps
            .fold(gap, Gap::help)
            .help("or leave `class` out: then it is that of what the item is a part of"),
    );
}

fn lacking(lacks: &[Lacking]) -> &'static str {
    match lacks {
        [Lacking::Rationale] => "without a rationale",
        [Lacking::Segregation] => "without a segregation",
        [Lacking::Naming] => "under a segregation that does not name it",
        [Lacking::Rationale, Lacking::Naming] => {
            "without a rationale and under a segregation that does not name it"
        }
        _ => "without a rationale and a segregation",
    }
}

fn help(lacking: Lacking, id: &str) -> String {
    match lacking {
        Lacking::Rationale => {
            "write `rationale = \"…\"`: which harm the item itself can lead to".to_owned()
        }
        Lacking::Segregation => format!(
            "declare `[segregation.ID]` with `keeps_apart = [[\"{id}\", …]]`, and name it: \
             `segregation = \"ID\"`"
        ),
        Lacking::Naming => format!(
            "list \"{id}\" in the `keeps_apart` of the segregation, with the items that it is \
             kept apart from"
        ),
    }
}
