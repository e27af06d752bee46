//! `cargo iec62304 review add`: what it shows, what it records, and what becomes of that.

use iec62304_macros::requirement;

use crate::project::{Project, Run};

const CONFIGURATION: &str = "\
records = [\"records/*.toml\"]
project.edition = \"2006+AMD1:2015\"
project.risk_file = \"RMF-1\"
project.quality_system = \"QM-1\"
software_system.pump.class = \"A\"
software_system.pump.rationale = \"Nothing that it does reaches a patient.\"
software_system.pump.risk_ref = \"RMF-1, 4\"
[item.motor]
parent = \"pump\"
crates = [\"pump\"]
[unit.rate]
item = \"motor\"
modules = [\"pump::rate\"]
";

const REQUIREMENTS: &str = "\
# Mine.\r
[requirement.SRS-1]\r
text = \"The pump shall keep the set rate.\"\r
[requirement.SRS-2]\r
text = \"The pump shall stop on air.\" # last line, no break behind it";

const SOURCE: &str = "\
pub mod rate {
    /// iec62304: requirement(\"SRS-1\"), requirement(\"SRS-2\")
    pub fn rate() {}

    /// iec62304: requirement(\"SRS-1\"), requirement(\"SRS-2\")
    #[test]
    fn the_rate_is_kept() {}
}
";

fn pump() -> Project {
    let project = Project::pump(SOURCE, CONFIGURATION);
    project.write("records/requirements.toml", REQUIREMENTS);
    project
}

fn add(project: &Project, arguments: &[&str]) -> Run {
    let day = ["review", "add", "--by", "A. Sample", "--date", "2026-05-11"];
    project.run(&[&day[..], arguments].concat())
}

const ALL: [&str; 4] = ["--kind", "requirements", "--of", "SRS-1..SRS-2"];

#[track_caller]
fn recorded(project: &Project, arguments: &[&str]) -> Run {
    let run = add(project, &[arguments, &["--yes"]].concat());
    run.succeeded();
    run
}

#[test]
#[requirement("TOOL-28")]
fn a_review_is_shown_recorded_and_bound() {
    let project = pump();
    let run = recorded(&project, &ALL);
    for shown in [
        "REV-1, a review of kind `requirements`",
        "requirement SRS-2: no review of kind `requirements` yet",
        "The pump shall stop on air.",
        "recorded REV-1 in records/reviews.toml",
    ] {
        assert!(run.stdout.contains(shown), "{shown} in\n{}", run.stdout);
    }
    assert_eq!(project.findings(), (0, vec![]));
    project.replace("records/requirements.toml", "on air", "on air within 1 s");
    assert_eq!(project.findings(), (1, vec!["requirement-review-stale: SRS-2".to_owned()]));
    let again = recorded(&project, &ALL);
    assert!(again.stdout.contains("SRS-1: unchanged since REV-1 (2026-05-11, passed)"));
    assert!(again.stdout.contains("SRS-2: changed since REV-1 (2026-05-11, passed)"));
    assert_eq!(project.findings(), (0, vec![]));
}

#[test]
#[requirement("TOOL-28")]
fn a_link_is_suspect_from_either_end() {
    let project = pump();
    recorded(&project, &["--kind", "trace", "--of", "rate"]);
    assert_eq!(project.findings(), (0, vec![]));
    let code = project.read("src/lib.rs");
    project.replace("src/lib.rs", "pub fn rate() {}", "pub fn rate() { /* keeps it */ }\n");
    project.replace(
        "src/lib.rs",
        "fn the_rate_is_kept() {}",
        "fn the_rate_is_kept() { super::rate() }",
    );
    assert_eq!(project.findings(), (0, vec![]), "comments, form and tests are no change");
    project.write("src/lib.rs", code.replace("pub fn rate() {}", "pub fn rate() { loop {} }"));
    assert_eq!(project.findings(), (0, vec!["suspect-link: rate".to_owned()]));
    project.write("src/lib.rs", &code);
    project.replace("records/requirements.toml", "keep", "hold");
    assert_eq!(project.findings(), (0, vec!["suspect-link: SRS-1".to_owned()]));
    let run = recorded(&project, &["--kind", "trace", "--of", "SRS-1"]);
    assert!(run.stdout.contains("of = [\"SRS-1\", \"rate\"]"), "{}", run.stdout);
    assert_eq!(project.findings(), (0, vec![]));
}

#[test]
#[requirement("TOOL-28", "TOOL-17")]
fn nothing_in_a_record_file_is_changed() {
    let project = pump();
    let named = [&ALL[..], &["--file", "records/requirements.toml"]].concat();
    recorded(&project, &named);
    let after = project.read("records/requirements.toml");
    let added = after.strip_prefix(REQUIREMENTS).unwrap();
    assert!(added.starts_with("\r\n\r\n[review.REV-1]\r\nkind = \"requirements\"\r\n"), "{added}");
    assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
    let run = recorded(&project, &ALL);
    assert!(run.stdout.contains("recorded REV-2 in records/requirements.toml"), "{}", run.stdout);
    assert!(project.read("records/requirements.toml").starts_with(&after));
}

#[test]
#[requirement("TOOL-28")]
fn without_a_terminal_and_without_yes_nothing_is_written() {
    let project = pump();
    let before = project.files();
    let run = add(&project, &ALL);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("requirement SRS-1: no review"), "{}", run.stdout);
    assert!(run.stderr.contains("help: nothing was written; give `--yes`"), "{}", run.stderr);
    assert_eq!(project.files(), before);
}

#[test]
#[requirement("TOOL-28")]
fn what_cannot_be_recorded_says_what_to_do_and_writes_nothing() {
    let project = pump();
    project.write("notes", "a file, no folder");
    let before = project.files();
    let check = |arguments: &[&str], code, said: &[&str]| {
        let run = add(&project, &[arguments, &["--yes"]].concat());
        assert_eq!(run.code, code, "{}", run.stderr);
        for said in said {
            assert!(run.stderr.contains(said), "{said} in\n{}", run.stderr);
        }
        assert_eq!(project.files(), before);
    };
    let requirements = |of| ["--kind", "requirements", "--of", of];
    check(&requirements("SRS-12"), 2, &["`SRS-12`", "the nearest is `SRS-1`"]);
    check(&requirements("SRS-1..SRS-9"), 2, &["`SRS-9`"]);
    check(&["--kind", "requirement", "--of", "SRS-1"], 2, &["requirements"]);
    check(
        &[&ALL[..], &["--file", "elsewhere.toml"]].concat(),
        2,
        &["`records` of iec62304.toml does not name it", "nothing was written"],
    );
    check(&[&ALL[..], &["--id", "SRS-1"]].concat(), 2, &["belongs to a requirement already"]);
    check(&[&ALL[..], &["--result", "fine"]].concat(), 2, &["passed with actions"]);
    check(&[&ALL[..], &["--date", "2026-02-30"]].concat(), 2, &["--date"]);
}

#[test]
#[requirement("TOOL-28")]
fn a_project_without_a_record_file_hears_which_to_name() {
    let project = Project::pump(SOURCE, "requirement.SRS-1.text = \"x\"\n");
    let run = add(&project, &["--kind", "requirements", "--of", "SRS-1", "--yes"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("records/reviews.toml"), "{}", run.stderr);
    assert!(run.stderr.contains("name another file in `records`"), "{}", run.stderr);
}

#[test]
#[requirement("TOOL-28")]
fn a_folder_that_takes_no_file_is_an_error() {
    let project = pump();
    project.replace("iec62304.toml", "records/*.toml", "records/*.toml\", \"notes/reviews.toml");
    project.write("notes", "a file, no folder");
    let named = [&ALL[..], &["--file", "notes/reviews.toml", "--yes"]].concat();
    let run = add(&project, &named);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    assert_eq!(project.read("notes"), "a file, no folder");
}

#[test]
#[requirement("TOOL-28")]
fn an_architecture_document_is_bound_to_its_file() {
    let project = pump();
    project.write("docs/sad.md", "The pump is one item.\n");
    let document = "[document.SAD-1]\ntitle = \"Architecture\"\npath = \"docs/sad.md\"\n";
    project.write("records/documents.toml", document);
    let architecture = ["--kind", "verification", "--of", "SAD-1"];
    let first = recorded(&project, &architecture);
    assert!(first.stdout.contains("docs/sad.md\n"), "{}", first.stdout);
    project.write("docs/sad.md", "The pump is one item.\r\n");
    let same = recorded(&project, &architecture);
    assert!(same.stdout.contains("SAD-1: unchanged since REV-1"), "{}", same.stdout);
    project.write("docs/sad.md", "The pump is two items.\n");
    let changed = recorded(&project, &architecture);
    assert!(changed.stdout.contains("SAD-1: changed since REV-2"), "{}", changed.stdout);
    std::fs::remove_file(project.path().join("docs/sad.md")).unwrap();
    let gone = recorded(&project, &architecture);
    assert!(gone.stdout.contains("docs/sad.md: no such file"), "{}", gone.stdout);
}

#[test]
#[requirement("TOOL-28")]
fn an_inspection_of_what_changed_since_verifies_nothing() {
    let project = pump();
    project.cut(
        "src/lib.rs",
        "    /// iec62304: requirement(\"SRS-1\"), requirement(\"SRS-2\")\n    #[test]",
        "fn the_rate_is_kept() {}",
    );
    let open = ["requirement-unverified: SRS-1", "requirement-unverified: SRS-2"];
    assert_eq!(project.findings().1, open);
    recorded(&project, &["--kind", "inspection", "--of", "SRS-1..SRS-2"]);
    assert_eq!(project.findings(), (0, vec![]));
    project.replace("records/requirements.toml", "keep", "hold");
    assert_eq!(project.findings(), (1, vec!["requirement-unverified: SRS-1".to_owned()]));
    let said = project.run(&["check"]).stdout;
    assert!(said.contains("counts no more"), "{said}");
}
