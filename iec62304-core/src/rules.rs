//! The registry of rules and the runner that asks them.
//!
//! A rule is a constant and one function; it never asks which class or edition
//! applies. The runner picks the subjects that the rule binds, counts them, and
//! turns each gap into a finding with clauses and reasons.

use iec62304_macros::requirement;

use crate::finding::{Finding, Gap, Severity};
use crate::standard::{Classes, Clause, Edition, SafetyClass};
use crate::trace::{Effective, Requirement, RiskControl, Trace, Unit};

mod annotation_malformed;
mod annotation_misplaced;
mod class_missing;
mod control_not_implemented;
mod control_unverified;
mod edition_missing;
mod input_undeclared;
mod record_malformed;
mod requirement_id_duplicate;
mod requirement_id_invalid;
mod requirement_not_implemented;
mod requirement_unverified;
mod source_unreadable;
mod unit_unverified;
mod unknown_reference;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &annotation_malformed::RULE,
    &annotation_misplaced::RULE,
    &class_missing::RULE,
    &control_not_implemented::RULE,
    &control_unverified::RULE,
    &edition_missing::RULE,
    &input_undeclared::RULE,
    &record_malformed::RULE,
    &requirement_id_duplicate::RULE,
    &requirement_id_invalid::RULE,
    &requirement_not_implemented::RULE,
    &requirement_unverified::RULE,
    &source_unreadable::RULE,
    &unit_unverified::RULE,
    &unknown_reference::RULE,
];

/// One check.
#[derive(Debug)]
pub struct Rule {
    /// Its name: kebab case, the name of its file and of its page.
    pub name: &'static str,
    /// How much its findings weigh.
    pub severity: Severity,
    /// The clauses behind it; empty for the tool's own rules, which bind every class.
    pub clauses: Clauses,
    /// The classes it binds, where they are fewer than those of its clauses.
    pub classes: PerEdition<Classes>,
    /// Its page: documentation, text of `explain`, and executed test.
    pub page: &'static str,
    /// What it looks at, one subject at a time.
    pub check: Check,
}

/// The numbers of the clauses behind a rule, per edition.
pub type Clauses = PerEdition<&'static [&'static str]>;

/// A value for each edition.
#[derive(Clone, Copy, Debug)]
pub struct PerEdition<T> {
    /// For IEC 62304:2006.
    pub first: T,
    /// For IEC 62304:2006 with Amendment 1.
    pub amended: T,
}

impl<T: Copy> PerEdition<T> {
    /// The same in both editions.
    pub const fn both(value: T) -> Self {
        Self { first: value, amended: value }
    }

    /// The value for `edition`.
    pub fn of(&self, edition: Edition) -> T {
        match edition {
            Edition::First => self.first,
            Edition::Amended => self.amended,
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The project as a whole; returns how many things it looked at, so that a check
    /// that had nothing to look at is not taken for one that found nothing.
    Project(fn(&Trace<'_>, &mut Vec<Gap>) -> usize),
    /// Each software requirement.
    Requirement(fn(&Trace<'_>, &Requirement<'_>, &mut Vec<Gap>)),
    /// Each risk control that is realised in software.
    RiskControl(fn(&Trace<'_>, &RiskControl<'_>, &mut Vec<Gap>)),
    /// Each software unit, or module that stands in for one.
    Unit(fn(&Trace<'_>, &Unit<'_>, &mut Vec<Gap>)),
}

impl Rule {
    /// The rule of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name).copied()
    }

    /// Whether it guards the tool's own answer and rests on no clause.
    pub fn is_of_the_tool(&self) -> bool {
        self.clauses.amended.is_empty() && self.clauses.first.is_empty()
    }

    /// The clauses behind it in `edition`.
    pub fn clauses(&self, edition: Edition) -> Vec<&'static Clause> {
        let numbers = self.clauses.of(edition);
        numbers
            .iter()
            .map(|number| Clause::find(number).expect("a registry test looks up every clause"))
            .collect()
    }

    /// Whether it binds subjects of `class` in `edition`.
    pub fn binds(&self, edition: Edition, class: SafetyClass) -> bool {
        self.classes.of(edition).contains(class)
    }
}

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRun {
    /// Its name.
    pub rule: &'static str,
    /// How many subjects it judged.
    pub judged: usize,
    /// How many subjects it does not bind, because of class and edition.
    pub not_required: usize,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// Asks every rule, in the order of the registry.
pub fn run(trace: &Trace<'_>) -> Vec<RuleRun> {
    RULES.iter().map(|rule| run_one(rule, trace)).collect()
}

#[requirement("TOOL-9")]
fn run_one(rule: &'static Rule, trace: &Trace<'_>) -> RuleRun {
    let mut run = RuleRun { rule: rule.name, judged: 0, not_required: 0, findings: Vec::new() };
    match rule.check {
        Check::Project(check) => {
            run.judged = run.judge(rule, trace, trace.system_class(), |gaps| check(trace, gaps));
        }
        Check::Requirement(check) => {
            for requirement in trace.requirements() {
                run.judged += run.judge(rule, trace, &requirement.class, |gaps| {
                    check(trace, requirement, gaps);
                    1
                });
            }
        }
        Check::RiskControl(check) => {
            for control in trace.risk_controls() {
                run.judged += run.judge(rule, trace, &control.class, |gaps| {
                    check(trace, control, gaps);
                    1
                });
            }
        }
        Check::Unit(check) => {
            for unit in trace.units() {
                run.judged += run.judge(rule, trace, &unit.class, |gaps| {
                    check(trace, unit, gaps);
                    1
                });
            }
        }
    }
    run
}

impl RuleRun {
    fn judge(
        &mut self,
        rule: &'static Rule,
        trace: &Trace<'_>,
        class: &Effective,
        check: impl FnOnce(&mut Vec<Gap>) -> usize,
    ) -> usize {
        let edition = trace.edition();
        if !rule.binds(edition, class.class) {
            self.not_required += 1;
            return 0;
        }
        let mut gaps = Vec::new();
        let judged = check(&mut gaps);
        self.findings.extend(gaps.into_iter().map(|gap| Finding {
            rule: rule.name,
            severity: rule.severity,
            clauses: rule.clauses(edition),
            class: class.class,
            why: why(rule, edition, class, &gap),
            gap,
        }));
        judged
    }
}

#[requirement("TOOL-14")]
fn why(rule: &Rule, edition: Edition, class: &Effective, gap: &Gap) -> String {
    if rule.is_of_the_tool() {
        return "a check of the tool's own: what it cannot read, it cannot judge".to_owned();
    }
    let numbers = rule.clauses.of(edition).join(", ");
    let bound = rule.classes.of(edition);
    match rule.check {
        Check::Project(_) => format!("{edition}, {numbers}: {bound}"),
        _ => format!(
            "{edition}, {numbers}: {bound}; {} is class {}, {}",
            gap.subject.id, class.class, class.because
        ),
    }
}

/// A gap of a risk control, with the requirements behind it that are open.
fn with_requirements(
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
