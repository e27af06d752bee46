//! Software unit `delivery-control`: one therapy from its order to its end.
//!
//! Joins rate, dose and line at every control tick. It decides whether the motor may
//! move; the other units tell it how far, how much and whether the line is safe.

use crate::dose::{DoseAccumulator, EncoderReading};
use crate::line::{LineAlarm, LineReading, LineWatch};
use crate::message::order::TherapyOrder;
use crate::quantity::{Microlitres, MicrolitresPerHour, Milliseconds, MotorSteps};
use crate::rate::{RateController, RateRefused};
use iec62304_macros::requirement;

/// Whether the pump delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No therapy was ordered since power-on.
    Idle,
    /// The motor follows the rate.
    Delivering,
    /// The motor stands still until a new order comes.
    Stopped(StopReason),
}

/// Why the motor stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The ordered volume is delivered.
    Complete,
    /// The operator said so.
    Operator,
    /// Air in the line.
    Air,
    /// The line is blocked.
    Occlusion,
    /// A tick or an encoder reading that cannot be right.
    Fault,
    /// The safety monitor holds its stop line.
    Monitor,
}

/// The line by which the safety monitor cuts the supply of the motor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopLine {
    /// The motor has its supply.
    Clear,
    /// The supply is cut.
    Held,
}

/// What the hardware says at a control tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickInputs {
    /// The time since the last tick.
    pub elapsed: Milliseconds,
    /// The sensors of the line.
    pub line: LineReading,
    /// The encoder of the motor.
    pub encoder: EncoderReading,
    /// The stop line of the safety monitor.
    pub stop_line: StopLine,
}

/// One therapy. A stop is final: only a new order, confirmed anew, moves the motor again.
#[derive(Clone, Debug)]
pub struct Delivery {
    state: State,
    ordered: Microlitres,
    rate: RateController,
    dose: DoseAccumulator,
    line: LineWatch,
}

impl Delivery {
    /// Starts a therapy; `encoder` is where the motor stands.
    #[requirement("SRS-1")]
    pub fn start(order: &TherapyOrder, encoder: EncoderReading) -> Self {
        Self {
            state: State::Delivering,
            ordered: order.volume(),
            rate: RateController::new(order.rate()),
            dose: DoseAccumulator::new(encoder),
            line: LineWatch::new(order.line()),
        }
    }

    /// The steps that the motor has to do until the next tick; none once stopped.
    #[requirement("SRS-1", "SRS-3", "SRS-4")]
    pub fn tick(&mut self, inputs: TickInputs) -> MotorSteps {
        let counted = self.dose.add(inputs.encoder);
        if let State::Stopped(_) = self.state {
            return MotorSteps(0);
        }
        let alarm = self.line.check(inputs.line, inputs.elapsed);
        let reason = match (inputs.stop_line, alarm, counted) {
            (StopLine::Held, _, _) => StopReason::Monitor,
            (_, Some(LineAlarm::Air), _) => StopReason::Air,
            (_, Some(LineAlarm::Occlusion), _) => StopReason::Occlusion,
            (_, None, Err(_)) => StopReason::Fault,
            (_, None, Ok(())) if self.is_complete() => StopReason::Complete,
            (_, None, Ok(())) => match self.rate.steps_due(inputs.elapsed) {
                Ok(steps) => return steps,
                Err(_) => StopReason::Fault,
            },
        };
        self.state = State::Stopped(reason);
        MotorSteps(0)
    }

    /// Stops on the operator's word; an earlier reason stays.
    #[requirement("SRS-29")]
    pub fn stop(&mut self) {
        if self.state == State::Delivering {
            self.state = State::Stopped(StopReason::Operator);
        }
    }

    /// Changes the rate of the running therapy.
    ///
    /// # Errors
    ///
    /// A rate that the pump cannot deliver is refused, and the previous one stays in force.
    #[requirement("SRS-2")]
    pub fn change_rate(&mut self, rate: MicrolitresPerHour) -> Result<(), RateRefused> {
        self.rate.change_rate(rate)
    }

    /// Whether the motor may move, and if not, why.
    #[requirement("SRS-13")]
    pub fn state(&self) -> State {
        self.state
    }

    /// The rate in force.
    #[requirement("SRS-13")]
    pub fn rate(&self) -> MicrolitresPerHour {
        self.rate.rate().flow()
    }

    /// The volume delivered since the start.
    #[requirement("SRS-13")]
    pub fn delivered(&self) -> Microlitres {
        self.dose.delivered()
    }

    #[requirement("SRS-6")]
    fn is_complete(&self) -> bool {
        self.dose.delivered() >= self.ordered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drug::DrugId;
    use crate::line::{AirReading, LineType};
    use crate::quantity::Kilopascals;
    use crate::rate::SetRate;
    use iec62304_macros::{risk_control, verifies};

    const GOOD: TickInputs = TickInputs {
        elapsed: Milliseconds(20),
        line: LineReading { air: AirReading::Fluid, pressure: Kilopascals(10) },
        encoder: EncoderReading(0),
        stop_line: StopLine::Clear,
    };

    const BUBBLE: TickInputs = TickInputs {
        line: LineReading { air: AirReading::Bubble, pressure: Kilopascals(10) },
        ..GOOD
    };

    /// A therapy at 900 ml/h, which is 100 steps in a tick of 20 ms.
    fn delivery(volume: u32) -> Delivery {
        let rate = SetRate::new(MicrolitresPerHour(900_000)).expect("a rate in range");
        let volume = Microlitres(volume);
        let order = TherapyOrder::new(DrugId(1), LineType::Standard, rate, volume);
        Delivery::start(&order.expect("an order in range"), EncoderReading(0))
    }

    /// Ticks once and expects a stop for `reason`, then no motion whatever comes.
    fn expect_stop(delivery: &mut Delivery, inputs: TickInputs, reason: StopReason) {
        assert_eq!(delivery.tick(inputs), MotorSteps(0));
        assert_eq!(delivery.state(), State::Stopped(reason));
        for _ in 0..3 {
            assert_eq!(delivery.tick(GOOD), MotorSteps(0));
            assert_eq!(delivery.state(), State::Stopped(reason));
        }
    }

    #[test]
    #[requirement("SRS-1")]
    #[verifies("delivery-control.AC-1")]
    fn the_motor_follows_the_rate() {
        let mut delivery = delivery(1_000);
        assert_eq!(delivery.tick(GOOD), MotorSteps(100));
        assert_eq!(delivery.state(), State::Delivering);
        assert_eq!(delivery.rate(), MicrolitresPerHour(900_000));
    }

    #[test]
    #[requirement("SRS-3")]
    #[risk_control("RC-2")]
    #[verifies("delivery-control.AC-2")]
    fn air_stops_for_good() {
        let mut delivery = delivery(1_000);
        assert_eq!(delivery.tick(GOOD), MotorSteps(100));
        expect_stop(&mut delivery, BUBBLE, StopReason::Air);
    }

    #[test]
    #[requirement("SRS-4")]
    #[risk_control("RC-3")]
    #[verifies("delivery-control.AC-2")]
    fn an_occlusion_stops_for_good() {
        let mut blocked = GOOD;
        blocked.elapsed = Milliseconds(100);
        blocked.line.pressure = Kilopascals(81);
        let mut delivery = delivery(1_000);
        for _ in 0..4 {
            assert_eq!(delivery.tick(blocked), MotorSteps(500));
        }
        expect_stop(&mut delivery, blocked, StopReason::Occlusion);
    }

    #[test]
    #[requirement("SRS-6")]
    #[verifies("delivery-control.AC-3")]
    fn the_ordered_volume_stops_for_good() {
        let mut delivery = delivery(100);
        let at = |counts| TickInputs { encoder: EncoderReading(counts), ..GOOD };
        assert_eq!(delivery.tick(at(250)), MotorSteps(100));
        assert_eq!(delivery.tick(at(499)), MotorSteps(100));
        assert_eq!(delivery.tick(at(500)), MotorSteps(0));
        assert_eq!(delivery.state(), State::Stopped(StopReason::Complete));
        assert_eq!(delivery.tick(at(500)), MotorSteps(0));
    }

    #[test]
    #[verifies("delivery-control.AC-4")]
    fn a_late_tick_stops_for_good() {
        let late = TickInputs { elapsed: Milliseconds(101), ..GOOD };
        expect_stop(&mut delivery(1_000), late, StopReason::Fault);
    }

    #[test]
    #[verifies("delivery-control.AC-4")]
    fn an_implausible_encoder_stops_for_good() {
        let jump = TickInputs { encoder: EncoderReading(5_000), ..GOOD };
        expect_stop(&mut delivery(1_000), jump, StopReason::Fault);
    }

    #[test]
    #[verifies("delivery-control.AC-2")]
    fn the_stop_line_of_the_monitor_stops_for_good() {
        let held = TickInputs { stop_line: StopLine::Held, ..BUBBLE };
        expect_stop(&mut delivery(1_000), held, StopReason::Monitor);
    }

    #[test]
    #[verifies("delivery-control.AC-2")]
    fn the_operator_stops_but_does_not_hide_an_alarm() {
        let mut by_operator = delivery(1_000);
        by_operator.stop();
        expect_stop(&mut by_operator, BUBBLE, StopReason::Operator);

        let mut by_air = delivery(1_000);
        expect_stop(&mut by_air, BUBBLE, StopReason::Air);
        by_air.stop();
        assert_eq!(by_air.state(), State::Stopped(StopReason::Air));
    }

    #[test]
    #[requirement("SRS-5")]
    #[verifies("delivery-control.AC-3")]
    fn what_still_flows_after_a_stop_is_counted() {
        let mut delivery = delivery(1_000);
        delivery.stop();
        let coasting = TickInputs { encoder: EncoderReading(10), ..GOOD };
        assert_eq!(delivery.tick(coasting), MotorSteps(0));
        assert_eq!(delivery.delivered(), Microlitres(2));
    }

    #[test]
    #[requirement("SRS-2")]
    #[risk_control("RC-1")]
    #[verifies("delivery-control.AC-1")]
    fn a_change_of_rate_takes_effect_only_in_range() {
        let mut delivery = delivery(1_000);
        let refused = delivery.change_rate(MicrolitresPerHour(999_100));
        assert_eq!(refused, Err(RateRefused::AboveRange));
        assert_eq!(delivery.tick(GOOD), MotorSteps(100));

        assert_eq!(delivery.change_rate(MicrolitresPerHour(450_000)), Ok(()));
        assert_eq!(delivery.tick(GOOD), MotorSteps(50));
    }
}
