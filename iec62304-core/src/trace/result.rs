//! What stored runs say of each linked test: whether it ran, passed, and ran on what
//! stands there now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};

use crate::evidence::{self, Outcome, Problem, Run, State, TestId, TestResult, WhyNotRun};
use crate::location::{FilePath, Location, Span};
use crate::model::code::{ItemIndex, Level};
use crate::model::record::Record;
use crate::trace::content::Contents;
use crate::trace::link::Link;
use crate::trace::role::{Role, package_of, target_of};
use crate::trace::{Project, Trace, state};

/// What is known of the result of a linked test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestStanding {
    /// The project stores no results: a linked test counts as it stands.
    NotStored,
    /// No stored run has a result of it.
    Missing,
    /// It was there and did not run.
    Skipped(WhyNotRun),
    /// It failed, or one of its cases did.
    Failed(Outcome),
    /// There is a result, and it is of something else than what stands there now; why.
    Stale(Vec<String>),
    /// It passed on what stands there now, at the last of so many attempts.
    Passed {
        /// How often it was tried.
        attempts: u32,
    },
}

impl TestStanding {
    /// Whether the test counts as verification.
    pub fn counts(&self) -> bool {
        matches!(self, Self::NotStored | Self::Passed { .. })
    }

    /// How far it is from counting.
    fn rank(&self) -> (u8, u32) {
        match self {
            Self::NotStored => (0, 0),
            Self::Passed { attempts } => (1, *attempts),
            Self::Skipped(_) => (2, 0),
            Self::Missing => (3, 0),
            Self::Stale(_) => (4, 0),
            Self::Failed(_) => (5, 0),
        }
    }
}

/// A run and the file that it stands in.
#[derive(Clone, Debug)]
pub struct StoredRun {
    /// The file.
    pub path: FilePath,
    /// What it holds.
    pub run: Run,
}

impl StoredRun {
    /// The place of what is said of the run as a whole.
    pub fn at(&self) -> Location {
        Location::new(&self.path, Span::default())
    }
}

/// The stored runs of a project, and what each linked test stands at.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// What the project is now; `None` where it stores no results.
    pub state: Option<State>,
    /// Every run that could be read, the last to end first.
    pub runs: Vec<StoredRun>,
    /// Why other files of the folder are no runs.
    pub problems: Vec<Problem>,
    standings: BTreeMap<ItemIndex, (TestStanding, Option<usize>)>,
}

impl Results {
    /// Reads the runs and looks up every linked test.
    #[requirement("TOOL-63")]
    #[risk_control("GUARD-5")]
    pub(super) fn of<'m>(
        project: &'m Project<'m>,
        links: &[Link<'m>],
        contents: &Contents<'m, '_>,
    ) -> Self {
        let Some(files) = project.evidence else {
            return Self::default();
        };
        let verifying = || links.iter().filter(|link| link.role == Role::Verifies);
        let named: BTreeMap<_, &Record> =
            verifying().map(|link| (link.record.at(), link.record)).collect();
        let state = state::of(project, files, named.into_values());
        let (mut runs, mut problems) = (Vec::new(), Vec::new());
        for file in &files.runs {
            match evidence::read(file) {
                Ok(mut run) => {
                    run.sort();
                    runs.push(StoredRun { path: file.path.clone(), run });
                }
                Err(problem) => problems.push(problem),
            }
        }
        let ended = |stored: &StoredRun| (stored.run.finished.clone(), stored.path.clone());
        runs.sort_by_cached_key(|stored| Reverse(ended(stored)));
        let tests = project.code.items.iter().enumerate().filter(|(_, item)| item.test.is_some());
        let sources = tests.map(|(item, _)| test_id(project, ItemIndex(item))).collect();
        let lookup = Lookup { project, state: &state, runs: &runs, contents, sources };
        let mut tests: BTreeMap<ItemIndex, BTreeMap<&str, String>> = BTreeMap::new();
        for link in verifying() {
            if let Some(item) = link.tag.owner.item() {
                let id = link.record.id.value.as_str();
                tests.entry(item).or_default().insert(id, state::of_record(link.record));
            }
        }
        let standings =
            tests.iter().map(|(item, records)| (*item, lookup.standing(*item, records))).collect();
        Self { state: Some(state), runs, problems, standings }
    }

    /// Whether the project stores results at all.
    pub fn are_stored(&self) -> bool {
        self.state.is_some()
    }

    /// What is known of a linked test.
    pub(super) fn standing(&self, test: ItemIndex) -> &TestStanding {
        let unknown =
            if self.are_stored() { &TestStanding::Missing } else { &TestStanding::NotStored };
        self.standings.get(&test).map_or(unknown, |(standing, _)| standing)
    }

    /// What is known of a test that stands in these targets: the worst.
    pub(super) fn worst(&self, items: &BTreeSet<ItemIndex>) -> TestStanding {
        let standings = items.iter().map(|item| self.standing(*item));
        standings.max_by_key(|standing| standing.rank()).unwrap_or(&TestStanding::NotStored).clone()
    }

    /// Whether a link may count as verification: its test passed, or no results are stored.
    pub(super) fn counts(&self, link: &Link<'_>) -> bool {
        link.tag.owner.item().is_none_or(|item| self.standing(item).counts())
    }

    /// The runs that the standing of some of these tests rests on, the last to end first.
    fn used_by(&self, holds: impl Fn(ItemIndex) -> bool) -> impl Iterator<Item = &StoredRun> {
        let tests = self.standings.iter().filter(|(test, _)| holds(**test));
        let used: BTreeSet<usize> = tests.filter_map(|(_, (_, run))| *run).collect();
        used.into_iter().map(|run| &self.runs[run])
    }

    /// The runs that some linked test's standing rests on, the last to end first.
    pub fn used(&self) -> impl Iterator<Item = &StoredRun> {
        self.used_by(|_| true)
    }
}

/// The test that an item is, as a harness names it.
pub fn test_id(project: &Project<'_>, item: ItemIndex) -> TestId {
    let item = &project.code.items[item.0];
    let path = project.code.path_of(item);
    TestId {
        package: package_of(item.module, &project.code, project.packages).name.clone(),
        target: target_of(item.module, &project.code, project.packages).words(),
        test: path.split_once("::").map_or(path.as_str(), |(_, below)| below).to_owned(),
    }
}

struct Lookup<'m, 'l> {
    project: &'m Project<'m>,
    state: &'l State,
    runs: &'l [StoredRun],
    contents: &'l Contents<'m, 'l>,
    /// Every test of the source: none of them is a case of another.
    sources: BTreeSet<TestId>,
}

/// What became of one case of a test, or of a test without cases.
#[derive(Clone, Copy)]
enum Case<'r> {
    Ended(&'r TestResult),
    NotRun(WhyNotRun),
}

/// The cases that a run has of a test, by their paths.
type Cases<'r> = BTreeMap<&'r str, Case<'r>>;

impl Lookup<'_, '_> {
    /// For each case the last run on what stands there now decides that has a result of it;
    /// without such a run, the last one tells what has changed since.
    fn standing(
        &self,
        test: ItemIndex,
        records: &BTreeMap<&str, String>,
    ) -> (TestStanding, Option<usize>) {
        let id = test_id(self.project, test);
        let content = self.contents.of_item(test).to_string();
        let mut outdated = None;
        let mut last = None;
        let mut decided = Cases::new();
        for (index, StoredRun { run, .. }) in self.runs.iter().enumerate() {
            let cases = self.cases(run, &id);
            if cases.is_empty() {
                continue;
            }
            let changes = self.changes(run, &id, &cases, &content, records);
            if !changes.is_empty() {
                outdated.get_or_insert((TestStanding::Stale(changes), Some(index)));
                continue;
            }
            last.get_or_insert(index);
            for (path, case) in cases {
                let known = decided.entry(path).or_insert(case);
                if matches!(known, Case::NotRun(WhyNotRun::Open)) {
                    *known = case;
                }
            }
        }
        match last {
            Some(_) => (judged(&decided), last),
            None => outdated.unwrap_or((TestStanding::Missing, None)),
        }
    }

    /// What a run has of a test.
    fn cases<'r>(&self, run: &'r Run, id: &TestId) -> Cases<'r> {
        let is_of_target = |other: &TestId| {
            (&other.package, &other.target) == (&id.package, &id.target)
                && other.test.starts_with(&id.test)
        };
        let is_same = |other: &TestId| {
            other == id || (other.is_case_of(&id.test) && !self.sources.contains(other))
        };
        // Between a test and its cases others may stand: `stops`, `stops_at`, `stops::case_1`.
        let first = run.tests.partition_point(|result| result.id < *id);
        let ended = run.tests[first..].iter().take_while(|result| is_of_target(&result.id));
        let ended = ended.map(|result| (&result.id, Case::Ended(result)));
        let first = run.not_run.partition_point(|not_run| not_run.id < *id);
        let not_run = run.not_run[first..].iter().take_while(|not_run| is_of_target(&not_run.id));
        let not_run = not_run.map(|not_run| (&not_run.id, Case::NotRun(not_run.why)));
        let cases = not_run.chain(ended).filter(|(other, _)| is_same(other));
        cases.map(|(other, case)| (other.test.as_str(), case)).collect()
    }

    /// What is not as it was when the test ran.
    #[requirement("TOOL-62")]
    #[risk_control("GUARD-5")]
    fn changes(
        &self,
        run: &Run,
        id: &TestId,
        cases: &Cases<'_>,
        content: &str,
        records: &BTreeMap<&str, String>,
    ) -> Vec<String> {
        let mut changes = Vec::new();
        let evidence = self.project.configuration.evidence.as_ref();
        if evidence.is_some_and(|evidence| evidence.configuration != run.configuration) {
            changes.push("it ran in another configuration than [evidence] asks for".to_owned());
        }
        let is_other = |case: &Case<'_>| matches!(case, Case::Ended(result) if result.content.as_deref() != Some(content));
        if cases.values().any(is_other) {
            changes.push("the test itself changed".to_owned());
        }
        changes.extend(changed_records(run, records));
        if run.state.sources == self.state.sources {
            return changes;
        }
        if run.state.lock_file != self.state.lock_file {
            changes.push("the lock file changed".to_owned());
        } else if run.state.build != self.state.build {
            changes.push("the build changed: its manifest, toolchain or settings".to_owned());
        }
        let package = self.project.packages.iter().find(|package| package.name == id.package);
        let names = package.map(|package| state::closure(package, self.project.packages));
        for name in names.into_iter().flatten() {
            if run.state.packages.get(name) != self.state.packages.get(name) {
                changes.push(format!("package {name} changed"));
            }
        }
        changes
    }
}

fn changed_records(run: &Run, records: &BTreeMap<&str, String>) -> Vec<String> {
    let change = |(id, now): (&&str, &String)| match run.state.records.get(*id) {
        Some(then) if then == now => None,
        Some(_) => Some(format!("{id} changed")),
        None => Some(format!("{id} was named by no test then")),
    };
    records.iter().filter_map(change).collect()
}

/// What all cases of a test come to: one that failed, or that did not run, decides.
fn judged(cases: &Cases<'_>) -> TestStanding {
    let one = |case: &Case<'_>| match case {
        Case::Ended(TestResult { outcome: Outcome::Passed, attempts, .. }) => {
            TestStanding::Passed { attempts: *attempts }
        }
        Case::Ended(result) => TestStanding::Failed(result.outcome),
        Case::NotRun(WhyNotRun::Open) => TestStanding::Missing,
        Case::NotRun(why) => TestStanding::Skipped(*why),
    };
    let standings = cases.values().map(one);
    standings.max_by_key(TestStanding::rank).unwrap_or(TestStanding::Missing)
}

impl Trace<'_> {
    /// The stored runs, and what each linked test stands at.
    pub fn results(&self) -> &Results {
        &self.results
    }

    /// The runs that the standing of some linked test of a level rests on.
    pub fn runs_of_level(&self, level: Level) -> impl Iterator<Item = &StoredRun> {
        let is_of_level =
            move |test| self.links_of_test(test).iter().any(|link| link.level == Some(level));
        self.results.used_by(is_of_level)
    }
}
