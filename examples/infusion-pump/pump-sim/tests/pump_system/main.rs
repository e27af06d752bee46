//! System tests: the whole software system, from keys to drops, alarms and reports.

mod motion;
mod operation;
mod safety;

use pump_control::delivery::State;
use pump_sim::bench::Bench;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// A pump that has passed its self-test.
fn pump() -> Bench {
    let mut pump = Bench::new().expect("a pump with a memory");
    pump.run(Duration::from_millis(100));
    pump
}

/// A pump that runs a therapy with the carrier solution.
fn running(rate: &str, volume: &str) -> Bench {
    let mut pump = pump();
    key_in(&mut pump, &["1", "s", rate, volume, "yes"]);
    // Above the soft limit there is one more question.
    if pump.state() != State::Delivering {
        key_in(&mut pump, &["yes"]);
    }
    assert_eq!(pump.state(), State::Delivering);
    pump
}

fn key_in(pump: &mut Bench, lines: &[&str]) {
    for line in lines {
        assert_eq!(pump.enter(line), Ok(()), "{line}");
    }
}
