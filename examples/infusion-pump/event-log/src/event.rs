//! What an event is and how it lies in the memory; nothing of where.

use crate::message::checksum;
use iec62304_macros::requirement;

/// A point in time, in seconds since the clock of the pump was set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub u32);

/// A volume in microlitres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Microlitres(pub u32);

/// What has changed, with the byte by which its message says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The state of `motor-control`.
    State(u8),
    /// The alarm on the alarm display.
    Alarm(u8),
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Seconds,
    /// What.
    pub change: Change,
    /// How much was delivered by then.
    pub delivered: Microlitres,
}

/// The length of a record in bytes.
pub const RECORD_LENGTH: usize = 17;
/// The last byte of a record that is complete. It is written when all the rest is there.
pub const COMPLETE: u8 = 0xA5;
/// The last byte of a record that is not.
pub const INCOMPLETE: u8 = 0x00;

/// An event and its number, which the ring counts up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The number.
    pub number: u32,
    /// The event.
    pub event: Event,
}

impl Record {
    /// The record as it lies in the memory.
    #[requirement("SRS-22")]
    pub fn encode(&self) -> [u8; RECORD_LENGTH] {
        let (kind, code) = match self.event.change {
            Change::State(code) => (1, code),
            Change::Alarm(code) => (2, code),
        };
        let [n0, n1, n2, n3] = self.number.to_be_bytes();
        let [t0, t1, t2, t3] = self.event.at.0.to_be_bytes();
        let [d0, d1, d2, d3] = self.event.delivered.0.to_be_bytes();
        let body = [n0, n1, n2, n3, t0, t1, t2, t3, kind, code, d0, d1, d2, d3];
        let [c0, c1] = checksum(&body).to_be_bytes();
        [n0, n1, n2, n3, t0, t1, t2, t3, kind, code, d0, d1, d2, d3, c0, c1, COMPLETE]
    }

    /// The record in some bytes of the memory, if they are a complete one.
    #[requirement("SRS-23")]
    pub fn decode(bytes: &[u8; RECORD_LENGTH]) -> Option<Self> {
        let [body @ .., c0, c1, mark] = bytes;
        if *mark != COMPLETE || checksum(body) != u16::from_be_bytes([*c0, *c1]) {
            return None;
        }
        let [n0, n1, n2, n3, t0, t1, t2, t3, kind, code, d0, d1, d2, d3] = *body;
        let change = match kind {
            1 => Change::State(code),
            2 => Change::Alarm(code),
            _ => return None,
        };
        let at = Seconds(u32::from_be_bytes([t0, t1, t2, t3]));
        let delivered = Microlitres(u32::from_be_bytes([d0, d1, d2, d3]));
        let number = u32::from_be_bytes([n0, n1, n2, n3]);
        Some(Self { number, event: Event { at, change, delivered } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-22")]
    #[verifies("ring-log.AC-1")]
    fn a_record_comes_back_as_it_was() {
        for change in [Change::State(4), Change::Alarm(5)] {
            let (at, delivered) = (Seconds(0x0102_0304), Microlitres(0x0506_0708));
            let record = Record { number: 0x0A0B_0C0D, event: Event { at, change, delivered } };
            assert_eq!(Record::decode(&record.encode()), Some(record));
        }
    }

    #[test]
    #[requirement("SRS-23")]
    #[verifies("ring-log.AC-2")]
    fn an_altered_record_is_none() {
        let change = Change::State(4);
        let event = Event { at: Seconds(1), change, delivered: Microlitres(2) };
        let bytes = Record { number: 3, event }.encode();
        for position in 0..RECORD_LENGTH {
            for bit in 0..8 {
                let mut altered = bytes;
                altered[position] ^= 1 << bit;
                assert_eq!(Record::decode(&altered), None, "bit {bit} of byte {position}");
            }
        }
        assert_eq!(Record::decode(&[0; RECORD_LENGTH]), None);
        assert_eq!(Record::decode(&[0xFF; RECORD_LENGTH]), None);
    }
}
