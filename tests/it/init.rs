//! `init` in fresh folders.

use iec62304_macros::requirement;

use crate::project::Project;

fn fresh() -> Project {
    Project::new([
        (
            "Cargo.toml",
            "[package]\nname = \"pump\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        ),
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
    assert_eq!(project.files().len(), before + 2);
    let configuration = project.read("iec62304.toml");
    for expected in [
        "2006+AMD1:2015",
        "[item.pump]",
        "unit = [\"src/**\"]",
        "integration = [\"tests/**\"]",
    ] {
        assert!(
            configuration.contains(expected),
            "{expected} in\n{configuration}"
        );
    }
    let (code, findings) = project.findings();
    assert_eq!(code, 1);
    assert_eq!(
        findings,
        ["class-missing: pump-software", "unit-unverified: pump"]
    );
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
