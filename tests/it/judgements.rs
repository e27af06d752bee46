//! One workspace, judged as class A, B and C under both editions: whatever two neighbouring
//! judgements disagree on, a clause has to explain that binds in one of them alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use iec62304_core::explain::rules_on;
use iec62304_core::rules::{RULES, Rule};
use iec62304_core::standard::{CLAUSES, Clause, Edition, SafetyClass};
use iec62304_macros::{requirement, risk_control};
use serde_json::Value;

use crate::fake_nextest::Fake;
use crate::project::{Project, repository};

/// A difference that the classes of no clause explain.
struct Expected {
    rule: &'static str,
    /// What the difference rests on.
    clause: &'static str,
    why: &'static str,
    /// Whether the first judgement may say what the second does not.
    between: fn(Basis, Basis) -> bool,
}

/// All of these; each must occur.
const EXPECTED: &[Expected] = &[
    Expected {
        rule: "category-undecided",
        clause: "5.2.2",
        why: "f and j mean other kinds of requirement since the amendment",
        between: |here, there| here.edition != there.edition,
    },
    Expected {
        rule: "class-below-hazard",
        clause: "4.3",
        why: "a harm that asks for class B is above class A alone",
        between: |here, there| here.class == SafetyClass::A && there.class > SafetyClass::A,
    },
    Expected {
        rule: "class-lowered-by-non-hardware",
        clause: "4.3",
        why: "until the amendment hardware alone lowered a class",
        between: |here, there| here.edition < there.edition,
    },
    Expected {
        rule: "control-side-effects-unreviewed",
        clause: "7.3.1",
        why: "the amendment moved side effects here from 7.3.2",
        between: |here, there| here.edition > there.edition,
    },
    Expected {
        rule: "item-class-unjustified",
        clause: "4.3",
        why: "an item of class A is below its system from class B on, and the class is named",
        between: |here, there| here.class > SafetyClass::A && here.class != there.class,
    },
    Expected {
        rule: "legacy-edition-mismatch",
        clause: "4.4.1",
        why: "before the amendment nothing stands in the place of clauses 5 to 9",
        between: |here, there| here.edition < there.edition,
    },
    Expected {
        rule: "sequence-missing",
        clause: "7.1.5",
        why: "a note on the dropped clause, in the classes that it bound",
        between: |here, there| here.edition == there.edition && here.class > there.class,
    },
];

/// The one rule that says without a clause that a clause of the amendment is meant.
const WITHOUT_CLAUSE: &str = "legacy-edition-mismatch";

/// The day by which dates are judged.
const DAY: &str = "2026-09-01";

/// What the workspace is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Basis {
    edition: Edition,
    class: SafetyClass,
}

/// A finding by what it says and where: what the same gap is in another judgement.
type Key = [String; 5];

/// How a gap is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Judged {
    severity: String,
    clauses: Vec<String>,
    class: SafetyClass,
}

struct Judgement {
    basis: Basis,
    text: String,
    findings: BTreeMap<Key, Judged>,
}

impl Basis {
    fn all() -> impl Iterator<Item = Self> {
        let of_edition = |edition| SafetyClass::ALL.map(|class| Self { edition, class });
        Edition::ALL.into_iter().flat_map(of_edition)
    }

    /// The same workspace with the next class, or under the next edition.
    fn is_beside(self, other: Self) -> bool {
        let next_class = (self.class as usize) + 1 == other.class as usize;
        let next_edition = self.edition < other.edition;
        (self.edition == other.edition && next_class) || (self.class == other.class && next_edition)
    }

    fn judge(self) -> Judgement {
        let device = Project::fixture("judgements");
        let edition = format!("edition        = \"{}\"", self.edition.word());
        device.replace("iec62304.toml", "edition        = \"2006+AMD1:2015\"", &edition);
        let class = format!("class      = \"{}\"", self.class);
        device.replace("records.toml", "class      = \"C\"", &class);
        let tests = [
            "pump lib pump rate::tests::the_rate_is_read ok",
            "pump test system the_motor_gets_the_rate failed",
            "pump test system the_pump_runs_at_the_rate failed",
        ];
        assert_eq!(Fake::new(&tests).run(&device, &["verify"]).code, 1);
        device.rename_run();
        let findings =
            device.run(&["check", "--format", "json", "--as-of", DAY]).json()["findings"].take();
        let findings = findings.as_array().unwrap().iter().map(finding);
        let text = device.run(&["check", "--as-of", DAY]).stdout;
        let (before, after) = text.split_once("the last of ").unwrap();
        let text = format!("{before}the last of [DAY]{}", &after["2026-09-01".len()..]);
        Judgement { basis: self, text, findings: unique(findings) }
    }

    fn file(self) -> PathBuf {
        let year = if self.edition == Edition::First { "2006" } else { "2015" };
        repository().join(format!("tests/it/judgements/{year}-{}.txt", self.class))
    }
}

fn finding(finding: &Value) -> (Key, Judged) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = format!("{}:{}", finding["location"]["file"], finding["location"]["line"]);
    let subject = &finding["subject"];
    let [rule, kind, id] = [&finding["rule"], &subject["kind"], &subject["id"]].map(text);
    let clauses = finding["clauses"].as_array().unwrap().iter().map(text).collect();
    let class = SafetyClass::parse(&text(&finding["class"])).unwrap();
    let judged = Judged { severity: text(&finding["severity"]), clauses, class };
    ([rule, kind, id, text(&finding["message"]), place], judged)
}

fn unique(findings: impl Iterator<Item = (Key, Judged)>) -> BTreeMap<Key, Judged> {
    let mut all = BTreeMap::new();
    for (key, judged) in findings {
        let before = all.insert(key.clone(), judged);
        assert!(before.is_none(), "{key:?} is said twice");
    }
    all
}

impl Judgement {
    /// Whether a clause binds the subject of a finding here. A subject whose class is not
    /// that of the system there has that class here too.
    fn binds(&self, clause: &Clause, (there, class): (&Self, SafetyClass)) -> bool {
        let class = if class == there.basis.class { self.basis.class } else { class };
        clause.classes(self.basis.edition).contains(class)
    }
}

impl Judged {
    /// Whether both say as much, on whatever class.
    fn is_like(&self, other: &Self) -> bool {
        (&self.severity, &self.clauses) == (&other.severity, &other.clauses)
    }

    /// Its clauses that the same finding of another judgement does not name.
    fn own_clauses(&self, other: Option<&Self>) -> Vec<&'static Clause> {
        let is_own = |clause: &&String| other.is_none_or(|other| !other.clauses.contains(clause));
        self.clauses.iter().filter(is_own).map(|clause| Clause::find(clause).unwrap()).collect()
    }
}

/// What explains the differences between judgements.
#[derive(Default)]
struct Explanations {
    /// The clauses that bind on one side alone.
    clauses: BTreeSet<&'static str>,
    expected: BTreeSet<&'static str>,
    missing: Vec<String>,
}

impl Explanations {
    /// Explains what one judgement says and the other does not, or not so.
    fn explain(&mut self, here: &Judgement, there: &Judgement) {
        for (key, judged) in &here.findings {
            let other = there.findings.get(key);
            let is_same = other.is_some_and(|other| judged.is_like(other));
            if is_same || self.by_clauses((judged, other), here, there) {
                continue;
            }
            let between = |it: &&Expected| (it.between)(here.basis, there.basis);
            match EXPECTED.iter().filter(between).find(|expected| expected.rule == key[0]) {
                Some(expected) => drop(self.expected.insert(expected.why)),
                None => self.missing.push(format!("{key:?} of {:?}: {judged:?}", here.basis)),
            }
        }
    }

    /// Whether clauses explain it. For a finding to be here alone it takes one that binds
    /// here alone; where both have it, each clause has to that the other does not name.
    fn by_clauses(
        &mut self,
        (judged, other): (&Judged, Option<&Judged>),
        here: &Judgement,
        there: &Judgement,
    ) -> bool {
        let own = judged.own_clauses(other);
        let subject = (here, judged.class);
        let binds_here_alone =
            |clause: &&&Clause| here.binds(clause, subject) && !there.binds(clause, subject);
        let binding: Vec<&str> =
            own.iter().filter(binds_here_alone).map(|clause| clause.number).collect();
        self.clauses.extend(&binding);
        match other {
            None => !binding.is_empty(),
            Some(_) => binding.len() == own.len(),
        }
    }
}

fn judgements() -> Vec<Judgement> {
    Basis::all().map(Basis::judge).collect()
}

fn explanations(judgements: &[Judgement]) -> Explanations {
    let mut explanations = Explanations::default();
    for one in judgements {
        for other in judgements.iter().filter(|other| one.basis.is_beside(other.basis)) {
            explanations.explain(one, other);
            explanations.explain(other, one);
        }
    }
    explanations
}

/// Clauses that some rule looks at and that do not bind every class in both editions.
fn differing() -> BTreeSet<&'static str> {
    let everywhere =
        |clause: &&Clause| Basis::all().all(|it| clause.classes(it.edition).contains(it.class));
    let clauses = CLAUSES.iter().filter(|clause| !everywhere(clause));
    clauses.filter(|clause| !rules_on(clause).is_empty()).map(|clause| clause.number).collect()
}

#[test]
#[requirement("TOOL-9")]
#[risk_control("GUARD-2")]
fn the_six_judgements_are_as_reviewed() {
    for judgement in judgements() {
        let text = judgement.text.replace(&format!(" {} rules ", RULES.len()), " [N] rules ");
        let reviewed = snapbox::Data::read_from(&judgement.basis.file(), None);
        snapbox::assert_data_eq!(text, reviewed.raw());
    }
}

#[test]
#[requirement("TOOL-9")]
#[risk_control("GUARD-2")]
fn a_clause_explains_each_difference_between_classes_and_editions() {
    let explanations = explanations(&judgements());
    assert_eq!(explanations.missing, Vec::<String>::new());
    let expected = EXPECTED.iter().map(|expected| expected.why).collect();
    assert_eq!(explanations.expected, expected, "what is expected occurs");
    assert!(EXPECTED.iter().all(|expected| Clause::find(expected.clause).is_some()));
    assert_eq!(explanations.clauses, differing(), "each clause that differs shows");
}

/// The clause table alone decides to whom a rule may speak.
#[test]
#[requirement("TOOL-9")]
#[risk_control("GUARD-2")]
fn every_finding_rests_on_a_clause_that_binds_its_subject() {
    for Judgement { basis, findings, .. } in judgements() {
        for (key, judged) in &findings {
            let binds = |clause: &String| {
                let clause = Clause::find(clause).unwrap();
                clause.classes(basis.edition).contains(judged.class)
            };
            let may_rest_on_none =
                Rule::find(&key[0]).unwrap().is_of_the_tool() || key[0] == WITHOUT_CLAUSE;
            let is_a_note = judged.severity == "note";
            let rests_on_none = judged.clauses.is_empty() && (may_rest_on_none || is_a_note);
            assert!(rests_on_none || judged.clauses.iter().any(binds), "{key:?} {judged:?}");
        }
    }
}
