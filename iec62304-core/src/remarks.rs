//! What several rules say in the same words: of reviews, of risk controls, of records,
//! of waivers.
//! Which rule says it, and how much it weighs, is not known here.

use crate::config::Waiver;
use crate::finding::{Gap, Subject};
use crate::model::code::Level;
use crate::model::record::Record;
use crate::standard::Edition;
use crate::trace::review::{Reviewed, Standing, Topic};
use crate::trace::statements::Lowering;
use crate::trace::{LinkedTest, Requirement, RiskControl, TestStanding, Trace};
use crate::words::joined;

/// A gap of a risk control, with the requirements behind it that are open.
pub(crate) fn with_requirements(
    gap: Gap,
    trace: &Trace<'_>,
    control: &RiskControl<'_>,
    what: &str,
    is_open: impl Fn(&Requirement<'_>) -> bool,
) -> Gap {
    if control.requirements.is_empty() {
        let id = &control.record.id.value;
        return gap.note(format!("no requirement names {id} as its source either"));
    }
    let open = trace.requirements_of(control).filter(|requirement| is_open(requirement));
    open.fold(gap, |gap, requirement| {
        let id = &requirement.record.id.value;
        let text = format!("{id} has it as source and is not {what}");
        gap.related(requirement.record.at(), text)
    })
}

/// What no review, or no passed one, judged.
pub(crate) fn never_reviewed(reviewed: &Reviewed<'_>) -> Option<Gap> {
    let kind = reviewed.topic.review_kind();
    let gap = |label: String| {
        let message = format!("{} is not reviewed", what(reviewed));
        review_gap(reviewed, message, label)
    };
    match reviewed.standing {
        Standing::Missing => Some(gap(format!("no review of kind `{kind}` names it"))),
        Standing::NotCovered(review) => Some(
            gap(format!("no review of kind `{kind}` is bound to it"))
                .related(review.at(), "names it, and holds no hash of it"),
        ),
        Standing::Open(review) => {
            let result = review.text("result").unwrap_or("no result");
            Some(gap("its last review leaves it open".to_owned()).related(review.at(), result))
        }
        Standing::Changed(_)
        | Standing::Foreign(_)
        | Standing::Unbound(_)
        | Standing::Current(_) => None,
    }
}

/// What changed after the review that covers it.
pub(crate) fn changed_since_review(trace: &Trace<'_>, reviewed: &Reviewed<'_>) -> Option<Gap> {
    let what = what(reviewed);
    let (review, message, label) = match reviewed.standing {
        Standing::Changed(review) if trace.judgements().is_undivided(review) => (
            review,
            format!("{what}, or something under one hash with it, changed since its review"),
            "one hash over several does not tell which changed",
        ),
        Standing::Changed(review) => {
            (review, format!("{what} changed since its review"), "is not what was reviewed")
        }
        Standing::Foreign(review) => (
            review,
            format!("{what} is bound by no content hash to its review"),
            "nothing shows that this is what was reviewed",
        ),
        _ => return None,
    };
    let message = format!("{message} {}", review.id.value);
    let label = label.to_owned();
    Some(review_gap(reviewed, message, label).related(review.at(), on(review)))
}

fn what(reviewed: &Reviewed<'_>) -> String {
    let thing = named(reviewed.record);
    match reviewed.topic {
        Topic::Design => format!("the design of {thing}"),
        Topic::TestProcedures => format!("what tests {thing}"),
        Topic::RiskAnalysis => format!("what {thing} means for the risk analysis"),
        Topic::Requirements | Topic::Architecture => thing,
    }
}

fn review_gap(reviewed: &Reviewed<'_>, message: String, label: String) -> Gap {
    Gap::new(subject(reviewed.record), message)
        .at(reviewed.record.at(), label)
        .help(record_a_review(reviewed.topic.review_kind(), &reviewed.record.id.value))
}

fn record_a_review(kind: &str, id: &str) -> String {
    format!(
        "review it, then record that: `cargo iec62304 review add --kind {kind} --of {id} --by NAME`"
    )
}

/// When something was reviewed.
pub(crate) fn on(review: &Record) -> String {
    review.text("date").map_or_else(|| "reviewed here".to_owned(), |date| format!("on {date}"))
}

/// A gap with the reviews that would count if it were still what they judged.
pub(crate) fn with_outdated(gap: Gap, reviews: &[&Record]) -> Gap {
    reviews.iter().fold(gap, |gap, review| {
        let text = "counts no more: its hash is not that of what stands there now";
        gap.related(review.at(), text)
    })
}

/// A gap with the linked tests that would count if they had passed.
pub(crate) fn with_failing(gap: Gap, tests: &[&LinkedTest<'_>]) -> Gap {
    tests.iter().fold(gap, |gap, test| gap.related(test.at, standing_of(&test.standing)))
}

/// What became of a test that does not count, as a label beside it.
pub(crate) fn standing_of(standing: &TestStanding) -> &'static str {
    match standing {
        TestStanding::NotStored | TestStanding::Passed { .. } => "passed",
        TestStanding::Missing => "has no result",
        TestStanding::Skipped(_) => "did not run",
        TestStanding::Failed(_) => "failed",
        TestStanding::Stale(_) => "has a result of other content",
    }
}

/// Runs with results of a level that do not say all that a record must.
pub(crate) fn incomplete_runs(trace: &Trace<'_>, level: Level, gaps: &mut Vec<Gap>) -> usize {
    let mut judged = 0;
    for stored in trace.runs_of_level(level) {
        let run = &stored.run;
        judged += 1;
        let mut missing = Vec::new();
        if run.by.is_none() {
            missing.push("who ran it");
        }
        if trace.edition() == Edition::Amended && run.commit.is_none() {
            missing.push("the version of the software");
        }
        if missing.is_empty() {
            continue;
        }
        let word = level.word();
        let missing = joined(&missing, "and");
        let path = stored.path.as_str();
        let message = format!("the record of the {word} tests in {path} is incomplete");
        let gap = Gap::new(Subject::new("run", path), message)
            .at(&stored.at(), format!("it does not say {missing}"))
            .help("say it with `cargo iec62304 verify --by \"…\"`, or with `by` in [evidence]");
        gaps.push(gap);
    }
    judged
}

/// What is wrong with a waiver.
pub(crate) fn of_waiver(waiver: &Waiver, what: &str) -> Gap {
    let (rule, subject) = (&waiver.rule.value, &waiver.subject.value);
    Gap::new(Subject::new("waiver", subject), format!("waiver of {rule} for {subject} {what}"))
}

/// A class that rests on a risk control which cannot carry it.
pub(crate) fn lowered_by(lowering: &Lowering<'_>, control: &str, label: &str, what: &str) -> Gap {
    let message = format!(
        "the class of {} rests on {}, which {control}",
        named(lowering.record),
        named(lowering.control),
    );
    Gap::new(subject(lowering.record), message)
        .at(lowering.at, label)
        .related(lowering.control.at(), what)
        .help("choose the class as if this control were not there")
}

/// `is` for one thing, `are` for several.
pub(crate) fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// A record as what a finding is about.
pub(crate) fn subject(record: &Record) -> Subject {
    Subject::new(record.kind.noun(), &record.id.value)
}

/// A record by the word for its kind and its id: `item motor-control`.
pub(crate) fn named(record: &Record) -> String {
    format!("{} {}", record.kind.noun(), record.id.value)
}
