//! Software unit `event-recorder`: what is worth a record.
//!
//! A status comes at every control tick; an event is what differs from the last one.

use crate::event::{Change, Event, Microlitres, Seconds};
use crate::message::News;
use crate::ring::{LogFailed, RingLog};
use crate::storage::Storage;
use iec62304_macros::requirement;

/// Listens, and keeps what changes.
#[derive(Clone, Debug)]
pub struct Recorder<S> {
    log: RingLog<S>,
    state: Option<Change>,
    alarm: Option<Change>,
    delivered: Microlitres,
}

#[requirement("SRS-22")]
impl<S: Storage> Recorder<S> {
    /// Starts to listen, with nothing heard yet.
    pub fn new(log: RingLog<S>) -> Self {
        Self { log, state: None, alarm: None, delivered: Microlitres(0) }
    }

    /// Takes in a message; one that tells nothing, or nothing new, is not kept.
    ///
    /// # Errors
    ///
    /// The event could not be written. It is tried again with the next message.
    #[requirement("SRS-22")]
    pub fn receive(&mut self, message: &[u8], at: Seconds) -> Result<(), LogFailed> {
        let Ok(news) = News::decode(message) else {
            return Ok(());
        };
        self.delivered = news.delivered.unwrap_or(self.delivered);
        let last = match news.now {
            Change::State(_) => &mut self.state,
            Change::Alarm(_) => &mut self.alarm,
        };
        if *last == Some(news.now) {
            return Ok(());
        }
        self.log.append(Event { at, change: news.now, delivered: self.delivered })?;
        *last = Some(news.now);
        Ok(())
    }

    /// The log.
    pub fn log(&self) -> &RingLog<S> {
        &self.log
    }

    /// Gives the memory back.
    pub fn into_storage(self) -> S {
        self.log.into_storage()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::{alarm, status};
    use crate::ring::tests::Memory;
    use iec62304_macros::verifies;

    fn recorder(memory: Memory) -> Recorder<Memory> {
        Recorder::new(RingLog::open(memory).expect("a memory that can be read"))
    }

    fn events(recorder: &Recorder<Memory>) -> Vec<(u32, Change, u32)> {
        let records = recorder.log().records().expect("a memory that can be read");
        let event = |event: Event| (event.at.0, event.change, event.delivered.0);
        records.iter().map(|record| event(record.event)).collect()
    }

    #[test]
    #[requirement("SRS-22")]
    #[verifies("event-recorder.AC-1")]
    fn a_change_is_kept_with_its_time_and_volume() {
        let mut recorder = recorder(Memory::new(8));
        for (at, message) in [
            (1, status(0, 0)),
            (2, status(0, 50)),
            (3, alarm(0)),
            (4, status(4, 70)),
            (4, alarm(5)),
            (5, status(4, 71)),
            (5, alarm(5)),
        ] {
            assert_eq!(recorder.receive(&message, Seconds(at)), Ok(()));
        }
        assert_eq!(
            events(&recorder),
            [
                (1, Change::State(0), 0),
                (3, Change::Alarm(0), 50),
                (4, Change::State(4), 70),
                (4, Change::Alarm(5), 70)
            ]
        );
    }

    #[test]
    #[verifies("event-recorder.AC-1")]
    fn noise_is_not_kept() {
        let mut recorder = recorder(Memory::new(8));
        assert_eq!(recorder.receive(&[0x51; 13], Seconds(1)), Ok(()));
        assert_eq!(events(&recorder), []);
    }

    #[test]
    #[verifies("event-recorder.AC-2")]
    fn what_could_not_be_written_is_tried_again() {
        let mut recorder = recorder(Memory::failing_once(8));
        assert_eq!(recorder.receive(&status(3, 70), Seconds(1)), Err(LogFailed::Storage));
        assert_eq!(events(&recorder), []);
        assert_eq!(recorder.receive(&status(3, 70), Seconds(2)), Ok(()));
        assert_eq!(recorder.receive(&status(3, 70), Seconds(3)), Ok(()));
        assert_eq!(events(&recorder), [(2, Change::State(3), 70)]);
    }
}
