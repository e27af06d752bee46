//! Software unit `battery-watch`: how long the battery lasts, in three steps.
//!
//! Knows the two limits; nothing of how an alarm is given.

use crate::priority::Alarm;
use crate::quantity::Minutes;
use iec62304_macros::{requirement, risk_control};

/// Below this the battery is low.
pub const LOW: Minutes = Minutes(30);
/// Below this the battery is all but empty.
pub const EMPTY: Minutes = Minutes(5);

/// What the battery gauge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatteryReading {
    /// The pump runs on mains.
    Mains,
    /// The pump runs on its battery, which lasts this long.
    Remaining(Minutes),
    /// Nothing: the gauge is broken or unplugged.
    NoSignal,
}

/// The alarm that the battery gives cause for. A gauge that says nothing cannot rule out
/// an empty battery.
#[requirement("SRS-19")]
#[risk_control("RC-10")]
pub fn alarm(reading: BatteryReading) -> Option<Alarm> {
    match reading {
        BatteryReading::Mains => None,
        BatteryReading::Remaining(minutes) if minutes >= LOW => None,
        BatteryReading::Remaining(minutes) if minutes >= EMPTY => Some(Alarm::BatteryLow),
        BatteryReading::Remaining(_) | BatteryReading::NoSignal => Some(Alarm::BatteryEmpty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-19")]
    #[risk_control("RC-10")]
    #[verifies("battery-watch.AC-1")]
    fn below_30_minutes_the_battery_is_low_and_below_5_empty() {
        let remaining = |minutes| alarm(BatteryReading::Remaining(Minutes(minutes)));
        assert_eq!(remaining(u16::MAX), None);
        assert_eq!(remaining(30), None);
        assert_eq!(remaining(29), Some(Alarm::BatteryLow));
        assert_eq!(remaining(5), Some(Alarm::BatteryLow));
        assert_eq!(remaining(4), Some(Alarm::BatteryEmpty));
        assert_eq!(remaining(0), Some(Alarm::BatteryEmpty));
        assert_eq!(alarm(BatteryReading::Mains), None);
    }

    #[test]
    #[requirement("SRS-19")]
    #[risk_control("RC-10")]
    #[verifies("battery-watch.AC-2")]
    fn a_silent_gauge_counts_as_an_empty_battery() {
        assert_eq!(alarm(BatteryReading::NoSignal), Some(Alarm::BatteryEmpty));
    }
}
