//! Software unit `alarm-priority`: which of several alarms is the most pressing.
//!
//! Knows the alarms and their order; nothing of what raises them or how they sound.

use iec62304_macros::{requirement, risk_control};

/// Everything that the pump gives an alarm for, the most pressing last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// The ordered volume is delivered.
    TherapyComplete,
    /// The battery lasts less than half an hour.
    BatteryLow,
    /// Nothing is heard of `motor-control`.
    StatusLost,
    /// `motor-control` has stopped for a fault of its own.
    MotorFault,
    /// The line is blocked.
    Occlusion,
    /// Air in the line.
    Air,
    /// The battery lasts a few minutes at most.
    BatteryEmpty,
    /// The safety monitor has cut the supply of the motor.
    MonitorTrip,
}

/// How fast somebody has to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Somebody should know.
    Low,
    /// Somebody has to come soon.
    Medium,
    /// Somebody has to come at once.
    High,
}

impl Alarm {
    /// How fast somebody has to come. Each stop that the pump makes by itself is of high
    /// priority: the patient gets no drug.
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    pub const fn priority(self) -> Priority {
        match self {
            Self::TherapyComplete => Priority::Low,
            Self::BatteryLow => Priority::Medium,
            Self::StatusLost
            | Self::MotorFault
            | Self::Occlusion
            | Self::Air
            | Self::BatteryEmpty
            | Self::MonitorTrip => Priority::High,
        }
    }
}

/// The most pressing of some alarms.
#[requirement("SRS-18")]
#[risk_control("RC-9")]
pub fn most_pressing<const N: usize>(alarms: [Option<Alarm>; N]) -> Option<Alarm> {
    alarms.into_iter().flatten().max()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use iec62304_macros::verifies;

    /// All alarms, the most pressing last.
    pub(crate) const ALL: [Alarm; 8] = [
        Alarm::TherapyComplete,
        Alarm::BatteryLow,
        Alarm::StatusLost,
        Alarm::MotorFault,
        Alarm::Occlusion,
        Alarm::Air,
        Alarm::BatteryEmpty,
        Alarm::MonitorTrip,
    ];

    #[test]
    #[requirement("SRS-18")]
    #[risk_control("RC-9")]
    #[verifies("alarm-priority.AC-1")]
    fn of_any_two_alarms_the_later_in_the_list_wins() {
        for (low, high) in ALL.iter().zip(ALL.iter().skip(1)) {
            assert_eq!(most_pressing([Some(*low), None, Some(*high)]), Some(*high));
            assert_eq!(most_pressing([Some(*high), Some(*low)]), Some(*high));
        }
        assert_eq!(most_pressing([None, None]), None);
    }

    #[test]
    #[requirement("SRS-17")]
    #[risk_control("RC-9")]
    #[verifies("alarm-priority.AC-2")]
    fn no_alarm_wins_over_one_of_higher_priority() {
        assert!(ALL.is_sorted_by_key(|alarm| alarm.priority()));
        let stops = [Alarm::MotorFault, Alarm::Occlusion, Alarm::Air, Alarm::MonitorTrip];
        assert!(stops.iter().all(|stop| stop.priority() == Priority::High));
    }
}
