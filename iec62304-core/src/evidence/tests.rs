use iec62304_macros::{requirement, risk_control, verifies};

use super::libtest::Event;
use super::merge::merge;
use super::*;
use crate::location::FilePath;
use crate::snapshot::{Content, TextFile};

fn id(test: &str) -> TestId {
    TestId { package: "pump".to_owned(), target: "lib".to_owned(), test: test.to_owned() }
}

fn result(test: &str, outcome: Outcome) -> TestResult {
    TestResult {
        id: id(test),
        outcome,
        attempts: 1,
        milliseconds: 4,
        content: Some("v1:sha256:0".to_owned()),
    }
}

fn run() -> Run {
    Run {
        started: "2026-05-04T09:30:00Z".to_owned(),
        finished: "2026-05-04T09:31:00Z".to_owned(),
        by: Some("J. \"Example\"".to_owned()),
        commit: Some("0123".to_owned()),
        is_dirty: Some(false),
        partition: None,
        is_complete: true,
        tools: BTreeMap::from([("nextest".to_owned(), "0.9.143".to_owned())]),
        host: "x86_64-unknown-linux-gnu".to_owned(),
        configuration: Configuration::default(),
        state: State::default(),
        tests: vec![result("a::b", Outcome::Passed), result("a::c", Outcome::Failed)],
        not_run: vec![NotRun { id: id("a::d"), why: WhyNotRun::Ignored }],
    }
}

fn file(text: &str) -> TextFile {
    let content = Content::Bytes(text.as_bytes().into());
    TextFile { path: FilePath::new("evidence/run.json"), content }
}

#[test]
#[requirement("TOOL-61")]
#[verifies("evidence.AC-1")]
fn what_is_written_reads_the_same() {
    let empty = Run { tests: Vec::new(), not_run: Vec::new(), ..run() };
    for run in [run(), empty] {
        let text = text(&run);
        assert_eq!(read(&file(&text)), Ok(run.clone()));
        assert_eq!(read(&file(&text.replace('\n', "\r\n"))), Ok(run));
    }
}

#[test]
#[requirement("TOOL-61")]
fn a_test_takes_one_line() {
    let text = text(&run());
    for test in ["a::b", "a::c", "a::d"] {
        let lines: Vec<&str> = text.lines().filter(|line| line.contains(test)).collect();
        assert_eq!(lines.len(), 1, "{text}");
        assert!(lines[0].trim_end_matches(',').ends_with('}'), "{}", lines[0]);
    }
}

#[test]
#[requirement("TOOL-61")]
#[risk_control("GUARD-5")]
#[verifies("evidence.AC-1")]
fn a_file_that_is_cut_off_is_refused_at_every_length() {
    let text = text(&run());
    for length in 0..text.trim_end().len() {
        let problem = read(&file(&text[..length])).expect_err(&text[..length]);
        assert!(problem.message.contains("cut off"), "{}", problem.message);
    }
}

#[test]
#[requirement("TOOL-61")]
#[risk_control("GUARD-5")]
#[verifies("evidence.AC-1")]
fn every_value_that_is_changed_is_noticed() {
    let text = text(&run());
    let edits = [
        ("failed", "passed"),
        ("a::b", "a::x"),
        ("\"attempts\":1", "\"attempts\":2"),
        ("2026-05-04T09:30", "2026-05-05T09:30"),
        ("\"is_dirty\": false", "\"is_dirty\": null"),
        ("0.9.143", "0.9.144"),
        ("v1:sha256:0", "v1:sha256:1"),
        ("ignored", "not-compiled"),
    ];
    for (from, to) in edits {
        assert!(text.contains(from), "{from}\n{text}");
        let problem = read(&file(&text.replacen(from, to, 1))).expect_err(from);
        assert!(problem.message.starts_with("was changed after it was written"), "{problem:?}");
    }
}

#[test]
#[requirement("TOOL-61")]
fn what_is_no_run_is_said_with_its_place() {
    let check = |text: &str, says: &str, at: u32| {
        let problem = read(&file(text)).unwrap_err();
        assert!(problem.message.contains(says), "{}", problem.message);
        assert_eq!(problem.at.span.start, at);
    };
    check("", "is no stored run", 0);
    check("{\"format\": \"other\", \"version\": 1}", "is `other` version 1", 0);
    let text = text(&run());
    check(&text.replace("\"version\": 1", "\"version\": 2"), "version 2, not", 0);
    let unknown = text.replace("\"host\"", "\"hosts\"");
    let problem = read(&file(&unknown)).unwrap_err();
    assert!(problem.message.contains("unknown field `hosts`"), "{}", problem.message);
    let line = unknown[..problem.at.span.start as usize].lines().count();
    assert!(unknown.lines().nth(line - 1).unwrap().contains("hosts"));
    let no_text = TextFile { content: Content::Bytes([0xff].into()), ..file("") };
    assert!(read(&no_text).unwrap_err().message.contains("not UTF-8"));
}

#[test]
#[requirement("TOOL-60")]
#[verifies("evidence.AC-2")]
fn what_a_harness_says_is_read_line_by_line() {
    let ended = |line: &str| match Event::read(line) {
        Ok(Event::Ended(ended)) => ended,
        other => panic!("{line}: {other:?}"),
    };
    let test = |name: &str, rest: &str| {
        ended(&format!("{{\"type\":\"test\",\"name\":\"pump::air${name}\",{rest}}}"))
    };
    let passed = test("a::b", "\"event\":\"ok\",\"exec_time\":0.0123");
    assert_eq!(passed.binary, "pump::air");
    assert_eq!((passed.outcome, passed.milliseconds), (Outcome::Passed, 12));
    assert_eq!(passed.test(|_| true), ("a::b", 1));
    assert_eq!(test("a", "\"event\":\"failed\",\"stdout\":\"\"").outcome, Outcome::Failed);
    let late = "\"event\":\"failed\",\"reason\":\"time limit exceeded\"";
    assert_eq!(test("a", late).outcome, Outcome::TimedOut);
    let retried = test("a::b#3", "\"event\":\"ok\"");
    assert_eq!(retried.test(|name| name == "a::b"), ("a::b", 3));
    assert_eq!(retried.test(|name| name == "a::b#3"), ("a::b#3", 1));
    for other in [
        "{\"type\":\"suite\",\"event\":\"started\",\"test_count\":6}",
        "{\"type\":\"test\",\"event\":\"ignored\",\"name\":\"x\"}",
    ] {
        assert_eq!(Event::read(other), Ok(Event::Other));
    }
    for wrong in ["", "running 6 tests", "{\"type\":\"test\",\"event\":\"exploded\"}"] {
        assert!(Event::read(wrong).is_err(), "{wrong}");
    }
}

fn shard(number: u32, tests: &[&str]) -> Run {
    Run {
        partition: Some(format!("hash:{number}/2")),
        started: format!("2026-05-04T09:3{number}:00Z"),
        finished: format!("2026-05-04T09:4{number}:00Z"),
        tests: tests.iter().map(|test| result(test, Outcome::Passed)).collect(),
        ..run()
    }
}

#[test]
#[requirement("TOOL-64")]
#[verifies("evidence.AC-3")]
fn the_shards_of_a_run_make_one_run() {
    let merged = merge(&[shard(2, &["c"]), shard(1, &["b", "d"])]).unwrap();
    let tests: Vec<&str> = merged.tests.iter().map(|result| result.id.test.as_str()).collect();
    assert_eq!(tests, ["b", "c", "d"]);
    assert_eq!(merged.not_run.len(), 1);
    assert_eq!(
        (merged.partition, merged.started.as_str(), merged.finished.as_str()),
        (None, "2026-05-04T09:31:00Z", "2026-05-04T09:42:00Z")
    );
}

#[test]
#[requirement("TOOL-64")]
#[risk_control("GUARD-5")]
fn what_no_shard_has_run_stays_open() {
    let open = |test: &str| NotRun { id: id(test), why: WhyNotRun::Open };
    let one = Run { not_run: vec![open("c"), open("x")], ..shard(1, &["b"]) };
    let two = Run { not_run: vec![open("b"), open("x")], ..shard(2, &["c"]) };
    assert_eq!(merge(&[one, two]).unwrap().not_run, [open("x")]);
}

#[test]
#[requirement("TOOL-64")]
#[risk_control("GUARD-5")]
#[verifies("evidence.AC-3")]
fn what_is_not_one_run_is_not_put_together() {
    let (one, two) = (shard(1, &["b"]), shard(2, &["c"]));
    let check = |shards: &[Run], says: &str| assert_eq!(merge(shards).unwrap_err(), says);
    check(&[], "there is no run");
    check(std::slice::from_ref(&one), "shard hash:2/2 is missing");
    check(&[one.clone(), one.clone()], "shard hash:1/2 is there twice");
    check(&[one.clone(), run()], "one of them is the whole, not a shard of a run");
    let third = Run { partition: Some("hash:2/3".to_owned()), ..two.clone() };
    check(&[one.clone(), third], "they are shards of different partitions");
    let state = State { sources: "other".to_owned(), ..State::default() };
    let other = Run { state, ..two.clone() };
    check(&[one.clone(), other], "they differ in the sources that they were produced from");
    let other = Run { commit: None, ..two.clone() };
    check(&[one.clone(), other], "they differ in the commit");
    check(
        &[one, Run { tests: vec![result("b", Outcome::Passed)], ..two }],
        "b ran in two of the hash shards",
    );
}

#[test]
#[requirement("TOOL-64")]
fn what_one_shard_does_not_say_the_whole_does_not_say() {
    let dirty = |dirty| Run { is_dirty: dirty, ..shard(1, &["b"]) };
    let merged = |first| merge(&[first, shard(2, &["c"])]).unwrap();
    assert_eq!(merged(dirty(Some(true))).is_dirty, Some(true));
    assert_eq!(merged(dirty(None)).is_dirty, None);
    assert_eq!(merged(dirty(Some(false))).is_dirty, Some(false));
    assert_eq!(merged(Run { by: None, ..shard(1, &["b"]) }).by, None);
    assert!(!merged(Run { is_complete: false, ..shard(1, &["b"]) }).is_complete);
}
