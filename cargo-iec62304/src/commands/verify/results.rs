//! The run itself: what becomes of each test, as far as it gets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iec62304_core::evidence::{NotRun, Outcome, TestId, TestResult, WhyNotRun, libtest};
use iec62304_core::trace::plan::Plan;
use iec62304_macros::requirement;

use super::Selection;
use super::progress::Progress;
use crate::cli::VerifyArguments;
use crate::error::Error;
use crate::nextest::{Listed, Nextest};

/// How the run ended.
pub(super) struct Performed {
    /// The results, of the tests that have ended.
    pub(super) results: Vec<TestResult>,
    /// The tests that were to run and have no result.
    pub(super) open: Vec<NotRun>,
    /// Whether all tests that were to run have one, or those of the shard.
    pub(super) is_complete: bool,
    /// Whether somebody pressed Ctrl-C.
    pub(super) was_interrupted: bool,
}

/// Runs the tests of a selection. Ctrl-C ends the run, and what has ended by then counts.
#[requirement("TOOL-60")]
pub(super) fn run(
    nextest: &Nextest<'_>,
    listed: &[Listed],
    tests: &Selection<'_>,
    plan: &Plan,
    arguments: &VerifyArguments,
) -> Result<Performed, Error> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    // nextest hears of Ctrl-C as well, ends its tests and says so; where no handler can be
    // set, Ctrl-C ends this tool too, and nothing is stored.
    let _without = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let mut gathered = Gathered::new(listed, plan);
    let progress = Progress::new(tests.tests.len(), arguments.quiet);
    let partition = arguments.partition.as_deref();
    let has_ended = nextest.run(tests.filter.as_deref(), partition, progress.stderr(), |ended| {
        gathered.take(&ended, interrupted.load(Ordering::Relaxed));
        progress.show(gathered.ended, gathered.failed);
    });
    progress.clear();
    let was_interrupted = interrupted.load(Ordering::Relaxed);
    let results = gathered.results();
    let with_result: BTreeSet<&TestId> = results.iter().map(|result| &result.id).collect();
    let open = tests.tests.iter().filter(|test| !with_result.contains(&test.id));
    let open = open.map(|test| NotRun { id: test.id.clone(), why: WhyNotRun::Open });
    let open: Vec<NotRun> = open.collect();
    Ok(Performed {
        is_complete: has_ended? && !was_interrupted && (open.is_empty() || partition.is_some()),
        open,
        results,
        was_interrupted,
    })
}

/// What has been heard so far.
struct Gathered<'p> {
    plan: &'p Plan,
    /// The tests behind a name: two where a library and a program of one name have a test
    /// of the same path.
    named: BTreeMap<Name, Vec<&'p TestId>>,
    heard: BTreeMap<Name, Vec<Heard>>,
    /// How many tests have ended.
    ended: usize,
    /// How many of them did not pass.
    failed: usize,
}

/// The binary and the test, as nextest reports them.
type Name = (String, String);

/// How a test ended.
struct Heard {
    outcome: Outcome,
    attempts: u32,
    milliseconds: u64,
}

impl<'p> Gathered<'p> {
    fn new(listed: &'p [Listed], plan: &'p Plan) -> Self {
        let mut named: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for test in listed.iter().filter(|test| test.obstacle.is_none()) {
            let name = (test.reported.clone(), test.id.test.clone());
            named.entry(name).or_default().push(&test.id);
        }
        Self { plan, named, heard: BTreeMap::new(), ended: 0, failed: 0 }
    }

    /// Takes what became of a test. One that did not pass after an interruption was ended
    /// by it, and has no result.
    fn take(&mut self, ended: &libtest::Ended, was_interrupted: bool) {
        if was_interrupted && ended.outcome != Outcome::Passed {
            return;
        }
        let name = |test: &str| (ended.binary.clone(), test.to_owned());
        let (test, attempts) = ended.test(|test| self.named.contains_key(&name(test)));
        let name = name(test);
        if self.named.contains_key(&name) {
            let libtest::Ended { outcome, milliseconds, .. } = *ended;
            self.heard.entry(name).or_default().push(Heard { outcome, attempts, milliseconds });
            self.ended += 1;
            self.failed += usize::from(outcome != Outcome::Passed);
        }
    }

    /// The results. Where several tests have one name, each gets the worst of theirs, once
    /// all have ended.
    fn results(&self) -> Vec<TestResult> {
        let mut results = Vec::with_capacity(self.ended);
        for (name, heard) in &self.heard {
            let tests = &self.named[name];
            let worst = heard.iter().max_by_key(|heard| (heard.outcome, heard.attempts));
            let Some(worst) = worst.filter(|_| heard.len() == tests.len()) else {
                continue;
            };
            let Heard { outcome, attempts, milliseconds } = *worst;
            let result =
                |id: &&TestId| self.plan.result((*id).clone(), outcome, attempts, milliseconds);
            results.extend(tests.iter().map(result));
        }
        results
    }
}

#[cfg(test)]
mod tests;
