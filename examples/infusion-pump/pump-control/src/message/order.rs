//! The therapy order: what the operator has confirmed, on its way to the motor.

use super::checksum::is_sealed;
use crate::drug::{self, DrugId, DrugRefused};
use crate::line::LineType;
use crate::quantity::{Microlitres, MicrolitresPerHour};
use crate::rate::{RateRefused, SetRate};
use iec62304_macros::{requirement, risk_control};
use static_assertions::const_assert;

/// The length of an order in bytes.
pub const ORDER_LENGTH: usize = 14;
/// The most bytes that the link between the processors carries at once.
pub const FRAME_LENGTH: usize = 16;
const_assert!(ORDER_LENGTH <= FRAME_LENGTH);
/// The volumes that can be ordered: 0.1 ml to 9999.0 ml.
pub const ORDERED_VOLUMES: core::ops::RangeInclusive<Microlitres> =
    Microlitres(100)..=Microlitres(9_999_000);

/// The first byte of an order; another layout gets another one.
const LAYOUT: u8 = 0xA1;

/// An order whose every value is in its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TherapyOrder {
    drug: DrugId,
    line: LineType,
    rate: SetRate,
    volume: Microlitres,
}

/// Why an order is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderRefused {
    /// Not as long as an order is.
    Length,
    /// The checksum does not match: something changed on the way.
    Checksum,
    /// No layout that this software knows.
    Layout,
    /// No such line.
    Line,
    /// Not a rate the pump can deliver.
    Rate(RateRefused),
    /// Not a drug, or not a rate of the drug.
    Drug(DrugRefused),
    /// Outside [`ORDERED_VOLUMES`].
    Volume,
}

impl TherapyOrder {
    /// An order of checked values.
    ///
    /// # Errors
    ///
    /// A drug that is unknown or whose hard limit is below the rate, or a volume outside
    /// [`ORDERED_VOLUMES`], is refused.
    #[requirement("SRS-9")]
    pub fn new(
        drug: DrugId,
        line: LineType,
        rate: SetRate,
        volume: Microlitres,
    ) -> Result<Self, OrderRefused> {
        drug::check(drug, rate).map_err(OrderRefused::Drug)?;
        if !ORDERED_VOLUMES.contains(&volume) {
            return Err(OrderRefused::Volume);
        }
        Ok(Self { drug, line, rate, volume })
    }

    /// The drug.
    #[requirement("SRS-28")]
    pub fn drug(&self) -> DrugId {
        self.drug
    }

    /// The line.
    #[requirement("SRS-4")]
    pub fn line(&self) -> LineType {
        self.line
    }

    /// The rate.
    #[requirement("SRS-2")]
    pub fn rate(&self) -> SetRate {
        self.rate
    }

    /// The volume after which delivery ends.
    #[requirement("SRS-6")]
    pub fn volume(&self) -> Microlitres {
        self.volume
    }

    /// The order in a message, checked again from the start: its seal, then every value.
    ///
    /// # Errors
    ///
    /// Says what is wrong first; there is no order in a message that is wrong anywhere.
    #[requirement("SRS-9")]
    #[risk_control("RC-5")]
    pub fn decode(message: &[u8]) -> Result<Self, OrderRefused> {
        let message: &[u8; ORDER_LENGTH] = message.try_into().map_err(|_| OrderRefused::Length)?;
        if !is_sealed(message) {
            return Err(OrderRefused::Checksum);
        }
        let [layout, d0, d1, line, r0, r1, r2, r3, v0, v1, v2, v3, _, _] = *message;
        if layout != LAYOUT {
            return Err(OrderRefused::Layout);
        }
        let line = match line {
            0 => LineType::Standard,
            1 => LineType::Neonatal,
            _ => return Err(OrderRefused::Line),
        };
        let rate = MicrolitresPerHour(u32::from_be_bytes([r0, r1, r2, r3]));
        Self::new(
            DrugId(u16::from_be_bytes([d0, d1])),
            line,
            SetRate::new(rate).map_err(OrderRefused::Rate)?,
            Microlitres(u32::from_be_bytes([v0, v1, v2, v3])),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::checksum::checksum;
    use super::*;
    use iec62304_macros::verifies;

    /// Drug 1, neonatal line, 100.0 ml/h, 50.0 ml.
    const BODY: [u8; 12] = [0xA1, 0, 1, 1, 0x00, 0x01, 0x86, 0xA0, 0x00, 0x00, 0xC3, 0x50];

    /// A body with its checksum.
    fn sealed(body: [u8; 12]) -> [u8; ORDER_LENGTH] {
        let mut message = [0; ORDER_LENGTH];
        message[..12].copy_from_slice(&body);
        message[12..].copy_from_slice(&checksum(&body).to_be_bytes());
        message
    }

    /// The body with some of its bytes replaced.
    fn with(position: usize, bytes: &[u8]) -> [u8; 12] {
        let mut body = BODY;
        body[position..position + bytes.len()].copy_from_slice(bytes);
        body
    }

    #[test]
    #[requirement("SRS-9")]
    #[verifies("message-link.AC-1")]
    fn an_order_in_range_is_read_as_it_is_laid_out() {
        let order = TherapyOrder::decode(&sealed(BODY)).expect("an order in range");
        assert_eq!(order.drug(), DrugId(1));
        assert_eq!(order.line(), LineType::Neonatal);
        assert_eq!(order.rate().flow(), MicrolitresPerHour(100_000));
        assert_eq!(order.volume(), Microlitres(50_000));

        let standard = TherapyOrder::decode(&sealed(with(3, &[0])));
        assert_eq!(standard.map(|order| order.line()), Ok(LineType::Standard));
    }

    #[test]
    #[requirement("SRS-9")]
    #[risk_control("RC-5")]
    #[verifies("message-link.AC-2")]
    fn an_order_with_any_one_bit_changed_is_refused() {
        let message = sealed(BODY);
        for position in 0..ORDER_LENGTH {
            for bit in 0..8 {
                let mut altered = message;
                altered[position] ^= 1 << bit;
                assert_eq!(
                    TherapyOrder::decode(&altered),
                    Err(OrderRefused::Checksum),
                    "bit {bit} of byte {position}"
                );
            }
        }
    }

    #[test]
    #[requirement("SRS-9")]
    #[risk_control("RC-5")]
    #[verifies("message-link.AC-2")]
    fn a_sealed_order_with_a_value_out_of_range_is_refused() {
        let check = |position, bytes: &[u8], expected| {
            assert_eq!(
                TherapyOrder::decode(&sealed(with(position, bytes))),
                Err(expected),
                "{bytes:?} at {position}"
            );
        };
        check(0, &[0xA2], OrderRefused::Layout);
        check(1, &[1, 1], OrderRefused::Drug(DrugRefused::Unknown));
        check(1, &[0, 2], OrderRefused::Drug(DrugRefused::AboveHardLimit));
        check(3, &[2], OrderRefused::Line);
        check(4, &[1, 0, 0, 0], OrderRefused::Rate(RateRefused::AboveRange));
        check(4, &[0, 0, 0, 99], OrderRefused::Rate(RateRefused::BelowRange));
        check(4, &[0, 0, 0, 101], OrderRefused::Rate(RateRefused::BetweenSteps));
        check(8, &[1, 0, 0, 0], OrderRefused::Volume);
        check(8, &[0, 0, 0, 99], OrderRefused::Volume);
    }

    #[test]
    #[requirement("SRS-9")]
    #[verifies("message-link.AC-2")]
    fn an_order_of_another_length_is_refused() {
        let message = sealed(BODY);
        for length in 0..ORDER_LENGTH {
            assert_eq!(TherapyOrder::decode(&message[..length]), Err(OrderRefused::Length));
        }
        assert_eq!(TherapyOrder::decode(&[0; ORDER_LENGTH + 1]), Err(OrderRefused::Length));
    }

    #[test]
    #[requirement("SRS-9")]
    #[verifies("message-link.AC-2")]
    fn volumes_from_0_1_to_9999_0_are_ordered_and_no_others() {
        let check = |volume, expected: Result<(), OrderRefused>| {
            let rate = SetRate::new(MicrolitresPerHour(100)).expect("a rate in range");
            let order = TherapyOrder::new(DrugId(1), LineType::Standard, rate, Microlitres(volume));
            assert_eq!(order.map(|_| ()), expected, "{volume} µl");
        };
        check(0, Err(OrderRefused::Volume));
        check(99, Err(OrderRefused::Volume));
        check(100, Ok(()));
        check(9_999_000, Ok(()));
        check(9_999_001, Err(OrderRefused::Volume));
    }
}
