//! A requirement whose words leave open when it is met.

use super::{Check, PerEdition, Rule};
use iec62304_macros::requirement;

use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::{Requirement, Trace};

pub(super) static RULE: Rule = Rule {
    name: "requirement-wording",
    severity: Severity::Note,
    clauses: PerEdition::both(&["5.2.6"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("requirement_wording.md"),
    check: Check::Requirement(check),
};

/// Words behind which everybody sees another limit.
const WEAK: [&str; 20] = [
    "adequate",
    "adequately",
    "and/or",
    "applicable",
    "appropriate",
    "as far as possible",
    "as needed",
    "as required",
    "easily",
    "easy",
    "etc",
    "fast",
    "if possible",
    "in a timely manner",
    "quickly",
    "robust",
    "should",
    "sufficient",
    "sufficiently",
    "user-friendly",
];

#[requirement("TOOL-24")]
fn check(_: &Trace<'_>, requirement: &Requirement<'_>, gaps: &mut Vec<Gap>) {
    let Some(text) = requirement.record.fields.text("text") else {
        return;
    };
    let id = &requirement.record.id.value;
    for fault in faults(&text.value) {
        let message = format!("the words of requirement {id} leave something open: {fault}");
        gaps.push(
            Gap::new(Subject::new("requirement", id), message)
                .at(&text.at, "")
                .help("say in one sentence with one \"shall\" what can be measured"),
        );
    }
}

fn faults(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase())
        .collect();
    let spaced = format!(" {} ", words.join(" "));
    let mut faults = Vec::new();
    match words.iter().filter(|word| *word == "shall").count() {
        0 => faults.push("it has no \"shall\"".to_owned()),
        1 => {}
        several => faults.push(format!("it has {several} times \"shall\"")),
    }
    let weak = WEAK.iter().filter(|weak| spaced.contains(&format!(" {weak} ")));
    faults.extend(weak.map(|weak| format!("\"{weak}\" names no limit")));
    faults
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(faults(text), expected, "{text}");
    }

    #[test]
    fn one_shall_and_no_weak_word() {
        check("The software shall stop the motor within 200 ms.", &[]);
        check("The motor stops.", &["it has no \"shall\""]);
        check("It shall stop, and shall alarm.", &["it has 2 times \"shall\""]);
        check("It shall stop fast, etc.", &["\"etc\" names no limit", "\"fast\" names no limit"]);
        check("It shall stop as far as possible.", &["\"as far as possible\" names no limit"]);
        check("It shall be held fastened.", &[]);
    }
}
