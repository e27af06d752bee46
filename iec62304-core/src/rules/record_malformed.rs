//! A configuration or record file that does not say what it should.

use iec62304_macros::requirement;

use super::{Check, PerEdition, RULES, Rule};
use crate::config::{SeveritySetting, Waiver};
use crate::finding::{Gap, Severity, Subject};
use crate::location::Location;
use crate::records;
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "record-malformed",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("record_malformed.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for problem in &trace.project().record_problems {
        let subject = Subject::new("file", problem.at.file.as_str());
        let mut gap = Gap::new(subject, &problem.message).at(&problem.at, "");
        if let Some(related) = &problem.related {
            gap = gap.related(&related.at, &related.value);
        }
        if let Some(help) = &problem.help {
            gap = gap.help(help);
        }
        if let Some((written, nearest)) = &problem.nearest {
            gap = gap.replace(written, nearest);
        }
        gaps.push(gap);
    }
    gaps.extend(trace.project().waivers.iter().filter_map(vain_waiver));
    gaps.extend(trace.project().configuration.severities.iter().filter_map(vain_severity));
    trace.project().documents.len()
}

/// A waiver that can waive nothing, whatever is found.
#[requirement("TOOL-29")]
fn vain_waiver(waiver: &Waiver) -> Option<Gap> {
    let name = &waiver.rule.value;
    match Rule::find(name) {
        None => Some(unknown_rule(waiver.at(), &format!("`{name}` of this waiver"), name)),
        Some(rule) if rule.is_of_the_tool() => {
            let message = format!("{name} guards the tool's own answer and cannot be waived");
            Some(gap(waiver.at(), message).help("resolve its findings and remove this waiver"))
        }
        Some(_) => None,
    }
}

/// A change of severity that does not take effect.
#[requirement("TOOL-29")]
fn vain_severity(setting: &SeveritySetting) -> Option<Gap> {
    let (name, at) = (&setting.rule.value, &setting.rule.at);
    let Some(rule) = Rule::find(name) else {
        return Some(unknown_rule(at, &format!("`{name}` of [policy]"), name));
    };
    let severity = Severity::parse(&setting.severity.value)?;
    let weight = rule.severity.word();
    (!rule.may_weigh(severity)).then(|| {
        let message = format!("{name} guards the tool's own answer and weighs no less: {weight}");
        gap(&setting.severity.at, message).help("remove this setting, or let the rule weigh more")
    })
}

fn unknown_rule(at: &Location, what: &str, name: &str) -> Gap {
    let gap = gap(at, format!("{what} is no rule"));
    match records::nearest(name, RULES.iter().map(|rule| rule.name)) {
        Some(known) => gap.help(format!("did you mean `{known}`?")),
        None => gap.help("`cargo iec62304 check -v` lists the rules"),
    }
}

fn gap(at: &Location, message: String) -> Gap {
    Gap::new(Subject::new("file", at.file.as_str()), message).at(at, "")
}
