//! From the time between two beats to a pulse, and back.

use iec62304_macros::{requirement, risk_control};

/// The pulse in beats a minute of an interval in milliseconds; none for no interval.
#[requirement("PLAIN-TEST")]
#[must_use]
#[risk_control("RC-PLAIN-TEST")]
pub const fn pulse(interval: u32) -> Option<u32> {
    60_000_u32.checked_div(interval)
}

/// An interval between two beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// In milliseconds.
    pub milliseconds: u32,
}

impl Interval {
    /// Whether a heart can beat as fast.
    #[cfg_attr(all(), requirement("CFG-ATTR"), risk_control("RC-CFG-ATTR"))]
    pub fn is_plausible(self) -> bool {
        (200..=3_000).contains(&self.milliseconds)
    }
}

#[cfg(test)]
mod tests {
    use super::pulse;
    use iec62304_macros::{requirement, risk_control, verifies};

    #[requirement("PLAIN-TEST.above")]
    #[verifies("beat.AC-1", level = "unit")]
    #[test]
    fn a_second_between_beats_is_a_pulse_of_sixty() {
        assert_eq!(pulse(1_000), Some(60));
    }

    #[test]
    #[requirement("PLAIN-TEST.below")]
    #[risk_control("RC-PLAIN-TEST")]
    fn no_interval_is_no_pulse() {
        assert_eq!(pulse(0), None);
    }
}
