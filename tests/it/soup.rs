//! `cargo iec62304 soup`, from the outside.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use iec62304_macros::requirement;
use serde_json::Value;

use crate::project::{self, Project, Run};
use crate::traps::{LINUX, Traps, rows_of_the_page};

mod example;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// What the tool says of the fixture with every kind of dependency.
fn soup(traps: &Traps, arguments: &[&str]) -> Run {
    traps.command(&[&["soup", "--as-of", "2026-06-01"], arguments].concat())
}

fn inventory(traps: &Traps, arguments: &[&str]) -> Value {
    let run = soup(traps, &[&["--format", "json"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()
}

/// A package in the words of the fixture's page.
fn package(package: &Value) -> String {
    let source = &package["source"];
    let place = match text(&source["kind"]) {
        "crates.io" => "registry".to_owned(),
        "git" => "fork.git".to_owned(),
        _ => match text(&source["folder"]) {
            outside if outside.starts_with("../") => outside[3..].to_owned(),
            member => format!("device/{member}"),
        },
    };
    format!("{} {} {place}", text(&package["name"]), text(&package["version"]))
}

fn roles(inventory: &Value) -> BTreeMap<String, String> {
    let census = inventory["census"].as_array().unwrap();
    let role = |locked: &Value| (package(&locked["package"]), text(&locked["role"]).to_owned());
    census.iter().map(role).collect()
}

#[test]
#[requirement("TOOL-18")]
fn every_locked_package_has_the_role_that_cargo_gives_it() {
    let inventory = inventory(&Traps::new(), &["--target", LINUX]);
    let page: BTreeMap<String, String> = rows_of_the_page().into_iter().collect();
    assert_eq!(roles(&inventory), page);
    let counts = inventory["counts"].as_array().unwrap();
    let sum: u64 = counts.iter().map(|count| count["packages"].as_u64().unwrap()).sum();
    assert_eq!(sum, 41);
}

#[test]
#[requirement("TOOL-18")]
fn what_no_lock_file_lists_has_a_row_of_its_own() {
    let inventory = inventory(&Traps::new(), &["--target", LINUX]);
    let rows = inventory["soup"].as_array().unwrap();
    let beside = rows.iter().filter(|row| text(&row["kind"]) != "package");
    let beside: Vec<String> =
        beside.map(|row| format!("{}: {}", text(&row["id"]), text(&row["kind"]))).collect();
    assert_eq!(
        beside,
        [
            "filter-sys.native: native library",
            "rust-std: standard library",
            "glibc: runtime",
            "linux: operating system",
        ]
    );
    let ids: Vec<&str> = rows.iter().map(|row| text(&row["id"])).collect();
    for id in ["bit-names@0.3.0", "bit-names@1.2.0", "plain-math@0.1.0@path"] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    let modified = rows.iter().filter(|row| !row["modified"].is_null());
    let modified: Vec<&str> = modified.map(|row| text(&row["id"])).collect();
    assert_eq!(modified, ["dose-curve", "plain-math@0.1.0@path", "smooth-mean"]);
}

#[test]
#[requirement("TOOL-18")]
fn each_target_has_its_own_device() {
    let targets = ["--target", LINUX, "--target", "x86_64-pc-windows-msvc"];
    let inventory = inventory(&Traps::new(), &targets);
    let linked = |name: &str| -> Vec<u64> {
        let census = inventory["census"].as_array().unwrap();
        let locked = census.iter().find(|locked| text(&locked["package"]["name"]) == name);
        let linked = locked.unwrap()["linked"].as_array().unwrap();
        linked.iter().map(|target| target.as_u64().unwrap()).collect()
    };
    assert_eq!(linked("serial-tty"), [0]);
    assert_eq!(linked("com-port"), [1]);
    assert_eq!(linked("ring-queue"), [0, 1]);
}

#[test]
#[requirement("TOOL-18")]
fn without_the_graph_the_lock_file_is_listed_and_the_list_says_that_it_is_partial() {
    let traps = Traps::new();
    std::fs::remove_dir_all(traps.device().join("../registry/ring-queue-0.1.0")).unwrap();
    let run = soup(&traps, &["--format", "json"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let inventory = run.json();
    assert_eq!(inventory["basis"]["complete"], false);
    assert_eq!(inventory["census"].as_array().unwrap().len(), 41);
    let table = soup(&traps, &[]);
    assert!(table.stdout.starts_with("PARTIAL"), "{}", table.stdout);
}

const FORMATS: [&str; 13] = [
    "table",
    "markdown",
    "csv",
    "json",
    "xlsx",
    "cyclonedx",
    "cyclonedx-1.7",
    "cyclonedx-1.5",
    "cyclonedx-1.5-xml",
    "spdx",
    "spdx-3",
    "support",
    "baseline",
];

#[test]
#[requirement("TOOL-13")]
fn two_checkouts_give_the_same_bytes() {
    let (one, other) = (Project::example("infusion-pump"), Project::example("infusion-pump"));
    let day = ["soup", "--as-of", "2026-06-01", "--output", "document", "--format"];
    for format in FORMATS {
        let written = |project: &Project| {
            let run = project.run(&[&day[..], &[format]].concat());
            assert_eq!(run.code, 0, "{}", run.stderr);
            std::fs::read(project.path().join("document")).unwrap()
        };
        assert_eq!(written(&one), written(&other), "{format}");
    }
}

#[test]
#[requirement("TOOL-13")]
fn no_document_names_a_folder_of_the_machine() {
    let traps = Traps::new();
    let folder = traps.device().parent().unwrap().to_str().unwrap().to_owned();
    for format in FORMATS.into_iter().filter(|format| *format != "xlsx") {
        let run = soup(&traps, &["--format", format, "--target", LINUX]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        // The fixture's own git address is a folder of this machine by design.
        let text = run.stdout.replace(&traps.folder_url(), "file:///TRAPS/");
        assert!(!text.contains(&folder), "{format} names {folder}");
    }
}

#[test]
#[requirement("TOOL-20")]
fn records_are_added_once_and_nothing_else_is_touched() {
    let traps = Traps::new();
    let path = traps.device().join("records.toml");
    let before = std::fs::read_to_string(&path).unwrap() + "# mine\n[soup.low-pass] # here\n";
    std::fs::write(&path, &before).unwrap();
    let update = ["soup", "--target", LINUX, "--update"];
    assert_eq!(traps.command(&update).code, 0);
    let after = std::fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(&before), "{after}");
    assert!(after.contains("\n[soup.ring-queue]\n"), "{after}");
    let again = traps.command(&update);
    assert_eq!(again.stderr, "");
    assert_eq!(again.stdout, "every SOUP item and tool has a record: nothing was changed\n");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), after);
}

#[test]
#[requirement("TOOL-19")]
fn a_folder_that_is_no_database_is_refused() {
    let project = Project::pump("", "");
    project
        .write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"pump\"\nversion = \"0.1.0\"\n");
    let run = project.run(&["soup", "--advisory-db", "src"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("src is no advisory database"), "{}", run.stderr);
    let vex = project.run(&["soup", "--format", "vex", "--advisory-db", "src"]);
    assert_eq!(vex.code, 2);
}

/// Runs git in a folder, untouched by the settings of whoever runs the test.
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=t", "-c", "user.email=t@t.example"]);
    assert!(git.args(arguments).output().unwrap().status.success(), "{arguments:?}");
}

#[test]
#[requirement("TOOL-19")]
fn advisories_are_fetched_where_asked_and_brought_up_to_date() {
    let upstream = Project::new([("crates/a/RUSTSEC-2020-0001.md", ""), ("rust/README", "")]);
    git(&upstream.path(), &["init", "--quiet"]);
    let commit = || {
        git(&upstream.path(), &["add", "."]);
        git(&upstream.path(), &["commit", "--quiet", "-m", "advisories"]);
    };
    commit();
    let project = Project::pump("", "");
    project
        .write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"pump\"\nversion = \"0.1.0\"\n");
    let home = Project::empty();
    let fetch = |upstream: &str| {
        let mut tool = project::tool(&project.path());
        tool.args(["soup", "--fetch-advisories", "--format", "json"]);
        tool.env("CARGO_HOME", home.path()).env("GIT_CONFIG_COUNT", "1");
        tool.env("GIT_CONFIG_KEY_0", format!("url.{upstream}.insteadOf"));
        tool.env("GIT_CONFIG_VALUE_0", "https://github.com/RustSec/advisory-db.git");
        project::finish(&mut tool)
    };
    let place = upstream.path();
    let entries = |run: &Run| run.json()["advisories"]["entries"].clone();
    let first = fetch(place.to_str().unwrap());
    assert_eq!((first.code, entries(&first)), (0, 1.into()), "{}", first.stderr);
    upstream.write("crates/b/RUSTSEC-2020-0002.md", "");
    commit();
    let second = fetch(place.to_str().unwrap());
    assert_eq!((second.code, entries(&second)), (0, 2.into()), "{}", second.stderr);
    std::fs::remove_dir_all(home.path().join("advisory-db")).unwrap();
    let gone = fetch("/nowhere");
    assert_eq!(gone.code, 4, "{}", gone.stderr);
    assert!(gone.stderr.contains("could not be fetched"), "{}", gone.stderr);
}
