//! A project that does not say which edition of the standard it follows.

use super::{Check, PerEdition, Rule};
use crate::config::EditionSetting;
use crate::finding::{Gap, Severity, Subject};
use crate::standard::{Classes, Edition};
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "edition-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("edition_missing.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let known = Edition::ALL.map(|edition| format!("{:?}", edition.word())).join(" or ");
    let help = format!("in [project], write `edition = …` with {known}");
    let note = format!("judged by {} meanwhile, which asks for more", trace.edition());
    let subject = Subject::new("project", "edition");
    let configuration = &trace.project().configuration;
    let gap = match &configuration.edition {
        Some(edition) => match &edition.value {
            EditionSetting::Known(_) => return 1,
            EditionSetting::Unknown(word) => {
                Gap::new(subject, format!("there is no edition {word:?} of IEC 62304"))
                    .at(&edition.at, "not an edition that this tool knows")
            }
        },
        None => Gap::new(subject, "no edition of IEC 62304 is chosen")
            .at(&configuration.at, "`edition` is missing in [project]"),
    };
    gaps.push(gap.note(note).help(help));
    1
}
