//! Software unit `start-screen`: what the operator sees first.

use iec62304_macros::requirement;

/// The text of the start screen.
#[requirement("SRS-12")]
pub fn text() -> String {
    format!("EVP-1 infusion pump\nSoftware {}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[verifies("start-screen.AC-1")]
    fn the_screen_ends_with_a_version_of_three_numbers() {
        let text = text();
        let version =
            text.strip_prefix("EVP-1 infusion pump\nSoftware ").expect("the name of the pump");
        let numbers: Result<Vec<u32>, _> = version.split('.').map(str::parse).collect();
        assert_eq!(numbers.map(|numbers| numbers.len()), Ok(3), "{text}");
    }
}
