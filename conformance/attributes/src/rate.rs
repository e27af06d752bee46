//! How often the display is renewed.

use iec62304_macros::requirement;

cfg_if::cfg_if! {
    if #[cfg(all())] {
        /// Renewals of the display in a minute at a pulse.
        #[requirement("QUICKCHECK")]
        #[iec62304_macros::risk_control("RC-QUICKCHECK")]
        pub fn renewals(pulse: u32) -> u32 {
            pulse.clamp(30, 240)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::renewals;
    use iec62304_macros::{requirement, risk_control, verifies};

    #[requirement("QUICKCHECK.above")]
    #[quickcheck_macros::quickcheck]
    fn the_display_is_never_renewed_too_seldom(pulse: u32) -> bool {
        renewals(pulse) >= 30
    }

    #[quickcheck_macros::quickcheck]
    #[requirement("QUICKCHECK.below")]
    #[risk_control("RC-QUICKCHECK")]
    fn the_display_is_never_renewed_too_often(pulse: u32) -> bool {
        renewals(pulse) <= 240
    }

    quickcheck::quickcheck! {
        #[verifies("rate.AC-1", level = "unit")]
        fn a_common_pulse_is_shown_as_it_is(pulse: u8) -> bool {
            let pulse = u32::from(pulse).clamp(30, 240);
            renewals(pulse) == pulse
        }
    }
}
