//! An item of lower class in software of class C that nothing is recorded to keep apart.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "segregation-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.5"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("segregation_missing.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let lower = &trace.architecture().lower;
    for item in lower.iter().filter(|item| !item.not_apart_from.is_empty()) {
        let id = &item.record.id.value;
        let ids: Vec<&str> =
            item.not_apart_from.iter().map(|other| other.id.value.as_str()).collect();
        let message = format!(
            "no segregation keeps {}, of class {}, apart from {}, of class C",
            named(item.record),
            item.states,
            ids.join(", "),
        );
        let subject = Subject::new(item.record.kind.noun(), id);
        let gap = Gap::new(subject, message)
            .at(item.record.at(), format!("states class {}", item.states));
        let severity = if item.is_apart_from_some { Severity::Warning } else { Severity::Error };
        let gap = item
            .not_apart_from
            .iter()
            .fold(gap, |gap, other| gap.related(other.at(), format!("{}: class C", named(other))));
        let pairs: Vec<String> = ids.iter().map(|other| format!("[{id:?}, {other:?}]")).collect();
        gaps.push(gap.weighs(severity).help(format!(
            "declare `[segregation.ID]` with `keeps_apart = [{}]`, and say in `how` by what means",
            pairs.join(", "),
        )));
    }
    lower.len()
}
