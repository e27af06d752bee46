//! The mean of two pulses, as the display shows it.

iec62304_macros::tags! { requirement("PROPTEST"), risk_control("RC-PROPTEST") }

/// The mean of two pulses, rounded down.
pub fn mean(first: u32, second: u32) -> u32 {
    first.midpoint(second)
}

#[cfg(test)]
mod tests {
    use super::mean;
    use iec62304_macros::{requirement, risk_control};

    proptest::proptest! {
        #[requirement("PROPTEST.above")]
        #[test]
        fn a_mean_lies_between_both(first: u32, second: u32) {
            assert!((first.min(second)..=first.max(second)).contains(&mean(first, second)));
        }

        #[test]
        #[requirement("PROPTEST.below")]
        #[risk_control("RC-PROPTEST")]
        fn a_mean_does_not_ask_who_was_first(first in 0..300_u32, second in 0..300_u32) {
            assert_eq!(mean(first, second), mean(second, first));
        }
    }
}
