//! The status: what the pump is doing, on its way to displays and networks.

use super::checksum::{checksum, is_sealed};
use crate::delivery::{State, StopReason};
use crate::quantity::{Microlitres, MicrolitresPerHour};
use iec62304_macros::requirement;

/// The length of a status in bytes.
pub const STATUS_LENGTH: usize = 12;

/// The first byte of a status; another layout gets another one.
const LAYOUT: u8 = 0x51;

/// What the pump is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether it delivers, and if not, why.
    pub state: State,
    /// The rate in force.
    pub rate: MicrolitresPerHour,
    /// The volume delivered since the start of the therapy.
    pub delivered: Microlitres,
}

/// Why there is no status in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusRefused {
    /// Not as long as a status is.
    Length,
    /// The checksum does not match: something changed on the way.
    Checksum,
    /// No layout that this software knows.
    Layout,
    /// No such state.
    State,
}

impl Status {
    /// The status as a sealed message.
    #[requirement("SRS-10")]
    pub fn encode(&self) -> [u8; STATUS_LENGTH] {
        let state = state_byte(self.state);
        let [r0, r1, r2, r3] = self.rate.0.to_be_bytes();
        let [d0, d1, d2, d3] = self.delivered.0.to_be_bytes();
        let [c0, c1] = checksum(&[LAYOUT, state, r0, r1, r2, r3, d0, d1, d2, d3]).to_be_bytes();
        [LAYOUT, state, r0, r1, r2, r3, d0, d1, d2, d3, c0, c1]
    }

    /// The status in a message.
    ///
    /// # Errors
    ///
    /// Says what is wrong first.
    pub fn decode(message: &[u8]) -> Result<Self, StatusRefused> {
        let message: &[u8; STATUS_LENGTH] =
            message.try_into().map_err(|_| StatusRefused::Length)?;
        if !is_sealed(message) {
            return Err(StatusRefused::Checksum);
        }
        let [layout, state, r0, r1, r2, r3, d0, d1, d2, d3, _, _] = *message;
        if layout != LAYOUT {
            return Err(StatusRefused::Layout);
        }
        Ok(Self {
            state: state_of(state).ok_or(StatusRefused::State)?,
            rate: MicrolitresPerHour(u32::from_be_bytes([r0, r1, r2, r3])),
            delivered: Microlitres(u32::from_be_bytes([d0, d1, d2, d3])),
        })
    }
}

fn state_byte(state: State) -> u8 {
    match state {
        State::Delivering => 0,
        State::Stopped(StopReason::Complete) => 1,
        State::Stopped(StopReason::Operator) => 2,
        State::Stopped(StopReason::Air) => 3,
        State::Stopped(StopReason::Occlusion) => 4,
        State::Stopped(StopReason::Fault) => 5,
    }
}

fn state_of(byte: u8) -> Option<State> {
    match byte {
        0 => Some(State::Delivering),
        1 => Some(State::Stopped(StopReason::Complete)),
        2 => Some(State::Stopped(StopReason::Operator)),
        3 => Some(State::Stopped(StopReason::Air)),
        4 => Some(State::Stopped(StopReason::Occlusion)),
        5 => Some(State::Stopped(StopReason::Fault)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    fn status(state: State) -> Status {
        Status { state, rate: MicrolitresPerHour(0x0001_86A0), delivered: Microlitres(0x0203_0405) }
    }

    #[test]
    #[requirement("SRS-10")]
    #[verifies("message-link.AC-3")]
    fn a_status_is_laid_out_as_designed_and_comes_back_as_it_was() {
        for (byte, state) in [
            (0, State::Delivering),
            (1, State::Stopped(StopReason::Complete)),
            (2, State::Stopped(StopReason::Operator)),
            (3, State::Stopped(StopReason::Air)),
            (4, State::Stopped(StopReason::Occlusion)),
            (5, State::Stopped(StopReason::Fault)),
        ] {
            let message = status(state).encode();
            let body = [0x51, byte, 0x00, 0x01, 0x86, 0xA0, 0x02, 0x03, 0x04, 0x05];
            assert_eq!(message[..10], body);
            assert_eq!(Status::decode(&message), Ok(status(state)));
        }
    }

    #[test]
    #[requirement("SRS-10")]
    #[verifies("message-link.AC-3")]
    fn an_altered_status_is_refused() {
        let message = status(State::Delivering).encode();
        assert_eq!(Status::decode(&message[..11]), Err(StatusRefused::Length));
        for position in 0..STATUS_LENGTH {
            let mut altered = message;
            altered[position] ^= 0x10;
            assert_eq!(Status::decode(&altered), Err(StatusRefused::Checksum));
        }
    }

    #[test]
    #[verifies("message-link.AC-3")]
    fn a_sealed_status_of_unknown_layout_or_state_is_refused() {
        for (position, byte, expected) in
            [(0, 0x52, StatusRefused::Layout), (1, 6, StatusRefused::State)]
        {
            let mut message = status(State::Delivering).encode();
            message[position] = byte;
            let sum = checksum(&message[..10]).to_be_bytes();
            message[10..].copy_from_slice(&sum);
            assert_eq!(Status::decode(&message), Err(expected));
        }
    }
}
