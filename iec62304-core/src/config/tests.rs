//! What settings mean, and which make no sense.

use super::*;
use crate::location::{FilePath, LineIndex};
use crate::records::{self, FileRole};
use crate::snapshot::{Content, TextFile};

fn resolve(toml: &str) -> (Configuration, Vec<RecordProblem>) {
    let file = TextFile {
        path: FilePath::new("iec62304.toml"),
        content: Content::Bytes(toml.as_bytes().into()),
    };
    let document = records::read(&file, FileRole::Configuration);
    assert_eq!(document.problems, []);
    Configuration::resolve(&document)
}

/// The problems as `line:column message / help`, with the first place of a duplicate.
#[track_caller]
fn check(toml: &str, expected: &[&str]) {
    let place = |at: &Location| {
        let at = LineIndex::new(toml.as_bytes()).position(toml.as_bytes(), at.span.start);
        format!("{}:{}", at.line, at.column)
    };
    let line = |problem: &RecordProblem| {
        let help = problem.help.as_deref().unwrap_or_default();
        let first = problem.related.as_ref().map(|first| place(&first.at));
        let first = first.map_or(String::new(), |first| format!(" / first at {first}"));
        format!("{} {} / {help}{first}", place(&problem.at), problem.message)
    };
    let (_, problems) = resolve(toml);
    let problems: Vec<_> = problems.iter().map(line).collect();
    assert_eq!(problems, expected, "{toml}");
}

fn values(located: &[Located<String>]) -> Vec<&str> {
    located.iter().map(|text| text.value.as_str()).collect()
}

const ALL: &str = r#"
schema = 1
records = ["records/*.toml", "more.toml"]
[project]
name = "Pump"
edition = "2006+AMD1:2015"
scope = "full"
[project.ids]
software = "SRS-[0-9]+"
unit = "[a-z-]+"
[tests]
attributes = ["device_test"]
macros = ["cases"]
[tests.levels]
system = ["tests/system/**"]
unit = ["src/**"]
[code]
item_macros = ["cfg_device"]
"#;

#[test]
fn every_setting_arrives() {
    let (configuration, problems) = resolve(ALL);
    assert_eq!(problems, []);
    assert_eq!(configuration.name.unwrap().value, "Pump");
    let edition = configuration.edition.unwrap().value;
    assert_eq!(edition, EditionSetting::Known(Edition::Amended));
    assert_eq!(configuration.scope, Scope::Full);
    assert_eq!(values(&configuration.records), ["records/*.toml", "more.toml"]);
    let ids = configuration.ids.iter().map(|(kind, id)| (*kind, id.value.as_str()));
    assert_eq!(
        ids.collect::<Vec<_>>(),
        [(RecordKind::Requirement, "SRS-[0-9]+"), (RecordKind::Unit, "[a-z-]+")]
    );
    let levels = configuration.levels.iter().map(|(level, path)| (*level, path.value.as_str()));
    assert_eq!(
        levels.collect::<Vec<_>>(),
        [(Level::System, "tests/system/**"), (Level::Unit, "src/**")]
    );
    assert_eq!(configuration.scan.test_attributes, ["device_test"]);
    assert_eq!(configuration.scan.test_macros, ["cases"]);
    assert_eq!(configuration.scan.item_macros, ["cfg_device"]);
}

#[test]
fn without_settings_everything_is_empty() {
    let (configuration, problems) = resolve("");
    assert_eq!(problems, []);
    assert_eq!(configuration.edition, None);
    assert_eq!(configuration.scope, Scope::Declared);
    assert!(configuration.records.is_empty() && configuration.levels.is_empty());
}

#[test]
fn an_unknown_edition_is_kept_for_its_rule() {
    let (configuration, problems) = resolve("[project]\nedition = \"2015\"");
    assert_eq!(problems, []);
    let edition = configuration.edition.unwrap().value;
    assert_eq!(edition, EditionSetting::Unknown("2015".to_owned()));
}

#[test]
fn every_kind_of_id_has_its_pattern() {
    for field in vocabulary_of_ids() {
        assert!(kind_of_ids(field).is_some(), "{field}");
    }
}

fn vocabulary_of_ids() -> Vec<&'static str> {
    let project = crate::model::vocabulary::SETTINGS.field("project").unwrap();
    let ids = project.table().unwrap().field("ids").unwrap();
    let named = ids.table().unwrap().named();
    named.iter().map(|field| field.name).collect()
}

#[test]
fn an_id_pattern_matches_whole_ids() {
    let allows = |pattern: &str, id: &str| {
        let toml = format!("[project.ids]\nsoftware = '{pattern}'");
        let (configuration, problems) = resolve(&toml);
        assert_eq!(problems, []);
        let pattern = configuration.id_pattern(RecordKind::Requirement);
        pattern.unwrap().allows(id)
    };
    assert!(allows("SRS-[0-9]+", "SRS-12"));
    assert!(!allows("SRS-[0-9]+", "SRS-12a"));
    assert!(!allows("SRS-[0-9]+", "xSRS-12"));
    assert!(allows("a|ab", "ab"));
    assert!(!allows("a|b", "ab"));
    assert!(!allows("SRS-[0-9]+", "SRS-1\n"));
    let (configuration, _) = resolve("");
    assert!(configuration.id_pattern(RecordKind::Requirement).is_none());
}

#[test]
fn a_pattern_that_does_not_compile_is_reported() {
    let (configuration, problems) =
        resolve("[project.ids]\nsoftware = \"SRS-[0-9+\"\nunit = \"a)|(b\"");
    assert!(configuration.ids.is_empty());
    let starts = ["`SRS-[0-9+` is no regular expression: ", "`a)|(b` is no regular expression: "];
    assert_eq!(problems.len(), starts.len());
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.message.starts_with(start), "{}", problem.message);
    }
}

#[test]
fn a_path_pattern_that_matches_nothing_is_reported() {
    for (pattern, fault, help) in [
        ("/records/*.toml", "is absolute", "write it relative to the workspace root"),
        ("C:/records/*.toml", "is absolute", "write it relative to the workspace root"),
        ("records\\*.toml", "contains a backslash", "write `records/*.toml`"),
        ("./a.toml", "starts with `./` and would match nothing", "write `a.toml`"),
        ("!a.toml", "starts with `!`", "name what belongs to it instead"),
    ] {
        let expected = format!("1:12 path pattern `{pattern}` {fault} / {help}");
        check(&format!("records = ['{pattern}']"), &[&expected]);
        let (configuration, _) = resolve(&format!("records = ['{pattern}', 'b.toml']"));
        assert_eq!(values(&configuration.records), ["b.toml"]);
    }
    let (_, problems) = resolve("[tests.levels]\nunit = [\"src/{a,b\"]");
    let message = &problems[0].message;
    assert!(message.starts_with("path pattern `src/{a,b` is not valid: "), "{message}");
    check("records = [\"../shared/**/[a-z]*.toml\"]", &[]);
}

#[test]
fn a_name_is_the_last_segment_of_a_path() {
    let help = "only the last segment of a path counts";
    check(
        "[tests]\nattributes = [\"tokio::test\", \"#[rstest]\", \"a b\"]\n[code]\nitem_macros = [\"cfg_if!\"]",
        &[
            &format!("2:15 `tokio::test` is no single name / write `test`: {help}"),
            &format!("2:30 `#[rstest]` is no single name / write `rstest`: {help}"),
            "2:43 `a b` is no single name / write the last segment of its path, without `#`, `!` or brackets",
            &format!("4:16 `cfg_if!` is no single name / write `cfg_if`: {help}"),
        ],
    );
}

#[test]
fn a_setting_that_stands_twice_is_reported() {
    let help = "remove one of the two";
    check(
        "records = [\"a\", \"b\", \"a\"]\n[tests]\nmacros = [\"m\", \"m\"]",
        &[
            &format!("1:22 `a` stands here twice / {help} / first at 1:12"),
            &format!("3:16 `m` stands here twice / {help} / first at 3:11"),
        ],
    );
    check(
        "[tests.levels]\nunit = [\"src/**\"]\nsystem = [\"src/**\"]",
        &[
            "3:11 `src/**` declares both unit and system tests / leave it in one of the two lists / first at 2:9",
        ],
    );
}
