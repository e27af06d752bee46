//! Inside the input of macros that define tests and other items.

use iec62304_macros::{requirement, risk_control};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[requirement("SRS-1", level = "unit")]
    fn below_test(rate in 0u8..10) {
        prop_assert!(rate < 10);
    }

    #[requirement("SRS-1")]
    #[test]
    #[risk_control("RC-1")]
    fn around_test(rate: u8, limit in 1u8..=2) {
        prop_assert!(rate.min(limit) <= limit);
    }
}

quickcheck::quickcheck! {
    #[requirement("SRS-1")]
    fn inside_quickcheck(rate: u8) -> bool {
        rate.min(2) <= 2
    }
}

cfg_if::cfg_if! {
    if #[cfg(any())] {
        #[requirement("SRS-1")]
        fn limit() -> u8 {
            1
        }
    } else {
        #[requirement("SRS-1")]
        fn limit() -> u8 {
            2
        }
    }
}

#[cfg_attr(all(), requirement("SRS-1"), test)]
fn inside_cfg_attr() {
    assert_eq!(limit(), 2);
}
