//! Software unit `alarm-control`: what gives cause for an alarm right now.
//!
//! Joins messages, time and battery at every tick; the other units tell it what a message
//! means, what is the most pressing and how it sounds.

use crate::battery::{self, BatteryReading};
use crate::message::{self, ALARM_LENGTH, News};
use crate::priority::{Alarm, most_pressing};
use crate::quantity::Milliseconds;
use crate::signal::{Signal, Speaker};
use iec62304_macros::{requirement, risk_control};

/// How long `motor-control` may say nothing.
pub const LONGEST_SILENCE: Milliseconds = Milliseconds(1_000);

/// What the hardware says at a tick.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    /// The time since the last tick.
    pub elapsed: Milliseconds,
    /// The battery gauge.
    pub battery: BatteryReading,
    /// Whether the key that silences the speaker is pressed.
    pub silence: bool,
}

/// The whole alarm manager.
#[derive(Clone, Debug, Default)]
pub struct AlarmManager {
    motor: Option<Alarm>,
    monitor: Option<Alarm>,
    since_status: Milliseconds,
    speaker: Speaker,
    shown: Option<Alarm>,
}

impl AlarmManager {
    /// Takes in a message. One that tells nothing changes nothing, so that a line with noise
    /// on it counts as silent.
    #[requirement("SRS-17")]
    pub fn receive(&mut self, message: &[u8]) {
        match News::decode(message) {
            Ok(News::Motor(alarm)) => {
                self.motor = alarm;
                self.since_status = Milliseconds(0);
            }
            Ok(News::Monitor(alarm)) => self.monitor = alarm,
            Err(_) => {}
        }
    }

    /// What is seen and heard until the next tick.
    #[requirement("SRS-17", "SRS-18", "SRS-19")]
    #[risk_control("RC-9")]
    pub fn tick(&mut self, inputs: Inputs) -> Signal {
        self.since_status = Milliseconds(self.since_status.0.saturating_add(inputs.elapsed.0));
        let lost = (self.since_status >= LONGEST_SILENCE).then_some(Alarm::StatusLost);
        let alarms = [self.motor, self.monitor, lost, battery::alarm(inputs.battery)];
        self.shown = most_pressing(alarms);
        self.speaker.signal(self.shown, inputs.silence, inputs.elapsed)
    }

    /// The alarm on the display, as a message.
    #[requirement("SRS-22")]
    pub fn message(&self) -> [u8; ALARM_LENGTH] {
        message::encode(self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::{status, trip};
    use crate::quantity::Minutes;
    use crate::signal::Sound;
    use iec62304_macros::verifies;

    const QUIET: Inputs =
        Inputs { elapsed: Milliseconds(100), battery: BatteryReading::Mains, silence: false };
    const DELIVERING: u8 = 0;
    const BLOCKED: u8 = 4;

    #[test]
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    #[verifies("alarm-control.AC-1")]
    fn a_stop_is_seen_and_heard_in_the_same_tick_and_ends_with_its_cause() {
        let mut manager = AlarmManager::default();
        manager.receive(&status(BLOCKED));
        let loud = Signal { shown: Some(Alarm::Occlusion), sound: Sound::Pulses(10) };
        assert_eq!(manager.tick(QUIET), loud);
        assert_eq!(manager.message()[1], 5);

        manager.receive(&status(DELIVERING));
        assert_eq!(manager.tick(QUIET).shown, None);
        assert_eq!(manager.message()[1], 0);
    }

    #[test]
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    #[verifies("alarm-control.AC-2")]
    fn a_second_without_a_status_is_an_alarm() {
        for noise in [&[][..], &[0x51; 13]] {
            let mut manager = AlarmManager::default();
            manager.receive(&status(DELIVERING));
            for _ in 0..9 {
                assert_eq!(manager.tick(QUIET).shown, None);
                manager.receive(noise);
            }
            assert_eq!(manager.tick(QUIET).shown, Some(Alarm::StatusLost));
            manager.receive(&status(DELIVERING));
            assert_eq!(manager.tick(QUIET).shown, None);
        }
    }

    #[test]
    #[requirement("SRS-18")]
    #[verifies("alarm-control.AC-1")]
    fn of_several_alarms_the_most_pressing_is_shown() {
        let mut manager = AlarmManager::default();
        manager.receive(&status(BLOCKED));
        let empty = BatteryReading::Remaining(Minutes(1));
        let on_battery = Inputs { battery: empty, ..QUIET };
        assert_eq!(manager.tick(on_battery).shown, Some(Alarm::BatteryEmpty));
        manager.receive(&trip(2));
        assert_eq!(manager.tick(on_battery).shown, Some(Alarm::MonitorTrip));
    }

    #[test]
    #[verifies("alarm-control.AC-2")]
    fn the_silence_of_the_line_does_not_wrap_around() {
        let mut manager = AlarmManager::default();
        let long = Inputs { elapsed: Milliseconds(1 << 31), ..QUIET };
        for _ in 0..3 {
            assert_eq!(manager.tick(long).shown, Some(Alarm::StatusLost));
        }
    }
}
