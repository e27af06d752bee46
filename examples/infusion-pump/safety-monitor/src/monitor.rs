//! Software unit `trip-logic`: holds the stop line, and lets go of it only for good reason.
//!
//! Tests the line at power-on, then asks the flow watch and the heartbeat watch at every
//! tick. Knows when the supply may be on; nothing of how it is judged.

use crate::flow::{FlowWatch, ShaftReading};
use crate::heartbeat::HeartbeatWatch;
use crate::message::Command;
use crate::quantity::{MicrolitresPerHour, Milliseconds};
use iec62304_macros::{requirement, risk_control};

/// How long the supply may take to follow the stop line in the test at power-on.
pub const LONGEST_SELF_TEST: Milliseconds = Milliseconds(100);

/// The supply of the motor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// The motor cannot move.
    Off,
    /// The motor can move.
    On,
}

/// What the monitor is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It proves that it can cut the supply.
    Testing,
    /// It watches.
    Watching,
    /// It has cut the supply, until the pump is switched off and on.
    Tripped(TripReason),
}

/// Why the supply is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TripReason {
    /// The motor has moved more than it was meant to.
    Flow,
    /// Nothing new was heard of `motor-control`.
    Heartbeat,
    /// The supply did not go off when it was told to.
    SelfTest,
}

/// What the hardware says at a tick.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The time since the last tick.
    pub elapsed: Milliseconds,
    /// The message that came since the last tick, if one did.
    pub message: Option<&'a [u8]>,
    /// The monitor's own sensor at the shaft of the motor.
    pub shaft: ShaftReading,
    /// The measured supply of the motor.
    pub supply: Supply,
}

/// The whole monitor.
#[derive(Clone, Debug)]
pub struct Monitor {
    state: State,
    testing: Milliseconds,
    commanded: MicrolitresPerHour,
    flow: FlowWatch,
    heartbeat: HeartbeatWatch,
}

impl Monitor {
    /// A monitor at power-on; `shaft` is where the motor stands.
    #[requirement("SRS-16")]
    pub fn new(shaft: ShaftReading) -> Self {
        Self {
            state: State::Testing,
            testing: Milliseconds(0),
            commanded: MicrolitresPerHour(0),
            flow: FlowWatch::new(shaft),
            heartbeat: HeartbeatWatch::default(),
        }
    }

    /// Judges one tick and says what the stop line has to do to the supply.
    #[requirement("SRS-14", "SRS-15", "SRS-16")]
    pub fn tick(&mut self, inputs: Inputs<'_>) -> Supply {
        self.state = match self.state {
            State::Testing => self.test(inputs),
            State::Watching => self.watch(inputs),
            State::Tripped(reason) => State::Tripped(reason),
        };
        match self.state {
            State::Watching => Supply::On,
            State::Testing | State::Tripped(_) => Supply::Off,
        }
    }

    /// What the monitor is doing.
    #[requirement("SRS-14")]
    pub fn state(&self) -> State {
        self.state
    }

    /// The supply has to be measured as off before it is ever switched on.
    #[requirement("SRS-16")]
    #[risk_control("RC-8")]
    fn test(&mut self, inputs: Inputs<'_>) -> State {
        self.testing = Milliseconds(self.testing.0.saturating_add(inputs.elapsed.0));
        match inputs.supply {
            Supply::Off => State::Watching,
            Supply::On if self.testing < LONGEST_SELF_TEST => State::Testing,
            Supply::On => State::Tripped(TripReason::SelfTest),
        }
    }

    /// A message that is none leaves the last command in force until the heartbeat fails.
    fn watch(&mut self, inputs: Inputs<'_>) -> State {
        let command = inputs.message.and_then(|message| Command::decode(message).ok());
        if let Some(command) = command {
            self.commanded = command.rate;
        }
        let flow = self.flow.check(inputs.shaft, self.commanded, inputs.elapsed);
        let number = command.map(|command| command.number);
        let heartbeat = self.heartbeat.check(number, inputs.elapsed);
        match (flow, heartbeat) {
            (Err(_), _) => State::Tripped(TripReason::Flow),
            (Ok(()), Err(_)) => State::Tripped(TripReason::Heartbeat),
            (Ok(()), Ok(())) => State::Watching,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::status;
    use iec62304_macros::verifies;

    const TICK: Milliseconds = Milliseconds(100);

    /// A monitor that has passed its test, and the hands that drive it.
    struct Bench {
        monitor: Monitor,
        number: u8,
        shaft: u16,
    }

    impl Bench {
        fn watching() -> Self {
            let mut monitor = Monitor::new(ShaftReading(0));
            assert_eq!(monitor.tick(quiet(Supply::Off)), Supply::On);
            Self { monitor, number: 0, shaft: 0 }
        }

        /// A tick with a good status of this state and rate, and this motion.
        fn tick(&mut self, state: u8, rate: u32, counts: u16) -> Supply {
            self.number = self.number.wrapping_add(1);
            self.shaft = self.shaft.wrapping_add(counts);
            self.monitor.tick(Inputs {
                elapsed: TICK,
                message: Some(&status(self.number, state, rate)),
                shaft: ShaftReading(self.shaft),
                supply: Supply::On,
            })
        }

        /// The supply stays off, and the reason stays, whatever comes.
        fn expect_tripped(&mut self, reason: TripReason) {
            for _ in 0..3 {
                assert_eq!(self.tick(0, 720_000, 0), Supply::Off);
                assert_eq!(self.monitor.state(), State::Tripped(reason));
            }
        }
    }

    fn quiet(supply: Supply) -> Inputs<'static> {
        Inputs { elapsed: TICK, message: None, shaft: ShaftReading(0), supply }
    }

    #[test]
    #[requirement("SRS-16")]
    #[risk_control("RC-8")]
    #[verifies("trip-logic.AC-1")]
    fn the_supply_goes_on_only_after_it_was_seen_off() {
        let slow = Inputs { elapsed: Milliseconds(20), ..quiet(Supply::On) };
        let mut monitor = Monitor::new(ShaftReading(0));
        assert_eq!(monitor.state(), State::Testing);
        assert_eq!(monitor.tick(slow), Supply::Off);
        assert_eq!(monitor.state(), State::Testing);
        assert_eq!(monitor.tick(quiet(Supply::Off)), Supply::On);
        assert_eq!(monitor.state(), State::Watching);
    }

    #[test]
    #[requirement("SRS-16")]
    #[risk_control("RC-8")]
    #[verifies("trip-logic.AC-1")]
    fn a_supply_that_does_not_go_off_fails_the_test_for_good() {
        let mut monitor = Monitor::new(ShaftReading(0));
        assert_eq!(monitor.tick(quiet(Supply::On)), Supply::Off);
        assert_eq!(monitor.state(), State::Tripped(TripReason::SelfTest));
        assert_eq!(monitor.tick(quiet(Supply::Off)), Supply::Off);
        assert_eq!(monitor.state(), State::Tripped(TripReason::SelfTest));
    }

    #[test]
    #[requirement("SRS-14")]
    #[risk_control("RC-6")]
    #[verifies("trip-logic.AC-2")]
    fn a_motor_twice_as_fast_as_commanded_is_cut_off_for_good() {
        let mut bench = Bench::watching();
        for _ in 0..20 {
            assert_eq!(bench.tick(0, 720_000, 100), Supply::On);
        }
        assert_eq!(bench.tick(0, 720_000, 200), Supply::On);
        assert_eq!(bench.tick(0, 720_000, 200), Supply::On);
        assert_eq!(bench.tick(0, 720_000, 200), Supply::Off);
        bench.expect_tripped(TripReason::Flow);
    }

    #[test]
    #[requirement("SRS-14")]
    #[verifies("trip-logic.AC-2")]
    fn a_motor_that_turns_after_a_stop_is_cut_off() {
        let mut bench = Bench::watching();
        assert_eq!(bench.tick(4, 720_000, 250), Supply::On);
        assert_eq!(bench.tick(4, 720_000, 1), Supply::Off);
        bench.expect_tripped(TripReason::Flow);
    }

    #[test]
    #[requirement("SRS-15")]
    #[risk_control("RC-7")]
    #[verifies("trip-logic.AC-2")]
    fn silence_and_noise_cut_off_after_half_a_second() {
        for message in [None, Some(&[0x51; 13][..])] {
            let mut bench = Bench::watching();
            assert_eq!(bench.tick(0, 720_000, 100), Supply::On);
            let inputs =
                Inputs { elapsed: TICK, message, shaft: ShaftReading(100), supply: Supply::On };
            for _ in 0..4 {
                assert_eq!(bench.monitor.tick(inputs), Supply::On);
            }
            assert_eq!(bench.monitor.tick(inputs), Supply::Off);
            bench.expect_tripped(TripReason::Heartbeat);
        }
    }
}
