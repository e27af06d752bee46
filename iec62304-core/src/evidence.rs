//! Stored results of test runs: what ran, on what content, with what result.
//!
//! A run is one file. It holds what clause 5.7.5 asks a record for, the digests that tell
//! whether a result still speaks of what stands there now, and a digest over itself. Knows
//! neither records nor code: what a result means for them is decided in `trace`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod file;
pub mod libtest;
pub mod merge;

pub use file::{Problem, read, text};

/// How tests are built and run, in the words that cargo and nextest take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Features that are on, sorted.
    pub features: Vec<String>,
    /// Whether default features are off.
    pub no_default_features: bool,
    /// Whether all features are on.
    pub all_features: bool,
    /// The target triple; `None` for the host.
    pub target: Option<String>,
    /// The cargo profile; `None` for the one that cargo takes for tests.
    pub profile: Option<String>,
    /// The nextest profile; `None` for its default.
    pub nextest_profile: Option<String>,
}

/// What results are produced from. Two equal states are the same software, tests and
/// records, as far as files tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// One digest over all packages and the build: the source tree without evidence.
    pub sources: String,
    /// Of what the whole build rests on: the lock file, the workspace manifest, the
    /// toolchain file, cargo's and nextest's settings.
    pub build: String,
    /// Of `Cargo.lock` alone.
    pub lock_file: Option<String>,
    /// The content of each package of the workspace, by name.
    pub packages: BTreeMap<String, String>,
    /// The content of each record that a linked test names, by id.
    pub records: BTreeMap<String, String>,
}

/// A run of tests with its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// When it began, in UTC, such as `2026-05-04T09:30:00Z`.
    pub started: String,
    /// When it ended, in UTC.
    pub finished: String,
    /// Who ran it: a person, or a pipeline by its id. `None` where nobody said.
    pub by: Option<String>,
    /// The commit that was checked out; `None` without version control.
    pub commit: Option<String>,
    /// Whether files differed from that commit, evidence left out; `None` where nothing
    /// could be asked.
    pub is_dirty: Option<bool>,
    /// Which shard of the tests this is, as nextest takes it: `hash:2/4`.
    pub partition: Option<String>,
    /// Whether every test that was asked for has run; not so after an interruption.
    pub is_complete: bool,
    /// The versions of the tools, by name.
    pub tools: BTreeMap<String, String>,
    /// The triple of the machine that the tests ran on, where no target is named.
    pub host: String,
    /// How the tests were built and run.
    pub configuration: Configuration,
    /// What the results were produced from.
    pub state: State,
    /// The results, sorted by test.
    pub tests: Vec<TestResult>,
    /// Linked tests that were there and did not run, and others that were to run and have no
    /// result, sorted by test.
    pub not_run: Vec<NotRun>,
}

/// A test as the harness names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestId {
    /// The package.
    pub package: String,
    /// The target, such as `lib`, `bin pump` or `test alarms`.
    pub target: String,
    /// Its path in that target: `rate::tests::stops`.
    pub test: String,
}

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestResult {
    /// The test.
    pub id: TestId,
    /// How it ended at last.
    pub outcome: Outcome,
    /// How often it was tried; more than 1 for a test that passed on a retry.
    pub attempts: u32,
    /// How long the last attempt took.
    pub milliseconds: u64,
    /// The content of the function that it is; `None` where the source shows none.
    pub content: Option<String>,
}

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It did not end in the time it had.
    TimedOut,
}

/// A test that did not run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRun {
    /// The test.
    pub id: TestId,
    /// Why.
    pub why: WhyNotRun,
}

/// Why a test did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNotRun {
    /// It is marked `#[ignore]`.
    Ignored,
    /// A filter of the nextest profile leaves it out.
    FilteredOut,
    /// The harness does not list it: the configuration compiles it out.
    NotCompiled,
    /// It belongs to another shard, or the run broke off before it had ended.
    Open,
}

impl WhyNotRun {
    /// The words for messages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ignored => "it is marked `#[ignore]`",
            Self::FilteredOut => "a filter of the nextest profile leaves it out",
            Self::NotCompiled => "the configuration of the evidence compiles it out",
            Self::Open => "it belongs to another shard, or the run broke off",
        }
    }
}

impl TestId {
    /// Whether this is a test of that path, or a case of it: `stops` and `stops::case_1`.
    pub fn is_case_of(&self, path: &str) -> bool {
        let rest = self.test.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

impl Run {
    /// Sorts what it holds, as every stored run is.
    pub fn sort(&mut self) {
        self.tests.sort_by(|a, b| a.id.cmp(&b.id));
        self.not_run.sort();
        self.not_run.dedup();
    }

    /// The tests that did not pass.
    pub fn failures(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|result| result.outcome != Outcome::Passed)
    }
}

#[cfg(test)]
pub(crate) mod tests;
