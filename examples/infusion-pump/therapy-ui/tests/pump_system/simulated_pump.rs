//! The whole software system on simulated mechanics: keys in, drops and reports out.
//!
//! Knows the pump's motor, encoder and sensors as the hardware specification gives them.

use network_gateway::sender::{Network, NetworkDown, Sender};
use pump_control::delivery::{Delivery, State, TickInputs};
use pump_control::dose::EncoderReading;
use pump_control::line::{AirReading, LineReading, LineType};
use pump_control::message::order::{DrugId, OrderRefused, TherapyOrder};
use pump_control::message::status::Status;
use pump_control::quantity::{Kilopascals, Milliseconds};
use std::time::Duration;
use therapy_ui::confirmation::{Answer, Confirmation, Key};
use therapy_ui::entry::{Entry, EntryRefused};

/// The time between control ticks.
const TICK: Milliseconds = Milliseconds(20);
/// A step of the motor moves 50 nl; the encoder gives a count at every fourth.
const NANOLITRES_PER_STEP: u64 = 50;
const STEPS_PER_COUNT: u64 = 4;

/// What became of a row of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The entry was refused.
    EntryRefused(EntryRefused),
    /// The pump still asks.
    Asking(String),
    /// The operator went back.
    Withdrawn,
    /// The motor processor refused the order.
    OrderRefused(OrderRefused),
    /// The motor runs.
    Running,
}

/// The hospital network: up or down, and what arrived.
#[derive(Debug, Default)]
pub(crate) struct HospitalNetwork {
    pub(crate) is_down: bool,
    pub(crate) arrived: Vec<String>,
}

/// A pump with fluid in its line.
#[derive(Debug)]
pub(crate) struct Pump {
    pub(crate) line: LineReading,
    pub(crate) network: HospitalNetwork,
    delivery: Option<Delivery>,
    sender: Sender,
    steps: u64,
}

impl Network for HospitalNetwork {
    fn send(&mut self, report: &str) -> Result<(), NetworkDown> {
        if self.is_down {
            return Err(NetworkDown);
        }
        self.arrived.push(report.to_owned());
        Ok(())
    }
}

impl Pump {
    pub(crate) fn new() -> Self {
        Self {
            line: LineReading { air: AirReading::Fluid, pressure: Kilopascals(10) },
            network: HospitalNetwork::default(),
            delivery: None,
            sender: Sender::default(),
            steps: 0,
        }
    }

    /// A pump that runs a therapy with the carrier solution.
    pub(crate) fn running(rate: &str, volume: &str) -> Self {
        let mut pump = Self::new();
        // Above the soft limit there is one more question.
        let mut outcome = pump.key_in(1, rate, volume, &[Key::Confirm]);
        if matches!(outcome, Outcome::Asking(_)) {
            outcome = pump.key_in(1, rate, volume, &[Key::Confirm, Key::Confirm]);
        }
        assert_eq!(outcome, Outcome::Running);
        pump
    }

    /// Keys in a therapy and answers the questions with these keys.
    pub(crate) fn key_in(&mut self, drug: u16, rate: &str, volume: &str, keys: &[Key]) -> Outcome {
        let entry = Entry { drug: DrugId(drug), line: LineType::Standard, rate, volume };
        let mut confirmation = match entry.check() {
            Ok(entry) => Confirmation::ask(entry),
            Err(refused) => return Outcome::EntryRefused(refused),
        };
        for key in keys {
            match confirmation.press(*key) {
                Answer::Asking(next) => confirmation = next,
                Answer::Withdrawn => return Outcome::Withdrawn,
                Answer::Ordered(message) => return self.receive(&message),
            }
        }
        Outcome::Asking(confirmation.text())
    }

    /// Hands a message to the motor processor as an order.
    pub(crate) fn receive(&mut self, message: &[u8]) -> Outcome {
        match TherapyOrder::decode(message) {
            Ok(order) => {
                self.delivery = Some(Delivery::start(&order, self.encoder()));
                Outcome::Running
            }
            Err(refused) => Outcome::OrderRefused(refused),
        }
    }

    /// Lets time pass.
    pub(crate) fn run(&mut self, time: Duration) {
        for _ in 0..time.as_millis() / u128::from(TICK.0) {
            self.tick();
        }
    }

    /// Lets time pass until the motor stands still; says how long that took.
    pub(crate) fn run_until_stopped(&mut self, at_most: Duration) -> Duration {
        let tick = Duration::from_millis(u64::from(TICK.0));
        let mut passed = Duration::ZERO;
        while self.status().state == State::Delivering {
            assert!(passed < at_most, "still delivering after {passed:?}");
            self.tick();
            passed += tick;
        }
        passed
    }

    pub(crate) fn status(&self) -> Status {
        self.delivery.as_ref().expect("a therapy").status()
    }

    /// What the mechanics have moved since the pump was built.
    pub(crate) fn moved_nanolitres(&self) -> u64 {
        self.steps * NANOLITRES_PER_STEP
    }

    fn tick(&mut self) {
        let inputs = TickInputs { elapsed: TICK, line: self.line, encoder: self.encoder() };
        let elapsed = Duration::from_millis(u64::from(TICK.0));
        if let Some(delivery) = &mut self.delivery {
            self.steps += u64::from(delivery.tick(inputs).0);
            let received = self.sender.receive(&delivery.status().encode());
            assert_eq!(received, Ok(()));
        }
        self.sender.tick(elapsed, &mut self.network);
    }

    /// The encoder has a counter of 16 bits.
    fn encoder(&self) -> EncoderReading {
        let counts = (self.steps / STEPS_PER_COUNT) % (1 << 16);
        EncoderReading(u16::try_from(counts).expect("less than 2^16"))
    }
}
