//! What keeps the rules on the architecture from their answer.

use super::{declares, undeclared};
use crate::finding::{Label, NotChecked};
use crate::model::record::RecordKind;
use crate::standard::SafetyClass;
use crate::trace::Trace;
use crate::trace::architecture::Segregation;
use crate::trace::class::Classed;
use crate::words::count;

/// Which items realise the requirements.
pub(super) fn allocations(trace: &Trace<'_>) -> Option<NotChecked> {
    let binds = trace.system_class().class > SafetyClass::A;
    let is_open = binds
        && declares(trace, RecordKind::Requirement)
        && !trace.has_begun(RecordKind::Requirement, "items");
    let what = "which software items realise the requirements: none names its `items`".to_owned();
    let switch_on = "write `items = [\"ID\"]` into each requirement";
    is_open.then(|| undeclared("requirement-items", what, switch_on, Vec::new()))
}

/// Interfaces, where none is declared yet or nobody knows which are needed.
pub(super) fn interfaces(trace: &Trace<'_>) -> Option<NotChecked> {
    let architecture = trace.architecture();
    let bound = |class: SafetyClass| class > SafetyClass::A;
    let with_code = trace.items().iter().filter(|item| item.has_code);
    let with_code = with_code.filter(|item| bound(item.effective().class)).count();
    if !architecture.links_are_known {
        let what = "which interfaces between software items the code needs: nothing is known of \
                    what cargo links with what"
            .to_owned();
        let switch_on = "in iec62304.toml, `[product]` with `packages` and `targets`";
        return (with_code > 1)
            .then(|| undeclared("item-dependencies", what, switch_on, Vec::new()));
    }
    let open = architecture.dependences.iter().filter(|it| bound(it.effective().class)).count();
    let what = format!(
        "whether {open} {} between software items {} an interface: none is declared",
        if open == 1 { "dependency" } else { "dependencies" },
        if open == 1 { "has" } else { "have" },
    );
    let switch_on = "write `[interface.IF-1]` with `from`, `to` and `what` into a record file";
    let is_open = open > 0 && !trace.has_begun(RecordKind::Interface, "from");
    is_open.then(|| undeclared("interfaces", what, switch_on, Vec::new()))
}

/// Where items share a crate, cargo does not see what they use of each other.
pub(super) fn inside_crates(trace: &Trace<'_>) -> Option<NotChecked> {
    let shared = trace.architecture().shared_crates.iter();
    let bound = |class: SafetyClass| class > SafetyClass::A;
    let crates: Vec<String> = shared
        .filter(|group| bound(trace.classes().package(group.package).class))
        .map(|group| format!("{} ({})", group.package, group.items.join(", ")))
        .collect();
    let what = format!("interfaces between software items inside one crate: {}", crates.join("; "));
    let switch_on =
        "nothing yet: put each item into a package of its own, or look at them".to_owned();
    (!crates.is_empty()).then_some(NotChecked {
        name: "interfaces-inside-crates",
        what,
        switch_on,
        places: Vec::new(),
        undeclared: false,
    })
}

/// Only cargo knows what is linked into one build.
pub(super) fn crossings(trace: &Trace<'_>) -> Option<NotChecked> {
    let places = places(trace, |_| true);
    let what = format!(
        "whether cargo links the sides of {} with each other: nothing is known of what it \
         links",
        count(places.len(), "segregation"),
    );
    let switch_on = "in iec62304.toml, `[product]` with `packages` and `targets`";
    let is_open = !trace.architecture().links_are_known && !places.is_empty();
    is_open.then(|| undeclared("segregation-links", what, switch_on, places))
}

/// What crosses the border to a SOUP item.
pub(super) fn segregated_soup(trace: &Trace<'_>) -> Option<NotChecked> {
    let places = places(trace, |segregation| !segregation.soup.is_empty());
    let what = format!(
        "whether software items use the SOUP that {} {} from them",
        places.len(),
        if places.len() == 1 { "segregation keeps" } else { "segregations keep" },
    );
    let switch_on = "nothing yet: look at the dependencies of each item".to_owned();
    (!places.is_empty()).then_some(NotChecked {
        name: "segregated-soup",
        what,
        switch_on,
        places,
        undeclared: false,
    })
}

/// The segregations that bind and of which something holds.
fn places(trace: &Trace<'_>, holds: impl Fn(&Segregation<'_>) -> bool) -> Vec<Label> {
    let all = trace.architecture().segregations.iter();
    let bound = all.filter(|segregation| segregation.effective().class == SafetyClass::C);
    let open = bound.filter(|segregation| holds(segregation));
    open.map(|segregation| Label {
        at: segregation.record.at().clone(),
        text: segregation.record.id.value.clone(),
    })
    .collect()
}
