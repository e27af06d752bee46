//! A stand-in for nextest, compiled once: it says what a test wants it to say. What the
//! real one says is tried in `conformance/evidence`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::project::{Project, Run, finish, tool};

const PROGRAM: &str = r#"
use std::{env, fs, path::PathBuf, process};
fn main() {
    let folder = PathBuf::from(env::var_os("FAKE_NEXTEST").unwrap());
    let arguments: Vec<String> = env::args().collect();
    let said = fs::read_to_string(folder.join("arguments")).unwrap_or_default();
    fs::write(folder.join("arguments"), said + &arguments[1..].join(" ") + "\n").unwrap();
    let name = arguments[2].trim_start_matches('-');
    let edit = folder.join("edit");
    if let (Ok(path), "run") = (fs::read_to_string(edit), name) {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + "pub fn added() {}\n").unwrap();
    }
    if let (Ok(lock), "list") = (fs::read_to_string(folder.join("lock")), name) {
        fs::write("Cargo.lock", lock).unwrap();
    }
    print!("{}", fs::read_to_string(folder.join(name)).unwrap());
    let code = fs::read_to_string(folder.join(format!("{name}-code")));
    process::exit(code.map_or(0, |code| code.parse().unwrap()));
}
"#;

/// The program, in a folder that is put in front of the others.
fn program() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let source = folder.path().join("cargo-nextest.rs");
        fs::write(&source, PROGRAM).unwrap();
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let built = rustc.arg(&source).arg("--edition=2021").arg("--out-dir").arg(folder.path());
        assert!(built.status().unwrap().success());
        folder
    });
    folder.path().to_owned()
}

/// What nextest is to say.
pub(crate) struct Fake(TempDir);

impl Fake {
    /// Of tests, each as `PACKAGE KIND BINARY TEST WORD`, where the word is how it ends:
    /// `ok`, `failed`, `timeout`, `ok#3`, or what keeps it from running: `ignored`,
    /// `filtered`, or `silent` for one that is listed and never ends.
    pub(crate) fn new(tests: &[&str]) -> Self {
        let fake = Self(TempDir::new().unwrap());
        fake.say("version", "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\n");
        let tests: Vec<Vec<&str>> = tests.iter().map(|line| line.split(' ').collect()).collect();
        let mut suites: BTreeMap<String, Value> = BTreeMap::new();
        let mut messages = String::new();
        for test in &tests {
            let [package, kind, binary, name, word] = test[..] else { panic!("{test:?}") };
            let suite = suites.entry(format!("{package} {kind} {binary}")).or_insert_with(|| {
                json!({
                    "package-name": package, "binary-id": format!("{package}::{kind}/{binary}"),
                    "binary-name": binary, "kind": kind, "testcases": {},
                })
            });
            let status =
                if word == "ignored" || word == "filtered" { "mismatch" } else { "matches" };
            suite["testcases"][name] =
                json!({"ignored": word == "ignored", "filter-match": {"status": status}});
            messages += &message(&format!("{package}::{binary}${name}"), word);
        }
        fake.say("list", &json!({ "rust-suites": suites }).to_string());
        fake.say("run", &messages);
        if tests.iter().any(|test| matches!(test[4], "failed" | "timeout")) {
            fake.say("run-code", "100");
        }
        fake
    }

    /// Changes what it says: `version`, `list`, `run`, or how it ends: `list-code`,
    /// `run-code`; `edit` names a file that it changes while it runs, `lock` is a lock file that
    /// the build writes.
    pub(crate) fn say(&self, what: &str, text: &str) {
        fs::write(self.0.path().join(what), text).unwrap();
    }

    /// How it was called, a line for each time.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.0.path().join("arguments")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }

    /// Runs the tool with it.
    pub(crate) fn run(&self, project: &Project, arguments: &[&str]) -> Run {
        // cargo looks in its own folder first, unless the path names that too.
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap();
        let paths = std::env::var_os("PATH").unwrap();
        let paths = std::env::split_paths(&paths).chain([home.join("bin")]);
        let paths = std::env::join_paths(std::iter::once(program()).chain(paths)).unwrap();
        finish(
            tool(&project.path())
                .args(arguments)
                .env("PATH", paths)
                .env("FAKE_NEXTEST", self.0.path()),
        )
    }
}

fn message(name: &str, word: &str) -> String {
    let (event, attempt) = word
        .split_once('#')
        .map_or((word, String::new()), |(event, number)| (event, format!("#{number}")));
    let line = match event {
        "ignored" => json!({"type": "test", "event": "ignored", "name": name}),
        "filtered" | "silent" => return String::new(),
        "timeout" => json!({
            "type": "test", "event": "failed", "name": name, "exec_time": 2.0,
            "reason": "time limit exceeded",
        }),
        event => json!({
            "type": "test", "event": event, "name": format!("{name}{attempt}"), "exec_time": 0.004,
        }),
    };
    format!("{line}\n")
}
