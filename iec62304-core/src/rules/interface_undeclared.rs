//! A software item that depends on another over no declared interface.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::model::record::{Record, RecordKind};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::architecture::Dependence;

pub(super) static RULE: Rule = Rule {
    name: "interface-undeclared",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.3.2"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("interface_undeclared.md"),
    check: Check::Dependence(check),
};

#[requirement("TOOL-25")]
fn check(trace: &Trace<'_>, dependence: &Dependence<'_>, gaps: &mut Vec<Gap>) {
    let is_open = !dependence.is_declared && trace.has_begun(RecordKind::Interface, "from");
    let (true, Some(from), Some(to)) = (is_open, dependence.from.first(), dependence.to.first())
    else {
        return;
    };
    let message = format!(
        "{} depends on {}, and no interface between them is declared",
        all(&dependence.from),
        all(&dependence.to),
    );
    let gap = Gap::new(subject(from), message)
        .at(from.at(), format!("depends by {}", dependence.path.join(" → ")));
    let others = dependence.from.iter().skip(1).chain(&dependence.to);
    let gap = others.fold(gap, |gap, record| gap.related(record.at(), named(record)));
    gaps.push(gap.help(format!(
        "declare `[interface.ID]` with `from = \"{}\"`, `to = \"{}\"`, and in `what` the \
         functions and data that pass",
        from.id.value, to.id.value,
    )));
}

fn all(items: &[&Record]) -> String {
    items.iter().map(|item| named(item)).collect::<Vec<_>>().join(" or ")
}
