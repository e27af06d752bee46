//! `init` in fresh folders.

use iec62304_macros::requirement;

use crate::project::Project;

/// A package without a configuration.
pub(crate) fn fresh() -> Project {
    Project::new([
        ("Cargo.toml", "[package]\nname = \"pump\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        ("src/lib.rs", "pub fn start() {}\n"),
        ("tests/flow.rs", "#[test]\nfn flows() {}\n"),
    ])
}

#[test]
#[requirement("TOOL-17")]
fn a_first_check_works_right_after_init() {
    let project = fresh();
    let before = project.files().len();
    let init = project.run(&["init"]);
    assert_eq!(init.code, 0, "{}", init.stderr);
    assert_eq!(project.files().len(), before + 4);
    let configuration = project.read("iec62304.toml");
    for expected in
        ["2006+AMD1:2015", "[item.pump]", "unit = [\"src/**\"]", "integration = [\"tests/**\"]"]
    {
        assert!(configuration.contains(expected), "{expected} in\n{configuration}");
    }
    let (code, findings) = project.findings();
    assert_eq!(code, 1);
    assert_eq!(
        findings,
        [
            "class-missing: pump-software",
            "unit-unverified: pump",
            "risk-file-reference-missing: risk management file",
            "qms-reference-missing: quality management system",
        ]
    );
}

#[test]
#[requirement("TOOL-17")]
fn a_workspace_of_many_packages_gets_an_item_for_each() {
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
    };
    let project = Project::new([
        (
            "a device+/Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"motor\", \"screen\"]\n",
        ),
        ("a device+/motor/Cargo.toml", package("motor").as_str()),
        ("a device+/motor/src/lib.rs", "pub fn turn() {}\n"),
        ("a device+/screen/Cargo.toml", package("screen").as_str()),
        ("a device+/screen/src/main.rs", "fn main() {}\n"),
    ]);
    let manifest = ["--manifest-path", "a device+/Cargo.toml"];
    assert_eq!(project.run(&["init", manifest[0], manifest[1]]).code, 0);
    let report = project.run(&["check", manifest[0], manifest[1], "--format", "json"]).json();
    let rules: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        [
            "class-missing",
            "unit-unverified",
            "unit-unverified",
            "risk-file-reference-missing",
            "qms-reference-missing",
        ]
    );
}

#[test]
#[requirement("TOOL-17")]
fn a_workspace_that_takes_every_folder_for_a_package_is_left_as_it_was() {
    let project = Project::new([
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n"),
        (
            "motor/Cargo.toml",
            "[package]\nname = \"motor\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        ),
        ("motor/src/lib.rs", ""),
    ]);
    let before = project.files();
    let init = project.run(&["init"]);
    assert_eq!(init.code, 2);
    assert!(init.stderr.contains("exclude = [\"records\"]"), "{}", init.stderr);
    assert_eq!(project.files(), before);
    assert!(!project.path().join("records").exists());
}

#[test]
#[requirement("TOOL-17")]
fn no_file_is_overwritten() {
    for file in ["iec62304.toml", "records/requirements.toml"] {
        let project = fresh();
        project.write(file, "# mine\n");
        let before = project.files();
        let init = project.run(&["init"]);
        assert_eq!(init.code, 2);
        assert!(init.stderr.contains(file), "{}", init.stderr);
        assert_eq!(project.files(), before);
    }
}
