//! When a pulse is too slow or too fast.

use iec62304_macros::requirement;

/// Whether a pulse is too slow.
#[requirement("RSTEST")]
#[iec62304_macros::risk_control("RC-RSTEST")]
pub fn is_slow(pulse: u32) -> bool {
    pulse < 50
}

/// Whether a pulse is too fast.
///
/// iec62304: requirement("TEST-CASE"), risk_control("RC-TEST-CASE")
pub fn is_fast(pulse: u32) -> bool {
    pulse > 120
}

/// What alarms.
pub trait Alarms {
    /// Whether it does.
    #[requirement("COMBINED", "RENAMED")]
    fn alarms(&self) -> bool;
}

impl Alarms for u32 {
    fn alarms(&self) -> bool {
        is_slow(*self) || is_fast(*self)
    }
}
