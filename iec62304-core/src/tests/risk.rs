//! The invented device that uses the whole vocabulary has the gaps on risk that it marks.

use iec62304_macros::requirement;

use super::workspace::Workspace;
use crate::analysis::Verdict;
use crate::analyze;
use crate::finding::Severity;

const EXAMPLE: &str = include_str!("../../../tests/fixtures/vocabulary/iec62304.toml");

/// The errors of the rules on hazardous situations, causes and what controls are like.
///
/// The device has no code, so that nothing of it is implemented or verified.
fn errors(records: &str) -> Vec<String> {
    let analysis = analyze(&Workspace::new([("iec62304.toml", records)]).snapshot());
    let of_risk = |rule: &str| {
        ["hazard-", "cause-", "control-", "sequence-"].iter().any(|start| rule.starts_with(start))
            && !["control-not-implemented", "control-unverified"].contains(&rule)
    };
    let findings = analysis.findings().into_iter();
    let errors = findings
        .filter(|finding| finding.severity == Severity::Error && of_risk(finding.rule))
        .map(|finding| format!("{}: {}", finding.rule, finding.gap.message));
    errors.collect()
}

const MARKED: [&str; 2] = [
    "control-item-class-low: item network-gateway has class A, and risk control RC-10 asks for \
     class C",
    "control-side-effects-unreviewed: nothing says whether risk control RC-9 can itself lead to \
     a hazardous situation",
];

#[test]
#[requirement("TOOL-27")]
fn the_example_has_the_gaps_on_risk_that_it_marks_in_both_editions() {
    assert_eq!(errors(EXAMPLE), MARKED);
    let first = EXAMPLE.replace("\"2006+AMD1:2015\"  ", "\"2006\"  ");
    assert_ne!(first, EXAMPLE);
    assert_eq!(errors(&first), MARKED);
}

/// Each link of the chain, cut once.
#[test]
#[requirement("TOOL-27")]
fn each_cut_in_the_chain_of_the_example_is_one_more_error() {
    let cuts = [
        ("item = \"alarm-manager\"\nkind = \"hardware\"", "", "hazard-without-item"),
        ("against = [\"HAZ-8.a\"]", "against = [\"HAZ-7.a\"]", "cause-without-control"),
        ("side_effects = \"bolus on release", "# ", "control-side-effects-unreviewed"),
        ("items    = [\"safety-monitor\"]", "items = [\"event-log\"]", "control-item-class-low"),
    ];
    for (what, instead, rule) in cuts {
        assert!(EXAMPLE.contains(what), "{what}");
        let found = errors(&EXAMPLE.replacen(what, instead, 1));
        let new: Vec<&String> =
            found.iter().filter(|error| !MARKED.contains(&error.as_str())).collect();
        assert!(new.len() == 1 && new[0].starts_with(rule), "{what}: {found:?}");
    }
}

/// A clause that a finding cites is never one that is not required.
#[test]
#[requirement("TOOL-27")]
fn the_severity_of_a_situation_brings_the_clauses_of_its_class() {
    let verdict_of_7_1_2 = |severity: &str| {
        let records = format!(
            "software_system.s.class = \"A\"\nproject.edition = \"2006+AMD1:2015\"\n\
             [hazardous_situation.H]\nsituation = \"x\"\nseverity = \"{severity}\""
        );
        let analysis = analyze(&Workspace::new([("iec62304.toml", records.as_str())]).snapshot());
        let mut clauses = analysis.clauses.iter();
        clauses.find(|(clause, _)| clause.number == "7.1.2").map(|(_, verdict)| *verdict)
    };
    assert_eq!(verdict_of_7_1_2("negligible"), Some(Verdict::NotRequired));
    assert_eq!(verdict_of_7_1_2("serious"), Some(Verdict::Gap));
}

/// What the amendment dropped is a note, and says that no clause is behind it.
#[test]
#[requirement("TOOL-27")]
fn without_a_clause_in_the_edition_a_finding_is_a_note_and_says_so() {
    let of = |edition: &str| {
        let records = format!(
            "software_system.s.class = \"B\"\nproject.edition = \"{edition}\"\n\
             [hazardous_situation.H]\nsituation = \"x\""
        );
        let analysis = analyze(&Workspace::new([("iec62304.toml", records.as_str())]).snapshot());
        let mut findings = analysis.findings().into_iter();
        let finding = findings.find(|finding| finding.rule == "sequence-missing").unwrap();
        (finding.severity, finding.why.clone())
    };
    let judged = "H is class B, as software system s states";
    assert_eq!(
        of("2006"),
        (Severity::Error, format!("IEC 62304:2006, 7.1.5: classes B and C; {judged}"))
    );
    let without = "no clause of IEC 62304:2006+AMD1:2015 asks for it";
    assert_eq!(of("2006+AMD1:2015"), (Severity::Note, format!("{without}; {judged}")));
}
