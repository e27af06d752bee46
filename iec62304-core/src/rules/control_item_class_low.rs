//! An item that realises a risk control and has a class below the one that the risk asks
//! for.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::realisation::{Asked, TooLow};
use crate::trace::{RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-item-class-low",
    severity: Severity::Error,
    clauses: PerEdition::both(&["7.2.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_item_class_low.md"),
    check: Check::RiskControl(check),
};

fn check(trace: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    gaps.extend(trace.items_too_low_for(control).iter().map(|low| gap(control, low)));
}

fn gap(control: &RiskControl<'_>, low: &TooLow<'_>) -> Gap {
    let id = &control.record.id.value;
    let item =
        low.item.map_or_else(|| "the software system".to_owned(), |item| format!("item {item}"));
    let asked = match low.asked {
        Asked::Class(asked, _) => format!("risk control {id} asks for class {asked}"),
        Asked::WithoutSituation | Asked::WithoutSeverity(_) => {
            format!("nothing says which class risk control {id} asks for")
        }
    };
    let message = format!("{item} has class {}, and {asked}", low.letter);
    let gap =
        Gap::new(Subject::new("risk control", id), message).at(low.at, format!("it realises {id}"));
    match low.asked {
        Asked::Class(asked, situation) => {
            let severity = situation.text("severity").unwrap_or_default();
            gap.related(situation.at(), format!("{severity}: asks for class {asked}")).help(
                format!(
                    "raise the class of {item}, or realise {id} in items of class {asked} alone"
                ),
            )
        }
        Asked::WithoutSituation => gap
            .related(control.record.at(), "nothing says what it is against")
            .help("write `against = [\"…\"]`: the causes or situations that it controls"),
        Asked::WithoutSeverity(situation) => gap
            .related(situation.at(), "`severity` is missing")
            .help("write `severity = \"…\"`: how bad it is, after external controls"),
    }
}
