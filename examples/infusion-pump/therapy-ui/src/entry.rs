//! Software unit `entry-form`: from keyed text to a therapy inside the limits of its drug.
//!
//! Knows the drugs and the form of a number; nothing of how a therapy is confirmed.

use crate::drug::{self, Drug, DrugId};
use crate::message::Order;
use crate::quantity::{Microlitres, MicrolitresPerHour};
use core::ops::RangeInclusive;
use iec62304_macros::{requirement, risk_control, software_unit};

/// The rates that the pump delivers: 0.1 ml/h to 999.0 ml/h.
pub const RATES: RangeInclusive<MicrolitresPerHour> =
    MicrolitresPerHour(100)..=MicrolitresPerHour(999_000);
/// The volumes that can be ordered: 0.1 ml to 9999.0 ml.
pub const VOLUMES: RangeInclusive<Microlitres> = Microlitres(100)..=Microlitres(9_999_000);

/// The infusion line in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineType {
    /// For adults.
    Standard,
    /// For newborns.
    Neonatal,
}

/// What the operator has keyed in.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The chosen drug.
    pub drug: DrugId,
    /// The chosen line.
    pub line: LineType,
    /// The rate in millilitres per hour.
    pub rate: &'a str,
    /// The volume in millilitres.
    pub volume: &'a str,
}

/// An entry inside all limits; the only thing that can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedEntry {
    drug: Drug,
    line: LineType,
    rate: MicrolitresPerHour,
    volume: Microlitres,
}

/// Why an entry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryRefused {
    /// The drug is not in the library.
    Drug,
    /// Not one to four digits, alone or with a point and one digit.
    Number,
    /// Outside [`RATES`].
    Rate,
    /// Above the hard limit of the drug.
    HardLimit(MicrolitresPerHour),
    /// Outside [`VOLUMES`].
    Volume,
}

impl Entry<'_> {
    /// Checks the whole entry.
    ///
    /// # Errors
    ///
    /// Says what is wrong first.
    #[requirement("SRS-7.a")]
    #[risk_control("RC-4")]
    pub fn check(&self) -> Result<CheckedEntry, EntryRefused> {
        let drug = drug::find(self.drug).ok_or(EntryRefused::Drug)?;
        let rate = MicrolitresPerHour(microlitres(self.rate)?);
        if !RATES.contains(&rate) {
            return Err(EntryRefused::Rate);
        }
        if rate > drug.hard_limit {
            return Err(EntryRefused::HardLimit(drug.hard_limit));
        }
        let volume = Microlitres(microlitres(self.volume)?);
        if !VOLUMES.contains(&volume) {
            return Err(EntryRefused::Volume);
        }
        Ok(CheckedEntry { drug, line: self.line, rate, volume })
    }
}

impl CheckedEntry {
    /// The therapy as an order.
    #[requirement("SRS-28")]
    pub fn order(&self) -> Order {
        Order { drug: self.drug.id, line: self.line, rate: self.rate, volume: self.volume }
    }

    /// The soft limit of the drug, where the rate is above it.
    #[requirement("SRS-7.b")]
    pub fn exceeded_soft_limit(&self) -> Option<MicrolitresPerHour> {
        let limit = self.drug.soft_limit;
        (self.rate > limit).then_some(limit)
    }

    /// The therapy as the confirmation shows it. It stands here because the fields are
    /// private to this module.
    #[software_unit("confirmation")]
    #[requirement("SRS-8")]
    pub fn summary(&self) -> String {
        format!("{}\nRate {}\nVolume {}", self.drug.name, self.rate, self.volume)
    }
}

/// Thousandths of a number with at most one digit behind the point, such as `12` or `0.5`.
/// Anything else is refused rather than guessed: a lost point is a factor of ten.
fn microlitres(keyed: &str) -> Result<u32, EntryRefused> {
    let (whole, tenth) = keyed.split_once('.').unwrap_or((keyed, "0"));
    let has_digits = |part: &str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !has_digits(whole, 4) || !has_digits(tenth, 1) {
        return Err(EntryRefused::Number);
    }
    let tenths = format!("{whole}{tenth}").parse::<u32>();
    tenths.map(|tenths| tenths * 100).map_err(|_| EntryRefused::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    /// The rate and volume of an entry for a drug.
    fn check(drug: u16, rate: &str, volume: &str) -> Result<(u32, u32), EntryRefused> {
        let entry = Entry { drug: DrugId(drug), line: LineType::Standard, rate, volume };
        let order = entry.check()?.order();
        Ok((order.rate.0, order.volume.0))
    }

    fn checked(drug: u16, rate: &str) -> CheckedEntry {
        let entry = Entry { drug: DrugId(drug), line: LineType::Neonatal, rate, volume: "50" };
        entry.check().expect("an entry inside all limits")
    }

    #[test]
    #[verifies("entry-form.AC-2")]
    fn a_number_has_at_most_one_digit_behind_the_point() {
        assert_eq!(check(1, "12", "50"), Ok((12_000, 50_000)));
        assert_eq!(check(1, "12.5", "0.1"), Ok((12_500, 100)));
        assert_eq!(check(1, "0.1", "9999.0"), Ok((100, 9_999_000)));
        for keyed in [
            "", ".", ".5", "12.", "1.25", "1,5", "1.2.3", "+5", "-5", " 5", "5 ", "1e2", "12345",
            "٣",
        ] {
            assert_eq!(check(1, keyed, "50"), Err(EntryRefused::Number), "{keyed}");
            assert_eq!(check(1, "50", keyed), Err(EntryRefused::Number), "{keyed}");
        }
    }

    #[test]
    #[verifies("entry-form.AC-1")]
    fn what_the_pump_cannot_deliver_is_refused() {
        assert_eq!(check(1, "0", "50"), Err(EntryRefused::Rate));
        assert_eq!(check(1, "999.1", "50"), Err(EntryRefused::Rate));
        assert_eq!(check(1, "50", "0"), Err(EntryRefused::Volume));
        assert_eq!(check(1, "50", "9999.1"), Err(EntryRefused::Volume));
        assert_eq!(check(9, "50", "50"), Err(EntryRefused::Drug));
    }

    #[test]
    #[requirement("SRS-7.a")]
    #[risk_control("RC-4")]
    #[verifies("entry-form.AC-1")]
    fn a_rate_above_the_hard_limit_of_the_drug_is_refused() {
        let above = |limit| Err(EntryRefused::HardLimit(MicrolitresPerHour(limit)));
        assert_eq!(check(2, "50.0", "10"), Ok((50_000, 10_000)));
        assert_eq!(check(2, "50.1", "10"), above(50_000));
        assert_eq!(check(3, "4.0", "10"), Ok((4_000, 10_000)));
        assert_eq!(check(3, "4.1", "10"), above(4_000));
        assert_eq!(check(3, "40", "10"), above(4_000));
    }

    #[test]
    #[requirement("SRS-7.b")]
    #[risk_control("RC-4")]
    #[verifies("entry-form.AC-1")]
    fn a_rate_above_the_soft_limit_of_the_drug_is_marked() {
        let limit = MicrolitresPerHour(20_000);
        assert_eq!(checked(2, "20.0").exceeded_soft_limit(), None);
        assert_eq!(checked(2, "20.1").exceeded_soft_limit(), Some(limit));
    }

    #[test]
    #[requirement("SRS-8")]
    #[verifies("confirmation.AC-1")]
    fn the_summary_shows_drug_rate_and_volume() {
        let summary = "Examplamine 1 mg/ml\nRate 7.5 ml/h\nVolume 50.0 ml";
        assert_eq!(checked(2, "7.5").summary(), summary);
    }

    #[test]
    #[verifies("entry-form.AC-1")]
    fn the_order_carries_the_drug_and_the_line() {
        let order = checked(2, "7.5").order();
        assert_eq!(order.drug, DrugId(2));
        assert_eq!(order.line, LineType::Neonatal);
    }
}
