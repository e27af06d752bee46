//! Software unit `alarm-signal`: how an alarm sounds, and for how long it may be silenced.
//!
//! Knows pulses and time; nothing of what raised the alarm.

use crate::priority::{Alarm, Priority};
use crate::quantity::Milliseconds;
use iec62304_macros::requirement;

/// How long the operator can silence the speaker.
pub const SILENCE: Milliseconds = Milliseconds(120_000);

/// What the speaker has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    /// Nothing.
    Silent,
    /// Bursts of this many pulses.
    Pulses(u8),
}

/// What is seen and heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The alarm on the alarm display.
    pub shown: Option<Alarm>,
    /// The speaker.
    pub sound: Sound,
}

/// Remembers for which alarm the operator has silenced the speaker, and for how long yet.
#[derive(Clone, Debug, Default)]
pub struct Speaker {
    silenced: Option<(Alarm, Milliseconds)>,
}

impl Speaker {
    /// Turns an alarm into what is seen and heard; `silence` is the key of that name.
    ///
    /// The silence ends after [`SILENCE`], and at once for a more pressing alarm. A silenced
    /// alarm stays on the display.
    #[requirement("SRS-21")]
    pub fn signal(&mut self, alarm: Option<Alarm>, silence: bool, elapsed: Milliseconds) -> Signal {
        self.silenced = match (alarm, self.silenced) {
            (Some(alarm), _) if silence => Some((alarm, SILENCE)),
            (Some(alarm), Some((silenced, left))) if alarm <= silenced && left > elapsed => {
                Some((silenced, Milliseconds(left.0.saturating_sub(elapsed.0))))
            }
            _ => None,
        };
        let sound = match (alarm, self.silenced) {
            (Some(alarm), None) => Sound::Pulses(pulses(alarm.priority())),
            (None, _) | (_, Some(_)) => Sound::Silent,
        };
        Signal { shown: alarm, sound }
    }
}

/// The pulses of a burst, by IEC 60601-1-8.
#[requirement("SRS-20")]
const fn pulses(priority: Priority) -> u8 {
    match priority {
        Priority::Low => 2,
        Priority::Medium => 3,
        Priority::High => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    const SECOND: Milliseconds = Milliseconds(1_000);
    const LOUD: Sound = Sound::Pulses(10);

    #[test]
    #[requirement("SRS-20")]
    #[verifies("alarm-signal.AC-1")]
    fn each_priority_has_its_number_of_pulses() {
        let sound = |alarm| Speaker::default().signal(alarm, false, SECOND).sound;
        assert_eq!(sound(Some(Alarm::Air)), LOUD);
        assert_eq!(sound(Some(Alarm::BatteryLow)), Sound::Pulses(3));
        assert_eq!(sound(Some(Alarm::TherapyComplete)), Sound::Pulses(2));
        assert_eq!(sound(None), Sound::Silent);
    }

    #[test]
    #[requirement("SRS-21")]
    #[verifies("alarm-signal.AC-2")]
    fn a_silenced_alarm_is_still_seen_and_heard_again_after_two_minutes() {
        let mut speaker = Speaker::default();
        let air = Some(Alarm::Air);
        let silent = Signal { shown: air, sound: Sound::Silent };
        assert_eq!(speaker.signal(air, true, SECOND), silent);
        for _ in 0..119 {
            assert_eq!(speaker.signal(air, false, SECOND), silent);
        }
        assert_eq!(speaker.signal(air, false, SECOND).sound, LOUD);
    }

    #[test]
    #[requirement("SRS-21")]
    #[verifies("alarm-signal.AC-2")]
    fn a_more_pressing_alarm_ends_the_silence_and_a_lesser_one_does_not() {
        let mut speaker = Speaker::default();
        assert_eq!(speaker.signal(Some(Alarm::Air), true, SECOND).sound, Sound::Silent);
        assert_eq!(speaker.signal(Some(Alarm::Occlusion), false, SECOND).sound, Sound::Silent);
        assert_eq!(speaker.signal(Some(Alarm::MonitorTrip), false, SECOND).sound, LOUD);
    }

    #[test]
    #[verifies("alarm-signal.AC-2")]
    fn the_silence_ends_with_its_alarm() {
        let mut speaker = Speaker::default();
        let key_alone = Signal { shown: None, sound: Sound::Silent };
        assert_eq!(speaker.signal(None, true, SECOND), key_alone);
        assert_eq!(speaker.signal(Some(Alarm::Air), false, SECOND).sound, LOUD);

        assert_eq!(speaker.signal(Some(Alarm::Air), true, SECOND).sound, Sound::Silent);
        assert_eq!(speaker.signal(None, false, SECOND).sound, Sound::Silent);
        assert_eq!(speaker.signal(Some(Alarm::Air), false, SECOND).sound, LOUD);
    }
}
