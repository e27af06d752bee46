//! Input that is wrong, missing or unreadable: a clear answer, and nothing lost.

use iec62304_macros::requirement;

use crate::project::Project;

const GOOD: &str = "project.edition = \"2006\"\nsoftware_system.pump.class = \"A\"\n";

#[test]
#[requirement("TOOL-15")]
fn a_configuration_that_is_no_toml_is_refused_with_every_error() {
    let project = Project::pump("pub fn a() {}", "schema = \n[project\nname = \"x\"\n");
    project.run(&["check"]).refused(2, &["iec62304.toml:1:", "iec62304.toml:2:"]);
}

#[test]
#[requirement("TOOL-15")]
fn a_configuration_that_is_not_utf_8_is_refused() {
    let project = Project::pump("pub fn a() {}", "");
    project.write("iec62304.toml", b"schema = 1 # \xff");
    project.run(&["check"]).refused(2, &["iec62304.toml:1:14", "UTF-8"]);
}

#[test]
#[requirement("TOOL-15")]
fn a_folder_in_place_of_the_configuration_is_refused() {
    let project = Project::pump("pub fn a() {}", "");
    std::fs::remove_file(project.path().join("iec62304.toml")).unwrap();
    std::fs::create_dir(project.path().join("iec62304.toml")).unwrap();
    project.run(&["check"]).refused(2, &["iec62304.toml"]);
}

#[test]
#[requirement("TOOL-6")]
fn a_broken_record_file_is_a_finding_and_the_others_count() {
    let project = Project::pump(
        "#[requirement(\"SRS-1\")]\npub fn a() {}",
        &format!("records = [\"*.rec\"]\n{GOOD}"),
    );
    project.write("a.rec", "[requirement.SRS-1]\ntext = \"x\"\nverify = \n");
    project.write("b.rec", b"# \xff");
    project.write("c.rec", "\u{feff}[requirement.SRS-2]\r\ntext = \"x\"\r\nsorce = []\r\n");
    let (code, findings) = project.findings();
    assert_eq!(code, 1);
    assert_eq!(
        findings,
        [
            "class-rationale-missing: pump",
            "record-malformed: a.rec",
            "record-malformed: b.rec",
            "record-malformed: c.rec",
            "requirement-not-implemented: SRS-2",
            "risk-file-reference-missing: risk management file",
            "qms-reference-missing: quality management system",
            "requirement-wording: SRS-1",
            "requirement-wording: SRS-2",
        ]
    );
}

#[test]
#[requirement("TOOL-5")]
fn sources_that_cannot_be_read_are_findings() {
    let project = Project::pump("mod missing;\nmod folder;\nmod bytes;\nmod open;", GOOD);
    std::fs::create_dir_all(project.path().join("src/folder.rs")).unwrap();
    project.write("src/bytes.rs", b"fn a() {} // \xff\n");
    project.write("src/open.rs", "fn open() {");
    let (code, findings) = project.findings();
    assert_eq!(code, 1);
    let lines: Vec<&str> = findings.iter().map(String::as_str).collect();
    assert!(lines.contains(&"source-unreadable: src/lib.rs"), "{lines:?}");
    assert!(lines.contains(&"source-unreadable: src/bytes.rs"), "{lines:?}");
    assert!(lines.contains(&"source-unreadable: src/open.rs"), "{lines:?}");
}

#[test]
#[requirement("TOOL-15")]
fn wrong_use_and_a_failing_cargo_have_codes_of_their_own() {
    let project = Project::empty();
    project.run(&["check"]).refused(2, &["Cargo.toml"]);
    assert_eq!(project.run(&["chek"]).code, 2);
    assert_eq!(project.run(&["check", "--format", "xml"]).code, 2);
    project.write("Cargo.toml", "[package]\nname = \"pump\"\nversion = \"0.1.0\"\n");
    project.run(&["check"]).refused(4, &["cargo"]);
}
