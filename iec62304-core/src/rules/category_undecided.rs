//! A kind of requirement that nobody thought of.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::model::record::RecordKind;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "category-undecided",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.2.2"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("category_undecided.md"),
    check: Check::Project(check),
};

/// The categories, with the names that both editions share or each has of its own.
const CATEGORIES: [(&str, PerEdition<&str>); 12] = [
    ("a", PerEdition::both("function and capability")),
    ("b", PerEdition::both("inputs and outputs")),
    ("c", PerEdition::both("interfaces to other systems")),
    ("d", PerEdition::both("alarms, warnings and operator messages")),
    ("e", PerEdition::both("security")),
    ("f", PerEdition { first: "usability", amended: "user interface" }),
    ("g", PerEdition::both("data definition and database")),
    ("h", PerEdition::both("installation and acceptance at the site")),
    ("i", PerEdition::both("operation and maintenance methods")),
    ("j", PerEdition { first: "user documentation", amended: "IT network" }),
    ("k", PerEdition::both("user maintenance")),
    ("l", PerEdition::both("regulatory")),
];

#[requirement("TOOL-24")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    if trace.requirements().is_empty() || !trace.has_begun(RecordKind::Requirement, "category") {
        return 0;
    }
    let configuration = &trace.project().configuration;
    let is_decided = |letter: &str| {
        let of_category =
            trace.requirements().iter().filter(|it| it.record.text("category") == Some(letter));
        of_category.count() > 0
            || configuration.not_applicable.iter().any(|named| named.value == letter)
    };
    for (letter, name) in CATEGORIES.iter().filter(|(letter, _)| !is_decided(letter)) {
        let name = name.of(trace.edition());
        let message = format!("no requirement of category {letter} ({name}), and no reason why");
        gaps.push(
            Gap::new(Subject::new("category", *letter), message)
                .at(&configuration.at, "for the whole project")
                .help(format!(
                    "write a requirement with `category = \"{letter}\"`, or in iec62304.toml \
                     `[not_applicable]` with `{letter} = \"why none is needed\"`"
                )),
        );
    }
    CATEGORIES.len()
}
