//! The registry of rules and the runner that asks them.
//!
//! A rule is a constant and one function; it never asks which class or edition
//! applies. The runner picks the subjects that the rule binds, counts them, and
//! turns each gap into a finding with clauses and reasons.

use iec62304_macros::requirement;

use crate::finding::{Finding, Gap, Severity};
use crate::soup::{Group, Inventory, Row};
use crate::standard::{Classes, Clause, Edition, SafetyClass};
use crate::trace::{Effective, Item, LinkedTest, Module, Requirement, RiskControl, Trace, Unit};

mod annotation_malformed;
mod annotation_misplaced;
mod build_input_untracked;
mod build_tool_unlisted;
mod class_missing;
mod code_outside_units;
mod control_not_implemented;
mod control_unverified;
mod dependency_not_archivable;
mod edition_missing;
mod input_undeclared;
mod item_without_unit;
mod lock_file_missing;
mod record_malformed;
mod requirement_id_duplicate;
mod requirement_id_invalid;
mod requirement_not_implemented;
mod requirement_unverified;
mod soup_advisory_open;
mod soup_anomalies_stale;
mod soup_anomalies_unevaluated;
mod soup_environment_conflict;
mod soup_environment_missing;
mod soup_field_missing;
mod soup_modified;
mod soup_not_considered_as_cause;
mod soup_requirements_missing;
mod soup_standard_library_missing;
mod soup_unlisted;
mod soup_unused;
mod soup_unverified;
mod soup_version_mismatch;
mod source_unreadable;
mod test_cannot_fail;
mod toolchain_unpinned;
mod unit_criteria_missing;
mod unit_criterion_unverified;
mod unit_design_missing;
mod unit_interface_undocumented;
mod unit_method_missing;
mod unit_overlap;
mod unit_topic_undecided;
mod unit_unverified;
mod unit_without_code;
mod unit_without_requirement;
mod unknown_reference;
mod unsafe_unreviewed;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &annotation_malformed::RULE,
    &annotation_misplaced::RULE,
    &build_input_untracked::RULE,
    &build_tool_unlisted::RULE,
    &class_missing::RULE,
    &code_outside_units::RULE,
    &control_not_implemented::RULE,
    &control_unverified::RULE,
    &dependency_not_archivable::RULE,
    &edition_missing::RULE,
    &input_undeclared::RULE,
    &item_without_unit::RULE,
    &lock_file_missing::RULE,
    &record_malformed::RULE,
    &requirement_id_duplicate::RULE,
    &requirement_id_invalid::RULE,
    &requirement_not_implemented::RULE,
    &requirement_unverified::RULE,
    &soup_advisory_open::RULE,
    &soup_anomalies_stale::RULE,
    &soup_anomalies_unevaluated::RULE,
    &soup_environment_conflict::RULE,
    &soup_environment_missing::RULE,
    &soup_field_missing::RULE,
    &soup_modified::RULE,
    &soup_not_considered_as_cause::RULE,
    &soup_requirements_missing::RULE,
    &soup_standard_library_missing::RULE,
    &soup_unlisted::RULE,
    &soup_unused::RULE,
    &soup_unverified::RULE,
    &soup_version_mismatch::RULE,
    &source_unreadable::RULE,
    &test_cannot_fail::RULE,
    &toolchain_unpinned::RULE,
    &unit_criteria_missing::RULE,
    &unit_criterion_unverified::RULE,
    &unit_design_missing::RULE,
    &unit_interface_undocumented::RULE,
    &unit_method_missing::RULE,
    &unit_overlap::RULE,
    &unit_topic_undecided::RULE,
    &unit_unverified::RULE,
    &unit_without_code::RULE,
    &unit_without_requirement::RULE,
    &unknown_reference::RULE,
    &unsafe_unreviewed::RULE,
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
    /// Each software item.
    Item(fn(&Trace<'_>, &Item<'_>, &mut Vec<Gap>)),
    /// Each module of the product.
    Module(fn(&Trace<'_>, &Module<'_>, &mut Vec<Gap>)),
    /// Each software unit, or module that stands in for one.
    Unit(fn(&Trace<'_>, &Unit<'_>, &mut Vec<Gap>)),
    /// Each software unit that a record declares.
    DeclaredUnit(fn(&Trace<'_>, &Unit<'_>, &mut Vec<Gap>)),
    /// Each test that verifies something.
    LinkedTest(fn(&Trace<'_>, &LinkedTest<'_>, &mut Vec<Gap>)),
    /// The inventory as a whole; returns how many things it looked at.
    Inventory(fn(&Trace<'_>, &Inventory, &mut Vec<Gap>) -> usize),
    /// Each item of the SOUP list.
    Soup(fn(&Inventory, &Row, &mut Vec<Gap>)),
    /// Each record of a SOUP item, with all the items that it speaks for.
    SoupGroup(fn(&Inventory, &Group<'_>, &mut Vec<Gap>)),
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
pub fn run(trace: &Trace<'_>, inventory: &Inventory) -> Vec<RuleRun> {
    RULES.iter().map(|rule| run_one(rule, trace, inventory)).collect()
}

#[requirement("TOOL-9")]
fn run_one(rule: &'static Rule, trace: &Trace<'_>, inventory: &Inventory) -> RuleRun {
    let mut run = RuleRun { rule: rule.name, judged: 0, not_required: 0, findings: Vec::new() };
    let project = trace.system_class();
    match rule.check {
        Check::Project(check) => {
            run.judged = run.judge(rule, trace, project, |gaps| check(trace, gaps));
        }
        Check::Inventory(check) => {
            run.judged = run.judge(rule, trace, project, |gaps| check(trace, inventory, gaps));
        }
        Check::Requirement(check) => {
            for requirement in trace.requirements() {
                run.judge_one(rule, trace, &requirement.class, |gaps| {
                    check(trace, requirement, gaps);
                });
            }
        }
        Check::RiskControl(check) => {
            for control in trace.risk_controls() {
                run.judge_one(rule, trace, &control.class, |gaps| check(trace, control, gaps));
            }
        }
        Check::Item(check) => {
            for item in trace.items() {
                run.judge_one(rule, trace, &item.class, |gaps| check(trace, item, gaps));
            }
        }
        Check::Module(check) => {
            for module in trace.modules() {
                run.judge_one(rule, trace, &module.class, |gaps| check(trace, module, gaps));
            }
        }
        Check::DeclaredUnit(check) => {
            for unit in trace.units().iter().filter(|unit| unit.is_declared()) {
                run.judge_one(rule, trace, &unit.class, |gaps| check(trace, unit, gaps));
            }
        }
        Check::LinkedTest(check) => {
            for test in trace.linked_tests() {
                run.judge_one(rule, trace, &test.class, |gaps| check(trace, test, gaps));
            }
        }
        Check::Unit(check) => {
            for unit in trace.units() {
                run.judge_one(rule, trace, &unit.class, |gaps| check(trace, unit, gaps));
            }
        }
        Check::Soup(check) => {
            for row in &inventory.soup {
                run.judge_one(rule, trace, &row.class, |gaps| check(inventory, row, gaps));
            }
        }
        Check::SoupGroup(check) => {
            for group in inventory.groups() {
                run.judge_one(rule, trace, &group.class, |gaps| check(inventory, &group, gaps));
            }
        }
    }
    run
}

impl RuleRun {
    /// Judges one subject of its own class.
    fn judge_one(
        &mut self,
        rule: &'static Rule,
        trace: &Trace<'_>,
        class: &Effective,
        check: impl FnOnce(&mut Vec<Gap>),
    ) {
        self.judged += self.judge(rule, trace, class, |gaps| {
            check(gaps);
            1
        });
    }

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
            severity: gap.severity.unwrap_or(rule.severity),
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
        Check::Project(_) | Check::Inventory(_) => format!("{edition}, {numbers}: {bound}"),
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

/// `is` for one thing, `are` for several.
fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
