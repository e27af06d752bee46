//! Stored results in memory, from a list: what `verify` does from what nextest says.
//!
//! `results.txt` has a line for each result, `passed pump lib tests::air_stops`, with the
//! number of attempts behind it where there were several, or a word on the run: `dirty`,
//! `no-commit`, `nobody`, `edited`, `cut-off`. What stands below `before/` is what files
//! were when the tests ran.

use std::collections::BTreeMap;

use super::{Workspace, file};
use crate::config::Configuration;
use crate::content;
use crate::evidence::{self, NotRun, Outcome, Run, TestId, WhyNotRun};
use crate::location::FilePath;
use crate::records::{self, FileRole};
use crate::snapshot::{EvidenceFiles, Snapshot, TextFile};
use crate::trace::plan::Plan;
use crate::trace::{Project, Trace};

const LIST: &str = "results.txt";
const BEFORE: &str = "before/";

impl Workspace {
    /// As the shell does: only where results are stored.
    pub(super) fn read_evidence(&self, snapshot: &mut Snapshot) {
        let document = snapshot
            .configuration
            .as_ref()
            .map(|file| records::read(file, FileRole::Configuration));
        let (configuration, _) = Configuration::resolve(&document.unwrap_or_default());
        if configuration.evidence.is_none() {
            return;
        }
        let is_other = |path: &str| {
            path != LIST
                && path != "iec62304.toml"
                && FilePath::new(path).name().rsplit('.').next() != Some("rs")
        };
        let digests = self.0.iter().filter(|(path, _)| is_other(path) && !path.starts_with(BEFORE));
        let digests =
            digests.map(|(path, text)| (FilePath::new(path), content::of_file(text.as_bytes())));
        let mut files = EvidenceFiles { runs: Vec::new(), digests: digests.collect() };
        if let Some(list) = self.0.get(LIST) {
            let mut before = self.0.clone();
            before.remove(LIST);
            for (path, text) in &self.0 {
                if let Some(path) = path.strip_prefix(BEFORE) {
                    before.insert(path.to_owned(), text.clone());
                }
            }
            before.retain(|path, _| !path.starts_with(BEFORE));
            files.runs.push(stored(list, &Self(before).snapshot()));
        }
        snapshot.evidence = Some(files);
    }
}

/// The file that a run on `snapshot` would have stored.
fn stored(list: &str, snapshot: &Snapshot) -> TextFile {
    let project = Project::read(snapshot);
    let trace = Trace::link(&project);
    let plan = Plan::of(&trace).unwrap();
    let settings = project.configuration.evidence.as_ref().unwrap();
    let mut run = sample(&plan);
    run.configuration = settings.configuration.clone();
    let mut damage: fn(&str) -> String = str::to_owned;
    for line in list.lines() {
        match line {
            "dirty" => run.is_dirty = Some(true),
            "no-commit" => (run.commit, run.is_dirty) = (None, None),
            "nobody" => run.by = None,
            "edited" => damage = |text| text.replacen("\"failed\"", "\"passed\"", 1),
            "cut-off" => damage = |text| text[..text.len() / 2].to_owned(),
            result => put(result, &mut run, &plan),
        }
    }
    run.sort();
    file("evidence/run.json", &damage(&evidence::text(&run)))
}

/// A run without results.
pub(crate) fn sample(plan: &Plan) -> Run {
    Run {
        started: "2026-05-30T09:30:00Z".to_owned(),
        finished: "2026-05-30T09:31:00Z".to_owned(),
        by: Some("J. Example".to_owned()),
        commit: Some("0123456789abcdef".to_owned()),
        is_dirty: Some(false),
        partition: None,
        is_complete: true,
        tools: BTreeMap::from([("nextest".to_owned(), "0.9.143".to_owned())]),
        host: "x86_64-unknown-linux-gnu".to_owned(),
        configuration: evidence::Configuration::default(),
        state: plan.state.clone(),
        tests: Vec::new(),
        not_run: Vec::new(),
    }
}

fn put(line: &str, run: &mut Run, plan: &Plan) {
    let mut words: Vec<&str> = line.split(' ').collect();
    let attempts = words.last().unwrap().parse().ok();
    if attempts.is_some() {
        words.pop();
    }
    let [outcome, package, target @ .., test] = words.as_slice() else {
        panic!("{line} is no result");
    };
    let id = TestId {
        package: (*package).to_owned(),
        target: target.join(" "),
        test: (*test).to_owned(),
    };
    let outcome = match *outcome {
        "passed" => Ok(Outcome::Passed),
        "failed" => Ok(Outcome::Failed),
        "timed-out" => Ok(Outcome::TimedOut),
        "ignored" => Err(WhyNotRun::Ignored),
        "filtered-out" => Err(WhyNotRun::FilteredOut),
        "not-compiled" => Err(WhyNotRun::NotCompiled),
        "open" => Err(WhyNotRun::Open),
        other => panic!("{other} is no outcome"),
    };
    match outcome {
        Ok(outcome) => run.tests.push(plan.result(id, outcome, attempts.unwrap_or(1), 12)),
        Err(why) => run.not_run.push(NotRun { id, why }),
    }
}
