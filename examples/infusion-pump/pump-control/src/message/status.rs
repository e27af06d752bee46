//! The status: what the pump is doing, on its way to everybody who listens.

use super::checksum::checksum;
use crate::delivery::{State, StopReason};
use crate::quantity::{Microlitres, MicrolitresPerHour};
use iec62304_macros::requirement;

/// The length of a status in bytes.
pub const STATUS_LENGTH: usize = 13;

/// The first byte of a status; another layout gets another one.
const LAYOUT: u8 = 0x51;

/// What the pump is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Counts control ticks and wraps around, so that a listener can tell news from an echo.
    pub number: u8,
    /// Whether it delivers, and if not, why.
    pub state: State,
    /// The rate in force.
    pub rate: MicrolitresPerHour,
    /// The volume delivered since the start of the therapy.
    pub delivered: Microlitres,
}

impl Status {
    /// The status as a sealed message.
    #[requirement("SRS-10", "SRS-13")]
    pub fn encode(&self) -> [u8; STATUS_LENGTH] {
        let (number, state) = (self.number, state_byte(self.state));
        let [r0, r1, r2, r3] = self.rate.0.to_be_bytes();
        let [d0, d1, d2, d3] = self.delivered.0.to_be_bytes();
        let sum = checksum(&[LAYOUT, number, state, r0, r1, r2, r3, d0, d1, d2, d3]);
        let [c0, c1] = sum.to_be_bytes();
        [LAYOUT, number, state, r0, r1, r2, r3, d0, d1, d2, d3, c0, c1]
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
        State::Stopped(StopReason::Monitor) => 6,
        State::Idle => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::super::checksum::is_sealed;
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-10", "SRS-13")]
    #[verifies("message-link.AC-3")]
    fn a_status_is_laid_out_as_designed_and_sealed() {
        for (byte, state) in [
            (0, State::Delivering),
            (1, State::Stopped(StopReason::Complete)),
            (2, State::Stopped(StopReason::Operator)),
            (3, State::Stopped(StopReason::Air)),
            (4, State::Stopped(StopReason::Occlusion)),
            (5, State::Stopped(StopReason::Fault)),
            (6, State::Stopped(StopReason::Monitor)),
            (7, State::Idle),
        ] {
            let rate = MicrolitresPerHour(0x0001_86A0);
            let delivered = Microlitres(0x0203_0405);
            let message = Status { number: 0x2A, state, rate, delivered }.encode();
            let body = [0x51, 0x2A, byte, 0x00, 0x01, 0x86, 0xA0, 0x02, 0x03, 0x04, 0x05];
            assert_eq!(message[..11], body);
            assert!(is_sealed(&message));
        }
    }
}
