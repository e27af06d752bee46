//! Software unit `dose-accumulator`: from encoder readings to the delivered volume.
//!
//! Knows the encoder and the volume of a count; nothing of what was commanded.

use crate::quantity::Microlitres;

iec62304_macros::tags! { requirement("SRS-5") }

/// How many counts the encoder gives while the motor moves one microlitre.
pub const COUNTS_PER_MICROLITRE: u32 = 5;

/// The most counts a tick can bring: twice those of the highest rate in the longest tick.
/// A larger advance is a fault, and so is a motion backwards, which reads as one.
pub const LARGEST_ADVANCE: u16 = 278;

/// What the encoder's counter shows; it wraps around after 65 535.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderReading(pub u16);

/// Why a reading is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncoderFault {
    /// The motor cannot have moved so far since the last reading.
    Implausible,
    /// More counts than a therapy can have.
    Overflow,
}

/// Adds up counts, which are whole, so the sum has no rounding to drift by.
#[derive(Clone, Debug)]
pub struct DoseAccumulator {
    last: EncoderReading,
    counts: u32,
}

impl DoseAccumulator {
    /// Starts a therapy with nothing delivered, whatever the counter shows.
    pub fn new(reading: EncoderReading) -> Self {
        Self { last: reading, counts: 0 }
    }

    /// Adds what the motor has moved since the last reading.
    ///
    /// # Errors
    ///
    /// A reading that cannot be right is not added, and the sum stays as it was.
    pub fn add(&mut self, reading: EncoderReading) -> Result<(), EncoderFault> {
        let advance = reading.0.wrapping_sub(self.last.0);
        if advance > LARGEST_ADVANCE {
            return Err(EncoderFault::Implausible);
        }
        self.counts = self.counts.checked_add(u32::from(advance)).ok_or(EncoderFault::Overflow)?;
        self.last = reading;
        Ok(())
    }

    /// The volume delivered since the start, in whole microlitres.
    pub fn delivered(&self) -> Microlitres {
        Microlitres(self.counts / COUNTS_PER_MICROLITRE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::LONGEST_TICK;
    use crate::rate::HIGHEST_RATE;
    use iec62304_macros::{requirement, verifies};

    fn add(dose: &mut DoseAccumulator, reading: u16) -> Result<(), EncoderFault> {
        dose.add(EncoderReading(reading))
    }

    #[test]
    #[requirement("SRS-5")]
    #[verifies("dose-accumulator.AC-1")]
    fn five_counts_are_a_microlitre() {
        let mut dose = DoseAccumulator::new(EncoderReading(1_000));
        assert_eq!(dose.delivered(), Microlitres(0));
        assert_eq!(add(&mut dose, 1_004), Ok(()));
        assert_eq!(dose.delivered(), Microlitres(0));
        assert_eq!(add(&mut dose, 1_005), Ok(()));
        assert_eq!(dose.delivered(), Microlitres(1));
    }

    #[test]
    #[requirement("SRS-5")]
    #[verifies("dose-accumulator.AC-1")]
    fn ninety_six_hours_at_the_highest_rate_add_up_without_drift() {
        // 999.0 ml/h are 138.75 counts in a tick of 100 ms: 138, then three times 139.
        let mut dose = DoseAccumulator::new(EncoderReading(0));
        let mut reading = 0_u16;
        for tick in 0..96 * 36_000 {
            reading = reading.wrapping_add(if tick % 4 == 0 { 138 } else { 139 });
            assert_eq!(add(&mut dose, reading), Ok(()));
        }
        assert_eq!(dose.delivered(), Microlitres(96 * 999_000));
    }

    #[test]
    #[requirement("SRS-5")]
    #[verifies("dose-accumulator.AC-1")]
    fn the_volume_is_continuous_where_the_counter_wraps_around() {
        let mut dose = DoseAccumulator::new(EncoderReading(65_530));
        assert_eq!(add(&mut dose, 4), Ok(()));
        assert_eq!(dose.delivered(), Microlitres(2));
    }

    #[test]
    #[verifies("dose-accumulator.AC-2")]
    fn a_jump_is_refused_and_adds_nothing() {
        let mut dose = DoseAccumulator::new(EncoderReading(0));
        assert_eq!(add(&mut dose, LARGEST_ADVANCE), Ok(()));
        let before = dose.delivered();

        let jump = LARGEST_ADVANCE + LARGEST_ADVANCE + 1;
        assert_eq!(add(&mut dose, jump), Err(EncoderFault::Implausible));
        assert_eq!(dose.delivered(), before);
        assert_eq!(add(&mut dose, LARGEST_ADVANCE + 5), Ok(()));
        assert_eq!(dose.delivered(), Microlitres(before.0 + 1));
    }

    #[test]
    #[verifies("dose-accumulator.AC-2")]
    fn a_motion_backwards_is_refused() {
        let mut dose = DoseAccumulator::new(EncoderReading(500));
        assert_eq!(add(&mut dose, 499), Err(EncoderFault::Implausible));
    }

    #[test]
    #[verifies("dose-accumulator.AC-2")]
    fn a_sum_that_does_not_fit_is_refused() {
        let mut dose = DoseAccumulator { last: EncoderReading(0), counts: u32::MAX - 1 };
        assert_eq!(add(&mut dose, 1), Ok(()));
        assert_eq!(add(&mut dose, 2), Err(EncoderFault::Overflow));
        assert_eq!(dose.delivered(), Microlitres(u32::MAX / 5));
    }

    #[test]
    #[verifies("dose-accumulator.AC-2")]
    fn the_largest_advance_is_twice_the_highest_rate() {
        let hour = u64::from(HIGHEST_RATE.0) * u64::from(COUNTS_PER_MICROLITRE);
        let tick = (hour * u64::from(LONGEST_TICK.0)).div_ceil(3_600_000);
        assert_eq!(u64::from(LARGEST_ADVANCE), 2 * tick);
    }
}
