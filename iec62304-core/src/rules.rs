//! The registry of rules and the runner that asks them.
//!
//! A rule is a constant and one function; it never asks which class or edition
//! applies. The runner picks the subjects that the rule binds, counts them, and
//! turns each gap into a finding with clauses and reasons.

use iec62304_macros::requirement;

use crate::finding::{Finding, Gap, Severity, put_fingerprints};
use crate::model::record::RecordKind;
use crate::policy::Settlement;
use crate::remarks::{
    changed_since_review, incomplete_runs, is_or_are, lowered_by, named, never_reviewed, of_waiver,
    on, standing_of, subject, with_failing, with_outdated, with_requirements,
};
use crate::soup::{AdvisoryState, Basis, Group, Inventory, Row};
pub use crate::standard::PerEdition;
use crate::standard::{Classes, Clause, Edition, SafetyClass};
use crate::trace::architecture::{Dependence, Segregation};
use crate::trace::class::Classed;
use crate::trace::review::{Reviewed, Topic};
use crate::trace::statements::{Legacy, Lowering, SharedCode, StatedClass};
use crate::trace::{
    Cause, ContributingItem, Effective, HazardousSituation, Item, LinkedTest, Module, Requirement,
    RiskControl, Trace, Unit,
};

mod annotation_compiled_out;
mod annotation_malformed;
mod annotation_misplaced;
mod architecture_review_missing;
mod build_input_untracked;
mod build_tool_unlisted;
mod category_undecided;
mod cause_kind_undecided;
mod cause_without_control;
mod class_below_hazard;
mod class_lowered_by_internal_control;
mod class_lowered_by_non_hardware;
mod class_missing;
mod class_rationale_missing;
mod code_outside_units;
mod code_untraced;
mod control_item_class_low;
mod control_not_implemented;
mod control_same_as_cause;
mod control_side_effects_unreviewed;
mod control_unverified;
mod control_verified_in_passing;
mod crate_without_item;
mod dependency_not_archivable;
mod design_review_missing;
mod edition_missing;
mod evidence_from_dirty_tree;
mod evidence_malformed;
mod evidence_stale;
mod failure_without_problem_report;
mod hazard_without_cause;
mod hazard_without_item;
mod input_undeclared;
mod integration_record_incomplete;
mod interface_undeclared;
mod item_class_unjustified;
mod item_without_code;
mod item_without_requirement;
mod item_without_unit;
mod known_gap_closed;
mod legacy_edition_mismatch;
mod legacy_record_incomplete;
mod lock_file_missing;
mod mixed_class_group;
mod qms_reference_missing;
mod record_malformed;
mod requirement_category_missing;
mod requirement_id_duplicate;
mod requirement_id_invalid;
mod requirement_not_implemented;
mod requirement_not_testable;
mod requirement_part_uncovered;
mod requirement_review_missing;
mod requirement_review_stale;
mod requirement_unallocated;
mod requirement_unverified;
mod requirement_verification_failed;
mod requirement_without_source;
mod requirement_without_system_test;
mod requirement_wording;
mod result_failed;
mod result_flaky;
mod result_missing;
mod result_skipped;
mod risk_analysis_not_revisited;
mod risk_control_not_required;
mod risk_file_reference_missing;
mod segregation_missing;
mod segregation_unverified;
mod segregation_violated;
mod sequence_missing;
mod soup_advisory_open;
mod soup_anomalies_stale;
mod soup_anomalies_unevaluated;
mod soup_change_unanalysed;
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
mod suspect_link;
mod system_record_incomplete;
mod system_requirement_uncovered;
mod system_requirements_missing;
mod system_test_untraced;
mod test_cannot_fail;
mod tool_version_mismatch;
mod toolchain_unpinned;
mod unit_criteria_missing;
mod unit_criterion_unverified;
mod unit_design_missing;
mod unit_interface_undocumented;
mod unit_level_evidence_missing;
mod unit_method_missing;
mod unit_overlap;
mod unit_procedure_unreviewed;
mod unit_topic_undecided;
mod unit_unverified;
mod unit_without_code;
mod unit_without_requirement;
mod unknown_reference;
mod unsafe_unreviewed;
mod waiver_expired;
mod waiver_unused;
mod waiver_without_reason;
mod withdrawn_reference;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &annotation_compiled_out::RULE,
    &annotation_malformed::RULE,
    &annotation_misplaced::RULE,
    &architecture_review_missing::RULE,
    &build_input_untracked::RULE,
    &build_tool_unlisted::RULE,
    &category_undecided::RULE,
    &cause_kind_undecided::RULE,
    &cause_without_control::RULE,
    &class_below_hazard::RULE,
    &class_lowered_by_internal_control::RULE,
    &class_lowered_by_non_hardware::RULE,
    &class_missing::RULE,
    &class_rationale_missing::RULE,
    &code_outside_units::RULE,
    &code_untraced::RULE,
    &control_item_class_low::RULE,
    &control_not_implemented::RULE,
    &control_same_as_cause::RULE,
    &control_side_effects_unreviewed::RULE,
    &control_unverified::RULE,
    &control_verified_in_passing::RULE,
    &crate_without_item::RULE,
    &dependency_not_archivable::RULE,
    &design_review_missing::RULE,
    &edition_missing::RULE,
    &evidence_from_dirty_tree::RULE,
    &evidence_malformed::RULE,
    &evidence_stale::RULE,
    &failure_without_problem_report::RULE,
    &hazard_without_cause::RULE,
    &hazard_without_item::RULE,
    &input_undeclared::RULE,
    &integration_record_incomplete::RULE,
    &interface_undeclared::RULE,
    &item_class_unjustified::RULE,
    &item_without_code::RULE,
    &item_without_requirement::RULE,
    &item_without_unit::RULE,
    &known_gap_closed::RULE,
    &legacy_edition_mismatch::RULE,
    &legacy_record_incomplete::RULE,
    &lock_file_missing::RULE,
    &mixed_class_group::RULE,
    &qms_reference_missing::RULE,
    &record_malformed::RULE,
    &requirement_category_missing::RULE,
    &requirement_id_duplicate::RULE,
    &requirement_id_invalid::RULE,
    &requirement_not_implemented::RULE,
    &requirement_not_testable::RULE,
    &requirement_part_uncovered::RULE,
    &requirement_review_missing::RULE,
    &requirement_review_stale::RULE,
    &requirement_unallocated::RULE,
    &requirement_unverified::RULE,
    &requirement_verification_failed::RULE,
    &requirement_without_source::RULE,
    &requirement_without_system_test::RULE,
    &requirement_wording::RULE,
    &result_failed::RULE,
    &result_flaky::RULE,
    &result_missing::RULE,
    &result_skipped::RULE,
    &risk_analysis_not_revisited::RULE,
    &risk_control_not_required::RULE,
    &risk_file_reference_missing::RULE,
    &segregation_missing::RULE,
    &segregation_unverified::RULE,
    &segregation_violated::RULE,
    &sequence_missing::RULE,
    &soup_advisory_open::RULE,
    &soup_anomalies_stale::RULE,
    &soup_anomalies_unevaluated::RULE,
    &soup_change_unanalysed::RULE,
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
    &suspect_link::RULE,
    &system_record_incomplete::RULE,
    &system_requirement_uncovered::RULE,
    &system_requirements_missing::RULE,
    &system_test_untraced::RULE,
    &test_cannot_fail::RULE,
    &tool_version_mismatch::RULE,
    &toolchain_unpinned::RULE,
    &unit_criteria_missing::RULE,
    &unit_criterion_unverified::RULE,
    &unit_design_missing::RULE,
    &unit_interface_undocumented::RULE,
    &unit_level_evidence_missing::RULE,
    &unit_method_missing::RULE,
    &unit_overlap::RULE,
    &unit_procedure_unreviewed::RULE,
    &unit_topic_undecided::RULE,
    &unit_unverified::RULE,
    &unit_without_code::RULE,
    &unit_without_requirement::RULE,
    &unknown_reference::RULE,
    &unsafe_unreviewed::RULE,
    &waiver_expired::RULE,
    &waiver_unused::RULE,
    &waiver_without_reason::RULE,
    &withdrawn_reference::RULE,
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

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The project as a whole; returns how many things it looked at, so that a check
    /// that had nothing to look at is not taken for one that found nothing.
    Project(fn(&Trace<'_>, &mut Vec<Gap>) -> usize),
    /// Each class that a software system or item states, of records of these kinds.
    StatedClass(&'static [RecordKind], fn(&Trace<'_>, &StatedClass<'_>, &mut Vec<Gap>)),
    /// Each risk control without which a class would be higher.
    Lowering(fn(&Trace<'_>, &Lowering<'_>, &mut Vec<Gap>)),
    /// Each crate and each build with code of several items.
    SharedCode(fn(&Trace<'_>, &SharedCode<'_>, &mut Vec<Gap>)),
    /// Each system and item that is kept in use as legacy software.
    Legacy(fn(&Trace<'_>, &Legacy<'_>, &mut Vec<Gap>)),
    /// Each software requirement.
    Requirement(fn(&Trace<'_>, &Requirement<'_>, &mut Vec<Gap>)),
    /// Each risk control that is realised in software.
    RiskControl(fn(&Trace<'_>, &RiskControl<'_>, &mut Vec<Gap>)),
    /// Each hazardous situation.
    HazardousSituation(fn(&Trace<'_>, &HazardousSituation<'_>, &mut Vec<Gap>)),
    /// Each cause of a hazardous situation.
    Cause(fn(&Trace<'_>, &Cause<'_>, &mut Vec<Gap>)),
    /// Each cause that says which requirements fail in it.
    Failure(fn(&Trace<'_>, &Cause<'_>, &mut Vec<Gap>)),
    /// Each item that a cause names, once some cause says of which kind it is.
    ContributingItem(fn(&Trace<'_>, &ContributingItem<'_>, &mut Vec<Gap>)),
    /// Each software item.
    Item(fn(&Trace<'_>, &Item<'_>, &mut Vec<Gap>)),
    /// Each module of the product.
    Module(fn(&Trace<'_>, &Module<'_>, &mut Vec<Gap>)),
    /// Each two software items of which one depends on the other.
    Dependence(fn(&Trace<'_>, &Dependence<'_>, &mut Vec<Gap>)),
    /// Each segregation.
    Segregation(fn(&Trace<'_>, &Segregation<'_>, &mut Vec<Gap>)),
    /// Each software unit, or module that stands in for one.
    Unit(fn(&Trace<'_>, &Unit<'_>, &mut Vec<Gap>)),
    /// Each software unit that a record declares.
    DeclaredUnit(fn(&Trace<'_>, &Unit<'_>, &mut Vec<Gap>)),
    /// Each test that verifies something.
    LinkedTest(fn(&Trace<'_>, &LinkedTest<'_>, &mut Vec<Gap>)),
    /// Each linked test, where results are stored.
    TestResult(fn(&Trace<'_>, &LinkedTest<'_>, &mut Vec<Gap>)),
    /// Each software requirement, where results are stored.
    RequirementResult(fn(&Trace<'_>, &Requirement<'_>, &mut Vec<Gap>)),
    /// Each thing that must be reviewed under a topic, once there is a review of its kind.
    Review(Topic, fn(&Trace<'_>, &Reviewed<'_>, &mut Vec<Gap>)),
    /// The inventory as a whole; returns how many things it looked at.
    Inventory(fn(&Trace<'_>, &Inventory, &mut Vec<Gap>) -> usize),
    /// Each item of the SOUP list.
    Soup(fn(&Inventory, &Row, &mut Vec<Gap>)),
    /// Each record of a SOUP item, with all the items that it speaks for.
    SoupGroup(fn(&Inventory, &Group<'_>, &mut Vec<Gap>)),
    /// What became of the project's decisions on what all other rules found; returns how
    /// many decisions it looked at.
    Settlement(fn(&Settlement, &mut Vec<Gap>) -> usize),
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

    /// Whether what it looks at was there, as far as that depends on more than the project
    /// itself: on cargo, and on an advisory database.
    pub fn had_input(&self, inventory: &Inventory) -> bool {
        let is_resolved = matches!(inventory.basis, Basis::NotAsked | Basis::Graph);
        let has_advisories = !matches!(inventory.advisories, AdvisoryState::None);
        is_resolved && (has_advisories || self.name != soup_advisory_open::RULE.name)
    }

    /// Whether a project may give its findings this weight: what guards the tool's own
    /// answer weighs no less than it does.
    pub fn may_weigh(&self, severity: Severity) -> bool {
        !self.is_of_the_tool() || severity <= self.severity
    }

    /// The clauses behind it in `edition`.
    pub fn clauses(&self, edition: Edition) -> Vec<&'static Clause> {
        let numbers = self.clauses.of(edition);
        numbers
            .iter()
            .map(|number| Clause::find(number).expect("a registry test looks up every clause"))
            .collect()
    }

    /// How much its findings weigh in `edition`: where the amendment dropped the clause
    /// that asked for it, they are worth knowing and no more.
    #[requirement("TOOL-27")]
    pub fn severity_in(&self, edition: Edition) -> Severity {
        if self.is_dropped_in(edition) { Severity::Note } else { self.severity }
    }

    fn is_dropped_in(&self, edition: Edition) -> bool {
        self.clauses.of(edition).is_empty() && !self.clauses.first.is_empty()
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

/// Asks the rules on decisions, once these have been applied to what the others found.
pub fn run_on_settlement(runs: &mut [RuleRun], trace: &Trace<'_>, settlement: &Settlement) {
    for (rule, run) in RULES.iter().zip(runs) {
        if let Check::Settlement(check) = rule.check {
            let system = trace.system_class();
            run.judged = run.judge(rule, trace, system, |gaps| check(settlement, gaps));
            put_fingerprints(&mut run.findings);
        }
    }
}

#[requirement("TOOL-9")]
fn run_one(rule: &'static Rule, trace: &Trace<'_>, inventory: &Inventory) -> RuleRun {
    let mut run = RuleRun { rule: rule.name, judged: 0, not_required: 0, findings: Vec::new() };
    let project = trace.system_class();
    let (statements, architecture) = (trace.statements(), trace.architecture());
    let hazards = trace.hazards();
    match rule.check {
        Check::Project(check) => {
            run.judged = run.judge(rule, trace, project, |gaps| check(trace, gaps));
        }
        Check::Inventory(check) => {
            run.judged = run.judge(rule, trace, project, |gaps| check(trace, inventory, gaps));
        }
        Check::StatedClass(kinds, check) => {
            let is_of_kind = |stated: &&StatedClass<'_>| kinds.contains(&stated.record.kind);
            let stated = statements.stated.iter().filter(is_of_kind);
            run.judge_each(rule, trace, stated, check);
        }
        Check::Lowering(check) => run.judge_each(rule, trace, &statements.lowerings, check),
        Check::SharedCode(check) => run.judge_each(rule, trace, &statements.shared, check),
        Check::Legacy(check) => run.judge_each(rule, trace, &statements.legacies, check),
        Check::Requirement(check) => run.judge_each(rule, trace, trace.requirements(), check),
        Check::RiskControl(check) => run.judge_each(rule, trace, trace.risk_controls(), check),
        Check::HazardousSituation(check) => {
            run.judge_each(rule, trace, &hazards.situations, check);
        }
        Check::Cause(check) => run.judge_each(rule, trace, hazards.causes(), check),
        Check::Failure(check) => run.judge_each(rule, trace, hazards.failures(), check),
        Check::ContributingItem(check) => {
            run.judge_each(rule, trace, hazards.items_to_decide_on(), check);
        }
        Check::Item(check) => run.judge_each(rule, trace, trace.items(), check),
        Check::Module(check) => run.judge_each(rule, trace, trace.modules(), check),
        Check::DeclaredUnit(check) => {
            let declared = trace.units().iter().filter(|unit| unit.is_declared());
            run.judge_each(rule, trace, declared, check);
        }
        Check::LinkedTest(check) => run.judge_each(rule, trace, trace.linked_tests(), check),
        Check::TestResult(check) => {
            let stored = trace.linked_tests().iter().filter(|_| trace.results().are_stored());
            run.judge_each(rule, trace, stored, check);
        }
        Check::RequirementResult(check) => {
            let stored = trace.requirements().iter().filter(|_| trace.results().are_stored());
            run.judge_each(rule, trace, stored, check);
        }
        Check::Dependence(check) => run.judge_each(rule, trace, &architecture.dependences, check),
        Check::Segregation(check) => run.judge_each(rule, trace, &architecture.segregations, check),
        Check::Unit(check) => run.judge_each(rule, trace, trace.units(), check),
        Check::Review(topic, check) => run.judge_each(rule, trace, trace.reviewed(topic), check),
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
        // Decisions are judged after all findings; see `run_on_settlement`.
        Check::Settlement(_) => {}
    }
    put_fingerprints(&mut run.findings);
    run
}

impl RuleRun {
    /// Judges subjects, each by its own class.
    fn judge_each<'t, T: Classed + 't>(
        &mut self,
        rule: &'static Rule,
        trace: &Trace<'_>,
        subjects: impl IntoIterator<Item = &'t T>,
        check: fn(&Trace<'_>, &T, &mut Vec<Gap>),
    ) {
        for subject in subjects {
            self.judge_one(rule, trace, subject.effective(), |gaps| check(trace, subject, gaps));
        }
    }

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
            severity: gap.severity.unwrap_or_else(|| rule.severity_in(edition)),
            clauses: rule.clauses(edition),
            class: class.class,
            why: why(rule, edition, class, &gap),
            gap,
            fingerprint: String::new(),
        }));
        judged
    }
}

#[requirement("TOOL-14")]
fn why(rule: &Rule, edition: Edition, class: &Effective, gap: &Gap) -> String {
    if rule.is_of_the_tool() {
        return "a check of the tool's own: what it cannot read, it cannot judge".to_owned();
    }
    let bound = rule.classes.of(edition);
    let basis = match rule.clauses.of(edition) {
        [] if rule.is_dropped_in(edition) => format!("no clause of {edition} asks for it"),
        [] => format!("a check of the tool's own: {edition} has no such clause"),
        numbers => format!("{edition}, {}: {bound}", numbers.join(", ")),
    };
    match rule.check {
        Check::Project(_) | Check::Inventory(_) => basis,
        _ => format!("{basis}; {} is class {}, {}", gap.subject.id, class.class, class.because),
    }
}
