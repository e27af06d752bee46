//! Tags on code of which a `cfg` says whether it is compiled.

use std::collections::BTreeMap;

use iec62304_macros::requirement;

use super::places;
use crate::finding::{Label, NotChecked};
use crate::location::Location;
use crate::model::code::Certainty;
use crate::trace::Trace;
use crate::trace::link::Link;
use crate::trace::role::Role;

/// Links whose code or tag depends on a `cfg` that is open.
#[requirement("TOOL-33")]
pub(super) fn tags_under_cfg(trace: &Trace<'_>) -> Option<NotChecked> {
    let open: Vec<&Link<'_>> =
        trace.links().iter().filter(|link| depends_on_cfg(trace, link)).collect();
    let is_evaluated = !trace.project().builds.is_empty();
    let places =
        if is_evaluated { explained(trace, &open) } else { places(open.iter().map(|it| it.tag)) };
    let evaluated = if is_evaluated {
        "a `cfg` decides that the declared product leaves open"
    } else {
        "a `cfg` decides, and none but `cfg(test)` is evaluated"
    };
    let what = format!(
        "whether {} {} compiled: {evaluated}; they count as links",
        places.len(),
        if places.len() == 1 { "tag is" } else { "tags are" },
    );
    let switch_on = if is_evaluated {
        "at each place, what is said there"
    } else {
        "nothing yet: look at each, whether the product enables it"
    };
    (!places.is_empty()).then_some(NotChecked {
        name: "tags-under-cfg",
        what,
        switch_on: switch_on.to_owned(),
        places,
        undeclared: false,
    })
}

fn depends_on_cfg(trace: &Trace<'_>, link: &Link<'_>) -> bool {
    let Some((compiled, _)) = trace.project().code.compiled_of(link.tag) else {
        return false;
    };
    let code = match link.role {
        Role::Verifies => compiled.in_tests,
        _ => compiled.in_product,
    };
    code.min(link.tag.is_there()) == Certainty::Open
}

/// The distinct places of tags, in order, each with what would decide it.
fn explained(trace: &Trace<'_>, open: &[&Link<'_>]) -> Vec<Label> {
    let project = trace.project();
    let mut texts: BTreeMap<&Location, String> = BTreeMap::new();
    for link in open {
        let is_test = link.role == Role::Verifies;
        let around = project.code.compiled_of(link.tag).and_then(|(_, cfg)| cfg);
        let options = |cfg| project.builds.undecided(cfg, is_test, &project.code, project.packages);
        let mut undecided = options(around);
        undecided.append(&mut options(link.tag.cfg));
        let text = if undecided.is_empty() {
            "a macro or an attribute decides: look at it".to_owned()
        } else {
            undecided.into_iter().collect::<Vec<_>>().join("; ")
        };
        texts.entry(&link.tag.at).or_insert(text);
    }
    texts.into_iter().map(|(at, text)| Label { at: at.clone(), text }).collect()
}
