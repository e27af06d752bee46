//! Software unit `ui-link`: the order that goes to the motor, and the status that comes back.
//!
//! Knows how the two messages are laid out and sealed; nothing of limits or screens.

use crate::drug::DrugId;
use crate::entry::LineType;
use crate::quantity::{Microlitres, MicrolitresPerHour};
use iec62304_macros::requirement;

/// The length of an order in bytes.
pub const ORDER_LENGTH: usize = 14;
/// The length of a status in bytes.
pub const STATUS_LENGTH: usize = 13;

const ORDER_LAYOUT: u8 = 0xA1;
const STATUS_LAYOUT: u8 = 0x51;

/// A therapy on its way to the motor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The drug.
    pub drug: DrugId,
    /// The line.
    pub line: LineType,
    /// The rate.
    pub rate: MicrolitresPerHour,
    /// The volume after which delivery ends.
    pub volume: Microlitres,
}

impl Order {
    /// The order as a sealed message.
    #[requirement("SRS-28")]
    pub fn encode(&self) -> [u8; ORDER_LENGTH] {
        let line = match self.line {
            LineType::Standard => 0,
            LineType::Neonatal => 1,
        };
        let [d0, d1] = self.drug.0.to_be_bytes();
        let [r0, r1, r2, r3] = self.rate.0.to_be_bytes();
        let [v0, v1, v2, v3] = self.volume.0.to_be_bytes();
        let body = [ORDER_LAYOUT, d0, d1, line, r0, r1, r2, r3, v0, v1, v2, v3];
        let [c0, c1] = checksum(&body).to_be_bytes();
        [ORDER_LAYOUT, d0, d1, line, r0, r1, r2, r3, v0, v1, v2, v3, c0, c1]
    }
}

/// What the motor is doing, in the words of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No therapy since power-on.
    Idle,
    /// The motor follows the rate.
    Delivering,
    /// The ordered volume is delivered.
    Complete,
    /// The operator said so.
    Stopped,
    /// Air in the line.
    Air,
    /// The line is blocked.
    Occlusion,
    /// Something in the pump is not as it should be.
    Fault,
}

/// What the screen shows of the motor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// What it is doing.
    pub state: State,
    /// The rate in force.
    pub rate: MicrolitresPerHour,
    /// The volume delivered since the start of the therapy.
    pub delivered: Microlitres,
}

/// A message that is altered, cut short or of no known layout or state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusRefused;

impl Status {
    /// The status in a message.
    ///
    /// # Errors
    ///
    /// There is no status in a message that is wrong anywhere.
    #[requirement("SRS-27")]
    pub fn decode(message: &[u8]) -> Result<Self, StatusRefused> {
        let message: &[u8; STATUS_LENGTH] = message.try_into().map_err(|_| StatusRefused)?;
        let [body @ .., c0, c1] = message;
        if checksum(body) != u16::from_be_bytes([*c0, *c1]) {
            return Err(StatusRefused);
        }
        let [STATUS_LAYOUT, _, state, r0, r1, r2, r3, d0, d1, d2, d3] = *body else {
            return Err(StatusRefused);
        };
        Ok(Self {
            state: state_of(state).ok_or(StatusRefused)?,
            rate: MicrolitresPerHour(u32::from_be_bytes([r0, r1, r2, r3])),
            delivered: Microlitres(u32::from_be_bytes([d0, d1, d2, d3])),
        })
    }
}

fn state_of(byte: u8) -> Option<State> {
    match byte {
        0 => Some(State::Delivering),
        1 => Some(State::Complete),
        2 => Some(State::Stopped),
        3 => Some(State::Air),
        4 => Some(State::Occlusion),
        // A fault that motor-control saw itself, and one that the safety monitor saw.
        5 | 6 => Some(State::Fault),
        7 => Some(State::Idle),
        _ => None,
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
    use iec62304_macros::verifies;

    /// A status as `motor-control` sends it.
    pub(crate) fn status(state: u8, rate: u32, delivered: u32) -> [u8; STATUS_LENGTH] {
        let [r0, r1, r2, r3] = rate.to_be_bytes();
        let [d0, d1, d2, d3] = delivered.to_be_bytes();
        let body = [STATUS_LAYOUT, 7, state, r0, r1, r2, r3, d0, d1, d2, d3];
        let mut message = [0; STATUS_LENGTH];
        message[..11].copy_from_slice(&body);
        message[11..].copy_from_slice(&checksum(&body).to_be_bytes());
        message
    }

    #[test]
    #[requirement("SRS-28")]
    #[verifies("ui-link.AC-1")]
    fn an_order_is_laid_out_as_designed_and_sealed() {
        let order = |line| Order {
            drug: DrugId(0x0203),
            line,
            rate: MicrolitresPerHour(0x0001_86A0),
            volume: Microlitres(0x0098_0001),
        };
        let message = order(LineType::Neonatal).encode();
        let body = [0xA1, 0x02, 0x03, 0x01, 0x00, 0x01, 0x86, 0xA0, 0x00, 0x98, 0x00, 0x01];
        assert_eq!(message[..12], body);
        assert_eq!(message[12..], checksum(&body).to_be_bytes());
        assert_eq!(order(LineType::Standard).encode()[3], 0);
    }

    #[test]
    #[requirement("SRS-27")]
    #[verifies("ui-link.AC-2")]
    fn a_status_is_read_as_it_is_laid_out() {
        for (byte, state) in [
            (0, State::Delivering),
            (1, State::Complete),
            (2, State::Stopped),
            (3, State::Air),
            (4, State::Occlusion),
            (5, State::Fault),
            (6, State::Fault),
            (7, State::Idle),
        ] {
            let (rate, delivered) = (MicrolitresPerHour(100_000), Microlitres(0x0203_0405));
            let expected = Status { state, rate, delivered };
            assert_eq!(Status::decode(&status(byte, 100_000, 0x0203_0405)), Ok(expected));
        }
    }

    #[test]
    #[requirement("SRS-27")]
    #[verifies("ui-link.AC-2")]
    fn an_altered_status_is_none() {
        let message = status(0, 100, 200);
        for position in 0..STATUS_LENGTH {
            let mut altered = message;
            altered[position] ^= 0x10;
            assert_eq!(Status::decode(&altered), Err(StatusRefused));
            assert_eq!(Status::decode(&message[..position]), Err(StatusRefused));
        }
        assert_eq!(Status::decode(&status(8, 100, 200)), Err(StatusRefused));
    }

    #[test]
    #[verifies("ui-link.AC-1")]
    fn the_checksum_has_the_check_value_of_its_definition() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }
}
