//! The whole pump on a bench: the six items, wired as the architecture says.
//!
//! Nothing but bytes and the levels of lines pass from one item to another here.

use crate::hardware::{HospitalNetwork, Memory, Motor};
use alarm_manager::battery::BatteryReading;
use alarm_manager::manager::{self, AlarmManager};
use alarm_manager::signal::{Signal, Sound};
use core::time::Duration;
use event_log::event::{Record, Seconds};
use event_log::recorder::Recorder;
use event_log::ring::{LogFailed, RingLog};
use network_gateway::sender::Sender;
use pump_control::control::{MotorControl, StartRefused};
use pump_control::delivery::{State, StopLine, TickInputs};
use pump_control::dose::EncoderReading;
use pump_control::line::{AirReading, LineReading};
use pump_control::message::status::STATUS_LENGTH;
use pump_control::quantity::{Kilopascals, Milliseconds};
use safety_monitor::flow::ShaftReading;
use safety_monitor::monitor::{self, Monitor, Supply};
use therapy_ui::quantity::Days;
use therapy_ui::service::ServiceLock;
use therapy_ui::terminal::Terminal;

/// The time between two control ticks.
pub const TICK: Duration = Duration::from_millis(20);
/// The same as every item has it.
const TICK_MS: u32 = 20;
/// The code of the service screen of the pump on the bench.
pub const SERVICE_CODE: &str = "4711";
/// How many events the memory of the pump on the bench has room for.
const RECORDS: usize = 64;

/// What is wrong with the pump, or is going to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// `motor-control` no longer runs; its driver holds the last speed.
    pub controller_hangs: bool,
    /// The supply of the motor does not follow the stop line.
    pub supply_is_stuck: bool,
}

/// A pump with fluid in its line and mains power.
#[derive(Debug)]
pub struct Bench {
    /// What is wrong.
    pub faults: Faults,
    /// The sensors of the line.
    pub line: LineReading,
    /// The battery gauge.
    pub battery: BatteryReading,
    /// The key that silences the speaker.
    pub silence_key: bool,
    /// The motor.
    pub motor: Motor,
    /// The network.
    pub network: HospitalNetwork,
    /// The days since somebody checked the battery.
    pub since_battery_check: Days,
    time: Duration,
    supply: Supply,
    signal: Signal,
    items: Items,
}

/// The software, as it is between power-on and power-off.
#[derive(Debug)]
struct Items {
    terminal: Terminal,
    control: MotorControl,
    monitor: Monitor,
    alarms: AlarmManager,
    recorder: Recorder<Memory>,
    sender: Sender,
}

impl Items {
    fn power_on(memory: Memory, shaft: u16, since_check: Days) -> Result<Self, LogFailed> {
        Ok(Self {
            terminal: Terminal::new(since_check, ServiceLock::new(SERVICE_CODE)),
            control: MotorControl::default(),
            monitor: Monitor::new(ShaftReading(shaft)),
            alarms: AlarmManager::default(),
            recorder: Recorder::new(RingLog::open(memory)?),
            sender: Sender::default(),
        })
    }
}

impl Bench {
    /// A new pump, switched on.
    ///
    /// # Errors
    ///
    /// Its memory is of no use to the event log.
    pub fn new() -> Result<Self, LogFailed> {
        let since_battery_check = Days(10);
        Ok(Self {
            faults: Faults::default(),
            line: LineReading { air: AirReading::Fluid, pressure: Kilopascals(10) },
            battery: BatteryReading::Mains,
            silence_key: false,
            motor: Motor::default(),
            network: HospitalNetwork::default(),
            since_battery_check,
            time: Duration::ZERO,
            supply: Supply::Off,
            signal: Signal { shown: None, sound: Sound::Silent },
            items: Items::power_on(Memory::new(RECORDS), 0, since_battery_check)?,
        })
    }

    /// Switches the pump off and on. Only the event log remembers.
    ///
    /// # Errors
    ///
    /// Its memory is of no use to the event log.
    pub fn power_cycle(self) -> Result<Self, LogFailed> {
        let mut memory = self.items.recorder.into_storage();
        memory.restore();
        let supply = if self.faults.supply_is_stuck { self.supply } else { Supply::Off };
        let items = Items::power_on(memory, self.motor.shaft(), self.since_battery_check)?;
        Ok(Self { supply, items, ..self })
    }

    /// Lets the operator enter a line, and sends what comes of it.
    ///
    /// # Errors
    ///
    /// `motor-control` has refused the order.
    pub fn enter(&mut self, line: &str) -> Result<(), StartRefused> {
        match self.items.terminal.enter(line) {
            Some(order) => self.send_order(&order),
            None => Ok(()),
        }
    }

    /// Sends a message to `motor-control` where it expects an order.
    ///
    /// # Errors
    ///
    /// `motor-control` has refused it.
    pub fn send_order(&mut self, message: &[u8]) -> Result<(), StartRefused> {
        let encoder = EncoderReading(self.motor.shaft());
        self.items.control.receive(message, encoder)
    }

    /// Presses the stop key, which is wired to the motor processor.
    pub fn press_stop(&mut self) {
        self.items.control.stop();
    }

    /// Cuts the power of the event log when it has written this many more bytes.
    ///
    /// # Errors
    ///
    /// Its memory is of no use to the event log.
    pub fn cut_log_after(self, bytes: usize) -> Result<Self, LogFailed> {
        let mut memory = self.items.recorder.into_storage();
        memory.cut_after(bytes);
        let recorder = Recorder::new(RingLog::open(memory)?);
        Ok(Self { items: Items { recorder, ..self.items }, ..self })
    }

    /// Lets one tick pass on every processor.
    pub fn tick(&mut self) {
        self.time += TICK;
        let status = self.tick_motor();
        self.tick_safety(status.as_ref());
        if let Some(status) = &status {
            self.items.terminal.receive(status);
            // The wire of the bench is good; what a bad one does, the gateway's tests show.
            let _ = self.items.sender.receive(status);
            self.record(status);
        }
        self.items.terminal.tick(TICK);
        self.record(&self.items.alarms.message());
        self.items.sender.tick(TICK, &mut self.network);
    }

    /// The motor processor and the motor; a hanging processor sends nothing.
    fn tick_motor(&mut self) -> Option<[u8; STATUS_LENGTH]> {
        if self.faults.controller_hangs {
            self.motor.step(0, self.supply);
            return None;
        }
        let steps = self.items.control.tick(TickInputs {
            elapsed: Milliseconds(TICK_MS),
            line: self.line,
            encoder: EncoderReading(self.motor.shaft()),
            stop_line: match self.supply {
                Supply::On => StopLine::Clear,
                Supply::Off => StopLine::Held,
            },
        });
        self.motor.step(steps.0, self.supply);
        Some(self.items.control.status())
    }

    /// The safety processor: the monitor, then the alarms.
    fn tick_safety(&mut self, status: Option<&[u8; STATUS_LENGTH]>) {
        let message = status.map(<[u8; STATUS_LENGTH]>::as_slice);
        let supply = self.items.monitor.tick(monitor::Inputs {
            elapsed: safety_monitor::quantity::Milliseconds(TICK_MS),
            message,
            shaft: ShaftReading(self.motor.shaft()),
            supply: self.supply,
        });
        if !self.faults.supply_is_stuck {
            self.supply = supply;
        }
        if let Some(message) = message {
            self.items.alarms.receive(message);
        }
        let state = safety_monitor::message::encode(self.items.monitor.state());
        self.items.alarms.receive(&state);
        self.signal = self.items.alarms.tick(manager::Inputs {
            elapsed: alarm_manager::quantity::Milliseconds(TICK_MS),
            battery: self.battery,
            silence: self.silence_key,
        });
    }

    /// The event log has no way to complain: what it cannot keep is missing in it.
    fn record(&mut self, message: &[u8]) {
        let seconds = u32::try_from(self.time.as_secs()).unwrap_or(u32::MAX);
        let _ = self.items.recorder.receive(message, Seconds(seconds));
    }

    /// Lets time pass.
    pub fn run(&mut self, time: Duration) {
        let end = self.time + time;
        while self.time < end {
            self.tick();
        }
    }

    /// Lets time pass until the motor is told to stand still, but not longer than `at_most`;
    /// says how long that took.
    pub fn run_until_stopped(&mut self, at_most: Duration) -> Duration {
        let start = self.time;
        let end = start + at_most;
        while self.state() == State::Delivering && self.time < end {
            self.tick();
        }
        self.time.saturating_sub(start)
    }

    /// The time since the pump was built.
    pub fn time(&self) -> Duration {
        self.time
    }

    /// What `motor-control` is doing.
    pub fn state(&self) -> State {
        self.items.control.state()
    }

    /// What `safety-monitor` is doing.
    pub fn monitor(&self) -> monitor::State {
        self.items.monitor.state()
    }

    /// What is seen and heard of alarms.
    pub fn signal(&self) -> Signal {
        self.signal
    }

    /// The text on the terminal.
    pub fn screen(&self) -> String {
        self.items.terminal.text()
    }

    /// The events in the log, the oldest first.
    ///
    /// # Errors
    ///
    /// The memory cannot be read.
    pub fn events(&self) -> Result<Vec<Record>, LogFailed> {
        self.items.recorder.log().records()
    }
}
