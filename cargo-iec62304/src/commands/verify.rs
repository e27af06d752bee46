//! `cargo iec62304 verify`: runs the linked tests and stores their results.

use std::collections::BTreeSet;
use std::path::Path;

use iec62304_core::Snapshot;
use iec62304_core::config::EvidenceSettings;
use iec62304_core::evidence::{self, NotRun, Run, WhyNotRun};
use iec62304_core::trace::plan::Plan;
use iec62304_core::trace::{Project, Trace};
use iec62304_macros::requirement;

use crate::cli::VerifyArguments;
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::nextest::{Listed, Nextest, Obstacle, filter};
use crate::{load, output};

mod facts;
mod progress;
mod results;
mod store;

use facts::Facts;

/// Runs the linked tests.
pub(crate) fn verify(arguments: &VerifyArguments) -> Result<ExitCode, Error> {
    let root = load::workspace(&arguments.workspace)?.root;
    let (plan, settings) = plan(arguments)?;
    if plan.linked.is_empty() && !arguments.all {
        return Err(Error::NoLinkedTest);
    }
    let nextest = Nextest {
        root: &root,
        configuration: &settings.configuration,
        packages: &arguments.packages,
        cargo_flags: arguments.workspace.flags(),
    };
    let (version, plan) = prepared(&nextest, plan, arguments)?;
    let facts = Facts::gather(&root, arguments, &settings, version)?;
    let listed = nextest.list()?;
    let tests = Selection::of(&listed, &plan, arguments);
    let performed = results::run(&nextest, &listed, &tests, &plan, arguments)?;
    if self::plan(arguments)?.0.state != plan.state {
        return Err(Error::ChangedMeanwhile);
    }
    let mut run = Run {
        is_complete: performed.is_complete,
        tests: performed.results,
        not_run: tests.not_run.into_iter().chain(performed.open).collect(),
        ..facts.run(plan.state.clone())
    };
    run.sort();
    let path = store::store(&root, &settings, &run)?;
    if arguments.replace && run.is_complete && run.partition.is_none() {
        store::delete_replaced(&root, &settings, &run, &path)?;
    }
    let summary = Summary { run: &run, plan: &plan, path: &path };
    output::answer(summary.text(performed.was_interrupted).as_bytes())?;
    Ok(if summary.all_passed() { ExitCode::Success } else { ExitCode::Gaps })
}

/// The version of nextest and what the run is of, with the lock file that the first build
/// writes: every result is of that too.
fn prepared(
    nextest: &Nextest<'_>,
    plan: Plan,
    arguments: &VerifyArguments,
) -> Result<(String, Plan), Error> {
    let version = nextest.version()?;
    if plan.state.lock_file.is_some() {
        return Ok((version, plan));
    }
    nextest.list()?;
    Ok((version, self::plan(arguments)?.0))
}

/// What the run is of, and what `[evidence]` says.
fn plan(arguments: &VerifyArguments) -> Result<(Plan, EvidenceSettings), Error> {
    let snapshot: Snapshot = load::snapshot(&arguments.workspace, &load::Wanted::default())?;
    let project = Project::read(&snapshot);
    let settings = project.configuration.evidence.clone().ok_or(Error::NoEvidenceFolder)?;
    let trace = Trace::link(&project);
    let plan = Plan::of(&trace).ok_or(Error::NoEvidenceFolder)?;
    Ok((plan, settings))
}

/// Which tests are run, and why others are not.
struct Selection<'l> {
    /// Those that are to run.
    tests: Vec<&'l Listed>,
    /// What lets them pass; `None` for every test.
    filter: Option<String>,
    /// Linked tests that are not to run.
    not_run: Vec<NotRun>,
}

impl<'l> Selection<'l> {
    /// The linked tests, or all, as far as nothing keeps them from running.
    #[requirement("TOOL-60")]
    fn of(listed: &'l [Listed], plan: &Plan, arguments: &VerifyArguments) -> Self {
        let wanted = |test: &&Listed| arguments.all || plan.is_linked(&test.id);
        let tests = listed.iter().filter(wanted).filter(|test| test.obstacle.is_none()).collect();
        let kept_back = listed.iter().filter(wanted).filter_map(|test| {
            let why = match test.obstacle? {
                Obstacle::Ignored => WhyNotRun::Ignored,
                Obstacle::Filter => WhyNotRun::FilteredOut,
            };
            Some(NotRun { id: test.id.clone(), why })
        });
        let sources: BTreeSet<_> =
            listed.iter().filter_map(|test| plan.source_of(&test.id)).collect();
        let is_built = |package: &String| {
            arguments.packages.is_empty() || arguments.packages.contains(package)
        };
        let unlisted = plan.linked.iter().filter(|test| !sources.contains(test));
        let unlisted = unlisted.filter(|test| is_built(&test.package));
        let unlisted =
            unlisted.map(|test| NotRun { id: test.clone(), why: WhyNotRun::NotCompiled });
        let not_run = kept_back.chain(unlisted).collect();
        let tests: Vec<&Listed> = tests;
        let filter = (!arguments.all).then(|| filter(&tests));
        Self { tests, filter, not_run }
    }
}

/// What is said at the end.
struct Summary<'r> {
    run: &'r Run,
    plan: &'r Plan,
    path: &'r Path,
}

impl Summary<'_> {
    fn all_passed(&self) -> bool {
        self.run.failures().next().is_none()
            && self.kept_back().next().is_none()
            && self.run.is_complete
    }

    /// The linked tests that something keeps from running.
    fn kept_back(&self) -> impl Iterator<Item = &NotRun> {
        self.run.not_run.iter().filter(|not_run| not_run.why != WhyNotRun::Open)
    }

    fn text(&self, was_interrupted: bool) -> String {
        let run = self.run;
        let linked = run.tests.iter().filter(|result| self.plan.is_linked(&result.id)).count();
        let failed = run.failures().count();
        let flaky = run.tests.iter().filter(|result| result.attempts > 1).count();
        let mut text = String::new();
        for result in run.failures() {
            let words = match result.outcome {
                evidence::Outcome::TimedOut => "timed out",
                _ => "failed",
            };
            text += &format!(
                "{words:>12} {} {} {}\n",
                result.id.package, result.id.target, result.id.test
            );
        }
        for not_run in self.kept_back() {
            let NotRun { id, why } = not_run;
            let words = format!("{} {} {}", id.package, id.target, id.test);
            text += &format!("{:>12} {words}: {}\n", "did not run", why.words());
        }
        if !run.is_complete {
            let words = if was_interrupted { "interrupted" } else { "broke off" };
            let open = run.not_run.len() - self.kept_back().count();
            text += &format!("{words:>12} before all tests had ended: {open} have no result\n");
        }
        let (ran, passed) = (run.tests.len(), run.tests.len() - failed);
        text += &format!(
            "{:>12} {passed} of {ran} passed ({linked} linked), {failed} failed, {flaky} only on a \
             retry, {} did not run\n",
            "results",
            self.kept_back().count()
        );
        text + &format!("{:>12} {}\n", "stored", self.path.display())
    }
}
