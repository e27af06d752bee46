//! Waivers, changed severities and lists of known gaps on real folders.

use std::fs;

use iec62304_macros::{requirement, risk_control};

use crate::project::Project;

const SETTINGS: &str = "\
[project]
edition = \"2006+AMD1:2015\"
risk_file = \"RMF-1\"
quality_system = \"QM-1\"
[software_system.pump]
class = \"A\"
rationale = \"It fills test bags and treats nobody.\"
risk_ref = \"RMF-1#class\"
[requirement.SRS-1]
text = \"The pump shall stop on air.\"
";

const WAIVER: &str = "
[[waiver]]
rule = \"requirement-unverified\"
subject = \"SRS-1\"
reason = \"Shown by hand at the bench, report TR-7, until the rig runs tests.\"
approver = \"J. Example\"
date = 2026-05-04
expires = 2026-12-31
";

const POLICY: &str = "
[policy.requirement-unverified]
severity = \"warning\"
reason = \"The rig is being built.\"
";

const SOURCE: &str = "#[requirement(\"SRS-1\")]\npub fn stop() {}\n";

/// A pump with one requirement that nothing verifies, and these decisions.
fn pump(decisions: &str) -> Project {
    Project::pump(SOURCE, &format!("{SETTINGS}{decisions}"))
}

/// `check` in few words, on a day.
fn check(project: &Project, more: &[&str]) -> (i32, String) {
    let run = project.run(&[&["check", "--quiet", "--as-of", "2026-06-01"], more].concat());
    (run.code, run.stdout + &run.stderr)
}

/// The hash that the tool says fits what it finds.
fn hash(project: &Project) -> String {
    let (_, told) = check(project, &[]);
    let told = told.lines().find(|line| line.contains("for what is found today")).unwrap();
    told.split('`').nth(1).unwrap().to_owned()
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn a_waiver_is_shown_with_its_finding_until_its_day() {
    let hash = hash(&pump(WAIVER));
    let project = pump(&format!("{WAIVER}{hash}\n{POLICY}"));
    let (code, shown) = check(&project, &[]);
    assert_eq!(code, 0, "{shown}");
    snapbox::assert_data_eq!(shown, snapbox::file!["policy/waived.txt"]);

    let report = project.run(&["check", "--format", "json", "--as-of", "2026-06-01"]).json();
    assert_eq!(report["summary"]["waived"], 1);
    assert_eq!(report["waived"][0]["rule"], "requirement-unverified");
    assert_eq!(report["waived"][0]["waiver"]["approver"], "J. Example");
    assert_eq!(report["policy"][0]["instead_of"], "error");
    assert_eq!(report["as_of"], "2026-06-01");

    let editor = project.run(&["check", "--format", "rustc-json", "--as-of", "2026-06-01"]);
    assert!(editor.stdout.contains("waived: requirement SRS-1 is not verified"));
    assert!(editor.stdout.contains("policy: requirement-unverified is warning instead of error"));

    // `trace` judges as of today, on which this one holds whatever day it is.
    let endless = WAIVER.replace("expires = 2026-12-31\n", "");
    let trace = pump(&format!("{endless}{hash}\n{POLICY}")).run(&["trace", "SRS-1"]);
    let expected = "waived: warning[requirement-unverified]: requirement SRS-1 is not verified";
    assert!(trace.succeeded().contains(expected), "{}", trace.stdout);

    let late = project.run(&["check", "--quiet", "--as-of", "2027-01-01"]);
    assert_eq!(late.code, 1);
    assert!(late.stdout.contains("error[waiver-expired]"), "{}", late.stdout);
    assert!(late.stdout.contains("warning[requirement-unverified]"), "{}", late.stdout);
}

#[test]
#[requirement("TOOL-29")]
#[risk_control("GUARD-2")]
fn a_waiver_does_not_outlive_what_it_was_given_for() {
    let hash = hash(&pump(WAIVER));
    for (from, to) in [
        ("shall stop on air", "shall stop on any air"),
        ("class = \"A\"", "class = \"B\""),
        ("subject = \"SRS-1\"", "subject = \"SRS-2\""),
        ("approver = \"J. Example\"", "approver = \"TODO\""),
        ("date = 2026-05-04", "date = 2026-06-02"),
    ] {
        let project = pump(&format!("{WAIVER}{hash}\n"));
        assert_eq!(check(&project, &[]).0, 0);
        project.replace("iec62304.toml", from, to);
        let (code, shown) = check(&project, &[]);
        assert_eq!(code, 1, "{to}: {shown}");
        assert!(shown.contains("error[requirement-unverified]"), "{to}: {shown}");
        assert!(shown.contains("[waiver-"), "{to}: {shown}");
    }
}

#[test]
#[requirement("TOOL-29")]
fn a_list_of_known_gaps_only_shrinks() {
    let project = pump("[requirement.SRS-2]\ntext = \"The pump shall alarm on air.\"\n");
    let write = ["--write-known-gaps", "gaps.txt"];
    let accept = ["--known-gaps", "gaps.txt"];
    assert_eq!(check(&project, &[]).0, 1);

    let (code, said) = check(&project, &write);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("listed 3 known gaps in gaps.txt"), "{said}");
    let listed = project.read("gaps.txt");
    assert_eq!(listed.lines().filter(|line| !line.starts_with('#')).count(), 3, "{listed}");
    let (code, said) = check(&project, &accept);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 known gaps; no other gap found by the checks that ran"), "{said}");

    // A new gap is open, and writing does not hide it.
    let settings = project.read("iec62304.toml");
    project.write("iec62304.toml", settings.clone() + "[requirement.SRS-3]\ntext = \"New.\"\n");
    assert_eq!(check(&project, &accept).0, 1);
    let (code, said) = check(&project, &write);
    assert_eq!((code, project.read("gaps.txt")), (1, listed.clone()), "{said}");
    project.write("iec62304.toml", settings);

    // A gap that is resolved must leave the list, which `--write-known-gaps` sees to.
    project
        .write("src/lib.rs", format!("{SOURCE}#[requirement(\"SRS-2\")]\npub fn alarm() {{}}\n"));
    let (code, said) = check(&project, &accept);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("error[known-gap-closed]"), "{said}");
    let (code, said) = check(&project, &write);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("took 1 known gap out of gaps.txt; 2 left"), "{said}");
    let shorter = project.read("gaps.txt");
    assert!(shorter.lines().all(|line| listed.lines().any(|before| before == line)), "{shorter}");
    assert_eq!(check(&project, &accept).0, 0);
}

#[test]
#[requirement("TOOL-29")]
fn a_list_that_cannot_be_used_is_refused_and_stays_as_it_is() {
    let project = pump("");
    let (code, said) = check(&project, &["--known-gaps", "gaps.txt"]);
    assert_eq!(code, 2, "{said}");
    let broken = "requirement-unverified no-fingerprint\n";
    project.write("gaps.txt", broken);
    let (code, said) = check(&project, &["--known-gaps", "gaps.txt"]);
    assert_eq!(code, 1);
    assert!(said.contains("this line is no known gap"), "{said}");
    let (code, said) = check(&project, &["--write-known-gaps", "gaps.txt"]);
    assert_eq!((code, project.read("gaps.txt").as_str()), (2, broken), "{said}");
    fs::remove_file(project.path().join("gaps.txt")).unwrap();
    fs::create_dir(project.path().join("gaps.txt")).unwrap();
    let (code, said) = check(&project, &["--write-known-gaps", "gaps.txt"]);
    assert_eq!(code, 2, "{said}");
}
