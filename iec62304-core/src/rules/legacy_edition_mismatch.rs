//! Software that is declared legacy where the edition has no such path, or without saying
//! which clauses that path replaces.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::Legacy;

pub(super) static RULE: Rule = Rule {
    name: "legacy-edition-mismatch",
    severity: Severity::Error,
    clauses: PerEdition { first: &[], amended: &["4.4.1"] },
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("legacy_edition_mismatch.md"),
    check: Check::Project(check),
};

#[requirement("TOOL-23")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let legacies = &trace.statements().legacies;
    let gap = |legacy: &Legacy<'_>| {
        if legacy.has_path { without_word(legacy) } else { Some(without_path(legacy)) }
    };
    gaps.extend(legacies.iter().filter_map(gap));
    legacies.len()
}

fn without_path(legacy: &Legacy<'_>) -> Gap {
    let name = named(legacy.record);
    Gap::new(
        subject(legacy.record),
        format!("{name} is declared legacy, for which the 2006 edition has no path"),
    )
    .at(legacy.at, "legacy software is a matter of the amended edition")
    .help("in [project], write `edition = \"2006+AMD1:2015\"`")
    .help("or remove `legacy`: then clauses 5 to 9 apply to it as to all software")
}

fn without_word(legacy: &Legacy<'_>) -> Option<Gap> {
    let field = "replaces_clauses_5_to_9";
    let word = legacy.fields.bool(field);
    let (at, label) = match word {
        Some(word) if word.value => return None,
        Some(word) => (&word.at, "`false`".to_owned()),
        None => (legacy.at, format!("`{field}` is missing")),
    };
    let name = named(legacy.record);
    let message = format!("{name} is declared legacy, but not that 4.4 replaces clauses 5 to 9");
    let gap = Gap::new(subject(legacy.record), message).at(at, label);
    Some(
        gap.help(format!("write `{field} = true` if it does"))
            .help("or remove `legacy`: software that follows clauses 5 to 9 needs no other path"),
    )
}
