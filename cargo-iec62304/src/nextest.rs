//! The one place that runs `cargo nextest`: what it lists, and what it says while it runs.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use iec62304_core::evidence::libtest::{Ended, Event};
use iec62304_core::evidence::{Configuration, TestId};
use serde::Deserialize;

use crate::error::Error;

/// The oldest version whose messages are known to be those that are read here.
const OLDEST: (u64, u64, u64) = (0, 9, 143);
/// What nextest wants to hear before it prints results for machines.
const MESSAGES: (&str, &str) = ("NEXTEST_EXPERIMENTAL_LIBTEST_JSON", "1");
/// How nextest ends when tests failed.
const TESTS_FAILED: i32 = 100;

/// nextest on one workspace, in one configuration.
pub(crate) struct Nextest<'a> {
    /// The root of the workspace.
    pub(crate) root: &'a Path,
    /// How tests are built and run.
    pub(crate) configuration: &'a Configuration,
    /// The packages to build; all where none is named.
    pub(crate) packages: &'a [String],
    /// What cargo is told of the lock file and the network.
    pub(crate) cargo_flags: Vec<&'static str>,
}

/// A test that nextest lists.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// The test.
    pub(crate) id: TestId,
    /// The binary, as filters name it.
    pub(crate) binary: String,
    /// The binary, as results name it.
    pub(crate) reported: String,
    /// What keeps it from running.
    pub(crate) obstacle: Option<Obstacle>,
}

/// What keeps a listed test from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// `#[ignore]`
    Ignored,
    /// A filter of the profile.
    Filter,
}

#[derive(Deserialize)]
struct List {
    #[serde(rename = "rust-suites")]
    suites: BTreeMap<String, ListedSuite>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ListedSuite {
    package_name: String,
    binary_id: String,
    binary_name: String,
    kind: String,
    testcases: BTreeMap<String, TestCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct TestCase {
    ignored: bool,
    filter_match: FilterMatch,
}

#[derive(Deserialize)]
struct FilterMatch {
    status: String,
}

impl Nextest<'_> {
    /// Its version, if it is there and new enough.
    pub(crate) fn version(&self) -> Result<String, Error> {
        let output = self.cargo().args(["nextest", "--version"]).output();
        let output = output.map_err(|error| Error::Nextest(format!("cannot be run: {error}")))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let version = said.split_whitespace().nth(1).filter(|_| output.status.success());
        let version = version.ok_or_else(|| Error::Nextest("it is not installed".to_owned()))?;
        if numbers(version).is_some_and(|numbers| numbers >= OLDEST) {
            return Ok(version.to_owned());
        }
        let (major, minor, patch) = OLDEST;
        let wanted = format!("version {version} is too old; {major}.{minor}.{patch} is needed");
        Err(Error::Nextest(wanted))
    }

    /// Builds the tests, and lists them.
    pub(crate) fn list(&self) -> Result<Vec<Listed>, Error> {
        let mut command = self.command("list");
        command.args(["--message-format", "json"]).stdout(Stdio::piped());
        let output = command.output();
        let output = output.map_err(|error| Error::Nextest(format!("cannot be run: {error}")))?;
        if !output.status.success() {
            return Err(Error::Nextest("the tests could not be built and listed".to_owned()));
        }
        let list: List = serde_json::from_slice(&output.stdout)
            .map_err(|error| Error::Nextest(format!("its list cannot be read: {error}")))?;
        Ok(list.suites.into_values().flat_map(ListedSuite::tests).collect())
    }

    /// Runs the tests that `filter` lets pass, and hands over what becomes of each. Returns
    /// whether it ended by itself, with all that it was to run.
    pub(crate) fn run(
        &self,
        filter: Option<&str>,
        partition: Option<&str>,
        stderr: Stdio,
        mut on_end: impl FnMut(Ended),
    ) -> Result<bool, Error> {
        let mut command = self.command("run");
        command.args(["--no-fail-fast", "--no-tests", "pass", "--show-progress", "none"]);
        command.args(["--message-format", "libtest-json-plus", "--message-format-version", "0.1"]);
        command.args(["--status-level", "fail", "--final-status-level", "fail"]);
        let options = [("-E", filter), ("--partition", partition)];
        for (option, value) in options {
            if let Some(value) = value {
                command.args([option, value]);
            }
        }
        let spawned = command.stdout(Stdio::piped()).stderr(stderr).spawn();
        let mut child =
            spawned.map_err(|error| Error::Nextest(format!("cannot be run: {error}")))?;
        let stdout = child.stdout.take().expect("it was asked for");
        let mut unread = None;
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            match Event::read(&line) {
                Ok(Event::Ended(ended)) => on_end(ended),
                Ok(Event::Other) => {}
                Err(why) => unread = unread.or(Some(why)),
            }
        }
        let status = child.wait();
        let status = status.map_err(|error| Error::Nextest(format!("was lost: {error}")))?;
        match unread {
            Some(why) => Err(Error::Nextest(why)),
            None => Ok(status.success() || status.code() == Some(TESTS_FAILED)),
        }
    }

    fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        command.current_dir(self.root).env(MESSAGES.0, MESSAGES.1).stdin(Stdio::null());
        command
    }

    /// nextest in the configuration of the evidence.
    fn command(&self, verb: &str) -> Command {
        let mut command = self.cargo();
        command.args(["nextest", verb]).args(&self.cargo_flags);
        if self.packages.is_empty() {
            command.arg("--workspace");
        }
        for package in self.packages {
            command.args(["--package", package]);
        }
        let Configuration {
            features,
            no_default_features,
            all_features,
            target,
            profile,
            nextest_profile,
        } = self.configuration;
        if !features.is_empty() {
            command.args(["--features", &features.join(",")]);
        }
        for (is_set, flag) in
            [(*no_default_features, "--no-default-features"), (*all_features, "--all-features")]
        {
            if is_set {
                command.arg(flag);
            }
        }
        let options =
            [("--target", target), ("--cargo-profile", profile), ("--profile", nextest_profile)];
        for (option, value) in options {
            if let Some(value) = value {
                command.args([option, value]);
            }
        }
        command
    }
}

impl ListedSuite {
    fn tests(self) -> Vec<Listed> {
        let target = self.target();
        let reported = format!("{}::{}", self.package_name, self.binary_name);
        let obstacle = |case: &TestCase| match case.filter_match.status.as_str() {
            _ if case.ignored => Some(Obstacle::Ignored),
            "matches" => None,
            _ => Some(Obstacle::Filter),
        };
        let listed = self.testcases.into_iter().map(|(test, case)| Listed {
            obstacle: obstacle(&case),
            id: TestId { package: self.package_name.clone(), target: target.clone(), test },
            binary: self.binary_id.clone(),
            reported: reported.clone(),
        });
        listed.collect()
    }

    /// The target in our words, which are those of `Target::words`.
    fn target(&self) -> String {
        match self.kind.as_str() {
            kind @ ("bin" | "test" | "example" | "bench" | "proc-macro") => {
                format!("{kind} {}", self.binary_name)
            }
            // Every other kind is a crate type of a library.
            _ => "lib".to_owned(),
        }
    }
}

/// A filter that lets these tests pass, and those of the same binaries too where it would be
/// too long for a command line.
pub(crate) fn filter(tests: &[&Listed]) -> String {
    /// Windows takes 32,767 characters in all.
    const LONGEST: usize = 24_000;
    let mut by_binary: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for test in tests {
        let names = by_binary.entry(&test.binary).or_default();
        names.push(format!("test(={})", escaped(&test.id.test)));
    }
    let binary = |binary: &str| format!("binary_id(={})", escaped(binary));
    let exact = by_binary.iter().map(|(name, tests)| {
        let tests = tests.join(" | ");
        format!("({} & ({tests}))", binary(name))
    });
    let exact = exact.collect::<Vec<_>>().join(" | ");
    if exact.len() <= LONGEST {
        return exact;
    }
    by_binary.keys().map(|name| binary(name)).collect::<Vec<_>>().join(" | ")
}

/// What a name is inside a filter.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for letter in name.chars() {
        if matches!(letter, '\\' | '(' | ')' | ',' | '/') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let plain = version.split(['-', '+']).next()?;
    let mut numbers = plain.split('.').map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some((next()?, next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(binary: &str, test: &str) -> Listed {
        let id =
            TestId { package: "pump".to_owned(), target: "lib".to_owned(), test: test.to_owned() };
        Listed { id, binary: binary.to_owned(), reported: String::new(), obstacle: None }
    }

    #[test]
    fn a_filter_names_tests_by_their_binaries() {
        let tests = [listed("pump", "a::b"), listed("pump::air", "c(1)"), listed("pump", "d")];
        let tests: Vec<&Listed> = tests.iter().collect();
        assert_eq!(
            filter(&tests),
            "(binary_id(=pump) & (test(=a::b) | test(=d))) | \
             (binary_id(=pump::air) & (test(=c\\(1\\))))"
        );
    }

    #[test]
    fn a_filter_that_would_be_too_long_names_binaries_alone() {
        let tests: Vec<Listed> =
            (0..3000).map(|number| listed("pump", &format!("test_{number}"))).collect();
        assert_eq!(filter(&tests.iter().collect::<Vec<_>>()), "binary_id(=pump)");
    }

    #[test]
    fn versions_compare_by_their_numbers() {
        assert_eq!(numbers("0.9.143"), Some((0, 9, 143)));
        assert_eq!(numbers("0.10.0-rc.1"), Some((0, 10, 0)));
        assert_eq!(numbers("next"), None);
    }

    #[test]
    fn a_list_of_nextest_is_read() {
        let json = r#"{"rust-suites": {"pump::air": {"package-name": "pump",
            "binary-id": "pump::air", "binary-name": "air", "kind": "test", "status": "listed",
            "testcases": {
                "a": {"kind": "test", "ignored": false, "filter-match": {"status": "matches"}},
                "b": {"kind": "test", "ignored": true,
                      "filter-match": {"status": "mismatch", "reason": "ignored"}},
                "c": {"kind": "test", "ignored": false,
                      "filter-match": {"status": "mismatch", "reason": "default-filter"}}}}}}"#;
        let list: List = serde_json::from_str(json).unwrap();
        let tests: Vec<Listed> = list.suites.into_values().flat_map(ListedSuite::tests).collect();
        let facts: Vec<_> =
            tests.iter().map(|test| (test.id.test.as_str(), test.obstacle)).collect();
        assert_eq!(
            facts,
            [("a", None), ("b", Some(Obstacle::Ignored)), ("c", Some(Obstacle::Filter))]
        );
        assert_eq!(
            (tests[0].id.target.as_str(), tests[0].binary.as_str()),
            ("test air", "pump::air")
        );
    }
}
