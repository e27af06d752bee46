//! What of the records on risk nobody has begun to declare.

use super::{declares, undeclared};
use crate::finding::{Label, NotChecked};
use crate::model::record::{Record, RecordKind};
use crate::standard::SafetyClass;
use crate::trace::class::asked_by;
use crate::trace::{Cause, HazardousSituation, Trace};

pub(super) fn hazardous_situations(trace: &Trace<'_>) -> Option<NotChecked> {
    let binds = trace.system_class().class > SafetyClass::A;
    let what = "rules on hazardous situations and their causes: no situation is declared";
    let switch_on = "write `[hazardous_situation.HAZ-1]` with a `situation` into a record file";
    (binds && !declares(trace, RecordKind::HazardousSituation))
        .then(|| undeclared("hazardous-situations", what.to_owned(), switch_on, Vec::new()))
}

/// A situation without a severity may ask for any class. No rule reports it by itself, so
/// each is listed here even where others have one.
pub(super) fn severities(trace: &Trace<'_>) -> Option<NotChecked> {
    let is_open = |situation: &&HazardousSituation<'_>| {
        asked_by(situation.record).is_none() && situation.no_cause().is_none()
    };
    let open = trace.hazards().situations.iter().filter(is_open);
    let places: Vec<Label> = open.map(|situation| place(situation.record)).collect();
    let what = match places.len() {
        1 => "the class that a hazardous situation asks for: 1 has no `severity`".to_owned(),
        open => format!("the class that a hazardous situation asks for: {open} have no `severity`"),
    };
    let switch_on = "write `severity = \"serious\"`, \"non-serious\" or \"negligible\" into each";
    (!places.is_empty()).then(|| undeclared("severities", what, switch_on, places))
}

pub(super) fn kinds_of_causes(trace: &Trace<'_>) -> Option<NotChecked> {
    let hazards = trace.hazards();
    let places: Vec<Label> = bound_causes(trace).map(place_of_cause).collect();
    let what = format!(
        "whether each kind of cause was thought of: none of the causes ({}) has a `kind`",
        places.len(),
    );
    let switch_on = "write `kind = \"specification\"`, \"defect\", \"soup\", \"hardware\" or \
                     \"misuse\" into each";
    (!places.is_empty() && !hazards.state_kinds())
        .then(|| undeclared("kinds-of-causes", what, switch_on, places))
}

pub(super) fn what_controls_are_against(trace: &Trace<'_>) -> Option<NotChecked> {
    let controls = trace.risk_controls().iter();
    let bound = controls.filter(|control| control.class.class > SafetyClass::A);
    let places: Vec<Label> = bound.map(|control| place(control.record)).collect();
    let what = format!(
        "whether what realises a risk control has the class that the risk asks for: none of \
         the controls ({}) has `against`",
        places.len(),
    );
    let switch_on = "write `against = [\"HAZ-1.a\"]`, the causes that it controls, into each";
    (!places.is_empty() && !trace.hazards().state_what_controls_are_against())
        .then(|| undeclared("what-controls-are-against", what, switch_on, places))
}

/// Of interest only where a control rests on requirements: they could be the same.
pub(super) fn failing_requirements(trace: &Trace<'_>) -> Option<NotChecked> {
    let rests_on_requirements = |cause: &&Cause<'_>| {
        trace.controls_of(cause).any(|control| !control.requirements.is_empty())
    };
    if trace.hazards().failures().next().is_some() {
        return None;
    }
    let open = bound_causes(trace).filter(rests_on_requirements);
    let places: Vec<Label> = open.map(place_of_cause).collect();
    let what = format!(
        "whether a risk control rests on the requirements that fail: none of the causes ({}) \
         names `requirements`",
        places.len(),
    );
    let switch_on = "write `requirements = [\"SRS-1\"]`, those that fail, into each cause that is \
                     a failure of some";
    (!places.is_empty()).then(|| undeclared("failing-requirements", what, switch_on, places))
}

fn bound_causes<'t, 'm>(trace: &'t Trace<'m>) -> impl Iterator<Item = &'t Cause<'m>> {
    trace.hazards().causes().filter(|cause| cause.class.class > SafetyClass::A)
}

fn place(record: &Record) -> Label {
    Label { at: record.at().clone(), text: String::new() }
}

fn place_of_cause(cause: &Cause<'_>) -> Label {
    Label { at: cause.at().clone(), text: String::new() }
}
