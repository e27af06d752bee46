//! Tags inside `proptest! { … }`, with a configuration and in a doc comment.

use attributes::smoothing::mean;
use iec62304_macros::verifies;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[verifies("smoothing.AC-1", level = "unit")]
    #[test]
    fn the_mean_of_one_pulse_is_that_pulse(pulse: u32) {
        prop_assert_eq!(mean(pulse, pulse), pulse);
    }

    /// iec62304: requirement("PROPTEST.doc-comment")
    #[test]
    fn a_mean_with_zero_is_one_half(pulse in 0..300_u32) {
        prop_assert_eq!(mean(0, pulse), pulse / 2);
    }
}
