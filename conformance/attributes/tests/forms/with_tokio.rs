//! Tags around `#[tokio::test]`.

use attributes::transfer::encode;
use iec62304_macros::{requirement, risk_control, verifies};

#[requirement("TOKIO-TEST.above")]
#[verifies("transfer.AC-1", level = "unit")]
#[tokio::test]
async fn a_pulse_is_four_bytes() {
    assert_eq!(encode(60).await, [0, 0, 0, 60]);
}

#[tokio::test(flavor = "current_thread")]
#[requirement("TOKIO-TEST.below")]
#[risk_control("RC-TOKIO-TEST")]
async fn the_high_byte_comes_first() {
    assert_eq!(encode(0x0102_0304).await, [1, 2, 3, 4]);
}
