//! The status as it comes over the serial line; nothing of what is reported of it.

/// The length of a status in bytes.
pub const STATUS_LENGTH: usize = 13;

const STATUS_LAYOUT: u8 = 0x51;

/// What the pump is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The motor follows the rate.
    Delivering,
    /// The ordered volume is delivered.
    Complete,
    /// The operator has stopped.
    Stopped,
    /// Air in the line.
    Air,
    /// The line is blocked.
    Occlusion,
    /// Something in the pump is not as it should be.
    Fault,
    /// The safety monitor has cut the supply of the motor.
    Tripped,
    /// No therapy since power-on.
    Idle,
}

/// A status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// What the pump is doing.
    pub state: State,
    /// The rate in force in microlitres per hour.
    pub microlitres_per_hour: u32,
    /// The volume delivered since the start of the therapy in microlitres.
    pub delivered_microlitres: u32,
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
    ///
    /// iec62304: requirement("SRS-10")
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
            microlitres_per_hour: u32::from_be_bytes([r0, r1, r2, r3]),
            delivered_microlitres: u32::from_be_bytes([d0, d1, d2, d3]),
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
        5 => Some(State::Fault),
        6 => Some(State::Tripped),
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

    /// A status as `motor-control` sends it.
    pub(crate) fn status(
        state: u8,
        microlitres_per_hour: u32,
        delivered_microlitres: u32,
    ) -> [u8; STATUS_LENGTH] {
        let [r0, r1, r2, r3] = microlitres_per_hour.to_be_bytes();
        let [d0, d1, d2, d3] = delivered_microlitres.to_be_bytes();
        let body = [STATUS_LAYOUT, 7, state, r0, r1, r2, r3, d0, d1, d2, d3];
        let mut message = [0; STATUS_LENGTH];
        message[..11].copy_from_slice(&body);
        message[11..].copy_from_slice(&checksum(&body).to_be_bytes());
        message
    }

    /// iec62304: requirement("SRS-10")
    #[test]
    fn a_status_is_read_as_it_is_laid_out() {
        for (byte, state) in [
            (0, State::Delivering),
            (1, State::Complete),
            (2, State::Stopped),
            (3, State::Air),
            (4, State::Occlusion),
            (5, State::Fault),
            (6, State::Tripped),
            (7, State::Idle),
        ] {
            let expected =
                Status { state, microlitres_per_hour: 12_500, delivered_microlitres: 340 };
            assert_eq!(Status::decode(&status(byte, 12_500, 340)), Ok(expected));
        }
    }

    /// iec62304: requirement("SRS-10")
    #[test]
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
}
