//! What decisions do to findings, and what they leave alone.

use iec62304_macros::{requirement, risk_control, verifies};
use jiff::civil::{Date, date};

use super::*;
use crate::analysis::{Analysis, Verdict};
use crate::analyze;
use crate::finding::{Gap, Subject, put_fingerprints};
use crate::location::{FilePath, Location, Span};
use crate::standard::{Clause, SafetyClass};
use crate::tests::workspace::Workspace;

const RULE: &str = "requirement-unverified";

fn finding(subject: &str, message: &str, clauses: &[&str]) -> Finding {
    Finding {
        rule: RULE,
        severity: Severity::Error,
        clauses: clauses.iter().map(|number| Clause::find(number).unwrap()).collect(),
        class: SafetyClass::C,
        why: String::new(),
        gap: Gap::new(Subject::new("requirement", subject), message),
        fingerprint: String::new(),
    }
}

/// A gap under a clause, with its fingerprint.
fn gap(subject: &str, message: &str) -> Finding {
    let mut findings = [finding(subject, message, &["5.7.1"])];
    put_fingerprints(&mut findings);
    let [finding] = findings;
    finding
}

fn located<T>(value: T) -> Located<T> {
    Located::new(value, Location::new(&FilePath::new("iec62304.toml"), Span::default()))
}

fn waiver(finding: &Finding) -> Waiver {
    Waiver {
        rule: located(finding.rule.to_owned()),
        subject: located(finding.gap.subject.id.clone()),
        reason: Some("shown by hand".to_owned()),
        approver: Some("J. Example".to_owned()),
        date: Some(located(date(2026, 5, 4))),
        expires: Some(located(date(2026, 6, 1))),
        hash: Some(located(waiver_hash(finding, None))),
    }
}

/// Without waivers and on no day.
fn policy<'p>(
    known_gaps: &'p [Located<KnownGap>],
    had_input: &'p dyn Fn(&str) -> bool,
) -> Policy<'p> {
    Policy { severities: &[], waivers: Vec::new(), known_gaps, as_of: None, had_input }
}

/// What one waiver does to some findings, and how many of them it leaves.
fn settle(waiver: &Waiver, findings: &[Finding], as_of: Option<Date>) -> (Settlement, usize) {
    let mut found = findings.to_vec();
    let policy = Policy { waivers: vec![waiver], as_of, ..policy(&[], &|_| true) };
    let settlement = policy.settle(vec![&mut found], |_| None);
    assert_eq!(settlement.waived.len() + found.len(), findings.len());
    (settlement, found.len())
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn a_waiver_accepts_only_what_it_was_given_for() {
    let today = Some(date(2026, 6, 1));
    let check = |change: &dyn Fn(&mut Waiver), as_of, open: usize, holds: bool| {
        let found = [gap("SRS-1", "not verified"), gap("SRS-1", "other"), gap("SRS-2", "other")];
        let mut waiver = waiver(&found[0]);
        change(&mut waiver);
        let (settlement, left) = settle(&waiver, &found, as_of);
        assert_eq!(left, open, "{waiver:?}");
        assert_eq!(settlement.waivers[0].state == WaiverState::Holds, holds, "{waiver:?}");
    };
    check(&|_| {}, today, 2, true);
    check(&|waiver| waiver.expires = None, today, 2, true);
    check(&|waiver| waiver.expires = None, None, 2, true);
    check(&|_| {}, None, 3, false);
    check(&|_| {}, Some(date(2026, 6, 2)), 3, false);
    check(&|_| {}, Some(date(2026, 5, 3)), 3, false);
    check(&|waiver| waiver.reason = None, today, 3, false);
    check(&|waiver| waiver.approver = None, today, 3, false);
    check(&|waiver| waiver.date = None, today, 3, false);
    check(&|waiver| waiver.hash = None, today, 3, false);
    check(&|waiver| waiver.subject.value.push('1'), today, 3, false);
    check(&|waiver| waiver.subject.value = "SRS-2".to_owned(), today, 3, false);
    check(&|waiver| waiver.rule.value = "unit-unverified".to_owned(), today, 3, false);
}

#[test]
#[requirement("TOOL-29")]
fn of_findings_that_say_the_same_each_is_accepted_by_itself() {
    let mut findings = vec![finding("SRS-1", "not verified", &["5.7.1"]); 3];
    put_fingerprints(&mut findings);
    let mut fingerprints: Vec<&str> =
        findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    assert_eq!(fingerprints[0], gap("SRS-1", "not verified").fingerprint);
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), 3);
    let (settlement, open) = settle(&waiver(&findings[1]), &findings, Some(date(2026, 6, 1)));
    assert_eq!((settlement.waived.len(), open), (1, 2));
}

#[test]
#[requirement("TOOL-29")]
fn what_a_finding_says_cannot_be_shifted_between_its_words() {
    let with = |message: &str, notes: &[&str]| {
        let mut findings = [finding("SRS-1", message, &["5.7.1"])];
        findings[0].gap.notes = notes.iter().map(|note| (*note).to_owned()).collect();
        put_fingerprints(&mut findings);
        findings[0].fingerprint.clone()
    };
    let all = [with("ab", &[]), with("a", &["b"]), with("a", &["b", ""]), with("a", &["", "b"])];
    let distinct: BTreeSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(with("a", &["b"]), all[1]);
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn what_guards_the_tools_own_answer_is_never_accepted() {
    let mut findings = [finding("file", "broken", &[])];
    put_fingerprints(&mut findings);
    let (settlement, open) = settle(&waiver(&findings[0]), &findings, Some(date(2026, 6, 1)));
    assert_eq!((settlement.waived.len(), open), (0, 1));
    let listed = [located(known_gap(&findings[0]))];
    let mut found = findings.to_vec();
    let settlement = policy(&listed, &|_| true).settle(vec![&mut found], |_| None);
    assert_eq!((settlement.known_gaps.len(), settlement.closed.len(), found.len()), (0, 1, 1));
}

/// Without its input a rule finds nothing, and that resolves nothing.
#[test]
#[requirement("TOOL-29")]
fn where_a_rule_had_no_input_nothing_is_called_resolved() {
    let absent = gap("SRS-1", "not verified");
    let (listed, waiver) = ([located(known_gap(&absent))], waiver(&absent));
    for (rule, closed) in [("unit-unverified", 1), (RULE, 0)] {
        let had_input = |name: &str| name != rule;
        let policy = Policy { waivers: vec![&waiver], ..policy(&listed, &had_input) };
        let settlement = policy.settle(Vec::new(), |_| None);
        assert_eq!(settlement.closed.len(), closed);
        assert_eq!(settlement.waivers[0].state == WaiverState::Unused, rule != RULE);
    }
}

const PUMP: &str = "\
project = { edition = \"2006+AMD1:2015\", risk_file = \"RMF-1\", quality_system = \"QM-1\" }
software_system.pump = { class = \"A\", rationale = \"It fills test bags.\", risk_ref = \"RMF-1#4\" }
requirement.SRS-1.text = \"The pump shall stop on air.\"
";

/// The analysis of a device with one requirement that nothing verifies.
fn pump(decisions: &str, known_gaps: &str) -> Analysis {
    let settings = format!("{PUMP}{decisions}");
    let files = [
        ("iec62304.toml", settings.as_str()),
        ("src/lib.rs", "#[requirement(\"SRS-1\")]\npub fn stop() {}"),
        ("known-gaps.txt", known_gaps),
    ];
    analyze(&Workspace::new(files).snapshot())
}

fn verdict(analysis: &Analysis) -> Verdict {
    let clauses = &analysis.clauses;
    clauses.iter().find(|(clause, _)| clause.number == "5.7.1").expect("it is a clause").1
}

/// Errors, warnings, notes, waived, known.
fn counts(analysis: &Analysis) -> [usize; 5] {
    let outcome = analysis.outcome();
    [outcome.errors, outcome.warnings, outcome.notes, outcome.waived, outcome.known_gaps]
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
#[verifies("rules")]
fn a_clause_whose_gap_is_accepted_is_not_without_gap() {
    let open = pump("", "");
    assert_eq!((counts(&open), verdict(&open)), ([1, 0, 0, 0, 0], Verdict::Gap));
    let waiver = |hash: &str| {
        format!(
            "[[waiver]]\nrule = \"{RULE}\"\nsubject = \"SRS-1\"\nreason = \"x\"\n\
             approver = \"y\"\ndate = 2026-06-01\n{hash}\n"
        )
    };
    let told = pump(&waiver(""), "");
    let told = told.findings().into_iter().find(|found| found.rule == "waiver-without-reason");
    let help = told.expect("it has no hash").gap.help.last().expect("it says the hash").clone();
    let decision = waiver(help.split('`').nth(1).expect("the hash is code"));
    let accepted = pump(&decision, "");
    assert_eq!((counts(&accepted), verdict(&accepted)), ([0, 0, 0, 1, 0], Verdict::Question));
    assert!(accepted.listable_gaps().is_empty());
    let list = crate::known_gaps::text(open.listable_gaps());
    let known = pump("", &list);
    assert_eq!((counts(&known), verdict(&known)), ([0, 0, 0, 0, 1], Verdict::Gap));
    assert_eq!(crate::known_gaps::text(known.remaining_gaps()), list);
    let both = pump(&decision, &list);
    assert_eq!(counts(&both), [1, 0, 0, 1, 0]);
    assert_eq!(both.findings()[0].rule, "known-gap-closed");
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn a_rule_that_weighs_less_does_not_make_its_clause_one_without_gap() {
    let policy = |severity: &str| {
        let settings = format!("[policy.{RULE}]\nseverity = \"{severity}\"\nreason = \"x\"\n");
        let analysis = pump(&settings, "");
        (counts(&analysis), verdict(&analysis), analysis.severities)
    };
    let change =
        |to| SeverityChange { rule: RULE, from: Severity::Error, to, reason: "x".to_owned() };
    let warning = policy("warning");
    assert_eq!(warning, ([0, 1, 0, 0, 0], Verdict::Question, vec![change(Severity::Warning)]));
    let note = policy("note");
    assert_eq!(note, ([0, 0, 1, 0, 0], Verdict::Question, vec![change(Severity::Note)]));
    let unfounded = pump("[policy.requirement-unverified]\nseverity = \"note\"\n", "");
    assert_eq!(counts(&unfounded), [2, 0, 0, 0, 0]);
    assert!(unfounded.severities.is_empty());
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn a_waiver_ends_when_the_text_or_the_class_of_its_subject_changes() {
    let judge = |class: &str, text: &str, hash: &str| {
        let settings = format!(
            "project.edition = \"2006+AMD1:2015\"\nsoftware_system.pump.class = \"{class}\"\n\
             requirement.SRS-1.text = \"{text}\"\n[[waiver]]\nrule = \"{RULE}\"\n\
             subject = \"SRS-1\"\nreason = \"x\"\napprover = \"y\"\ndate = 2026-06-01\n\
             hash = \"{hash}\"\n"
        );
        let code = "#[requirement(\"SRS-1\")]\npub fn stop() {}";
        let files = [("iec62304.toml", settings.as_str()), ("src/lib.rs", code)];
        analyze(&Workspace::new(files).snapshot())
    };
    let told = judge("A", "Stop on air.", "sha256:0");
    let told = told.findings().into_iter().find(|found| found.rule == "waiver-expired");
    let message = &told.expect("its hash fits nothing").gap.message;
    let hash = message.split('"').nth(1).expect("it says the hash");
    let waived = |class, text| judge(class, text, hash).waived.len();
    assert_eq!(waived("A", "Stop on air."), 1);
    assert_eq!(waived("A", "Stop on any air."), 0);
    assert_eq!(waived("B", "Stop on air."), 0);
}
