//! An invented clinical thermometer: sensor readings to temperatures, and the fever flag.
//!
//! Knows the sensor's scale and nothing of how a reading is taken or shown.

#![no_std]

use iec62304_macros::requirement;

/// A temperature in thousandths of a degree Celsius.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MilliCelsius(pub u32);

/// Fever starts here.
pub const FEVER: MilliCelsius = MilliCelsius(38_000);

/// A reading that no working sensor gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensorFault {
    /// The lowest value the converter knows: the sensor is short-circuited.
    ShortCircuit,
    /// The highest value the converter knows, or one beyond: the sensor is disconnected.
    OpenCircuit,
}

/// The temperature that belongs to a reading of the 12-bit converter.
///
/// # Errors
///
/// A reading at either end of the converter's range means a broken sensor.
#[requirement("SRS-1")]
pub fn temperature(reading: u16) -> Result<MilliCelsius, SensorFault> {
    match reading {
        0 => Err(SensorFault::ShortCircuit),
        1..=4094 => Ok(MilliCelsius(25_000 + 5 * u32::from(reading))),
        4095.. => Err(SensorFault::OpenCircuit),
    }
}

/// Whether a temperature is fever.
#[requirement("SRS-2")]
pub fn is_fever(temperature: MilliCelsius) -> bool {
    temperature >= FEVER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[requirement("SRS-1")]
    fn a_reading_becomes_a_temperature_on_the_sensors_scale() {
        assert_eq!(temperature(1), Ok(MilliCelsius(25_005)));
        assert_eq!(temperature(2400), Ok(MilliCelsius(37_000)));
        assert_eq!(temperature(4094), Ok(MilliCelsius(45_470)));
    }

    #[test]
    #[requirement("SRS-1")]
    fn a_broken_sensor_gives_no_temperature() {
        assert_eq!(temperature(0), Err(SensorFault::ShortCircuit));
        assert_eq!(temperature(4095), Err(SensorFault::OpenCircuit));
        assert_eq!(temperature(u16::MAX), Err(SensorFault::OpenCircuit));
    }

    #[test]
    #[requirement("SRS-2")]
    fn fever_starts_at_thirty_eight_degrees() {
        assert!(!is_fever(MilliCelsius(37_999)));
        assert!(is_fever(MilliCelsius(38_000)));
    }
}
