//! Software unit `alarm-link`: which alarm a message of another item gives cause for, and
//! the alarm manager's own message.
//!
//! Knows how the messages are laid out and sealed; nothing of time or priority.

use crate::priority::Alarm;
use iec62304_macros::{requirement, risk_control};

/// The length of a status of `motor-control` in bytes.
pub const STATUS_LENGTH: usize = 13;
/// The length of a message of `safety-monitor` in bytes.
pub const TRIP_LENGTH: usize = 4;
/// The length of an alarm message in bytes.
pub const ALARM_LENGTH: usize = 4;

const STATUS_LAYOUT: u8 = 0x51;
const TRIP_LAYOUT: u8 = 0x71;
const ALARM_LAYOUT: u8 = 0x61;

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// `motor-control` is alive, and this is the alarm for the state it is in.
    Motor(Option<Alarm>),
    /// `safety-monitor` is alive, and this is the alarm for the state it is in.
    Monitor(Option<Alarm>),
}

/// Why a message tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageRefused {
    /// The checksum does not match, or there is no room for one.
    Checksum,
    /// No length, layout or state that this software knows.
    Content,
}

impl News {
    /// The news in a message.
    ///
    /// # Errors
    ///
    /// Says what is wrong first; a message that is wrong anywhere tells nothing.
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    pub fn decode(message: &[u8]) -> Result<Self, MessageRefused> {
        let (body, sum) = message.split_last_chunk().ok_or(MessageRefused::Checksum)?;
        if checksum(body) != u16::from_be_bytes(*sum) {
            return Err(MessageRefused::Checksum);
        }
        match (message.len(), body) {
            (STATUS_LENGTH, [STATUS_LAYOUT, _, state, ..]) => {
                alarm_of_motor(*state).map(Self::Motor)
            }
            (TRIP_LENGTH, [TRIP_LAYOUT, state]) => alarm_of_monitor(*state).map(Self::Monitor),
            _ => Err(MessageRefused::Content),
        }
    }
}

/// The alarm on the display as a sealed message.
#[requirement("SRS-22")]
pub fn encode(alarm: Option<Alarm>) -> [u8; ALARM_LENGTH] {
    let alarm = match alarm {
        None => 0,
        Some(Alarm::TherapyComplete) => 1,
        Some(Alarm::BatteryLow) => 2,
        Some(Alarm::StatusLost) => 3,
        Some(Alarm::MotorFault) => 4,
        Some(Alarm::Occlusion) => 5,
        Some(Alarm::Air) => 6,
        Some(Alarm::BatteryEmpty) => 7,
        Some(Alarm::MonitorTrip) => 8,
    };
    let [c0, c1] = checksum(&[ALARM_LAYOUT, alarm]).to_be_bytes();
    [ALARM_LAYOUT, alarm, c0, c1]
}

fn alarm_of_motor(state: u8) -> Result<Option<Alarm>, MessageRefused> {
    match state {
        // Delivering, stopped by the operator, idle.
        0 | 2 | 7 => Ok(None),
        1 => Ok(Some(Alarm::TherapyComplete)),
        3 => Ok(Some(Alarm::Air)),
        4 => Ok(Some(Alarm::Occlusion)),
        5 => Ok(Some(Alarm::MotorFault)),
        6 => Ok(Some(Alarm::MonitorTrip)),
        _ => Err(MessageRefused::Content),
    }
}

fn alarm_of_monitor(state: u8) -> Result<Option<Alarm>, MessageRefused> {
    match state {
        // Testing, watching.
        0 | 1 => Ok(None),
        2..=4 => Ok(Some(Alarm::MonitorTrip)),
        _ => Err(MessageRefused::Content),
    }
}

/// CRC-16/CCITT-FALSE.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
        })
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::priority::tests::ALL;
    use iec62304_macros::verifies;

    /// A status of `motor-control` in this state.
    pub(crate) fn status(state: u8) -> [u8; STATUS_LENGTH] {
        sealed([STATUS_LAYOUT, 7, state, 0, 0, 0, 100, 0, 0, 0, 9])
    }

    /// A message of `safety-monitor` in this state.
    pub(crate) fn trip(state: u8) -> [u8; TRIP_LENGTH] {
        sealed([TRIP_LAYOUT, state])
    }

    fn sealed<const B: usize, const M: usize>(body: [u8; B]) -> [u8; M] {
        let mut message = [0; M];
        message[..B].copy_from_slice(&body);
        message[B..].copy_from_slice(&checksum(&body).to_be_bytes());
        message
    }

    #[test]
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    #[verifies("alarm-link.AC-1")]
    fn every_stop_that_the_pump_made_by_itself_has_its_alarm() {
        let motor = |state| News::decode(&status(state));
        assert_eq!(motor(1), Ok(News::Motor(Some(Alarm::TherapyComplete))));
        assert_eq!(motor(3), Ok(News::Motor(Some(Alarm::Air))));
        assert_eq!(motor(4), Ok(News::Motor(Some(Alarm::Occlusion))));
        assert_eq!(motor(5), Ok(News::Motor(Some(Alarm::MotorFault))));
        assert_eq!(motor(6), Ok(News::Motor(Some(Alarm::MonitorTrip))));
        for state in 2..=4 {
            let tripped = News::Monitor(Some(Alarm::MonitorTrip));
            assert_eq!(News::decode(&trip(state)), Ok(tripped));
        }
    }

    #[test]
    #[verifies("alarm-link.AC-1")]
    fn what_is_as_it_should_be_has_no_alarm() {
        for state in [0, 2, 7] {
            assert_eq!(News::decode(&status(state)), Ok(News::Motor(None)));
        }
        for state in [0, 1] {
            assert_eq!(News::decode(&trip(state)), Ok(News::Monitor(None)));
        }
    }

    #[test]
    #[requirement("SRS-17")]
    #[verifies("alarm-link.AC-2")]
    fn an_altered_message_tells_nothing() {
        let message = status(3);
        for position in 0..STATUS_LENGTH {
            for bit in 0..8 {
                let mut altered = message;
                altered[position] ^= 1 << bit;
                assert_eq!(News::decode(&altered), Err(MessageRefused::Checksum));
            }
        }
        for length in 0..STATUS_LENGTH {
            assert!(News::decode(&message[..length]).is_err());
        }
        assert_eq!(News::decode(&status(8)), Err(MessageRefused::Content));
        assert_eq!(News::decode(&trip(5)), Err(MessageRefused::Content));
        assert_eq!(News::decode(&sealed::<2, 4>([0x00, 1])), Err(MessageRefused::Content));
    }

    #[test]
    #[requirement("SRS-22")]
    #[verifies("alarm-link.AC-3")]
    fn every_alarm_has_a_message_of_its_own() {
        let told: [u8; 9] = core::array::from_fn(|index| {
            let alarm = index.checked_sub(1).map(|index| ALL[index]);
            let message = encode(alarm);
            assert_eq!(message[0], ALARM_LAYOUT);
            assert_eq!(message[2..], checksum(&message[..2]).to_be_bytes());
            message[1]
        });
        assert_eq!(told, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    #[verifies("alarm-link.AC-2")]
    fn the_checksum_has_the_check_value_of_its_definition() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }
}
