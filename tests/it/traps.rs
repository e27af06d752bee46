//! The workspace with every kind of dependency, and the proof by cargo that it is one.

use iec62304_macros::requirement;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::{Run, copy, finish, repository, tool};

pub(crate) const LINUX: &str = "x86_64-unknown-linux-gnu";
const WINDOWS: &str = "x86_64-pc-windows-msvc";

/// A copy of `tests/fixtures/traps` that cargo needs no network for, gone when dropped.
pub(crate) struct Traps {
    folder: TempDir,
}

impl Traps {
    pub(crate) fn new() -> Self {
        let traps = Self { folder: TempDir::new().unwrap() };
        copy(&repository().join("tests/fixtures/traps"), &traps.root());
        let url = folder_url(&traps.root());
        for file in ["Cargo.lock", "pump/Cargo.toml"] {
            let path = traps.device().join(file);
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text.replace("file:///TRAPS/", &url)).unwrap();
        }
        let fetch = traps.cargo(&["fetch", "--locked"]);
        assert_eq!(fetch.code, 0, "{}", fetch.stderr);
        traps
    }

    /// The folder of the workspace.
    pub(crate) fn device(&self) -> PathBuf {
        self.root().join("device")
    }

    /// The address of this copy, which stands in its lock file.
    pub(crate) fn folder_url(&self) -> String {
        folder_url(&self.root())
    }

    /// Runs the tool in the workspace.
    pub(crate) fn command(&self, arguments: &[&str]) -> Run {
        finish(self.shielded(&mut tool(&self.device())).args(arguments))
    }

    /// Runs cargo in the workspace.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Run {
        let mut cargo = Command::new(env!("CARGO"));
        finish(self.shielded(cargo.current_dir(self.device())).args(arguments))
    }

    /// The folder of all of it, by the name that cargo prints.
    fn root(&self) -> PathBuf {
        let path = self.folder.path();
        if cfg!(windows) { path.to_owned() } else { path.canonicalize().unwrap() }
    }

    /// Takes away what the settings of a machine could change.
    fn shielded<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("CARGO_HOME", self.root().join("cargo-home"))
            .env("CARGO_NET_GIT_FETCH_WITH_CLI", "false")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_NET_OFFLINE")
            .env_remove("CARGO_BUILD_TARGET")
    }

    /// The packages that `cargo tree` finds, in the words of the page.
    fn tree(&self, arguments: &[&str]) -> BTreeSet<String> {
        let always = ["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p}"];
        let tree = self.cargo(&[&always, arguments].concat());
        assert_eq!(tree.code, 0, "{}", tree.stderr);
        tree.stdout.lines().map(|line| self.package_of_line(line)).collect()
    }

    /// `name v1.0.0 (proc-macro) (/path or url) (*)` as `name 1.0.0 source`.
    fn package_of_line(&self, line: &str) -> String {
        let mut words = line.split(" (");
        let name = words.next().unwrap().trim_end().replacen(" v", " ", 1);
        let mut marks = words.map(|word| word.trim_end_matches(')'));
        let source = marks.find(|mark| !["proc-macro", "*"].contains(mark));
        format!("{name} {}", self.source(source))
    }

    /// A path or URL in the words of the page; nothing stands for the registry.
    fn source(&self, place: Option<&str>) -> String {
        let Some(place) = place else { return "registry".to_owned() };
        let place = place.replace('\\', "/");
        let root = self.root().to_str().unwrap().replace('\\', "/");
        let (_, inside) = place.split_once(&format!("{root}/")).unwrap();
        inside.split('?').next().unwrap().to_owned()
    }

    /// What stands in `cargo metadata`, with every feature of the workspace.
    fn metadata(&self) -> Value {
        let arguments =
            ["metadata", "--locked", "--offline", "--all-features", "--format-version", "1"];
        let metadata = self.cargo(&arguments);
        assert_eq!(metadata.code, 0, "{}", metadata.stderr);
        metadata.json()
    }

    /// The packages that `pump` could reach by the widest graph that cargo has.
    fn within_reach(&self) -> BTreeSet<String> {
        let metadata = self.metadata();
        let edges = edges(&metadata);
        let names = self.names(&metadata);
        let pump = names.iter().find(|(_, name)| name.starts_with("pump "));
        let mut open = vec![*pump.unwrap().0];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(&edges[id]);
            }
        }
        seen.into_iter().map(|id| names[id].clone()).collect()
    }

    /// Every package of the metadata by its id, in the words of the page.
    fn names<'a>(&self, metadata: &'a Value) -> BTreeMap<&'a str, String> {
        let packages = metadata["packages"].as_array().unwrap();
        packages.iter().map(|package| (text(&package["id"]), self.package_of(package))).collect()
    }

    fn package_of(&self, package: &Value) -> String {
        let manifest = Path::new(text(&package["manifest_path"])).parent().unwrap();
        let place = match package["source"].as_str() {
            Some(source) if source.starts_with("registry+") => None,
            Some(source) => Some(source),
            None => Some(manifest.to_str().unwrap()),
        };
        format!("{} {} {}", text(&package["name"]), text(&package["version"]), self.source(place))
    }
}

/// The URL of a folder, with the slash that ends it.
fn folder_url(folder: &Path) -> String {
    let path = folder.to_str().unwrap().replace('\\', "/").replace(' ', "%20");
    format!("file:///{}/", path.trim_start_matches('/'))
}

/// The ids of the packages that each package could use.
fn edges(metadata: &Value) -> BTreeMap<&str, Vec<&str>> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let edges = nodes.iter().map(|node| {
        let dependencies = node["dependencies"].as_array().unwrap();
        (text(&node["id"]), dependencies.iter().map(text).collect())
    });
    edges.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Each row of the table of the page: the package and its role.
pub(crate) fn rows_of_the_page() -> Vec<(String, String)> {
    let page = repository().join("tests/fixtures/traps/README.md");
    let page = fs::read_to_string(page).unwrap();
    let table = page.split("| --- | --- | --- | --- | --- |\n").nth(1).unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, version, source, _, role] = cells[..] else { panic!("{line}") };
        (format!("{name} {version} {}", source.trim_matches('`')), role.to_owned())
    });
    rows.collect()
}

/// The role of each package by what `cargo tree` and `cargo metadata` say, the one closest
/// to the device first.
fn roles_by_cargo(traps: &Traps) -> BTreeMap<String, &'static str> {
    let tree = |arguments: &str| traps.tree(&arguments.split(' ').collect::<Vec<_>>());
    let everything = traps.names(&traps.metadata()).into_values().collect();
    let steps: [(&str, BTreeSet<String>); 8] = [
        ("own", tree("--workspace --depth 0")),
        ("in the device", tree(&format!("-p pump --target {LINUX} -e normal,no-proc-macro"))),
        ("generates device code", tree(&format!("-p pump --target {LINUX} -e normal"))),
        ("build tool", tree(&format!("-p pump --target {LINUX} -e normal,build"))),
        ("test tool", tree(&format!("-p pump -p ui --target {LINUX} -e normal,build,dev"))),
        ("other target", tree("-p pump -p ui --target all -e normal,build,dev")),
        ("feature off", traps.within_reach()),
        ("outside the product", everything),
    ];
    let mut roles = BTreeMap::new();
    for (role, packages) in steps {
        for package in packages {
            roles.entry(package).or_insert(role);
        }
    }
    roles
}

/// What `cargo tree` links into `pump` for a target.
fn in_the_device(target: &str) -> BTreeSet<String> {
    Traps::new().tree(&["-p", "pump", "-e", "normal,no-proc-macro", "--target", target])
}

#[test]
#[requirement("TOOL-18")]
fn cargo_reads_the_workspace_without_a_network() {
    let traps = Traps::new();
    let metadata =
        traps.cargo(&["metadata", "--locked", "--offline", "--format-version", "1"]).json();
    assert_eq!(metadata["workspace_members"].as_array().unwrap().len(), 3);
}

#[test]
#[requirement("TOOL-18")]
fn the_tool_reads_its_records() {
    let report = Traps::new().command(&["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap();
    let rules: Vec<&str> = findings.iter().map(|finding| text(&finding["rule"])).collect();
    assert_eq!(rules, ["unit-unverified", "risk-file-reference-missing", "qms-reference-missing"]);
}

#[test]
#[requirement("TOOL-18")]
fn the_lock_file_holds_each_package_of_the_page() {
    let traps = Traps::new();
    let lock = fs::read_to_string(traps.device().join("Cargo.lock")).unwrap();
    assert_eq!(lock.matches("[[package]]\n").count(), 41);
    let all: BTreeSet<String> = traps.names(&traps.metadata()).into_values().collect();
    assert_eq!(all.len(), 41);
    let page: Vec<String> = rows_of_the_page().into_iter().map(|(package, _)| package).collect();
    assert_eq!(page.len(), 41);
    assert_eq!(BTreeSet::from_iter(page), all);
}

#[test]
#[requirement("TOOL-18")]
fn the_page_gives_each_package_the_role_that_cargo_gives() {
    let roles = roles_by_cargo(&Traps::new());
    for (package, role) in rows_of_the_page() {
        assert_eq!(roles[&package], role, "{package}");
    }
}

#[test]
#[requirement("TOOL-18")]
fn a_device_on_linux_holds_these_packages() {
    let found = in_the_device(LINUX);
    let expected = [
        "alarm-tones 1.0.0 registry",
        "bit-names 0.3.0 registry",
        "bit-names 1.2.0 registry",
        "dose-curve 0.2.0 outside/dose-curve",
        "field-offsets 0.5.0 fork.git",
        "filter-sys 0.2.1+3.4.5 registry",
        "low-pass 0.2.0 registry",
        "plain-math 0.1.0 outside/plain-math",
        "plain-math 0.1.0 registry",
        "pump 1.4.0 device/pump",
        "ring-queue 0.1.0 registry",
        "sensor-codec 0.4.0 registry",
        "serial-tty 0.5.0 registry",
        "smooth-mean 0.6.9 patched/smooth-mean",
        "ui 1.4.0 device/ui",
        "unit-table 1.0.0 registry",
        "wire-format 2.0.0 registry",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[test]
#[requirement("TOOL-18")]
fn a_device_on_windows_holds_these_packages() {
    let found = in_the_device(WINDOWS);
    let expected = [
        "alarm-tones 1.0.0 registry",
        "bit-names 0.3.0 registry",
        "bit-names 1.2.0 registry",
        "com-port 0.1.0 registry",
        "dose-curve 0.2.0 outside/dose-curve",
        "field-offsets 0.5.0 fork.git",
        "filter-sys 0.2.1+3.4.5 registry",
        "low-pass 0.2.0 registry",
        "plain-math 0.1.0 outside/plain-math",
        "plain-math 0.1.0 registry",
        "port-names 2.0.0 registry",
        "pump 1.4.0 device/pump",
        "ring-queue 0.1.0 registry",
        "sensor-codec 0.4.0 registry",
        "smooth-mean 0.6.9 patched/smooth-mean",
        "ui 1.4.0 device/ui",
        "unit-table 1.0.0 registry",
        "wide-slots 1.0.0 registry",
        "wire-format 2.0.0 registry",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}
