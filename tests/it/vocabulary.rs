//! The device that uses the whole vocabulary, with crates that stand in for its own.

use std::collections::BTreeMap;

use iec62304_macros::requirement;

use crate::project::{Project, copy, repository};

/// The gaps that the file marks.
const MARKED: [&str; 4] = [
    "class-below-hazard: network-gateway",
    "control-item-class-low: RC-10",
    "control-side-effects-unreviewed: RC-9",
    "unit-topic-undecided: dose-accumulator",
];

/// What rests on reviews: their hashes are placeholders, and two units name `review` as a
/// method without one.
const OF_REVIEWS: [(&str, usize); 4] = [
    ("architecture-review-missing", 5),
    ("requirement-review-stale", 20),
    ("segregation-unverified", 1),
    ("unit-unverified", 2),
];

fn device() -> Project {
    let project = Project::empty();
    copy(&repository().join("tests/fixtures/vocabulary"), &project.path());
    // One review of one thing may hold its hash in either way.
    let hash = "\"sha256:0000000000000000000000000000000000000000000000000000000000000004\"";
    let (table, single) = (format!("hashes = {{ rust-core = {hash} }}"), format!("hash  = {hash}"));
    project.replace("iec62304.toml", &table, &single);
    project
}

/// The errors as `rule: subject`: those that rest on reviews only counted.
fn errors(project: &Project) -> (Vec<String>, BTreeMap<String, usize>) {
    let report = project.run(&["check", "--format", "json", "--as-of", "2026-06-01"]).json();
    let (mut own, mut of_reviews) = (Vec::new(), BTreeMap::new());
    for finding in report["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap();
        if finding["severity"] != "error" {
            continue;
        }
        if OF_REVIEWS.iter().any(|(of_review, _)| *of_review == rule) {
            *of_reviews.entry(rule.to_owned()).or_default() += 1;
        } else {
            own.push(format!("{rule}: {}", finding["subject"]["id"].as_str().unwrap()));
        }
    }
    (own, of_reviews)
}

#[test]
#[requirement("TOOL-15")]
fn its_errors_are_the_gaps_that_it_marks_and_what_rests_on_placeholder_reviews() {
    let (own, of_reviews) = errors(&device());
    assert_eq!(own, MARKED);
    let expected = OF_REVIEWS.iter().map(|(rule, number)| ((*rule).to_owned(), *number));
    assert_eq!(of_reviews, expected.collect());
}

#[test]
#[requirement("TOOL-15")]
fn what_is_taken_out_of_its_crates_is_one_more_error() {
    let cut = |file: &str, from: &str, to: &str| {
        let project = device();
        project.replace(file, from, to);
        let (own, _) = errors(&project);
        own.into_iter().filter(|error| !MARKED.contains(&error.as_str())).collect::<Vec<_>>()
    };
    let untagged = cut("safety-monitor/src/flow.rs", ", requirement(\"SRS-10\")", "");
    assert_eq!(untagged, ["control-not-implemented: RC-6"]);
    let untested = "requirement(\"SRS-9\", level = \"system\")";
    let untested = cut("event-log/tests/event_log_system.rs", untested, "");
    assert_eq!(untested, ["requirement-unverified: SRS-9"]);
    let criterion = cut("therapy-ui/src/entry.rs", "verifies(\"entry-form.AC-1\")", "");
    assert_eq!(criterion, ["unit-criterion-unverified: entry-form"]);
}
