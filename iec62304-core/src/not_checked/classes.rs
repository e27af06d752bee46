//! What keeps the rules on safety classes from their answer.

use super::undeclared;
use crate::finding::{Label, NotChecked};
use crate::model::dependency::Resolution;
use crate::standard::SafetyClass;
use crate::trace::Trace;
use crate::words::plural;

/// Whether some class could be too low at all.
fn some_is_below_c(trace: &Trace<'_>) -> bool {
    trace.statements().stated.iter().any(|stated| stated.states < SafetyClass::C)
}

/// Without a severity no hazardous situation asks for a class. Situations that lack one
/// are listed by themselves.
pub(super) fn severities(trace: &Trace<'_>) -> Option<NotChecked> {
    let what = "whether the stated classes are high enough: no hazardous situation says how \
                severe its harm is"
        .to_owned();
    let switch_on = "write `[hazardous_situation.HAZ-1]` with `situation`, `severity` and a \
                     `cause` that names its `item`";
    let is_listed = super::risk::severities(trace).is_some();
    let is_open = some_is_below_c(trace) && !trace.hazards().state_severities() && !is_listed;
    is_open.then(|| undeclared("severities", what, switch_on, Vec::new()))
}

/// A hazardous situation without a cause asks nobody for a class.
pub(super) fn causes(trace: &Trace<'_>) -> Option<NotChecked> {
    let situations = trace.hazards().situations.iter();
    let without_cause = situations.filter(|situation| situation.causes.is_empty());
    let places: Vec<Label> = without_cause
        .map(|situation| situation.record)
        .map(|record| Label { at: record.at().clone(), text: record.id.value.clone() })
        .collect();
    let what = format!(
        "which class {} {} for: no cause names the item",
        if places.len() == 1 { "a hazardous situation" } else { "hazardous situations" },
        if places.len() == 1 { "asks" } else { "ask" },
    );
    let switch_on = "add `[[hazardous_situation.HAZ-1.cause]]` with `id`, `item` and `text`";
    let is_open = some_is_below_c(trace) && !places.is_empty();
    is_open.then(|| undeclared("hazard-causes", what, switch_on, places))
}

/// Nobody but the project knows what its classes rest on.
pub(super) fn lowering(trace: &Trace<'_>) -> Option<NotChecked> {
    let below_c = trace.statements().stated.iter().filter(|it| it.states < SafetyClass::C);
    let silent = below_c.filter(|stated| stated.record.fields.get("lowered_by").is_none());
    let places: Vec<Label> = silent
        .map(|stated| Label { at: stated.at.clone(), text: format!("class {}", stated.states) })
        .collect();
    let what = format!(
        "whether {} {} below C {} on risk controls that may lower a class",
        places.len(),
        if places.len() == 1 { "class" } else { "classes" },
        if places.len() == 1 { "rests" } else { "rest" },
    );
    let switch_on = "beside the `class`, write `lowered_by = [\"RC-1\"]` with the risk controls \
                     that it rests on, or `lowered_by = []`";
    (!places.is_empty()).then(|| undeclared("lowering-controls", what, switch_on, places))
}

/// Only cargo knows what is linked into one binary.
pub(super) fn builds(trace: &Trace<'_>) -> Option<NotChecked> {
    let pairs = trace.classes().perhaps_mixed();
    let ((low, low_class), (high, high_class)) = pairs.first()?;
    let more = match pairs.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more {}", plural(more, "pair")),
    };
    let what = format!(
        "whether one binary holds code of {low} (class {low_class}) and {high} (class \
         {high_class}){more}: nobody knows what is linked with what"
    );
    let (switch_on, undeclared) = match trace.project().resolution {
        Resolution::Failed(_) => ("do what the entry on SOUP says, then run this again", false),
        _ => (
            "in iec62304.toml, `[product]` with `packages` and `targets`; or a segregation that \
             keeps them apart",
            true,
        ),
    };
    let (name, switch_on) = ("linked-items", switch_on.to_owned());
    Some(NotChecked { name, what, switch_on, places: Vec::new(), undeclared })
}
