//! What a run of tests is of, before its results are there: the linked tests, the content
//! of every test, and the state of the project.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::evidence::{Outcome, State, TestId, TestResult};
use crate::model::code::{Certainty, ItemIndex};
use crate::trace::Trace;
use crate::trace::result::test_id;
use crate::trace::role::{Role, target_of};

/// What a run is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the project is.
    pub state: State,
    /// The tests that verify something.
    pub linked: BTreeSet<TestId>,
    /// The content of every test that the source shows.
    contents: BTreeMap<TestId, String>,
}

impl Plan {
    /// Of a project; `None` where it stores no results.
    #[requirement("TOOL-60")]
    pub fn of(trace: &Trace<'_>) -> Option<Self> {
        let state = trace.results().state.clone()?;
        let project = trace.project();
        let contents = trace.contents();
        let tests = project.code.items.iter().enumerate().filter(|(_, item)| {
            let target = target_of(item.module, &project.code, project.packages);
            item.test.is_some() && item.compiled.in_tests != Certainty::No && target.tested
        });
        let tests = tests.map(|(index, _)| ItemIndex(index));
        let contents =
            tests.map(|test| (test_id(project, test), contents.of_item(test).to_string()));
        let verifying = trace.links().iter().filter(|link| link.role == Role::Verifies);
        let linked = verifying.filter_map(|link| link.tag.owner.item());
        Some(Self {
            state,
            linked: linked.map(|test| test_id(project, test)).collect(),
            contents: contents.collect(),
        })
    }

    /// Of a state, without any test.
    pub fn of_state(state: State) -> Self {
        Self { state, linked: BTreeSet::new(), contents: BTreeMap::new() }
    }

    /// The test of the source that a test of the harness is, or is a case of.
    pub fn source_of(&self, id: &TestId) -> Option<&TestId> {
        let mut paths =
            std::iter::successors(Some(id.test.as_str()), |path| Some(path.rsplit_once("::")?.0));
        let known = |path: &str| {
            let source = TestId { test: path.to_owned(), ..id.clone() };
            self.contents.get_key_value(&source).map(|(source, _)| source)
        };
        paths.find_map(known)
    }

    /// Whether a test of the harness is linked, itself or as a case.
    pub fn is_linked(&self, id: &TestId) -> bool {
        self.source_of(id).is_some_and(|source| self.linked.contains(source))
    }

    /// The result of a test, bound to the content that it is of.
    pub fn result(
        &self,
        id: TestId,
        outcome: Outcome,
        attempts: u32,
        milliseconds: u64,
    ) -> TestResult {
        let content = self.source_of(&id).and_then(|source| self.contents.get(source)).cloned();
        TestResult { id, outcome, attempts, milliseconds, content }
    }
}
