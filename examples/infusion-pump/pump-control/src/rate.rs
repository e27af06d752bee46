//! Software unit `rate-controller`: from a set rate to motor steps.
//!
//! Knows the range of rates and the volume of a step; nothing of sensors or doses.

use crate::quantity::{LONGEST_TICK, MicrolitresPerHour, Milliseconds, MotorSteps};
use iec62304_macros::{requirement, risk_control};

/// The lowest rate that can be set: 0.1 ml/h.
pub const LOWEST_RATE: MicrolitresPerHour = MicrolitresPerHour(100);
/// The highest rate that can be set: 999.0 ml/h.
pub const HIGHEST_RATE: MicrolitresPerHour = MicrolitresPerHour(999_000);
/// Rates are multiples of this: 0.1 ml/h.
pub const RATE_STEP: MicrolitresPerHour = MicrolitresPerHour(100);

/// How often the motor steps while it moves one microlitre.
pub const STEPS_PER_MICROLITRE: u32 = 20;

/// One step in the unit of the remainder, microlitres per hour times milliseconds:
/// the milliseconds of an hour, shared by the steps of a microlitre.
const STEP: u32 = 3_600_000 / STEPS_PER_MICROLITRE;

/// A rate that the pump can deliver: in range and a multiple of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetRate(MicrolitresPerHour);

/// Why a rate is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateRefused {
    /// Lower than [`LOWEST_RATE`].
    BelowRange,
    /// Higher than [`HIGHEST_RATE`].
    AboveRange,
    /// No multiple of [`RATE_STEP`].
    BetweenSteps,
}

/// Why no steps can be given for a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlFault {
    /// The tick came later than [`LONGEST_TICK`]: making up for it would be a burst.
    LateTick,
    /// The remainder does not fit its type, which only damaged memory can bring about.
    Overflow,
}

/// Turns a rate into steps, tick by tick, without ever losing a part of a step.
#[derive(Clone, Debug)]
pub struct RateController {
    rate: SetRate,
    remainder: u32,
}

impl SetRate {
    /// Checks a rate where it is used, whoever has checked it before.
    ///
    /// # Errors
    ///
    /// Says why the rate is none that the pump can deliver.
    #[requirement("SRS-2")]
    #[risk_control("RC-1")]
    pub fn new(rate: MicrolitresPerHour) -> Result<Self, RateRefused> {
        if rate < LOWEST_RATE {
            Err(RateRefused::BelowRange)
        } else if rate > HIGHEST_RATE {
            Err(RateRefused::AboveRange)
        } else if !rate.0.is_multiple_of(RATE_STEP.0) {
            Err(RateRefused::BetweenSteps)
        } else {
            Ok(Self(rate))
        }
    }

    /// The rate as a flow.
    #[requirement("SRS-1")]
    pub fn flow(self) -> MicrolitresPerHour {
        self.0
    }
}

impl RateController {
    /// Starts at a rate, with no part of a step done.
    #[requirement("SRS-1")]
    pub fn new(rate: SetRate) -> Self {
        Self { rate, remainder: 0 }
    }

    /// The rate in force.
    #[requirement("SRS-2")]
    pub fn rate(&self) -> SetRate {
        self.rate
    }

    /// Changes the rate from the next tick on; the part of a step already due stays due.
    ///
    /// # Errors
    ///
    /// A refused rate changes nothing: the previous one stays in force.
    #[requirement("SRS-2")]
    pub fn change_rate(&mut self, rate: MicrolitresPerHour) -> Result<(), RateRefused> {
        self.rate = SetRate::new(rate)?;
        Ok(())
    }

    /// The whole steps due after `elapsed`; what is left of a step is kept for later ticks.
    ///
    /// # Errors
    ///
    /// A tick that came too late, or a remainder that does not fit, gives no steps.
    #[requirement("SRS-1")]
    pub fn steps_due(&mut self, elapsed: Milliseconds) -> Result<MotorSteps, ControlFault> {
        if elapsed > LONGEST_TICK {
            return Err(ControlFault::LateTick);
        }
        let flow = self.rate.flow().0;
        let due = flow
            .checked_mul(elapsed.0)
            .and_then(|volume| volume.checked_add(self.remainder))
            .ok_or(ControlFault::Overflow)?;
        self.remainder = due % STEP;
        Ok(MotorSteps(due / STEP))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    fn set_rate(microlitres_per_hour: u32) -> SetRate {
        SetRate::new(MicrolitresPerHour(microlitres_per_hour)).expect("a rate in range")
    }

    /// All steps of ticks that last, in turn, as long as `ticks` says, until `total` is over.
    fn steps_over(rate: u32, ticks: &[u32], total: u32) -> u32 {
        let mut controller = RateController::new(set_rate(rate));
        let (mut time, mut steps) = (0, 0);
        for tick in ticks.iter().cycle() {
            if time == total {
                break;
            }
            let tick = (*tick).min(total - time);
            steps += controller.steps_due(Milliseconds(tick)).expect("a tick on time").0;
            time += tick;
        }
        steps
    }

    #[test]
    #[requirement("SRS-2")]
    #[risk_control("RC-1")]
    #[verifies("rate-controller.AC-2")]
    fn rates_from_0_1_to_999_0_are_accepted_and_no_others() {
        let check = |rate, expected: Result<u32, RateRefused>| {
            let accepted = SetRate::new(MicrolitresPerHour(rate)).map(|rate| rate.flow().0);
            assert_eq!(accepted, expected, "{rate} µl/h");
        };
        check(0, Err(RateRefused::BelowRange));
        check(99, Err(RateRefused::BelowRange));
        check(100, Ok(100));
        check(101, Err(RateRefused::BetweenSteps));
        check(150, Err(RateRefused::BetweenSteps));
        check(200, Ok(200));
        check(998_900, Ok(998_900));
        check(999_000, Ok(999_000));
        check(999_001, Err(RateRefused::AboveRange));
        check(999_100, Err(RateRefused::AboveRange));
        check(u32::MAX, Err(RateRefused::AboveRange));
    }

    #[test]
    #[requirement("SRS-2")]
    #[risk_control("RC-1")]
    #[verifies("rate-controller.AC-2")]
    fn a_refused_change_leaves_the_previous_rate() {
        let mut controller = RateController::new(set_rate(5_000));
        let refused = controller.change_rate(MicrolitresPerHour(999_100));
        assert_eq!(refused, Err(RateRefused::AboveRange));
        assert_eq!(controller.rate(), set_rate(5_000));

        assert_eq!(controller.change_rate(MicrolitresPerHour(6_000)), Ok(()));
        assert_eq!(controller.rate(), set_rate(6_000));
    }

    #[test]
    #[requirement("SRS-1")]
    #[verifies("rate-controller.AC-1")]
    fn an_hour_of_any_rate_gives_exactly_its_steps_whatever_the_ticks() {
        for rate in [100, 200, 12_300, 125_000, 998_900, 999_000] {
            for ticks in [&[1][..], &[20], &[7, 100, 1, 33], &[100]] {
                assert_eq!(
                    steps_over(rate, ticks, 3_600_000),
                    rate * STEPS_PER_MICROLITRE,
                    "{rate} µl/h in ticks of {ticks:?} ms"
                );
            }
        }
    }

    #[test]
    #[requirement("SRS-1")]
    #[verifies("rate-controller.AC-1")]
    fn a_step_is_never_early_and_less_than_a_tick_late() {
        let mut controller = RateController::new(set_rate(100));
        // At 0.1 ml/h a step is due every 1.8 s.
        for tick in 1..=36 {
            let steps = controller.steps_due(Milliseconds(100));
            let expected = u32::from(tick == 18 || tick == 36);
            assert_eq!(steps, Ok(MotorSteps(expected)), "tick {tick}");
        }
    }

    #[test]
    #[verifies("rate-controller.AC-1")]
    fn a_change_of_rate_keeps_the_part_of_a_step_already_due() {
        let mut controller = RateController::new(set_rate(900_000));
        assert_eq!(controller.steps_due(Milliseconds(1)), Ok(MotorSteps(5)));
        assert_eq!(
            controller.change_rate(MicrolitresPerHour(899_900)),
            Ok(()),
            "the remainder is 0, and 899 900 leaves 179 900 of 180 000"
        );
        assert_eq!(controller.steps_due(Milliseconds(1)), Ok(MotorSteps(4)));
        assert_eq!(controller.change_rate(MicrolitresPerHour(100)), Ok(()));
        assert_eq!(controller.steps_due(Milliseconds(1)), Ok(MotorSteps(1)));
    }

    #[test]
    #[verifies("rate-controller.AC-3")]
    fn a_late_tick_gives_no_steps_and_loses_none() {
        let mut controller = RateController::new(set_rate(900_000));
        let late = controller.steps_due(Milliseconds(101));
        assert_eq!(late, Err(ControlFault::LateTick));
        assert_eq!(controller.steps_due(LONGEST_TICK), Ok(MotorSteps(500)));
    }

    #[test]
    #[verifies("rate-controller.AC-3")]
    fn a_damaged_remainder_gives_no_steps() {
        let mut controller = RateController { rate: set_rate(100), remainder: u32::MAX };
        let damaged = controller.steps_due(Milliseconds(1));
        assert_eq!(damaged, Err(ControlFault::Overflow));
    }
}
