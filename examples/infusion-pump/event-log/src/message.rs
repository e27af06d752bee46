//! Software unit `log-link`: what the log hears from other items.
//!
//! Knows how their messages are laid out and sealed; nothing of what becomes of them.

use crate::event::{Change, Microlitres};
use iec62304_macros::requirement;

/// The length of a status of `motor-control` in bytes.
pub const STATUS_LENGTH: usize = 13;
/// The length of a message of `alarm-manager` in bytes.
pub const ALARM_LENGTH: usize = 4;

const STATUS_LAYOUT: u8 = 0x51;
const ALARM_LAYOUT: u8 = 0x61;

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// How something is now.
    pub now: Change,
    /// The volume delivered, where the message says so.
    pub delivered: Option<Microlitres>,
}

/// A message that is altered, cut short or of no known layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageRefused;

impl News {
    /// The news in a message.
    ///
    /// # Errors
    ///
    /// A message that is wrong anywhere tells nothing.
    #[requirement("SRS-22")]
    pub fn decode(message: &[u8]) -> Result<Self, MessageRefused> {
        let (body, sum) = message.split_last_chunk().ok_or(MessageRefused)?;
        if checksum(body) != u16::from_be_bytes(*sum) {
            return Err(MessageRefused);
        }
        match *body {
            [STATUS_LAYOUT, _, state, _, _, _, _, d0, d1, d2, d3] => {
                let delivered = Some(Microlitres(u32::from_be_bytes([d0, d1, d2, d3])));
                Ok(Self { now: Change::State(state), delivered })
            }
            [ALARM_LAYOUT, alarm] => Ok(Self { now: Change::Alarm(alarm), delivered: None }),
            _ => Err(MessageRefused),
        }
    }
}

/// CRC-16/CCITT-FALSE.
pub(crate) fn checksum(bytes: &[u8]) -> u16 {
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

    /// A status of `motor-control`.
    pub(crate) fn status(state: u8, delivered: u32) -> Vec<u8> {
        let mut body = vec![STATUS_LAYOUT, 7, state, 0, 0, 0, 100];
        body.extend(delivered.to_be_bytes());
        sealed(&body)
    }

    /// A message of `alarm-manager`.
    pub(crate) fn alarm(alarm: u8) -> Vec<u8> {
        sealed(&[ALARM_LAYOUT, alarm])
    }

    fn sealed(body: &[u8]) -> Vec<u8> {
        [body, &checksum(body).to_be_bytes()].concat()
    }

    #[test]
    #[verifies("log-link.AC-1")]
    fn state_volume_and_alarm_are_read_as_they_are_laid_out() {
        let delivered = Some(Microlitres(0x0102_0304));
        let heard = News { now: Change::State(4), delivered };
        assert_eq!(News::decode(&status(4, 0x0102_0304)), Ok(heard));
        let heard = News { now: Change::Alarm(5), delivered: None };
        assert_eq!(News::decode(&alarm(5)), Ok(heard));
    }

    #[test]
    #[verifies("log-link.AC-1")]
    fn an_altered_message_tells_nothing() {
        for message in [status(4, 9), alarm(5)] {
            for position in 0..message.len() {
                let mut altered = message.clone();
                altered[position] ^= 0x10;
                assert_eq!(News::decode(&altered), Err(MessageRefused));
                assert_eq!(News::decode(&message[..position]), Err(MessageRefused));
            }
        }
        assert_eq!(News::decode(&sealed(&[0x00, 1])), Err(MessageRefused));
    }

    #[test]
    #[verifies("log-link.AC-1")]
    fn the_checksum_has_the_check_value_of_its_definition() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }
}
