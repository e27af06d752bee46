//! The example device, with advisories of our own, and what opens when something changes.

use iec62304_macros::requirement;

use crate::project::Project;

/// An advisory on a package of the example, in every version; invented.
const ADVISORY: &str = "```toml
[advisory]
id = \"RUSTSEC-2026-9001\"
package = \"static_assertions\"
date = \"2026-05-01\"
informational = \"unmaintained\"

[versions]
patched = []
```

# An invented advisory

For tests alone.
";

/// The example with a database that has one advisory of this text.
fn example(advisory: &str) -> Project {
    let project = Project::example("infusion-pump");
    project.write("db/crates/static_assertions/RUSTSEC-2026-9001.md", advisory);
    project.write("db/rust/README", "");
    project
}

/// The example with a database whose advisory is of other versions.
fn without_advisory() -> Project {
    example(&ADVISORY.replace("patched = []", "patched = [\">= 0.1.0\"]"))
}

fn rules(project: &Project, arguments: &[&str]) -> Vec<String> {
    let always = ["check", "--format", "json", "--advisory-db", "db", "--as-of", "2026-06-01"];
    let run = project.run(&[&always, arguments].concat());
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    let line = |finding: &serde_json::Value| {
        format!(
            "{}: {}",
            finding["rule"].as_str().unwrap(),
            finding["subject"]["id"].as_str().unwrap()
        )
    };
    findings.iter().map(line).collect()
}

#[test]
#[requirement("TOOL-19")]
fn a_new_advisory_opens_what_was_judged_without_it() {
    assert_eq!(rules(&without_advisory(), &[]), Vec::<String>::new());
    assert_eq!(
        rules(&example(ADVISORY), &[]),
        ["soup-advisory-open: static_assertions", "soup-anomalies-stale: static_assertions"]
    );
}

#[test]
#[requirement("TOOL-19")]
fn an_advisory_that_cannot_be_read_is_a_finding() {
    let project = example("no advisory at all");
    assert_eq!(rules(&project, &[]), ["soup-advisory-open: static_assertions"]);
}

#[test]
#[requirement("TOOL-18", "TOOL-19")]
fn another_version_of_a_package_opens_its_record() {
    let project = without_advisory();
    project.replace("records/soup.toml", "version      = \"1.1.0\"", "version      = \"1.0.9\"");
    // Its review held the hash of the record.
    let opened = ["soup-version-mismatch: static_assertions", "soup-unverified: static_assertions"];
    assert_eq!(rules(&project, &[]), opened);
}

#[test]
#[requirement("TOOL-18")]
fn a_record_that_is_removed_is_missed() {
    let project = without_advisory();
    project.replace("records/soup.toml", "[tool.iec62304-macros]", "[tool.something-else]");
    let found = rules(&project, &[]);
    assert!(found.contains(&"build-tool-unlisted: iec62304-macros".to_owned()), "{found:?}");
}

#[test]
#[requirement("TOOL-21")]
fn a_baseline_shows_what_changed_since() {
    let project = without_advisory();
    let soup = ["soup", "--advisory-db", "db", "--as-of", "2026-06-01"];
    let write = [&soup[..], &["--format", "baseline", "--output", "baseline.json"]].concat();
    assert_eq!(project.run(&write).code, 0);
    let diff = ["soup", "diff", "baseline.json", "--advisory-db", "db", "--as-of", "2026-06-01"];
    let same = project.run(&diff);
    assert_eq!((same.code, same.stdout.lines().last()), (0, Some("nothing changed")));
    project.write("db/crates/static_assertions/RUSTSEC-2026-9001.md", ADVISORY);
    let changed = project.run(&diff);
    assert_eq!(changed.code, 1, "{}", changed.stderr);
    assert!(
        changed.stdout.contains("static_assertions 1.1.0: new advisory: RUSTSEC-2026-9001"),
        "{}",
        changed.stdout
    );
    project.write("baseline.json", "{}");
    let broken = project.run(&diff);
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.contains("baseline.json is no baseline"), "{}", broken.stderr);
}

#[test]
#[requirement("TOOL-12")]
fn a_database_older_than_allowed_is_not_taken_for_a_new_one() {
    let project = without_advisory();
    let database = "database = \"advisory-db\"\n";
    project.replace("iec62304.toml", database, &format!("{database}database_days = 30\n"));
    let check = |day: &str| {
        let run = project.run(&["check", "--advisory-db", "db", "--as-of", day]);
        run.stdout.contains("the newest entry of the database is")
    };
    assert!(!check("2026-05-31"));
    assert!(check("2026-06-01"));
    assert!(check("2026-04-30"));
}

#[test]
#[requirement("TOOL-15")]
fn a_product_that_cargo_does_not_know_is_no_success() {
    let project = Project::example("infusion-pump");
    project.replace(
        "iec62304.toml",
        "packages     = [\"pump-control\"",
        "packages     = [\"pump\"",
    );
    let run = project.run(&["check"]);
    assert_eq!(run.code, 4, "{}", run.stdout);
    assert!(run.stdout.contains("`pump` is no package of this workspace"), "{}", run.stdout);
}

/// The packages of the example come with the tool's own, so that a check of it needs
/// nothing that was not there to build the tool.
#[test]
#[requirement("TOOL-16")]
fn the_example_needs_no_package_that_the_tool_does_not_need() {
    let lock =
        |path: &str| std::fs::read_to_string(crate::project::repository().join(path)).unwrap();
    let own = lock("Cargo.lock");
    let example = lock("examples/infusion-pump/Cargo.lock");
    let entries = example.split("[[package]]").filter(|entry| entry.contains("checksum"));
    let mut checked = 0;
    for entry in entries {
        let head = entry.trim().split("\ndependencies").next().unwrap();
        assert!(own.contains(head), "{head}");
        checked += 1;
    }
    assert_eq!(checked, 2);
}

/// The example with a baseline of its own state.
fn with_baseline() -> Project {
    let project = without_advisory();
    let write = ["soup", "--format", "baseline", "--output", "baseline.json"];
    let day = ["--advisory-db", "db", "--as-of", "2026-05-20"];
    assert_eq!(project.run(&[&write[..], &day].concat()).code, 0);
    project.replace("iec62304.toml", "\"records/soup-baseline.json\"", "\"baseline.json\"");
    project
}

#[test]
#[requirement("TOOL-21")]
fn a_change_since_the_baseline_is_missed_until_a_request_analyses_it() {
    let project = with_baseline();
    assert_eq!(rules(&project, &[]), Vec::<String>::new());
    // As if the device had been released with the version before.
    project.replace("baseline.json", "\"version\": \"1.1.0\"", "\"version\": \"1.0.9\"");
    let open = "soup-change-unanalysed: static_assertions 1.1.0";
    assert_eq!(rules(&project, &[]), [open]);
    let request = "[change.CR-90]\ntitle = \"Raise static_assertions\"\n\
                   soup = [\"static_assertions@1.1.0\"]\n";
    project.write("records/zz.toml", request);
    assert_eq!(rules(&project, &[]), [open]);
    let analysed = "safety = { by = \"C. Beispiel\", date = 2026-05-22 }\n";
    project.write("records/zz.toml", format!("{request}{analysed}"));
    assert_eq!(rules(&project, &[]), Vec::<String>::new());
}

#[test]
#[requirement("TOOL-21")]
fn a_baseline_that_cannot_be_used_is_a_finding() {
    let project = with_baseline();
    let baseline = project.read("baseline.json");
    project.write("baseline.json", &baseline[..baseline.len() / 2]);
    assert_eq!(rules(&project, &[]), ["soup-change-unanalysed: SOUP baseline"]);
    std::fs::remove_file(project.path().join("baseline.json")).unwrap();
    assert_eq!(rules(&project, &[]), ["soup-change-unanalysed: SOUP baseline"]);
}

/// A radio module with the bill of materials of its supplier; invented.
const BILL: &str = r#"{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "components": [
    {
      "type": "firmware",
      "bom-ref": "stack",
      "name": "radio-stack",
      "version": "7.2.0",
      "publisher": "Example Radio AG",
      "components": [
        { "type": "library", "bom-ref": "sa", "name": "static_assertions", "version": "0.1.1",
          "publisher": "A. Author", "purl": "pkg:cargo/static_assertions@0.1.1" }
      ]
    }
  ]
}
"#;

#[test]
#[requirement("TOOL-31")]
fn the_bill_of_a_part_becomes_rows_with_the_anomalies_of_its_packages() {
    let project = example(ADVISORY);
    let record = "[soup.radio]\nkind = \"hardware\"\nmanufacturer = \"Example Radio AG\"\n\
                  version = \"3\"\nsbom = \"suppliers/radio.cdx.json\"\n";
    project.write("records/zz.toml", record);
    let open = rules(&project, &[]);
    assert!(open.contains(&"soup-unlisted: radio".to_owned()), "{open:?}");
    project.write("suppliers/radio.cdx.json", BILL);
    let open = rules(&project, &[]);
    assert!(!open.contains(&"soup-unlisted: radio".to_owned()), "{open:?}");
    assert!(open.contains(&"soup-advisory-open: radio/static_assertions".to_owned()), "{open:?}");
    let list = project.run(&["soup", "--format", "json", "--advisory-db", "db"]).json();
    let rows = list["soup"].as_array().unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert!(ids.ends_with(&["radio/radio-stack", "radio/static_assertions"]), "{ids:?}");
    let row = |id: &str| &rows[ids.iter().position(|other| *other == id).unwrap()];
    assert_eq!(row("radio")["depends_on"], serde_json::json!(["radio/radio-stack"]));
    assert_eq!(
        row("radio/radio-stack")["depends_on"],
        serde_json::json!(["radio/static_assertions"])
    );
}
