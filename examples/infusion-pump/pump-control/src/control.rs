//! The motor processor between therapies: takes orders, and always tells how it is.
//!
//! Part of the unit `delivery-control`. Knows whether there is a therapy; nothing of how
//! one is carried out.

use crate::delivery::{Delivery, State, TickInputs};
use crate::dose::EncoderReading;
use crate::message::order::{OrderRefused, TherapyOrder};
use crate::message::status::{STATUS_LENGTH, Status};
use crate::quantity::{Microlitres, MicrolitresPerHour, MotorSteps};
use iec62304_macros::{requirement, risk_control};

/// All of the motor processor: at most one therapy, and the number of its control ticks.
#[derive(Clone, Debug, Default)]
pub struct MotorControl {
    delivery: Option<Delivery>,
    ticks: u8,
}

/// Why no therapy starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartRefused {
    /// There is no order in the message.
    Order(OrderRefused),
    /// A therapy is running; it has to be stopped first.
    Delivering,
}

impl MotorControl {
    /// Takes a message as a therapy order and starts it; `encoder` is where the motor stands.
    ///
    /// # Errors
    ///
    /// A message without an order, or an order during a therapy, changes nothing.
    #[requirement("SRS-29")]
    #[risk_control("RC-12")]
    pub fn receive(&mut self, message: &[u8], encoder: EncoderReading) -> Result<(), StartRefused> {
        if self.state() == State::Delivering {
            return Err(StartRefused::Delivering);
        }
        let order = TherapyOrder::decode(message).map_err(StartRefused::Order)?;
        self.delivery = Some(Delivery::start(&order, encoder));
        Ok(())
    }

    /// The steps that the motor has to do until the next tick; none without a therapy.
    #[requirement("SRS-1")]
    pub fn tick(&mut self, inputs: TickInputs) -> MotorSteps {
        self.ticks = self.ticks.wrapping_add(1);
        self.delivery.as_mut().map(|delivery| delivery.tick(inputs)).unwrap_or_default()
    }

    /// Stops on the operator's word.
    #[requirement("SRS-29")]
    pub fn stop(&mut self) {
        if let Some(delivery) = &mut self.delivery {
            delivery.stop();
        }
    }

    /// What to send after a tick: how the pump is, numbered.
    #[requirement("SRS-10", "SRS-13")]
    pub fn status(&self) -> [u8; STATUS_LENGTH] {
        let delivery = self.delivery.as_ref();
        Status {
            number: self.ticks,
            state: self.state(),
            rate: delivery.map_or(MicrolitresPerHour(0), Delivery::rate),
            delivered: delivery.map_or(Microlitres(0), Delivery::delivered),
        }
        .encode()
    }

    /// Whether the motor may move, and if not, why.
    #[requirement("SRS-13")]
    pub fn state(&self) -> State {
        self.delivery.as_ref().map_or(State::Idle, Delivery::state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{StopLine, StopReason};
    use crate::line::{AirReading, LineReading};
    use crate::quantity::{Kilopascals, Milliseconds};
    use iec62304_macros::verifies;

    const START: EncoderReading = EncoderReading(0);
    const TICK: TickInputs = TickInputs {
        elapsed: Milliseconds(20),
        line: LineReading { air: AirReading::Fluid, pressure: Kilopascals(10) },
        encoder: START,
        stop_line: StopLine::Clear,
    };
    /// 900.0 ml/h and 50.0 ml on a standard line.
    const ORDER: [u8; 14] =
        [0xA1, 0, 1, 0, 0x00, 0x0D, 0xBB, 0xA0, 0x00, 0x00, 0xC3, 0x50, 0xCD, 0x5A];

    #[test]
    #[requirement("SRS-9")]
    #[verifies("delivery-control.AC-1")]
    fn only_an_order_starts_the_motor() {
        let mut control = MotorControl::default();
        assert_eq!(control.tick(TICK), MotorSteps(0));
        assert_eq!(control.state(), State::Idle);

        let refused = control.receive(&[0; 14], START);
        assert_eq!(refused, Err(StartRefused::Order(OrderRefused::Checksum)));
        assert_eq!(control.tick(TICK), MotorSteps(0));

        assert_eq!(control.receive(&ORDER, START), Ok(()));
        assert_eq!(control.tick(TICK), MotorSteps(100));
    }

    #[test]
    #[requirement("SRS-29")]
    #[risk_control("RC-12")]
    #[verifies("delivery-control.AC-5")]
    fn an_order_during_a_therapy_changes_nothing() {
        let mut control = MotorControl::default();
        assert_eq!(control.receive(&ORDER, START), Ok(()));
        assert_eq!(control.receive(&ORDER, START), Err(StartRefused::Delivering));
        assert_eq!(control.state(), State::Delivering);

        control.stop();
        assert_eq!(control.state(), State::Stopped(StopReason::Operator));
        assert_eq!(control.receive(&ORDER, START), Ok(()));
        assert_eq!(control.state(), State::Delivering);
    }

    #[test]
    #[requirement("SRS-13")]
    #[verifies("delivery-control.AC-5")]
    fn every_tick_gives_a_status_of_another_number() {
        let mut control = MotorControl::default();
        control.stop();
        let mut last = control.status();
        for _ in 0..600 {
            control.tick(TICK);
            let status = control.status();
            assert_ne!(status[1], last[1]);
            assert_eq!(status[2], 7, "idle");
            last = status;
        }
        assert_eq!(control.receive(&ORDER, START), Ok(()));
        assert_eq!(control.status()[2..7], [0, 0x00, 0x0D, 0xBB, 0xA0]);
    }
}
