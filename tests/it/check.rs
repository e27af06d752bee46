//! `check` on sound projects: what it says, what it leaves alone, how it ends.

use iec62304_macros::{requirement, risk_control};

use crate::project::{Project, repository, run};

#[test]
#[requirement("TOOL-15")]
fn the_examples_have_no_gap() {
    for example in ["first-steps", "infusion-pump"] {
        let project = Project::example(example);
        let (code, findings) = project.findings();
        assert_eq!(findings, Vec::<String>::new(), "{example}");
        assert_eq!(code, 0, "{example}");
    }
    let strict = Project::example("infusion-pump").run(&["check", "--deny", "warnings"]);
    assert_eq!(strict.code, 0, "{}", strict.stdout);
}

/// The tests of the examples themselves pass, in the folder where they stand.
#[test]
#[requirement("TOOL-15")]
fn the_tests_of_the_examples_pass() {
    for example in ["first-steps", "infusion-pump"] {
        let folder = repository().join("examples").join(example);
        let output = std::process::Command::new(env!("CARGO"))
            .args(["test", "--quiet", "--locked", "--offline", "--target-dir"])
            .arg(repository().join("target/examples"))
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
#[requirement("TOOL-15")]
fn this_tool_has_no_gap_itself() {
    let own = run(&repository(), &["check", "--deny", "warnings"]);
    assert_eq!(own.code, 0, "{}", own.stdout);
}

#[test]
#[requirement("TOOL-62", "TOOL-63")]
fn the_stored_run_of_the_example_device_is_of_what_stands_there() {
    let pump = run(&repository().join("examples/infusion-pump"), &["check", "--deny", "warnings"]);
    assert_eq!(pump.code, 0, "`conformance/evidence/renew` renews it: {}", pump.stdout);
    assert!(pump.stdout.contains("166 of 166 linked tests passed"), "{}", pump.stdout);
}

#[test]
#[requirement("TOOL-16")]
fn no_file_is_written() {
    let pump = Project::example("infusion-pump");
    std::fs::remove_file(pump.path().join("Cargo.lock")).unwrap();
    let before = pump.files();
    assert_eq!(pump.findings(), (1, vec!["lock-file-missing: Cargo.lock".to_owned()]));
    assert_eq!(pump.files(), before);
}

#[test]
#[requirement("TOOL-16")]
fn nothing_of_the_project_is_run_and_no_dependency_is_needed() {
    let project = Project::pump("pub fn a() {}", "software_system.pump.class = \"A\"");
    project.write("build.rs", "fn main() { std::fs::write(\"built\", \"\").unwrap(); }");
    let manifest = project.read("Cargo.toml");
    let dependency = "[dependencies]\na-package-that-does-not-exist-anywhere = \"1\"\n";
    project.write("Cargo.toml", format!("{manifest}{dependency}"));
    let before = project.files();
    assert_eq!(project.run(&["check", "--offline"]).code, 1);
    assert_eq!(project.files(), before);
}

#[test]
#[requirement("TOOL-13")]
fn two_runs_in_two_folders_give_the_same_bytes() {
    let (one, two) = (Project::example("infusion-pump"), Project::example("infusion-pump"));
    for project in [&one, &two] {
        project.write("records/zz.toml", "[requirement.SRS-2]\ntext = \"Something else.\"\n");
    }
    for format in ["human", "json"] {
        let text = |project: &Project| project.run(&["check", "-v", "--format", format]).stdout;
        assert_eq!(text(&one), text(&two));
        assert!(!text(&one).contains(one.path().to_str().unwrap()));
    }
}

#[test]
#[requirement("TOOL-14")]
fn a_finding_says_what_where_why_and_how_to_resolve_it() {
    let pump = Project::pump(
        "#[requirement(\"SRS-1\")]\npub fn stop() {}\n",
        "records = [\"records.toml\"]\nproject = { edition = \"2006+AMD1:2015\", risk_file = \"RMF-1\", quality_system = \"QM-1\" }\nsoftware_system.pump = { class = \"A\", rationale = \"No harm.\", risk_ref = \"RMF-1, 4\" }\n",
    );
    pump.write("records.toml", "[requirement.SRS-1]\ntext = \"The pump shall stop on air.\"\n");
    let run = pump.run(&["check"]);
    assert_eq!(run.code, 1);
    snapbox::assert_data_eq!(run.stdout, snapbox::file!["check/finding.txt"].raw());
    assert_eq!(run.stderr, "");
}

#[test]
#[requirement("TOOL-14")]
fn colours_come_only_when_asked_for() {
    let pump = Project::example("infusion-pump");
    assert!(!pump.run(&["check"]).stdout.contains('\u{1b}'));
    assert!(pump.run(&["check", "--color", "always"]).stdout.contains('\u{1b}'));
}

#[test]
#[requirement("TOOL-12")]
fn quiet_says_the_result_and_verbose_every_rule_and_clause() {
    let pump = Project::example("infusion-pump");
    let quiet = pump.run(&["check", "-q", "--as-of", "2026-09-01"]).stdout;
    let day = "as of 2026-09-01";
    let result = "result no gap found by the checks that ran; 2 inputs not checked";
    assert_eq!(quiet.lines().map(str::trim).collect::<Vec<_>>(), [day, result]);
    let verbose = pump.run(&["check", "-v"]).stdout;
    assert!(verbose.contains("unit-unverified"), "{verbose}");
    assert!(verbose.contains("not checked"), "{verbose}");
    assert!(verbose.contains("5.5.5"), "{verbose}");
}

/// The list of what ships says that the simulation does not; without it nothing does.
#[test]
#[requirement("TOOL-12")]
#[risk_control("GUARD-3")]
fn a_package_without_item_is_listed_unless_it_is_no_part_of_the_product() {
    let listed = |pump: &Project| pump.run(&["check"]).stdout.contains("packages-without-item");
    let pump = Project::example("infusion-pump");
    assert!(!listed(&pump));
    pump.replace("records/architecture.toml", "crates      = [\"network-gateway\"]\n", "");
    assert!(pump.findings().1.contains(&"crate-without-item: network-gateway".to_owned()));

    let undeclared = Project::example("infusion-pump");
    undeclared.cut("iec62304.toml", "packages     = [", "targets ");
    assert!(listed(&undeclared));
}

#[test]
#[requirement("TOOL-15")]
fn a_warning_fails_only_when_warnings_are_denied() {
    let pump = Project::example("infusion-pump");
    pump.replace(
        "pump-control/src/dose.rs",
        "iec62304_macros::tags! { requirement(\"SRS-5\") }\n",
        "",
    );
    let open = ["requirement-not-implemented: SRS-5", "unit-without-requirement: dose-accumulator"];
    assert_eq!(pump.findings(), (0, open.map(str::to_owned).to_vec()));
    assert_eq!(pump.run(&["check", "--deny", "warnings"]).code, 1);
}

#[test]
#[requirement("TOOL-12", "TOOL-15")]
#[risk_control("GUARD-3")]
fn what_was_not_checked_is_listed_and_fails_when_denied() {
    let pump = Project::example("infusion-pump");
    pump.cut("iec62304.toml", "[tests.levels]", "\u{0}");
    pump.write("pump-control/src/orphan.rs", "pub fn orphan() {}");
    let report = pump.run(&["check", "--format", "json"]).json();
    let names: Vec<&str> = report["not_checked"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["name"].as_str().unwrap())
        .collect();
    // There is no git around a copy in a temporary folder.
    assert_eq!(names, ["levels", "results", "orphan-files", "version-control"]);
    assert_eq!(pump.run(&["check", "--deny", "not-checked"]).code, 1);
}

#[test]
#[requirement("TOOL-15")]
#[risk_control("GUARD-3")]
fn nothing_to_check_is_an_exit_code_of_its_own() {
    let pump = Project::pump("pub fn a() {}", "project.edition = \"2006\"");
    assert_eq!(pump.run(&["check"]).code, 3);
    std::fs::remove_file(pump.path().join("iec62304.toml")).unwrap();
    let run = pump.run(&["check"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("cargo iec62304 init"), "{}", run.stderr);
}

/// cargo builds a package once for all that one command builds.
#[test]
#[requirement("TOOL-25")]
fn a_feature_that_one_side_of_a_segregation_turns_on_for_the_other_is_seen() {
    let manifest = |name: &str, rest: &str| {
        format!("[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n{rest}")
    };
    let codec = manifest("codec", "[features]\nheap = []\n");
    let logger =
        manifest("logger", "[dependencies.codec]\npath = \"../codec\"\nfeatures = [\"heap\"]\n");
    let pump = manifest("pump", "[dependencies]\ncodec = { path = \"../codec\" }\n");
    let settings = "\
[project]
edition = \"2006+AMD1:2015\"
[product]
packages = [\"logger\", \"pump\"]
targets = [\"x86_64-unknown-linux-gnu\"]
[software_system.device]
class = \"C\"
[item.motor]
crates = [\"pump\"]
[item.log]
crates = [\"logger\"]
class = \"A\"
rationale = \"Nobody treats by the log.\"
segregation = \"SEG-1\"
[segregation.SEG-1]
keeps_apart = [[\"log\", \"motor\"]]
";
    let lock = "version = 4\n[[package]]\nname = \"codec\"\nversion = \"0.1.0\"\n\
                [[package]]\nname = \"logger\"\nversion = \"0.1.0\"\ndependencies = [\"codec\"]\n\
                [[package]]\nname = \"pump\"\nversion = \"0.1.0\"\ndependencies = [\"codec\"]\n";
    let project = Project::new([
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"codec\", \"logger\", \"pump\"]\n",
        ),
        ("Cargo.lock", lock),
        ("codec/Cargo.toml", codec.as_str()),
        ("codec/src/lib.rs", ""),
        ("logger/Cargo.toml", logger.as_str()),
        ("logger/src/main.rs", "fn main() {}"),
        ("pump/Cargo.toml", pump.as_str()),
        ("pump/src/main.rs", "fn main() {}"),
        ("iec62304.toml", settings),
    ]);
    let joined = "for logger cargo turns on heap of codec, which pump links without";
    let shown = project.run(&["check", "--quiet"]).stdout;
    assert!(shown.contains("warning[segregation-violated]") && shown.contains(joined), "{shown}");
    project.replace(
        "pump/Cargo.toml",
        "path = \"../codec\" }",
        "path = \"../codec\", features = [\"heap\"] }",
    );
    let shown = project.run(&["check", "--quiet"]).stdout;
    assert!(!shown.contains("segregation-violated"), "{shown}");
}
