//! A story that shows every item at work: an occlusion, an air bubble, a monitor trip.

use crate::bench::Bench;
use crate::hardware::DriverFault;
use alarm_manager::priority::Alarm;
use alarm_manager::signal::{Signal, Sound};
use core::time::Duration;
use event_log::event::Change;
use event_log::ring::LogFailed;
use pump_control::control::StartRefused;
use pump_control::delivery::{State, StopReason};
use pump_control::line::AirReading;
use pump_control::quantity::Kilopascals;
use safety_monitor::monitor::{State as MonitorState, TripReason};
use std::fmt;
use std::io::{self, Write};

/// The states of `motor-control` by their bytes in a status.
const STATES: [&str; 8] =
    ["delivering", "complete", "stopped", "air", "occlusion", "fault", "tripped", "idle"];
/// The alarms by their bytes in an alarm message.
const ALARMS: [&str; 9] = [
    "none",
    "complete",
    "low battery",
    "no status",
    "fault",
    "occlusion",
    "air",
    "battery",
    "trip",
];

/// Why the story ends early.
#[derive(Debug)]
pub enum StoryFailed {
    /// It cannot be printed.
    Output(io::Error),
    /// The event log cannot be opened or read.
    Log(LogFailed),
    /// An order of the story was refused.
    Order(StartRefused),
}

impl From<io::Error> for StoryFailed {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<LogFailed> for StoryFailed {
    fn from(error: LogFailed) -> Self {
        Self::Log(error)
    }
}

impl From<StartRefused> for StoryFailed {
    fn from(error: StartRefused) -> Self {
        Self::Order(error)
    }
}

impl fmt::Display for StoryFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => write!(f, "the story cannot be printed: {error}"),
            Self::Log(error) => write!(f, "the event log has failed: {error:?}"),
            Self::Order(error) => write!(f, "an order was refused: {error:?}"),
        }
    }
}

impl std::error::Error for StoryFailed {}

/// Tells what changes on a bench.
struct Narrator<'w, W> {
    output: &'w mut W,
    bench: Bench,
    seen: (State, MonitorState, Signal),
}

/// Tells the whole story.
///
/// # Errors
///
/// The story cannot be printed, or the pump does not play its part.
pub fn run<W: Write>(output: &mut W) -> Result<(), StoryFailed> {
    writeln!(output, "EVP-1 on the bench: six software items, one tick every 20 ms\n")?;
    let bench = Bench::new()?;
    let seen = (bench.state(), bench.monitor(), bench.signal());
    let mut story = Narrator { output, bench, seen };
    story.run(1)?;
    occlusion(&mut story)?;
    air(&mut story)?;
    trip(&mut story)?;
    story.end()
}

fn occlusion<W: Write>(story: &mut Narrator<'_, W>) -> Result<(), StoryFailed> {
    story.order(&["2", "s", "24.0", "10", "yes", "yes"])?;
    story.run(60)?;
    story.tell("patient", "lies on the line: 95 kPa")?;
    story.bench.line.pressure = Kilopascals(95);
    story.run(3)?;
    story.tell("nurse", "silences the speaker, frees the line")?;
    story.bench.silence_key = true;
    story.run(1)?;
    story.bench.silence_key = false;
    story.bench.line.pressure = Kilopascals(10);
    story.run(5)
}

fn air<W: Write>(story: &mut Narrator<'_, W>) -> Result<(), StoryFailed> {
    story.order(&["", "2", "s", "20", "10", "yes"])?;
    story.run(30)?;
    story.tell("line", "carries an air bubble")?;
    story.bench.line.air = AirReading::Bubble;
    story.run(2)?;
    story.tell("nurse", "vents the line")?;
    story.bench.line.air = AirReading::Fluid;
    story.run(5)
}

fn trip<W: Write>(story: &mut Narrator<'_, W>) -> Result<(), StoryFailed> {
    story.order(&["", "1", "s", "360", "50", "yes"])?;
    story.run(10)?;
    story.tell("driver", "breaks: it makes every step twice")?;
    story.bench.motor.fault = DriverFault::Doubled;
    story.run(5)
}

impl<W: Write> Narrator<'_, W> {
    /// Keys in a therapy and shows what is on the screen when a question is answered.
    fn order(&mut self, lines: &[&str]) -> Result<(), StoryFailed> {
        let mut shown = Vec::new();
        for line in lines {
            if *line == "yes" {
                for text in self.bench.screen().lines().map(str::to_owned) {
                    if !shown.contains(&text) {
                        self.tell("screen", &text)?;
                        shown.push(text);
                    }
                }
                self.tell("nurse", line)?;
            }
            self.bench.enter(line)?;
        }
        self.tell_changes()
    }

    /// Lets seconds pass and tells each change when it comes.
    fn run(&mut self, seconds: u64) -> Result<(), StoryFailed> {
        let end = self.bench.time() + Duration::from_secs(seconds);
        while self.bench.time() < end {
            self.bench.tick();
            self.tell_changes()?;
        }
        Ok(())
    }

    fn tell_changes(&mut self) -> Result<(), StoryFailed> {
        let now = (self.bench.state(), self.bench.monitor(), self.bench.signal());
        let before = core::mem::replace(&mut self.seen, now);
        if now.0 != before.0 {
            let moved = self.bench.motor.moved_nanolitres() / 1_000;
            self.tell("motor", &format!("{}, {moved} µl moved in all", motor(now.0)))?;
        }
        if now.1 != before.1 {
            self.tell("monitor", monitor(now.1))?;
        }
        if now.2 != before.2 {
            self.tell("alarm", &alarm(now.2))?;
        }
        Ok(())
    }

    fn tell(&mut self, who: &str, what: &str) -> Result<(), StoryFailed> {
        let seconds = self.bench.time().as_secs_f64();
        Ok(writeln!(self.output, "{seconds:7.2} s  {who:8} {what}")?)
    }

    /// What remains: the log and the reports.
    fn end(self) -> Result<(), StoryFailed> {
        writeln!(self.output, "\nevent log")?;
        for record in self.bench.events()? {
            let (event, number) = (record.event, record.number);
            let (kind, names, code) = match event.change {
                Change::State(code) => ("state", &STATES[..], code),
                Change::Alarm(code) => ("alarm", &ALARMS[..], code),
            };
            let what = names.get(usize::from(code)).unwrap_or(&"unknown");
            let (at, delivered) = (event.at.0, event.delivered.0);
            writeln!(self.output, "{number:4}  {at:4} s  {kind} {what:11} {delivered:5} µl")?;
        }
        writeln!(self.output, "\nreports to the hospital")?;
        for report in &self.bench.network.arrived {
            write!(self.output, "      {report}")?;
        }
        Ok(())
    }
}

fn motor(state: State) -> &'static str {
    match state {
        State::Idle => "is idle",
        State::Delivering => "delivers",
        State::Stopped(StopReason::Complete) => "stops: the volume is delivered",
        State::Stopped(StopReason::Operator) => "stops: the operator said so",
        State::Stopped(StopReason::Air) => "stops: air in the line",
        State::Stopped(StopReason::Occlusion) => "stops: the line is blocked",
        State::Stopped(StopReason::Fault) => "stops: a fault",
        State::Stopped(StopReason::Monitor) => "stops: the monitor has cut the supply",
    }
}

fn monitor(state: MonitorState) -> &'static str {
    match state {
        MonitorState::Testing => "tests its stop line",
        MonitorState::Watching => "has seen the supply off, and switches it on",
        MonitorState::Tripped(TripReason::Flow) => "cuts the supply: too much flow",
        MonitorState::Tripped(TripReason::Heartbeat) => "cuts the supply: no heartbeat",
        MonitorState::Tripped(TripReason::SelfTest) => "cuts the supply: self-test failed",
    }
}

fn alarm(signal: Signal) -> String {
    let sound = match signal.sound {
        Sound::Silent => "silent".to_owned(),
        Sound::Pulses(pulses) => format!("{pulses} pulses"),
    };
    let shown = match signal.shown {
        None => return "display is dark, speaker is silent".to_owned(),
        Some(Alarm::TherapyComplete) => "therapy complete",
        Some(Alarm::BatteryLow) => "battery low",
        Some(Alarm::StatusLost) => "no news of the motor",
        Some(Alarm::MotorFault) => "motor fault",
        Some(Alarm::Occlusion) => "line blocked",
        Some(Alarm::Air) => "air in the line",
        Some(Alarm::BatteryEmpty) => "battery empty",
        Some(Alarm::MonitorTrip) => "pump out of order",
    };
    format!("display shows `{shown}`, {sound}")
}
