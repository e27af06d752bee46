//! A risk control that is verified only by tests of something else.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Location;
use crate::model::code::TagKind;
use crate::standard::Classes;
use crate::trace::link::Link;
use crate::trace::{RiskControl, Trace};

pub(super) static RULE: Rule = Rule {
    name: "control-verified-in-passing",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["7.3.1"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("control_verified_in_passing.md"),
    check: Check::RiskControl(check),
};

fn check(trace: &Trace<'_>, control: &RiskControl<'_>, gaps: &mut Vec<Gap>) {
    let is_named = !control.evidence.tests.is_empty() || !control.evidence.reviews.is_empty();
    if is_named || !trace.is_verified(control) {
        return;
    }
    let own: BTreeSet<&Location> =
        trace.requirements_of(control).map(|own| own.record.at()).collect();
    let mut in_passing = BTreeMap::new();
    for test in trace.requirements_of(control).flat_map(|own| &own.evidence.tests) {
        let Some(other) = serves_another(trace, &own, test) else {
            return;
        };
        in_passing.entry(&test.tag.at).or_insert(other);
    }
    if !in_passing.is_empty() {
        gaps.push(gap(control, &in_passing));
    }
}

/// The id of a requirement or risk control beside these own ones that a test verifies.
fn serves_another<'m>(
    trace: &Trace<'m>,
    own: &BTreeSet<&Location>,
    test: &Link<'m>,
) -> Option<&'m str> {
    let links = trace.links_of_test(test.tag.owner.item()?).iter();
    let mut others = links
        .filter(|link| matches!(link.tag.kind, TagKind::Requirement | TagKind::RiskControl))
        .filter(|link| !own.contains(link.record.at()));
    others.next().map(|link| link.record.id.value.as_str())
}

fn gap(control: &RiskControl<'_>, in_passing: &BTreeMap<&Location, &str>) -> Gap {
    let id = &control.record.id.value;
    let message = format!("risk control {id} is verified by tests of something else alone");
    let gap = Gap::new(Subject::new("risk control", id), message)
        .at(control.record.at(), "no test and no passed review names it");
    in_passing
        .iter()
        .fold(gap, |gap, (at, other)| gap.related(at, format!("verifies {other} as well")))
        .help(format!("tag a test that shows the control to work: `#[risk_control(\"{id}\")]`"))
        .help("or write a test that serves the requirements of this control only")
}
