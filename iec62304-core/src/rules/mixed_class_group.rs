//! One crate or one build with code of items of different classes, and nothing that keeps
//! them apart.

use std::collections::BTreeMap;

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::group::Extent;
use crate::trace::statements::{MixedPair, SharedCode};
use crate::words::joined;

pub(super) static RULE: Rule = Rule {
    name: "mixed-class-group",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("mixed_class_group.md"),
    check: Check::SharedCode(check),
};

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, shared: &SharedCode<'_>, gaps: &mut Vec<Gap>) {
    let Some((first, _)) = shared.mixed.split_first() else {
        return;
    };
    let kind = match shared.group.extent {
        Extent::Crate => "crate",
        Extent::Binary => "binary",
        Extent::Library => "library",
    };
    let both = shared.mixed.iter().flat_map(|pair| [pair.low, pair.high]);
    let items: BTreeMap<&str, _> = both.map(|item| (item.0.id.value.as_str(), item)).collect();
    let list: Vec<String> =
        items.iter().map(|(id, (_, states))| format!("{id} (class {states})")).collect();
    let message = format!(
        "{} holds code of {}, and nothing keeps them apart",
        shared.group.name(),
        joined(&list, "and")
    );
    let subject = Subject::new(kind, shared.group.package);
    let gap = Gap::new(subject, message)
        .at(first.low.0.at(), format!("class {}, judged by the highest meanwhile", first.low.1));
    let others = items.values().filter(|item| item.0.id != first.low.0.id);
    let gap = others.fold(gap, |gap, (record, states)| {
        gap.related(record.at(), format!("{}: class {states}", named(record)))
    });
    gaps.push(
        gap.help(format!("give them one class: {}", first.high.1))
            .help("or put the code of each into a binary of its own")
            .help(format!(
                "or declare `[segregation.ID]` with `keeps_apart = [{}]`, and say in `same_process` \
                 why one cannot disturb the other in the same process",
                pairs(&shared.mixed)
            )),
    );
}

fn pairs(mixed: &[MixedPair<'_>]) -> String {
    let pair =
        |pair: &MixedPair<'_>| format!("[{:?}, {:?}]", pair.low.0.id.value, pair.high.0.id.value);
    mixed.iter().map(pair).collect::<Vec<_>>().join(", ")
}
