//! Software unit `start-screen`: what the operator sees first.

use crate::quantity::Days;
use iec62304_macros::requirement;

/// How often somebody has to check the battery.
pub const BATTERY_CHECK_INTERVAL: Days = Days(365);

/// The text of the start screen, so many days after the last check of the battery.
#[requirement("SRS-12", "SRS-26")]
pub fn text(since_battery_check: Days) -> String {
    let title = format!("EVP-1 infusion pump\nSoftware {}", env!("CARGO_PKG_VERSION"));
    if since_battery_check < BATTERY_CHECK_INTERVAL {
        title
    } else {
        format!("{title}\nThe yearly check of the battery is due")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[verifies("start-screen.AC-1")]
    fn the_screen_ends_with_a_version_of_three_numbers() {
        let text = text(Days(0));
        let version =
            text.strip_prefix("EVP-1 infusion pump\nSoftware ").expect("the name of the pump");
        let numbers: Result<Vec<u32>, _> = version.split('.').map(str::parse).collect();
        assert_eq!(numbers.map(|numbers| numbers.len()), Ok(3), "{text}");
    }

    #[test]
    #[requirement("SRS-26")]
    #[verifies("start-screen.AC-2")]
    fn the_check_of_the_battery_is_due_after_a_year() {
        let is_due = |days| text(Days(days)).ends_with("\nThe yearly check of the battery is due");
        assert!(!is_due(364));
        assert!(is_due(365));
        assert!(is_due(u16::MAX));
    }
}
