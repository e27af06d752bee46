//! The drug library: which drugs there are and how fast each may flow.
//!
//! The drugs are invented, and so are their limits.

use crate::quantity::MicrolitresPerHour;
use iec62304_macros::requirement;

/// The number of a drug in the drug library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrugId(pub u16);

/// A drug and its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drug {
    /// Its number.
    pub id: DrugId,
    /// Its name on the screen.
    pub name: &'static str,
    /// Above this rate the operator is asked again.
    pub soft_limit: MicrolitresPerHour,
    /// Above this rate the entry is refused.
    pub hard_limit: MicrolitresPerHour,
}

/// All drugs.
pub const DRUGS: [Drug; 3] = [
    Drug {
        id: DrugId(1),
        name: "Carrier solution",
        soft_limit: MicrolitresPerHour(500_000),
        hard_limit: MicrolitresPerHour(999_000),
    },
    Drug {
        id: DrugId(2),
        name: "Examplamine 1 mg/ml",
        soft_limit: MicrolitresPerHour(20_000),
        hard_limit: MicrolitresPerHour(50_000),
    },
    Drug {
        id: DrugId(3),
        name: "Mustercaine 10 mg/ml",
        soft_limit: MicrolitresPerHour(2_000),
        hard_limit: MicrolitresPerHour(4_000),
    },
];

/// The drug of this number.
#[requirement("SRS-7.a")]
pub fn find(id: DrugId) -> Option<Drug> {
    DRUGS.into_iter().find(|drug| drug.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::RATES;
    use iec62304_macros::verifies;

    #[test]
    #[verifies("entry-form.AC-3")]
    fn every_drug_is_found_by_a_number_of_its_own() {
        for drug in DRUGS {
            assert_eq!(find(drug.id), Some(drug));
        }
        assert_eq!(find(DrugId(0)), None);
        assert_eq!(find(DrugId(4)), None);
    }

    #[test]
    #[verifies("entry-form.AC-3")]
    fn every_soft_limit_is_below_its_hard_limit() {
        for drug in DRUGS {
            assert!(drug.soft_limit < drug.hard_limit, "{}", drug.name);
            assert!(RATES.contains(&drug.hard_limit), "{}", drug.name);
        }
    }
}
