//! Software unit `service-screen`: what service staff see, and nobody else.
//!
//! Knows the code of this pump; nothing of therapies but their number.

use iec62304_macros::requirement;

/// How many wrong codes lock the screen until the pump is switched off and on.
pub const MOST_FAILURES: u8 = 3;

/// The lock in front of the service screen.
#[derive(Clone, Debug)]
pub struct ServiceLock {
    code: String,
    failures: u8,
}

/// The screen stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceRefused {
    /// This is not the code.
    WrongCode,
    /// There were too many wrong codes.
    Locked,
}

impl ServiceLock {
    /// A lock with the code of this pump. A pump without a code has no service screen.
    #[requirement("SRS-24")]
    pub fn new(code: &str) -> Self {
        let failures = if code.is_empty() { MOST_FAILURES } else { 0 };
        Self { code: code.to_owned(), failures }
    }

    /// Tries a code.
    ///
    /// # Errors
    ///
    /// The code is wrong, or there were too many wrong ones before.
    #[requirement("SRS-24")]
    pub fn open(&mut self, keyed: &str) -> Result<(), ServiceRefused> {
        if self.failures >= MOST_FAILURES {
            return Err(ServiceRefused::Locked);
        }
        if keyed != self.code {
            self.failures += 1;
            return Err(ServiceRefused::WrongCode);
        }
        self.failures = 0;
        Ok(())
    }
}

/// The text of the service screen.
#[requirement("SRS-25")]
pub fn text(therapies: u32) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("Service\nSoftware {version}\nTherapies since power-on: {therapies}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-24")]
    #[verifies("service-screen.AC-1")]
    fn three_wrong_codes_in_a_row_lock_the_screen() {
        let mut lock = ServiceLock::new("4711");
        for _ in 0..2 {
            assert_eq!(lock.open("0000"), Err(ServiceRefused::WrongCode));
            assert_eq!(lock.open("47110"), Err(ServiceRefused::WrongCode));
            assert_eq!(lock.open("4711"), Ok(()));
        }
        for _ in 0..3 {
            assert_eq!(lock.open(""), Err(ServiceRefused::WrongCode));
        }
        assert_eq!(lock.open("4711"), Err(ServiceRefused::Locked));
    }

    #[test]
    #[requirement("SRS-24")]
    #[verifies("service-screen.AC-1")]
    fn no_code_opens_nothing() {
        assert_eq!(ServiceLock::new("").open(""), Err(ServiceRefused::Locked));
    }

    #[test]
    #[requirement("SRS-25")]
    #[verifies("service-screen.AC-2")]
    fn the_screen_shows_the_version_and_the_number_of_therapies() {
        let version = env!("CARGO_PKG_VERSION");
        let shown = format!("Service\nSoftware {version}\nTherapies since power-on: 12");
        assert_eq!(text(12), shown);
    }
}
