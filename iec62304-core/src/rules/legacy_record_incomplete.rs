//! Legacy software of which the records leave out something that 4.4 asks for.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity};
use crate::location::Location;
use crate::model::record::Fields;
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::statements::Legacy;

pub(super) static RULE: Rule = Rule {
    name: "legacy-record-incomplete",
    severity: Severity::Error,
    clauses: PerEdition { first: &[], amended: &["4.4.2", "4.4.3", "4.4.4", "4.4.5"] },
    classes: PerEdition { first: Classes::NONE, amended: Classes::ABC },
    page: include_str!("legacy_record_incomplete.md"),
    check: Check::Legacy(check),
};

/// A field of the record, what it holds, and the clause that asks for it.
const TEXTS: [(&str, &str, &str); 4] = [
    ("feedback", "an assessment of feedback", "4.4.2"),
    ("continued_use", "an analysis of the risks of continued use", "4.4.2"),
    ("version", "the version that stays in use", "4.4.5"),
    ("rationale", "the rationale for its use", "4.4.5"),
];

#[requirement("TOOL-23")]
fn check(_: &Trace<'_>, legacy: &Legacy<'_>, gaps: &mut Vec<Gap>) {
    for (field, what, clause) in TEXTS {
        if legacy.fields.text(field).is_none() {
            gaps.push(
                missing(legacy, field, what, clause).help(format!("write `{field} = \"…\"`")),
            );
        }
    }
    if legacy.fields.get("gaps").is_none() {
        gaps.push(missing(legacy, "gaps", "a comparison with 5.2, 5.3, 5.7 and 7", "4.4.3").help(
            "write `gaps = [{ missing = \"…\", clause = \"…\", decision = \"close\" }]`, or \
             `gaps = []` where the comparison found nothing",
        ));
    }
    let found = legacy.fields.tables("gaps");
    gaps.extend(found.iter().filter_map(|found| undecided(legacy, found)));
    let closes = |found: &Fields| found.text("decision").is_some_and(|it| it.value == "close");
    if found.iter().any(closes) && legacy.fields.text("closure_plan").is_none() {
        let help = "write `closure_plan = \"…\"`: the plan, as a document and its part";
        let what = "a plan to close its gaps";
        gaps.push(missing(legacy, "closure_plan", what, "4.4.4").help(help));
    }
}

fn missing(legacy: &Legacy<'_>, field: &str, what: &str, clause: &str) -> Gap {
    let name = named(legacy.record);
    Gap::new(subject(legacy.record), format!("the record of legacy {name} lacks {what} ({clause})"))
        .at(legacy.at, format!("`{field}` is missing"))
}

/// A gap that was found and not decided on, or left open without a reason.
fn undecided(legacy: &Legacy<'_>, found: &Fields) -> Option<Gap> {
    let name = named(legacy.record);
    let missing = found.text("missing");
    let at: &Location = missing.map_or(legacy.at, |missing| &missing.at);
    let decision = found.text("decision").map(|decision| decision.value.as_str());
    let (message, label, help) = match decision {
        None => (
            format!("nothing says what becomes of a gap of legacy {name} (4.4.3)"),
            "`decision` is missing",
            "write `decision = \"close\"`, or `\"leave open\"` with a `reason`",
        ),
        Some("leave open") if found.text("reason").is_none() => (
            format!("nothing says why a gap of legacy {name} stays open (4.4.3)"),
            "`reason` is missing",
            "write `reason = \"…\"`: why the risk of continued use allows it",
        ),
        Some(_) => return None,
    };
    Some(Gap::new(subject(legacy.record), message).at(at, label).help(help))
}
