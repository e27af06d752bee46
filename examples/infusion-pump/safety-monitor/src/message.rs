//! Software unit `monitor-link`: the status that the monitor hears, and the trip it tells.
//!
//! Knows how the two messages are laid out and sealed; nothing of what they mean.

use crate::monitor::{State, TripReason};
use crate::quantity::MicrolitresPerHour;
use iec62304_macros::requirement;

/// The length of a status of `motor-control` in bytes.
pub const STATUS_LENGTH: usize = 13;
/// The length of the monitor's own message in bytes.
pub const TRIP_LENGTH: usize = 4;

/// The first byte of a status.
const STATUS_LAYOUT: u8 = 0x51;
/// The first byte of the monitor's own message.
const TRIP_LAYOUT: u8 = 0x71;
/// The state byte of a status while the motor is meant to turn.
const DELIVERING: u8 = 0;
/// The highest state byte that there is.
const LAST_STATE: u8 = 7;

/// What `motor-control` means the motor to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The number of the control tick.
    pub number: u8,
    /// The rate to follow: 0 while the motor is meant to stand still.
    pub rate: MicrolitresPerHour,
}

/// Why there is no command in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusRefused {
    /// Not as long as a status is.
    Length,
    /// The checksum does not match: something changed on the way.
    Checksum,
    /// No layout or no state that this software knows.
    Content,
}

impl Command {
    /// The command in a status.
    ///
    /// # Errors
    ///
    /// Says what is wrong first; there is no command in a message that is wrong anywhere.
    #[requirement("SRS-15")]
    pub fn decode(message: &[u8]) -> Result<Self, StatusRefused> {
        let message: &[u8; STATUS_LENGTH] =
            message.try_into().map_err(|_| StatusRefused::Length)?;
        let [body @ .., c0, c1] = message;
        if checksum(body) != u16::from_be_bytes([*c0, *c1]) {
            return Err(StatusRefused::Checksum);
        }
        let [layout, number, state, r0, r1, r2, r3, ..] = *message;
        if layout != STATUS_LAYOUT || state > LAST_STATE {
            return Err(StatusRefused::Content);
        }
        let rate = if state == DELIVERING { u32::from_be_bytes([r0, r1, r2, r3]) } else { 0 };
        Ok(Self { number, rate: MicrolitresPerHour(rate) })
    }
}

/// The state of the monitor as a sealed message.
#[requirement("SRS-17")]
pub fn encode(state: State) -> [u8; TRIP_LENGTH] {
    let state = match state {
        State::Testing => 0,
        State::Watching => 1,
        State::Tripped(TripReason::Flow) => 2,
        State::Tripped(TripReason::Heartbeat) => 3,
        State::Tripped(TripReason::SelfTest) => 4,
    };
    let [c0, c1] = checksum(&[TRIP_LAYOUT, state]).to_be_bytes();
    [TRIP_LAYOUT, state, c0, c1]
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
    use iec62304_macros::verifies;

    /// A status as `motor-control` sends it.
    pub(crate) fn status(number: u8, state: u8, rate: u32) -> [u8; STATUS_LENGTH] {
        let [r0, r1, r2, r3] = rate.to_be_bytes();
        sealed([STATUS_LAYOUT, number, state, r0, r1, r2, r3, 0, 0, 0, 9])
    }

    fn sealed(body: [u8; 11]) -> [u8; STATUS_LENGTH] {
        let mut message = [0; STATUS_LENGTH];
        message[..11].copy_from_slice(&body);
        message[11..].copy_from_slice(&checksum(&body).to_be_bytes());
        message
    }

    #[test]
    #[verifies("monitor-link.AC-1")]
    fn the_rate_is_commanded_only_while_delivering() {
        let command = |state| Command::decode(&status(7, state, 125_000));
        let rate = |rate| Ok(Command { number: 7, rate: MicrolitresPerHour(rate) });
        assert_eq!(command(0), rate(125_000));
        for stopped in 1..=7 {
            assert_eq!(command(stopped), rate(0), "state {stopped}");
        }
        assert_eq!(command(8), Err(StatusRefused::Content));
    }

    #[test]
    #[requirement("SRS-15")]
    #[verifies("monitor-link.AC-1")]
    fn an_altered_status_is_no_command() {
        let message = status(7, 0, 125_000);
        for length in 0..STATUS_LENGTH {
            assert_eq!(Command::decode(&message[..length]), Err(StatusRefused::Length));
        }
        for position in 0..STATUS_LENGTH {
            for bit in 0..8 {
                let mut altered = message;
                altered[position] ^= 1 << bit;
                assert_eq!(Command::decode(&altered), Err(StatusRefused::Checksum));
            }
        }
        let unknown = sealed([0x52, 7, 0, 0, 0, 0, 100, 0, 0, 0, 0]);
        assert_eq!(Command::decode(&unknown), Err(StatusRefused::Content));
    }

    #[test]
    #[requirement("SRS-17")]
    #[verifies("monitor-link.AC-2")]
    fn a_trip_is_told_with_its_reason() {
        for (byte, state) in [
            (0, State::Testing),
            (1, State::Watching),
            (2, State::Tripped(TripReason::Flow)),
            (3, State::Tripped(TripReason::Heartbeat)),
            (4, State::Tripped(TripReason::SelfTest)),
        ] {
            let message = encode(state);
            assert_eq!(message[..2], [0x71, byte]);
            assert_eq!(message[2..], checksum(&[0x71, byte]).to_be_bytes());
        }
    }

    #[test]
    #[verifies("monitor-link.AC-1")]
    fn the_checksum_has_the_check_value_of_its_definition() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }
}
