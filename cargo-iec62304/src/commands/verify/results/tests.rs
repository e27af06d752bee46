use iec62304_core::evidence::State;
use iec62304_core::evidence::libtest::Event;

use super::*;

fn listed(target: &str, test: &str) -> Listed {
    let id =
        TestId { package: "pump".to_owned(), target: target.to_owned(), test: test.to_owned() };
    let (binary, reported) = (target.to_owned(), "pump::pump".to_owned());
    Listed { id, binary, reported, obstacle: None }
}

/// What is stored of some messages, as `TARGET TEST OUTCOME ATTEMPTS`.
fn results(listed: &[Listed], messages: &[(&str, &str)], was_interrupted: bool) -> Vec<String> {
    let plan = Plan::of_state(State::default());
    let mut gathered = Gathered::new(listed, &plan);
    for (test, event) in messages {
        let line =
            format!("{{\"type\":\"test\",\"event\":\"{event}\",\"name\":\"pump::pump${test}\"}}");
        let Ok(Event::Ended(ended)) = Event::read(&line) else { panic!("{line}") };
        gathered.take(&ended, was_interrupted);
    }
    let words = |result: TestResult| {
        let TestResult { id, outcome, attempts, .. } = result;
        format!("{} {} {outcome:?} {attempts}", id.target, id.test)
    };
    gathered.results().into_iter().map(words).collect()
}

#[test]
#[requirement("TOOL-60")]
fn messages_are_results_of_the_tests_that_they_name() {
    let tests = [listed("lib", "a"), listed("lib", "b"), listed("lib", "c#2")];
    let found = results(&tests, &[("a", "ok"), ("b#3", "failed"), ("c#2", "ok")], false);
    assert_eq!(found, ["lib a Passed 1", "lib b Failed 3", "lib c#2 Passed 1"]);
}

#[test]
#[requirement("TOOL-60")]
fn tests_of_one_name_pass_only_together() {
    let tests = [listed("lib", "a"), listed("bin pump", "a"), listed("bin pump", "b")];
    let check = |messages: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(results(&tests, messages, false), expected);
    };
    check(&[("b", "ok")], &["bin pump b Passed 1"]);
    check(&[("a", "ok")], &[]);
    check(&[("a", "ok"), ("a", "ok")], &["lib a Passed 1", "bin pump a Passed 1"]);
    check(&[("a", "failed"), ("a", "ok")], &["lib a Failed 1", "bin pump a Failed 1"]);
}

#[test]
#[requirement("TOOL-60")]
fn what_an_interruption_ended_has_no_result() {
    let tests = [listed("lib", "a"), listed("lib", "b")];
    assert_eq!(results(&tests, &[("a", "ok"), ("b", "failed")], true), ["lib a Passed 1"]);
}
