//! Quantities with their units in their names; no arithmetic, no limits.

/// A flow in microlitres per hour: 1000 is one millilitre per hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MicrolitresPerHour(pub u32);

/// A span of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milliseconds(pub u32);

/// A volume in nanolitres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nanolitres(pub u32);
