//! Records in Markdown: they are judged as those in TOML are, and no command writes there.

use iec62304_macros::requirement;

use crate::project::Project;

const CONFIGURATION: &str = "\
records = [\"docs/*.md\"]
[project]
edition = \"2006+AMD1:2015\"
risk_file = \"RMF 12\"
quality_system = \"QMS 3\"
system_requirements = \"SYRS 7\"
[project.ids]
software = \"SRS-[0-9]+\"
control = \"RC-[0-9]+\"
[software_system.pump]
class = \"A\"
rationale = \"Nobody is harmed.\"
risk_ref = \"RMF 12, 3\"
";

const RECORDS: &str = "\
# Air

## RC-1: Stop on air

The software stops the motor before air reaches the patient.

- kind: software

## SRS-1: Stop the motor

The software shall stop the motor within 200 ms after the detector reports a bubble.

- source: RC-1
- verify: unit test
- verify_reason: the bench has no air
";

const SOURCE: &str = "\
/// iec62304: requirement(\"SRS-1\")
pub fn stop() {}

/// iec62304: requirement(\"SRS-1\")
#[test]
fn air_stops_the_motor() {}
";

fn pump(records: &str) -> Project {
    let project = Project::pump(SOURCE, CONFIGURATION);
    project.write("docs/srs.md", records);
    project
}

#[test]
#[requirement("TOOL-32")]
fn a_requirement_in_markdown_is_judged_as_one_in_toml() {
    let project = pump(RECORDS);
    assert_eq!(project.findings(), (0, vec![]));
    project.replace("src/lib.rs", "/// iec62304: requirement(\"SRS-1\")\n#[test]", "#[test]");
    let unverified = "requirement-unverified: SRS-1".to_owned();
    assert_eq!(project.findings(), (1, vec![unverified]));
}

#[test]
#[requirement("TOOL-32")]
fn what_is_nearly_a_record_is_a_finding_at_its_place() {
    let check = |from: &str, to: &str, place: &str, message: &str| {
        let project = pump(RECORDS);
        project.replace("docs/srs.md", from, to);
        let run = project.run(&["check"]);
        assert_eq!(run.code, 1, "{}", run.stdout);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(&format!("docs/srs.md:{place}")), "{said}");
        assert!(said.contains(message), "{said}");
    };
    check("## SRS-1: S", "## SRS-1 S", "9:4", "a colon is missing behind the id `SRS-1`");
    check("## SRS-1: S", "## srs-1: S", "9:4", "does not match the pattern");
    check("- verify:", "- verfy:", "14:3", "unknown field `verfy`");
    check("verify: unit test", "verify: unit tests", "14:11", "did you mean `unit test`?");
    check("source: RC-1", "source: RC-2", "13:11", "RC-2");
}

#[test]
#[requirement("TOOL-17")]
#[requirement("TOOL-32")]
fn no_command_writes_into_a_markdown_file() {
    let project = pump(RECORDS);
    let add = ["review", "add", "--kind", "requirements", "--of", "SRS-1", "--by", "A", "--yes"];
    let check = |arguments: &[&str], message: &str| {
        let before = project.files();
        let run = project.run(arguments);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert!(project.files() == before);
    };
    check(&add, "`records` of iec62304.toml does not name it");
    check(&[&add[..], &["--file", "docs/srs.md"]].concat(), "it is Markdown");
    project.replace("iec62304.toml", "\"docs/*.md\"", "\"docs/*.md\", \"records/*.toml\"");
    let run = project.run(&add);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("recorded REV-1 in records/reviews.toml"), "{}", run.stdout);
    assert_eq!(project.read("docs/srs.md"), RECORDS);
}
