//! A pulse on its way to the display.

use iec62304_macros::{requirement, risk_control};

/// The bytes of a pulse.
#[requirement("TOKIO-TEST")]
#[risk_control("RC-TOKIO-TEST")]
pub async fn encode(pulse: u32) -> [u8; 4] {
    std::future::ready(pulse.to_be_bytes()).await
}
