//! Quantities with their units in their names; no arithmetic, no limits.

/// A flow in microlitres per hour: 1000 is one millilitre per hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MicrolitresPerHour(pub u32);

/// A volume in microlitres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Microlitres(pub u32);

/// A span of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milliseconds(pub u32);

/// A pressure above that of the air, in kilopascals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kilopascals(pub u16);

/// Steps of the motor, forward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MotorSteps(pub u32);

/// The longest time between two control ticks; a later tick stops delivery.
pub const LONGEST_TICK: Milliseconds = Milliseconds(100);
