//! Software unit `ring-log`: keeps the newest events, whenever the power is cut.
//!
//! A record takes the place of the oldest one in three writes: the mark of the old record
//! is taken away, the new content is written, the mark of the new record is set. The last
//! byte decides, so a record is there wholly or not at all.

use crate::event::{COMPLETE, Event, INCOMPLETE, RECORD_LENGTH, Record};
use crate::storage::{Storage, StorageFailed};
use iec62304_macros::requirement;

/// The place of the mark in a record.
const MARK: usize = RECORD_LENGTH - 1;

/// A ring of records in a memory.
#[derive(Clone, Debug)]
pub struct RingLog<S> {
    storage: S,
    next: u32,
}

/// Why an event is not kept, or the log cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFailed {
    /// The memory has failed.
    Storage,
    /// The memory has no room for two records: one would be lost with the other.
    TooSmall,
    /// All numbers are used up.
    Full,
}

impl From<StorageFailed> for LogFailed {
    fn from(_: StorageFailed) -> Self {
        Self::Storage
    }
}

impl<S: Storage> RingLog<S> {
    /// Finds the end of the ring in a memory; an empty or foreign memory is an empty ring.
    ///
    /// # Errors
    ///
    /// The memory cannot be read or is too small.
    #[requirement("SRS-23")]
    pub fn open(storage: S) -> Result<Self, LogFailed> {
        let mut log = Self { storage, next: 0 };
        if log.capacity() < 2 {
            return Err(LogFailed::TooSmall);
        }
        let newest = log.records()?.last().map(|record| record.number);
        log.next = match newest {
            Some(number) => number.checked_add(1).ok_or(LogFailed::Full)?,
            None => 0,
        };
        Ok(log)
    }

    /// Keeps an event in the place of the oldest one.
    ///
    /// # Errors
    ///
    /// The memory cannot be written: the event is lost, and so may be the oldest one.
    #[requirement("SRS-22", "SRS-23")]
    pub fn append(&mut self, event: Event) -> Result<(), LogFailed> {
        let after = self.next.checked_add(1).ok_or(LogFailed::Full)?;
        let start = self.place(self.next);
        let record = Record { number: self.next, event }.encode();
        let (content, _) = record.split_at(MARK);
        self.storage.write(start + MARK, &[INCOMPLETE])?;
        self.storage.write(start, content)?;
        self.storage.write(start + MARK, &[COMPLETE])?;
        self.next = after;
        Ok(())
    }

    /// All records that are complete, the oldest first.
    ///
    /// # Errors
    ///
    /// The memory cannot be read.
    #[requirement("SRS-22")]
    pub fn records(&self) -> Result<Vec<Record>, LogFailed> {
        let mut records = Vec::new();
        for place in 0..self.capacity() {
            let mut bytes = [0; RECORD_LENGTH];
            self.storage.read(place * RECORD_LENGTH, &mut bytes)?;
            records.extend(Record::decode(&bytes));
        }
        records.sort_by_key(|record| record.number);
        Ok(records)
    }

    /// How many records the memory has room for.
    #[requirement("SRS-23")]
    pub fn capacity(&self) -> usize {
        self.storage.size() / RECORD_LENGTH
    }

    /// Gives the memory back.
    #[requirement("SRS-23")]
    pub fn into_storage(self) -> S {
        self.storage
    }

    /// Where the record of this number starts.
    fn place(&self, number: u32) -> usize {
        let capacity = u32::try_from(self.capacity()).unwrap_or(u32::MAX);
        usize::try_from(number % capacity).unwrap_or(0) * RECORD_LENGTH
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::event::{Change, Microlitres, Seconds};
    use iec62304_macros::verifies;

    /// A memory whose power is cut after so many bytes written.
    #[derive(Clone, Debug)]
    pub(crate) struct Memory {
        bytes: Vec<u8>,
        until_cut: usize,
        failing_writes: usize,
    }

    impl Memory {
        pub(crate) fn new(records: usize) -> Self {
            let bytes = vec![0xFF; records * RECORD_LENGTH];
            Self { bytes, until_cut: usize::MAX, failing_writes: 0 }
        }

        /// A memory that refuses its first write, and is sound from then on.
        pub(crate) fn failing_once(records: usize) -> Self {
            Self { failing_writes: 1, ..Self::new(records) }
        }
    }

    impl Storage for Memory {
        fn size(&self) -> usize {
            self.bytes.len()
        }

        fn read(&self, at: usize, bytes: &mut [u8]) -> Result<(), StorageFailed> {
            bytes.copy_from_slice(self.bytes.get(at..at + bytes.len()).ok_or(StorageFailed)?);
            Ok(())
        }

        fn write(&mut self, at: usize, bytes: &[u8]) -> Result<(), StorageFailed> {
            if self.failing_writes > 0 {
                self.failing_writes -= 1;
                return Err(StorageFailed);
            }
            let written = bytes.len().min(self.until_cut);
            self.bytes[at..at + written].copy_from_slice(&bytes[..written]);
            self.until_cut -= written;
            if written == bytes.len() { Ok(()) } else { Err(StorageFailed) }
        }
    }

    fn event(at: u32) -> Event {
        Event { at: Seconds(at), change: Change::State(4), delivered: Microlitres(at * 10) }
    }

    /// The times of the events in a log.
    fn times(log: &RingLog<Memory>) -> Vec<u32> {
        let records = log.records().expect("a memory that can be read");
        records.iter().map(|record| record.event.at.0).collect()
    }

    /// A ring of four places with the events of times `0..events`.
    fn ring_of_four(events: u32) -> RingLog<Memory> {
        let mut log = RingLog::open(Memory::new(4)).expect("a memory of four places");
        for at in 0..events {
            assert_eq!(log.append(event(at)), Ok(()));
        }
        log
    }

    /// Appends an event while the power is cut after so many bytes; then the power is back.
    /// The second value says whether the event was reported as kept.
    fn append_with_cut(log: RingLog<Memory>, at: u32, until_cut: usize) -> (RingLog<Memory>, bool) {
        let mut memory = log.into_storage();
        memory.until_cut = until_cut;
        let mut log = RingLog::open(memory).expect("a memory that can be read");
        let kept = log.append(event(at)).is_ok();
        let mut memory = log.into_storage();
        memory.until_cut = usize::MAX;
        (RingLog::open(memory).expect("a memory that can be read"), kept)
    }

    /// The bytes that an append writes.
    const WRITTEN: usize = RECORD_LENGTH + 1;

    #[test]
    #[requirement("SRS-22")]
    #[verifies("ring-log.AC-1")]
    fn the_newest_events_are_kept_in_their_order() {
        assert_eq!(times(&ring_of_four(0)), []);
        assert_eq!(times(&ring_of_four(3)), [0, 1, 2]);
        assert_eq!(times(&ring_of_four(11)), [7, 8, 9, 10]);
        assert_eq!(ring_of_four(1).records().unwrap()[0].event, event(0));
    }

    #[test]
    #[requirement("SRS-23")]
    #[verifies("ring-log.AC-2")]
    fn a_power_cut_after_any_byte_loses_no_event_but_the_oldest() {
        for before in 0..=9_u32 {
            for until_cut in 0..=WRITTEN {
                let (log, kept) = append_with_cut(ring_of_four(before), 100, until_cut);
                let mut expected: Vec<u32> = (before.saturating_sub(4)..before).collect();
                if until_cut > 0 && before >= 4 {
                    expected.remove(0);
                }
                if until_cut == WRITTEN {
                    expected.push(100);
                }
                assert_eq!(times(&log), expected, "{before} events, {until_cut} bytes");
                assert_eq!(kept, until_cut == WRITTEN);
            }
        }
    }

    #[test]
    #[requirement("SRS-23")]
    #[verifies("ring-log.AC-2")]
    fn two_power_cuts_in_a_row_lose_no_more_than_one() {
        for first in 0..=WRITTEN {
            for second in 0..=WRITTEN {
                let (log, one) = append_with_cut(ring_of_four(6), 100, first);
                let (mut log, two) = append_with_cut(log, 101, second);
                let times_now = times(&log);
                assert!(times_now.len() >= 3, "{first} and {second}: {times_now:?}");
                assert_eq!(times_now.contains(&100), one);
                assert_eq!(times_now.contains(&101), two);
                let kept: Vec<u32> =
                    (3..6).chain(one.then_some(100)).chain(two.then_some(101)).collect();
                assert!(times_now.ends_with(&kept[kept.len() - 3..]), "{times_now:?}");

                assert_eq!(log.append(event(102)), Ok(()));
                assert_eq!(times(&log).last(), Some(&102));
            }
        }
    }

    #[test]
    #[verifies("ring-log.AC-3")]
    fn a_foreign_or_too_small_memory_is_no_ring() {
        let mut memory = Memory::new(4);
        memory.bytes.fill(COMPLETE);
        let log = RingLog::open(memory).expect("a memory of four places");
        assert_eq!(times(&log), []);
        assert_eq!(RingLog::open(Memory::new(1)).err(), Some(LogFailed::TooSmall));
    }

    #[test]
    #[verifies("ring-log.AC-3")]
    fn a_ring_without_numbers_left_keeps_what_it_has() {
        let mut memory = Memory::new(4);
        let last = Record { number: u32::MAX - 1, event: event(1) }.encode();
        memory.bytes[..RECORD_LENGTH].copy_from_slice(&last);
        let mut log = RingLog::open(memory).expect("one number is left");
        assert_eq!(log.append(event(2)), Err(LogFailed::Full));
        assert_eq!(times(&log), [1]);
    }
}
