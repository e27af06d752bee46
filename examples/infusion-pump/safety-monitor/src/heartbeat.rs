//! Software unit `heartbeat-watch`: whether `motor-control` is still at work.
//!
//! Knows the numbers of control ticks; nothing of what a tick does.

use crate::quantity::Milliseconds;
use iec62304_macros::{requirement, risk_control};

/// How long the monitor waits for a status of a new number.
pub const LONGEST_SILENCE: Milliseconds = Milliseconds(500);

/// Nothing new was heard for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent;

/// Measures the time since the last news.
#[derive(Clone, Debug, Default)]
pub struct HeartbeatWatch {
    last: Option<u8>,
    silence: Milliseconds,
}

impl HeartbeatWatch {
    /// Takes in the number of a status, if one came in this tick. The number that came last
    /// is no news: a line that repeats itself is as good as dead.
    ///
    /// # Errors
    ///
    /// Nothing new was heard for [`LONGEST_SILENCE`].
    #[requirement("SRS-15")]
    #[risk_control("RC-7")]
    pub fn check(&mut self, number: Option<u8>, elapsed: Milliseconds) -> Result<(), Silent> {
        if number.is_some() && number != self.last {
            self.last = number;
            self.silence = Milliseconds(0);
            return Ok(());
        }
        self.silence = Milliseconds(self.silence.0.saturating_add(elapsed.0));
        if self.silence >= LONGEST_SILENCE { Err(Silent) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    const TICK: Milliseconds = Milliseconds(100);

    /// The first tick, counted from 1, that these numbers do not pass.
    fn fails_at(numbers: &[Option<u8>]) -> Option<usize> {
        let mut watch = HeartbeatWatch::default();
        let failed = numbers.iter().position(|number| watch.check(*number, TICK).is_err());
        failed.map(|tick| tick + 1)
    }

    #[test]
    #[requirement("SRS-15")]
    #[risk_control("RC-7")]
    #[verifies("heartbeat-watch.AC-1")]
    fn half_a_second_of_silence_fails() {
        assert_eq!(fails_at(&[None; 8]), Some(5));
        assert_eq!(fails_at(&[Some(1), None, None, None, None, None]), Some(6));
    }

    #[test]
    #[requirement("SRS-15")]
    #[verifies("heartbeat-watch.AC-1")]
    fn a_status_in_time_passes() {
        let numbers = [None, None, None, None, Some(1), None, None, None, None, Some(2)];
        assert_eq!(fails_at(&numbers), None);
        assert_eq!(fails_at(&[Some(255), Some(0), Some(1)]), None);
    }

    #[test]
    #[requirement("SRS-15")]
    #[risk_control("RC-7")]
    #[verifies("heartbeat-watch.AC-2")]
    fn the_same_number_again_is_no_news() {
        assert_eq!(fails_at(&[Some(9); 8]), Some(6));
    }

    #[test]
    #[verifies("heartbeat-watch.AC-2")]
    fn the_silence_does_not_wrap_around() {
        let mut watch = HeartbeatWatch::default();
        for _ in 0..3 {
            assert_eq!(watch.check(None, Milliseconds(1 << 31)), Err(Silent));
        }
    }
}
