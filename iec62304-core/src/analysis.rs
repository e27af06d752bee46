//! The answer: findings, what was not checked, what was read. Owned plain data.

use iec62304_macros::requirement;

use crate::config::{Configuration, EditionSetting};
use crate::finding::{Finding, NotChecked, Severity};
use crate::known_gaps::KnownGap;
use crate::model::code::Certainty;
use crate::model::record::RecordKind;
use crate::not_checked::not_checked;
use crate::policy::{Acceptance, Policy, Settlement, SeverityChange, Waived, is_gap, known_gap};
use crate::rules::{self, RULES, Rule, RuleRun};
use crate::snapshot::Snapshot;
use crate::soup::{Basis, Inventory};
use crate::standard::{CLAUSES, Clause, Edition, SafetyClass};
use crate::trace::role::Role;
use crate::trace::{Project, Trace};

/// Everything that one run has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// The name of the project, if it has one.
    pub project: Option<String>,
    /// The edition that was judged by.
    pub edition: Edition,
    /// Whether the project chose that edition.
    pub edition_is_chosen: bool,
    /// The class of the software system, and why.
    pub system_class: (SafetyClass, String),
    /// Every software item with the class it was judged by, and why.
    pub item_classes: Vec<(String, SafetyClass, String)>,
    /// What was read.
    pub read: Read,
    /// What stored results say; `None` where the project stores none.
    pub results: Option<ResultCounts>,
    /// Every rule, in the order of the registry.
    pub rules: Vec<RuleRun>,
    /// Rules that weigh more or less here than elsewhere, in the order of their names.
    pub severities: Vec<SeverityChange>,
    /// Findings that a waiver accepts; they are no part of the findings.
    pub waived: Vec<Waived>,
    /// Findings that the list of known gaps has; they are no part of the findings.
    pub known_gaps: Vec<Finding>,
    /// What was not checked and could be.
    pub not_checked: Vec<NotChecked>,
    /// What ships that the project did not write, and what was judged about it.
    pub inventory: Inventory,
    /// Every clause of the standard and what this run can say of it.
    pub clauses: Vec<(&'static Clause, Verdict)>,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Packages of the workspace.
    pub packages: usize,
    /// Targets of these packages.
    pub targets: usize,
    /// Rust files, each once.
    pub files: usize,
    /// Bytes of Rust.
    pub bytes: u64,
    /// Modules, at every module path.
    pub modules: usize,
    /// Functions and methods that are no tests, at every module path.
    pub functions: usize,
    /// Tests, at every module path.
    pub tests: usize,
    /// Tests with at least one link.
    pub linked_tests: usize,
    /// Tags, each once.
    pub tags: usize,
    /// Configuration and record files.
    pub record_files: usize,
    /// Records.
    pub records: usize,
    /// Withdrawn records among them, which count as nothing else.
    pub withdrawn: usize,
    /// Requirements among the records.
    pub requirements: usize,
    /// Risk controls among the records.
    pub risk_controls: usize,
    /// Declared units among the records.
    pub units: usize,
}

/// How many linked tests passed, by the stored runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultCounts {
    /// Linked tests, each once.
    pub linked: usize,
    /// Those that passed on what stands there now.
    pub passed: usize,
    /// Stored runs that could be read.
    pub runs: usize,
    /// When the last of them ended, and who ran it.
    pub last: Option<(String, Option<String>)>,
}

/// What a run can say of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// An error is open.
    Gap,
    /// Only warnings are open, or what was found is waived or weighs less than elsewhere.
    Question,
    /// Rules looked and found nothing. They need not cover all of the clause.
    NoGapFound,
    /// No rule looked: none is built, or its input is absent.
    NotChecked,
    /// The clause binds no class of this software in this edition.
    NotRequired,
}

impl Verdict {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Question => "question",
            Self::NoGapFound => "no gap found",
            Self::NotChecked => "not checked",
            Self::NotRequired => "not required",
        }
    }
}

/// The counts that decide how a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Findings that a waiver accepts.
    pub waived: usize,
    /// Findings that the list of known gaps has.
    pub known_gaps: usize,
    /// Entries of what was not checked.
    pub not_checked: usize,
    /// Whether there was neither a record nor a tag to look at.
    pub nothing_to_check: bool,
    /// Whether the project declares what ships and cargo could not say what it links.
    pub unresolved: bool,
}

/// Judges a snapshot. Never fails: what cannot be read is a finding.
pub fn analyze(snapshot: &Snapshot) -> Analysis {
    let project = Project::read(snapshot);
    let trace = Trace::link(&project);
    judge(&trace, Inventory::build(snapshot, &trace))
}

/// Judges what is linked already.
pub fn judge(trace: &Trace<'_>, inventory: Inventory) -> Analysis {
    let configuration = &trace.project().configuration;
    let severities = severities(configuration);
    let (rules, settlement) = settled(trace, &inventory, &severities);
    let edition = trace.edition();
    let system = trace.system_class();
    Analysis {
        project: configuration.name.as_ref().map(|name| name.value.clone()),
        edition,
        edition_is_chosen: configuration
            .edition
            .as_ref()
            .is_some_and(|edition| matches!(edition.value, EditionSetting::Known(_))),
        system_class: (system.class, system.because.clone()),
        item_classes: trace
            .classes()
            .items()
            .map(|(id, effective)| (id.to_owned(), effective.class, effective.because.clone()))
            .collect(),
        read: read(trace),
        results: results(trace),
        clauses: clauses(edition, highest_class(trace), &rules, &settlement, &severities),
        rules,
        severities,
        waived: settlement.waived,
        known_gaps: settlement.known_gaps,
        not_checked: not_checked(trace, &inventory),
        inventory,
    }
}

impl Analysis {
    /// Every finding: errors first, then by rule, then by place.
    #[requirement("TOOL-13")]
    pub fn findings(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.rules.iter().flat_map(|run| &run.findings).collect();
        let place = |finding: &Finding| finding.gap.at.as_ref().map(|label| label.at.clone());
        findings.sort_by_cached_key(|finding| {
            (finding.severity, finding.rule, place(finding), finding.gap.message.clone())
        });
        findings
    }

    /// Findings that do not count as open, each with what accepts it.
    pub fn accepted(&self) -> impl Iterator<Item = (&Finding, Acceptance)> {
        let waived = self.waived.iter().map(|waived| (&waived.finding, Acceptance::Waiver));
        waived.chain(self.known_gaps.iter().map(|finding| (finding, Acceptance::KnownGap)))
    }

    /// The counts that decide how a run ends.
    pub fn outcome(&self) -> Outcome {
        let count = |severity| {
            let findings = self.rules.iter().flat_map(|run| &run.findings);
            findings.filter(|finding| finding.severity == severity).count()
        };
        Outcome {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            waived: self.waived.len(),
            known_gaps: self.known_gaps.len(),
            not_checked: self.not_checked.len(),
            nothing_to_check: self.read.records == 0 && self.read.tags == 0,
            unresolved: matches!(self.inventory.basis, Basis::LockFile { .. }),
        }
    }

    /// The entries of a first list of known gaps: every gap that is open.
    pub fn listable_gaps(&self) -> Vec<KnownGap> {
        let findings = self.rules.iter().flat_map(|run| &run.findings);
        findings.filter(|finding| is_gap(finding)).map(known_gap).collect()
    }

    /// The entries that a list of known gaps keeps: those whose gap is still there.
    pub fn remaining_gaps(&self) -> Vec<KnownGap> {
        self.known_gaps.iter().map(known_gap).collect()
    }

    /// How many clauses have this verdict.
    pub fn clauses_with(&self, verdict: Verdict) -> usize {
        self.clauses.iter().filter(|(_, found)| *found == verdict).count()
    }
}

/// The class whose clauses are asked for: the highest that an item has, or that a
/// hazardous situation asks for where nobody has given that class to an item.
fn highest_class(trace: &Trace<'_>) -> SafetyClass {
    let items = trace.classes().items().map(|(_, effective)| effective.class);
    let situations = trace.hazards().situations.iter().map(|situation| situation.class.class);
    let all = items.chain(situations).chain([trace.system_class().class]);
    all.max().expect("the system has a class")
}

/// What the rules found, with the project's decisions applied to it.
fn settled(
    trace: &Trace<'_>,
    inventory: &Inventory,
    severities: &[SeverityChange],
) -> (Vec<RuleRun>, Settlement) {
    let project = trace.project();
    let mut runs = rules::run(trace, inventory);
    let decidable = |rule: &str| Rule::find(rule).is_some_and(|rule| !rule.is_of_the_tool());
    let policy = Policy {
        severities,
        waivers: project.waivers.iter().filter(|waiver| decidable(&waiver.rule.value)).collect(),
        known_gaps: &project.known_gaps.gaps,
        as_of: inventory.as_of,
        had_input: &|name| Rule::find(name).is_none_or(|rule| rule.had_input(inventory)),
    };
    let contents = trace.contents();
    let content = |finding: &Finding| {
        let subject = &finding.gap.subject;
        contents.of_subject(subject.kind, &subject.id)
    };
    let found = runs.iter_mut().map(|run| &mut run.findings).collect();
    let settlement = policy.settle(found, content);
    rules::run_on_settlement(&mut runs, trace, &settlement);
    for run in &mut runs {
        policy.weigh(&mut run.findings);
    }
    (runs, settlement)
}

/// The changes of severity that the tool lets a project make.
fn severities(configuration: &Configuration) -> Vec<SeverityChange> {
    let changes = configuration.severities.iter().filter_map(|setting| {
        let rule = Rule::find(&setting.rule.value)?;
        let to = Severity::parse(&setting.severity.value).filter(|to| rule.may_weigh(*to))?;
        let reason = setting.reason.clone();
        Some(SeverityChange { rule: rule.name, from: rule.severity, to, reason })
    });
    let mut changes: Vec<SeverityChange> = changes.collect();
    changes.sort_by_key(|change| change.rule);
    changes
}

/// The worst that a rule has found, whatever the project decided about it: a finding
/// that is accepted or made lighter is still not "no gap found".
fn worst(
    rule: &Rule,
    run: &RuleRun,
    settlement: &Settlement,
    severities: &[SeverityChange],
) -> Option<Severity> {
    let is_made_lighter = severities.iter().any(|it| it.rule == rule.name && it.is_lighter());
    let lightest = if is_made_lighter { Severity::Warning } else { Severity::Note };
    let open = run.findings.iter().chain(&settlement.known_gaps);
    let open = open.filter(|finding| finding.rule == rule.name);
    let weights = open.map(|finding| finding.severity.min(lightest));
    let waived = settlement.waived.iter().map(|waived| &waived.finding);
    let waived = waived.filter(|finding| finding.rule == rule.name);
    weights.chain(waived.map(|finding| finding.severity.max(Severity::Warning))).min()
}

fn clauses(
    edition: Edition,
    class: SafetyClass,
    runs: &[RuleRun],
    settlement: &Settlement,
    severities: &[SeverityChange],
) -> Vec<(&'static Clause, Verdict)> {
    let verdict = |clause: &Clause| {
        if !clause.classes(edition).contains(class) {
            return Verdict::NotRequired;
        }
        let cites =
            |(rule, _): &(&&Rule, &RuleRun)| rule.clauses.of(edition).contains(&clause.number);
        let looked: Vec<(&&Rule, &RuleRun)> =
            RULES.iter().zip(runs).filter(cites).filter(|(_, run)| run.judged > 0).collect();
        let worst = |(rule, run): &(&&Rule, &RuleRun)| worst(rule, run, settlement, severities);
        let worst = looked.iter().filter_map(worst).min();
        match worst {
            _ if looked.is_empty() => Verdict::NotChecked,
            Some(Severity::Error) => Verdict::Gap,
            Some(Severity::Warning) => Verdict::Question,
            Some(Severity::Note) | None => Verdict::NoGapFound,
        }
    };
    CLAUSES.iter().map(|clause| (clause, verdict(clause))).collect()
}

fn results(trace: &Trace<'_>) -> Option<ResultCounts> {
    let results = trace.results();
    let tests = trace.linked_tests();
    results.are_stored().then(|| ResultCounts {
        linked: tests.len(),
        passed: tests.iter().filter(|test| test.standing.counts()).count(),
        runs: results.runs.len(),
        last: results
            .runs
            .first()
            .map(|stored| (stored.run.finished.clone(), stored.run.by.clone())),
    })
}

fn read(trace: &Trace<'_>) -> Read {
    let project = trace.project();
    let code = &project.code;
    let of_kind = |kind| project.records().filter(|record| record.kind == kind).count();
    let functions = || code.items.iter().filter(|item| item.kind == "fn");
    let mut linked: Vec<_> = trace
        .links()
        .iter()
        .filter(|link| link.role == Role::Verifies)
        .filter_map(|link| link.tag.owner.item())
        .collect();
    linked.sort_unstable();
    linked.dedup();
    let mut tags: Vec<_> = code.tags.iter().map(|tag| &tag.at).collect();
    tags.sort_unstable();
    tags.dedup();
    Read {
        packages: project.packages.len(),
        targets: code.targets.len(),
        files: code.files,
        bytes: code.bytes,
        modules: code.modules.len(),
        functions: functions().filter(|item| item.test.is_none()).count(),
        tests: functions()
            .filter(|item| item.test.is_some() && item.compiled.in_tests != Certainty::No)
            .count(),
        linked_tests: linked.len(),
        tags: tags.len(),
        record_files: project.documents.len(),
        records: project.all_records().count(),
        withdrawn: project.withdrawn().count(),
        requirements: of_kind(RecordKind::Requirement),
        risk_controls: of_kind(RecordKind::RiskControl),
        units: of_kind(RecordKind::Unit),
    }
}
