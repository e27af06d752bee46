//! The therapy order: what the operator has confirmed, on its way to the motor.

use super::checksum::{checksum, is_sealed};
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

/// The number of a drug in the drug library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrugId(pub u16);

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
    /// Outside [`ORDERED_VOLUMES`].
    Volume,
}

impl TherapyOrder {
    /// An order of checked values.
    ///
    /// # Errors
    ///
    /// A volume outside [`ORDERED_VOLUMES`] is refused.
    #[requirement("SRS-9")]
    pub fn new(
        drug: DrugId,
        line: LineType,
        rate: SetRate,
        volume: Microlitres,
    ) -> Result<Self, OrderRefused> {
        if !ORDERED_VOLUMES.contains(&volume) {
            return Err(OrderRefused::Volume);
        }
        Ok(Self { drug, line, rate, volume })
    }

    /// The drug.
    pub fn drug(&self) -> DrugId {
        self.drug
    }

    /// The line.
    pub fn line(&self) -> LineType {
        self.line
    }

    /// The rate.
    pub fn rate(&self) -> SetRate {
        self.rate
    }

    /// The volume after which delivery ends.
    pub fn volume(&self) -> Microlitres {
        self.volume
    }

    /// The order as a sealed message.
    #[risk_control("RC-5")]
    pub fn encode(&self) -> [u8; ORDER_LENGTH] {
        let [d0, d1] = self.drug.0.to_be_bytes();
        let line = match self.line {
            LineType::Standard => 0,
            LineType::Neonatal => 1,
        };
        let [r0, r1, r2, r3] = self.rate.flow().0.to_be_bytes();
        let [v0, v1, v2, v3] = self.volume.0.to_be_bytes();
        let [c0, c1] =
            checksum(&[LAYOUT, d0, d1, line, r0, r1, r2, r3, v0, v1, v2, v3]).to_be_bytes();
        [LAYOUT, d0, d1, line, r0, r1, r2, r3, v0, v1, v2, v3, c0, c1]
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
    use super::*;
    use iec62304_macros::verifies;

    fn order(line: LineType, rate: u32, volume: u32) -> TherapyOrder {
        let rate = SetRate::new(MicrolitresPerHour(rate)).expect("a rate in range");
        TherapyOrder::new(DrugId(0x0203), line, rate, Microlitres(volume))
            .expect("a volume in range")
    }

    /// The order with one byte replaced, sealed anew.
    fn resealed(position: usize, byte: u8) -> [u8; ORDER_LENGTH] {
        let mut message = order(LineType::Standard, 100, 100).encode();
        message[position] = byte;
        let sum = checksum(&message[..12]).to_be_bytes();
        message[12..].copy_from_slice(&sum);
        message
    }

    #[test]
    #[requirement("SRS-9")]
    #[verifies("message-link.AC-1")]
    fn an_order_comes_back_as_it_was() {
        for order in [
            order(LineType::Standard, 100, 100),
            order(LineType::Neonatal, 999_000, 9_999_000),
            order(LineType::Standard, 123_400, 56_789),
        ] {
            assert_eq!(TherapyOrder::decode(&order.encode()), Ok(order));
        }
    }

    #[test]
    #[verifies("message-link.AC-1")]
    fn an_order_is_laid_out_as_designed() {
        let message = order(LineType::Neonatal, 0x0001_86A0, 0x0098_0001).encode();
        let body = [0xA1, 0x02, 0x03, 0x01, 0x00, 0x01, 0x86, 0xA0, 0x00, 0x98, 0x00, 0x01];
        assert_eq!(message[..12], body);
    }

    #[test]
    #[requirement("SRS-9")]
    #[risk_control("RC-5")]
    #[verifies("message-link.AC-2")]
    fn an_order_with_any_one_bit_changed_is_refused() {
        let message = order(LineType::Standard, 12_500, 50_000).encode();
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
        let check = |position, byte, expected| {
            assert_eq!(
                TherapyOrder::decode(&resealed(position, byte)),
                Err(expected),
                "byte {position} = {byte}"
            );
        };
        check(0, 0xA2, OrderRefused::Layout);
        check(3, 2, OrderRefused::Line);
        check(4, 1, OrderRefused::Rate(RateRefused::AboveRange));
        check(7, 99, OrderRefused::Rate(RateRefused::BelowRange));
        check(7, 101, OrderRefused::Rate(RateRefused::BetweenSteps));
        check(8, 1, OrderRefused::Volume);
        check(11, 99, OrderRefused::Volume);
    }

    #[test]
    #[requirement("SRS-9")]
    #[verifies("message-link.AC-2")]
    fn an_order_of_another_length_is_refused() {
        let message = order(LineType::Standard, 100, 100).encode();
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
