//! `verify` and `evidence`: what is stored, and what `check` makes of it.

use std::fs;

use iec62304_macros::{requirement, risk_control};

use crate::fake_nextest::Fake;
use crate::project::Project;

const CODE: &str = r#"
#[requirement("SRS-1")]
pub fn stop() -> bool { true }
#[cfg(test)]
mod tests {
    #[test]
    #[requirement("SRS-1", level = "unit")]
    fn air_stops() { assert!(super::stop()); }
    #[test]
    #[requirement("SRS-1", level = "unit")]
    fn it_stays_stopped() { assert!(super::stop()); }
}
"#;

const RECORDS: &str = r#"
project.edition = "2006+AMD1:2015"
software_system.pump.class = "C"
requirement.SRS-1.text = "The pump shall stop on air."
[evidence]
folder = "evidence"
by = "a pipeline"
"#;

const PASSED: [&str; 2] =
    ["pump lib pump tests::air_stops ok", "pump lib pump tests::it_stays_stopped ok"];

fn pump() -> Project {
    Project::pump(CODE, RECORDS)
}

/// The findings of the rules on results, as `rule: subject`.
#[track_caller]
fn on_results(project: &Project) -> Vec<String> {
    let (_, findings) = project.findings();
    let is_on_results = |finding: &String| {
        ["result-", "evidence-", "requirement-verification-"]
            .iter()
            .any(|rule| finding.starts_with(rule))
    };
    findings.into_iter().filter(is_on_results).collect()
}

fn stored(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(project.path().join("evidence"))
        .map(|entries| {
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
#[requirement("TOOL-60", "TOOL-63")]
fn a_run_is_stored_and_judged_by() {
    let project = pump();
    assert_eq!(
        on_results(&project),
        [
            "requirement-verification-failed: SRS-1",
            "result-missing: pump::tests::air_stops",
            "result-missing: pump::tests::it_stays_stopped"
        ]
    );
    let fake = Fake::new(&PASSED);
    let run = fake.run(&project, &["verify"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("2 of 2 passed (2 linked), 0 failed"), "{}", run.stdout);
    assert_eq!(stored(&project).len(), 1);
    // There is no git around the project, so its run names no commit.
    assert_eq!(on_results(&project).len(), 1);
    assert!(on_results(&project)[0].starts_with("evidence-from-dirty-tree: evidence/20"));
    let answer = project.run(&["check"]).stdout;
    assert!(answer.contains("2 of 2 linked tests passed on what stands there now"), "{answer}");
    assert!(answer.contains("by a pipeline"), "{answer}");
}

#[test]
#[requirement("TOOL-60", "TOOL-63")]
#[risk_control("GUARD-5")]
fn what_did_not_pass_is_stored_as_it_was() {
    let check = |first: &str, second: &str, code: i32, expected: &[&str]| {
        let project = pump();
        let tests = [
            format!("pump lib pump tests::air_stops {first}"),
            format!("pump lib pump tests::it_stays_stopped {second}"),
        ];
        let fake = Fake::new(&tests.each_ref().map(String::as_str));
        let run = fake.run(&project, &["verify"]);
        assert_eq!(run.code, code, "{first} {second}: {}{}", run.stdout, run.stderr);
        let found = on_results(&project);
        let rules: Vec<&str> =
            found.iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        let expected: Vec<&str> =
            ["evidence-from-dirty-tree"].iter().chain(expected).copied().collect();
        assert_eq!(rules, expected, "{first} {second}");
    };
    let failed = ["requirement-verification-failed", "result-failed"];
    check("failed", "ok", 1, &failed);
    check("timeout", "ok", 1, &failed);
    check(
        "failed",
        "failed",
        1,
        &["requirement-verification-failed", "result-failed", "result-failed"],
    );
    check("ignored", "ok", 1, &["requirement-verification-failed", "result-skipped"]);
    check("filtered", "ok", 1, &["requirement-verification-failed", "result-skipped"]);
    check("silent", "ok", 1, &["requirement-verification-failed", "result-missing"]);
    check("ok#2", "ok", 0, &["result-flaky"]);
}

#[test]
#[requirement("TOOL-60")]
fn a_test_that_the_configuration_leaves_out_is_stored_as_such() {
    let project = pump();
    let run = Fake::new(&PASSED[..1]).run(&project, &["verify"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("the configuration of the evidence compiles it out"),
        "{}",
        run.stdout
    );
    assert!(
        on_results(&project).contains(&"result-skipped: pump::tests::it_stays_stopped".to_owned())
    );
}

/// Of `rstest` and the like: a test is verified by all of its cases, wherever they ran.
#[test]
#[requirement("TOOL-63", "TOOL-64")]
#[risk_control("GUARD-5")]
fn a_test_counts_once_every_case_of_it_has_passed() {
    let cases = |first: &str, second: &str| {
        Fake::new(&[
            PASSED[0],
            &format!("pump lib pump tests::it_stays_stopped::case_1 {first}"),
            &format!("pump lib pump tests::it_stays_stopped::case_2 {second}"),
        ])
    };
    let check = |first: &str, second: &str, expected: &str| {
        let project = pump();
        cases(first, second).run(&project, &["verify"]);
        let rules = on_results(&project);
        let is_found = rules.contains(&format!("{expected}: pump::tests::it_stays_stopped"));
        assert!(is_found || expected.is_empty() && rules.len() == 1, "{first} {second}: {rules:?}");
    };
    check("ok", "ok", "");
    check("ok", "failed", "result-failed");
    check("ignored", "ok", "result-skipped");
    check("ok", "silent", "result-missing");
    let project = pump();
    cases("ok", "silent").run(&project, &["verify", "--partition", "hash:1/2"]);
    assert!(on_results(&project).len() > 1, "a shard is missing");
    cases("silent", "ok").run(&project, &["verify", "--partition", "hash:2/2"]);
    let found = on_results(&project);
    assert!(found.iter().all(|found| found.starts_with("evidence-from-dirty-tree")), "{found:?}");
}

#[test]
#[requirement("TOOL-60")]
fn nextest_is_asked_for_the_declared_configuration() {
    let project = pump();
    let settings = "features = [\"b\", \"a\"]\ndefault_features = false\nprofile = \"release\"\nnextest_profile = \"ci\"\n";
    project.replace("iec62304.toml", "by = \"a pipeline\"\n", settings);
    project.write("Cargo.lock", "version = 4\n");
    let fake = Fake::new(&PASSED);
    fake.run(&project, &["verify", "--offline", "--partition", "hash:1/2"]);
    let calls = fake.calls();
    let common = "--offline --workspace --features a,b --no-default-features --cargo-profile release --profile ci";
    assert_eq!(calls[0], "nextest --version");
    assert_eq!(calls[1], format!("nextest list {common} --message-format json"));
    assert!(calls[2].starts_with(&format!("nextest run {common} --no-fail-fast")), "{}", calls[2]);
    assert!(
        calls[2].ends_with(
            "-E (binary_id(=pump::lib\\/pump) & (test(=tests::air_stops) | \
             test(=tests::it_stays_stopped))) --partition hash:1/2"
        ),
        "{}",
        calls[2]
    );
    assert!(stored(&project)[0].ends_with("-hash-1-2.json"));
}

#[test]
#[requirement("TOOL-62")]
#[risk_control("GUARD-5")]
fn files_that_change_while_the_tests_run_leave_nothing_stored() {
    let project = pump();
    let fake = Fake::new(&PASSED);
    fake.say("edit", &project.path().join("src/lib.rs").to_string_lossy());
    fake.run(&project, &["verify"]).refused(2, &["files changed while the tests ran"]);
    assert_eq!(stored(&project), Vec::<String>::new());
}

#[test]
#[requirement("TOOL-60")]
fn the_lock_file_that_the_first_build_writes_is_no_change() {
    let project = pump();
    let fake = Fake::new(&PASSED);
    fake.say("lock", "version = 4\n");
    let run = fake.run(&project, &["verify"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(on_results(&project).len(), 1);
    project.write("Cargo.lock", "version = 3\n");
    assert!(project.run(&["check"]).stdout.contains("since then the lock file changed"));
}

#[test]
#[requirement("TOOL-15")]
fn without_nextest_or_with_an_old_one_the_run_says_how_to_get_it() {
    let check = |what: &str, text: &str, says: &str| {
        let fake = Fake::new(&PASSED);
        fake.say(what, text);
        let project = pump();
        let said = [says, "`cargo install --locked cargo-nextest` installs it"];
        fake.run(&project, &["verify"]).refused(4, &said);
        assert_eq!(stored(&project), Vec::<String>::new());
    };
    check(
        "version",
        "cargo-nextest 0.9.87 (x 2025-01-01)\n",
        "version 0.9.87 is too old; 0.9.143 is needed",
    );
    check("version-code", "101", "it is not installed");
    check("list-code", "101", "the tests could not be built and listed");
    check("list", "{", "its list cannot be read");
    check("run", "no message\n", "this is no message of a test harness");
}

#[test]
#[requirement("TOOL-60")]
fn a_run_that_broke_off_keeps_what_had_ended() {
    let project = pump();
    let fake = Fake::new(&[PASSED[0], "pump lib pump tests::it_stays_stopped silent"]);
    fake.say("run-code", "2");
    assert_eq!(fake.run(&project, &["verify"]).code, 1);
    assert!(
        on_results(&project).contains(&"result-missing: pump::tests::it_stays_stopped".to_owned())
    );
    assert!(!on_results(&project).contains(&"result-missing: pump::tests::air_stops".to_owned()));
}

#[test]
#[requirement("TOOL-15", "TOOL-60")]
fn without_a_folder_or_a_linked_test_nothing_is_run() {
    let fake = Fake::new(&PASSED);
    let project = Project::pump(CODE, "software_system.pump.class = \"C\"");
    fake.run(&project, &["verify"])
        .refused(2, &["nothing says where results are stored", "[evidence]"]);
    let project = Project::pump("", RECORDS);
    fake.run(&project, &["verify"]).refused(3, &["no test is linked to a record"]);
    assert_eq!(fake.calls(), Vec::<String>::new());
    assert_eq!(fake.run(&project, &["verify", "--all"]).code, 0);
}

#[test]
#[requirement("TOOL-60")]
fn a_run_replaces_only_runs_whose_tests_have_all_run_again() {
    let project = pump();
    let both = Fake::new(&PASSED);
    both.run(&project, &["verify"]);
    let first = stored(&project);
    project.write("evidence/notes.json", "{}");
    let one = Fake::new(&[PASSED[0], "pump lib pump tests::it_stays_stopped silent"]);
    one.run(&project, &["verify", "--replace"]);
    assert_eq!(stored(&project).len(), 3);
    assert!(stored(&project).contains(&first[0]));
    both.run(&project, &["verify", "--replace"]);
    let left = stored(&project);
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.contains(&"notes.json".to_owned()));
}

#[test]
#[requirement("TOOL-62")]
#[risk_control("GUARD-5")]
fn results_of_other_content_count_no_more() {
    let check = |what: &str, edit: &dyn Fn(&Project), because: &str| {
        let project = pump();
        project.write("data.txt", "1");
        assert_eq!(Fake::new(&PASSED).run(&project, &["verify"]).code, 0, "{what}");
        edit(&project);
        let answer = project.run(&["check"]).stdout;
        match because {
            "" => assert!(!answer.contains("evidence-stale"), "{what}: {answer}"),
            because => {
                assert!(answer.contains(&format!("since then {because}")), "{what}: {answer}");
            }
        }
    };
    check("nothing", &|_| {}, "");
    check(
        "a comment",
        &|it| it.replace("src/lib.rs", "mod tests {", "mod tests { // a comment"),
        "",
    );
    check(
        "the unit",
        &|it| it.replace("src/lib.rs", "{ true }", "{ !false }"),
        "package pump changed",
    );
    check(
        "the test",
        &|it| it.replace("src/lib.rs", "fn air_stops() {", "fn air_stops() { stop();"),
        "the test itself changed",
    );
    check("data", &|it| it.write("data.txt", "2"), "package pump changed");
    check(
        "the requirement",
        &|it| it.replace("iec62304.toml", "on air.", "on air at once."),
        "SRS-1 changed",
    );
    check(
        "the features",
        &|it| it.replace("iec62304.toml", "[evidence]\n", "[evidence]\nall_features = true\n"),
        "it ran in another configuration",
    );
    check("the lock file", &|it| it.write("Cargo.lock", "version = 4\n"), "the lock file changed");
    check("the toolchain", &|it| it.write("rust-toolchain", ""), "package pump changed");
    let ignored = |it: &Project| {
        it.replace("iec62304.toml", "[evidence]\n", "[evidence]\nignore = [\"data.txt\"]\n");
        it.write("data.txt", "2");
    };
    check("what is ignored only now", &ignored, "package pump changed");
}

#[test]
#[requirement("TOOL-64")]
fn shards_are_put_together_once_all_are_there() {
    let project = pump();
    for (shard, tests) in [("hash:1/2", &PASSED[..1]), ("hash:2/2", &PASSED[1..])] {
        let other = if shard == "hash:1/2" { PASSED[1] } else { PASSED[0] };
        let silent = other.replace(" ok", " silent");
        let fake = Fake::new(&[tests[0], &silent]);
        assert_eq!(fake.run(&project, &["verify", "--partition", shard]).code, 0);
    }
    let [one, two] = stored(&project).try_into().unwrap();
    let (one, two) = (format!("evidence/{one}"), format!("evidence/{two}"));
    let merge = |files: &[&str], output: &str| {
        project.run(&[&["evidence", "merge"], files, &["--output", output]].concat())
    };
    merge(&[&one], "evidence/whole.json").refused(2, &["shard hash:2/2 is missing"]);
    merge(&[&one, "src/lib.rs"], "evidence/whole.json")
        .refused(2, &["src/lib.rs is no stored run"]);
    let merged = merge(&[&one, &two], "evidence/whole.json");
    assert_eq!(merged.stderr, "wrote 2 results of 2 shards to evidence/whole.json\n");
    merge(&[&one, &two], "evidence/whole.json").refused(2, &["is there already"]);
    for shard in [one, two] {
        fs::remove_file(project.path().join(shard)).unwrap();
    }
    assert_eq!(on_results(&project).len(), 1, "{:?}", on_results(&project));
}

#[test]
#[requirement("TOOL-12")]
fn links_can_be_judged_alone() {
    let project = pump();
    let answer = project.run(&["check", "--without-results"]).stdout;
    assert!(!answer.contains("result-missing"), "{answer}");
    assert!(answer.contains("results: whether 2 linked tests passed"), "{answer}");
}
