//! Software unit `line-watch`: stops for air and for a blocked line.
//!
//! Knows the sensors of the infusion line; nothing of rates or volumes.

use crate::quantity::{Kilopascals, Milliseconds};
use iec62304_macros::{requirement, risk_control};

/// What the air detector says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AirReading {
    /// Fluid in front of the detector.
    Fluid,
    /// A bubble in front of the detector.
    Bubble,
    /// Nothing: the detector is broken or unplugged.
    NoSignal,
}

/// The infusion line in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineType {
    /// For adults.
    Standard,
    /// For newborns: thin, so that a blocked line builds up less of a bolus.
    Neonatal,
}

/// The sensors of the line at one tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineReading {
    /// The air detector.
    pub air: AirReading,
    /// The pressure between pump and patient.
    pub pressure: Kilopascals,
}

/// What the line watch found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineAlarm {
    /// A bubble, or no way to tell.
    Air,
    /// The line is blocked.
    Occlusion,
}

/// How long the pressure has to stay above the limit. A patient who turns over makes
/// peaks that are shorter; the requirement allows a second.
pub const PRESSURE_PERSISTENCE: Milliseconds = Milliseconds(500);

/// Watches the line, tick by tick.
#[derive(Clone, Debug)]
pub struct LineWatch {
    line: LineType,
    above_limit: Milliseconds,
}

impl LineType {
    /// The pressure above which the line counts as blocked.
    #[requirement("SRS-4")]
    pub const fn occlusion_limit(self) -> Kilopascals {
        match self {
            Self::Standard => Kilopascals(80),
            Self::Neonatal => Kilopascals(40),
        }
    }
}

impl LineWatch {
    /// Starts to watch a line.
    #[requirement("SRS-3", "SRS-4")]
    pub fn new(line: LineType) -> Self {
        Self { line, above_limit: Milliseconds(0) }
    }

    /// Judges the readings of a tick that came `elapsed` after the last one; air goes first.
    #[requirement("SRS-3", "SRS-4")]
    pub fn check(&mut self, reading: LineReading, elapsed: Milliseconds) -> Option<LineAlarm> {
        stop_on_air(reading.air).or_else(|| self.stop_on_occlusion(reading.pressure, elapsed))
    }

    #[requirement("SRS-4")]
    #[risk_control("RC-3")]
    fn stop_on_occlusion(
        &mut self,
        pressure: Kilopascals,
        elapsed: Milliseconds,
    ) -> Option<LineAlarm> {
        self.above_limit = if pressure > self.line.occlusion_limit() {
            Milliseconds(self.above_limit.0.saturating_add(elapsed.0))
        } else {
            Milliseconds(0)
        };
        (self.above_limit >= PRESSURE_PERSISTENCE).then_some(LineAlarm::Occlusion)
    }
}

/// A detector that says nothing cannot rule out a bubble.
#[requirement("SRS-3")]
#[risk_control("RC-2")]
fn stop_on_air(air: AirReading) -> Option<LineAlarm> {
    match air {
        AirReading::Fluid => None,
        AirReading::Bubble | AirReading::NoSignal => Some(LineAlarm::Air),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    fn reading(air: AirReading, pressure: u16) -> LineReading {
        LineReading { air, pressure: Kilopascals(pressure) }
    }

    /// The alarms of 100 ms ticks with these pressures.
    fn alarms<const N: usize>(line: LineType, pressures: [u16; N]) -> [Option<LineAlarm>; N] {
        let mut watch = LineWatch::new(line);
        pressures
            .map(|pressure| watch.check(reading(AirReading::Fluid, pressure), Milliseconds(100)))
    }

    #[test]
    #[requirement("SRS-3")]
    #[risk_control("RC-2")]
    #[verifies("line-watch.AC-1")]
    fn a_bubble_alarms_in_the_same_tick() {
        let mut watch = LineWatch::new(LineType::Standard);
        let tick = Milliseconds(20);
        assert_eq!(watch.check(reading(AirReading::Fluid, 0), tick), None);
        assert_eq!(watch.check(reading(AirReading::Bubble, 0), tick), Some(LineAlarm::Air));
    }

    #[test]
    #[requirement("SRS-3")]
    #[risk_control("RC-2")]
    #[verifies("line-watch.AC-1")]
    fn a_silent_detector_counts_as_air() {
        let mut watch = LineWatch::new(LineType::Standard);
        assert_eq!(
            watch.check(reading(AirReading::NoSignal, 0), Milliseconds(20)),
            Some(LineAlarm::Air)
        );
    }

    #[test]
    #[requirement("SRS-4")]
    #[risk_control("RC-3")]
    #[verifies("line-watch.AC-2")]
    fn pressure_above_the_limit_of_the_line_for_half_a_second_alarms() {
        let occlusion = Some(LineAlarm::Occlusion);
        assert_eq!(
            alarms(LineType::Standard, [81; 6]),
            [None, None, None, None, occlusion, occlusion]
        );
        assert_eq!(
            alarms(LineType::Neonatal, [41; 6]),
            [None, None, None, None, occlusion, occlusion]
        );
    }

    #[test]
    #[requirement("SRS-4")]
    #[verifies("line-watch.AC-2")]
    fn pressure_at_the_limit_does_not_alarm() {
        assert_eq!(alarms(LineType::Standard, [80; 8]), [None; 8]);
        assert_eq!(alarms(LineType::Neonatal, [40; 8]), [None; 8]);
    }

    #[test]
    #[requirement("SRS-4")]
    #[verifies("line-watch.AC-2")]
    fn a_short_peak_starts_the_half_second_anew() {
        let peaks = [90, 90, 90, 90, 10, 90, 90, 90, 90, 10];
        assert_eq!(alarms(LineType::Standard, peaks), [None; 10]);
    }

    #[test]
    #[verifies("line-watch.AC-2")]
    fn time_above_the_limit_does_not_wrap_around() {
        let mut watch = LineWatch::new(LineType::Standard);
        for _ in 0..3 {
            assert_eq!(
                watch.check(reading(AirReading::Fluid, 90), Milliseconds(1 << 31)),
                Some(LineAlarm::Occlusion)
            );
        }
    }

    #[test]
    #[requirement("SRS-3")]
    #[verifies("line-watch.AC-1")]
    fn air_goes_before_occlusion() {
        let mut watch = LineWatch::new(LineType::Standard);
        assert_eq!(
            watch.check(reading(AirReading::Bubble, 90), Milliseconds(500)),
            Some(LineAlarm::Air)
        );
    }
}
