//! The hard limits of the drugs, once more: an entry form with a defect must not be able
//! to order a rate above them.
//!
//! Part of the unit `message-link`. The drugs are invented, and so are their limits.

use crate::quantity::MicrolitresPerHour;
use crate::rate::SetRate;
use iec62304_macros::{requirement, risk_control};

/// The number of a drug in the drug library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrugId(pub u16);

/// Why a drug is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrugRefused {
    /// No drug of this number is known here.
    Unknown,
    /// The rate is above the hard limit of the drug.
    AboveHardLimit,
}

/// Holds a rate against the hard limit of its drug.
///
/// # Errors
///
/// The drug is unknown, or the rate is too high for it.
#[requirement("SRS-30")]
#[risk_control("RC-13")]
pub fn check(drug: DrugId, rate: SetRate) -> Result<(), DrugRefused> {
    let limit = hard_limit(drug).ok_or(DrugRefused::Unknown)?;
    if rate.flow() > limit { Err(DrugRefused::AboveHardLimit) } else { Ok(()) }
}

const fn hard_limit(drug: DrugId) -> Option<MicrolitresPerHour> {
    match drug {
        DrugId(1) => Some(MicrolitresPerHour(999_000)),
        DrugId(2) => Some(MicrolitresPerHour(50_000)),
        DrugId(3) => Some(MicrolitresPerHour(4_000)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-30")]
    #[risk_control("RC-13")]
    #[verifies("message-link.AC-4")]
    fn a_rate_is_taken_up_to_the_hard_limit_of_its_drug() {
        let check = |drug, rate, expected| {
            let rate = SetRate::new(MicrolitresPerHour(rate)).expect("a rate in range");
            assert_eq!(check(DrugId(drug), rate), expected, "drug {drug}");
        };
        check(1, 999_000, Ok(()));
        check(2, 50_000, Ok(()));
        check(2, 50_100, Err(DrugRefused::AboveHardLimit));
        check(3, 4_000, Ok(()));
        check(3, 4_100, Err(DrugRefused::AboveHardLimit));
        check(0, 100, Err(DrugRefused::Unknown));
        check(4, 100, Err(DrugRefused::Unknown));
    }
}
