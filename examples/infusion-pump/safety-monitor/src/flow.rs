//! Software unit `flow-watch`: whether the motor moves more than it is meant to.
//!
//! Knows the shaft sensor and the tolerance; nothing of messages or of the stop line.

use crate::quantity::{MicrolitresPerHour, Milliseconds, Nanolitres};
use iec62304_macros::{requirement, risk_control};

/// What the motor may move in excess before it is stopped.
pub const TOLERATED_EXCESS: Nanolitres = Nanolitres(50_000);
/// What a count of the shaft sensor stands for.
pub const VOLUME_PER_COUNT: Nanolitres = Nanolitres(200);

/// The commanded flow counts in full and a tenth on top: eleven tenths.
const TOLERANCE_TENTHS: u64 = 11;
/// All sums are in 36 000ths of a nanolitre, in which a flow in µl/h over a time in ms,
/// times eleven tenths, is a whole number: 3 600 000 ms · 10 tenths ÷ 1000 nl.
const PARTS: u64 = 36_000;
const LIMIT: u64 = TOLERATED_EXCESS.0 as u64 * PARTS;
const PARTS_PER_COUNT: u64 = VOLUME_PER_COUNT.0 as u64 * PARTS;

/// What the counter of the shaft sensor shows; it wraps around after 65 535.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShaftReading(pub u16);

/// The motor has moved more than is tolerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExcessiveFlow;

/// Weighs what the motor has moved against what it was meant to.
///
/// Only an excess is kept. A motor that was slow for hours may not make up for it.
#[derive(Clone, Debug)]
pub struct FlowWatch {
    last: ShaftReading,
    excess: u64,
}

impl FlowWatch {
    /// Starts with no excess, whatever the counter shows.
    #[requirement("SRS-14")]
    pub fn new(reading: ShaftReading) -> Self {
        Self { last: reading, excess: 0 }
    }

    /// Weighs one tick. Motion in either direction counts, as the modulus of the counter
    /// makes a motion backwards a very large one.
    ///
    /// # Errors
    ///
    /// The motor has moved more than [`TOLERATED_EXCESS`] beyond what was commanded.
    #[requirement("SRS-14")]
    #[risk_control("RC-6")]
    pub fn check(
        &mut self,
        reading: ShaftReading,
        commanded: MicrolitresPerHour,
        elapsed: Milliseconds,
    ) -> Result<(), ExcessiveFlow> {
        let counts = reading.0.wrapping_sub(self.last.0);
        self.last = reading;
        let moved = u64::from(counts).saturating_mul(PARTS_PER_COUNT);
        let allowed = u64::from(commanded.0)
            .saturating_mul(u64::from(elapsed.0))
            .saturating_mul(TOLERANCE_TENTHS);
        self.excess = self.excess.saturating_add(moved).saturating_sub(allowed);
        if self.excess > LIMIT { Err(ExcessiveFlow) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    const TICK: Milliseconds = Milliseconds(100);

    /// After how many seconds a motor that moves `counts` in each tick of 100 ms is stopped.
    fn seconds_to_stop(commanded: u32, counts: &[u16], at_most: u32) -> Option<u32> {
        let mut shaft = 65_000_u16;
        let mut watch = FlowWatch::new(ShaftReading(shaft));
        let mut counts = counts.iter().cycle();
        for tick in 1..=at_most * 10 {
            shaft = shaft.wrapping_add(*counts.next().expect("a cycle has no end"));
            let rate = MicrolitresPerHour(commanded);
            if watch.check(ShaftReading(shaft), rate, TICK).is_err() {
                return Some(tick.div_ceil(10));
            }
        }
        None
    }

    #[test]
    #[requirement("SRS-14")]
    #[verifies("flow-watch.AC-1")]
    fn a_motor_within_ten_percent_runs_on() {
        // 720 ml/h are 200 µl/s: 100 counts in a tick of 100 ms.
        assert_eq!(seconds_to_stop(720_000, &[100], 3_600), None);
        assert_eq!(seconds_to_stop(720_000, &[110], 3_600), None);
        assert_eq!(seconds_to_stop(720_000, &[0, 0, 0, 330], 3_600), None);
    }

    #[test]
    #[requirement("SRS-14")]
    #[risk_control("RC-6")]
    #[verifies("flow-watch.AC-1")]
    fn a_motor_that_is_too_fast_is_stopped() {
        // Twice as fast is 180 µl/s beyond 110 %; 111 % is 2 µl/s beyond.
        assert_eq!(seconds_to_stop(720_000, &[200], 60), Some(1));
        assert_eq!(seconds_to_stop(720_000, &[111], 60), Some(26));
    }

    #[test]
    #[requirement("SRS-14")]
    #[risk_control("RC-6")]
    #[verifies("flow-watch.AC-2")]
    fn a_motor_that_moves_uncommanded_is_stopped_after_50_microlitres() {
        let mut watch = FlowWatch::new(ShaftReading(0));
        let still = MicrolitresPerHour(0);
        assert_eq!(watch.check(ShaftReading(250), still, TICK), Ok(()));
        assert_eq!(watch.check(ShaftReading(251), still, TICK), Err(ExcessiveFlow));
    }

    #[test]
    #[verifies("flow-watch.AC-2")]
    fn a_motor_that_moves_backwards_is_stopped() {
        let mut watch = FlowWatch::new(ShaftReading(0));
        let back = watch.check(ShaftReading(65_535), MicrolitresPerHour(100_000), TICK);
        assert_eq!(back, Err(ExcessiveFlow));
    }

    #[test]
    #[verifies("flow-watch.AC-3")]
    fn what_was_not_moved_cannot_be_made_up_for() {
        let mut watch = FlowWatch::new(ShaftReading(0));
        let rate = MicrolitresPerHour(720_000);
        for _ in 0..36_000 {
            assert_eq!(watch.check(ShaftReading(0), rate, TICK), Ok(()));
        }
        assert_eq!(watch.check(ShaftReading(600), rate, TICK), Err(ExcessiveFlow));
    }

    #[test]
    #[verifies("flow-watch.AC-3")]
    fn sums_do_not_wrap_around() {
        let mut watch = FlowWatch { last: ShaftReading(0), excess: u64::MAX };
        let most = MicrolitresPerHour(u32::MAX);
        let check = watch.check(ShaftReading(u16::MAX), most, Milliseconds(1));
        assert_eq!(check, Err(ExcessiveFlow));
        assert_eq!(watch.check(ShaftReading(u16::MAX), most, Milliseconds(u32::MAX)), Ok(()));
        assert_eq!(watch.excess, 0);
    }
}
