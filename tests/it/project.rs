//! A project in a folder of its own, the tool run on it, and what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a project in it, gone when dropped.
pub(crate) struct Project {
    folder: TempDir,
    /// Where the project stands in it.
    below: &'static str,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap(), below: "" }
    }

    /// A project from files as text.
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let project = Self::empty();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// A library package `pump` with this source and this configuration.
    pub(crate) fn pump(source: &str, configuration: &str) -> Self {
        Self::new([
            ("Cargo.toml", "[package]\nname = \"pump\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
            ("src/lib.rs", source),
            ("iec62304.toml", configuration),
        ])
    }

    /// A copy of one of the examples. cargo reads the manifests of path dependencies, so
    /// that of the attributes stands beside it, as it does in the repository.
    pub(crate) fn example(name: &str) -> Self {
        let folder = TempDir::new().unwrap();
        for part in ["examples/project", "iec62304-macros/src"] {
            fs::create_dir_all(folder.path().join(part)).unwrap();
        }
        let manifest = "[package]\nname = \"iec62304-macros\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nproc-macro = true\n";
        fs::write(folder.path().join("iec62304-macros/Cargo.toml"), manifest).unwrap();
        fs::write(folder.path().join("iec62304-macros/src/lib.rs"), "").unwrap();
        copy(&repository().join("examples").join(name), &folder.path().join("examples/project"));
        let project = Self { folder, below: "examples/project" };
        if name == "infusion-pump" {
            // Its results are of the whole device: a test that edits a file of it would
            // hear of that everywhere. They are judged where it stands.
            project.cut("iec62304.toml", "[evidence]\n", "\n[");
            fs::remove_dir_all(project.path().join("evidence")).unwrap();
            // What a machine keeps in its usual place must not decide a test.
            project.write("advisory-db/crates/README", "no advisories");
            let settings = "[project]\n";
            let database = "[anomalies]\ndatabase = \"advisory-db\"\n";
            project.replace("iec62304.toml", settings, &format!("{database}\n{settings}"));
        }
        project
    }

    /// A copy of the workspace `device` of one of the fixtures, with what stands beside it.
    pub(crate) fn fixture(name: &str) -> Self {
        let folder = TempDir::new().unwrap();
        copy(&repository().join("tests/fixtures").join(name), folder.path());
        Self { folder, below: "device" }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(self.below)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces the only occurrence of a text; fails if it is not there, so that a test
    /// which breaks a file cannot break nothing.
    #[track_caller]
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Deletes from the only occurrence of `from` up to the next occurrence of `to`.
    #[track_caller]
    pub(crate) fn cut(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        let start = text.find(from).unwrap();
        let end = text[start..].find(to).map_or(text.len(), |end| start + end);
        self.write(path, format!("{}{}", &text[..start], &text[end..]));
    }

    /// Gives the one stored run a name without the time at which it ended.
    pub(crate) fn rename_run(&self) {
        let folder = self.path().join("evidence");
        let [run] = &fs::read_dir(&folder).unwrap().collect::<Vec<_>>()[..] else {
            panic!("one run is stored")
        };
        fs::rename(run.as_ref().unwrap().path(), folder.join("run.json")).unwrap();
    }

    /// Runs the tool in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(&self.path(), arguments)
    }

    /// Runs `check` and lists its findings, each as `rule: subject`, each kind once.
    pub(crate) fn findings(&self) -> (i32, Vec<String>) {
        let run = self.run(&["check", "--format", "json"]);
        let report = run.json();
        let mut findings: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                format!("{}: {}", text(&finding["rule"]), text(&finding["subject"]["id"]))
            })
            .collect();
        findings.dedup();
        (run.code, findings)
    }

    /// Every file below the folder with its content.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path(), &mut files);
        files.sort();
        files
    }
}

impl Run {
    /// The answer, if the run ended well and without a word of complaint.
    #[track_caller]
    pub(crate) fn succeeded(&self) -> &str {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{}", self.stdout);
        &self.stdout
    }

    /// Fails unless the run ended with this code, no answer and these words of complaint.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "");
        for text in said {
            assert!(self.stderr.contains(text), "{text} in\n{}", self.stderr);
        }
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }
}

/// The root of this repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Runs the tool in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    finish(tool(folder).args(arguments))
}

/// The tool in a folder, still without arguments.
pub(crate) fn tool(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-iec62304"));
    command
        .arg("iec62304")
        .current_dir(folder)
        .env_remove("CARGO_TERM_COLOR")
        .env_remove("RUST_BACKTRACE");
    command
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if name == "target" {
            continue;
        }
        if path.is_dir() {
            fs::create_dir(to.join(name)).unwrap();
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let content = fs::read(&path).unwrap();
            files.push((path, content));
        }
    }
}
