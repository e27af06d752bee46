//! How far a run is: one line on stderr, where that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Runs that are shorter show nothing.
const FIRST_AFTER: Duration = Duration::from_secs(1);

/// The line.
pub(super) struct Progress {
    all: usize,
    since: Instant,
    is_shown: bool,
    is_quiet: bool,
}

impl Progress {
    /// Of a run of so many tests.
    pub(super) fn new(all: usize, is_quiet: bool) -> Self {
        let is_shown = !is_quiet && io::stderr().is_terminal();
        Self { all, since: Instant::now(), is_shown, is_quiet }
    }

    /// Where nextest says what failed.
    pub(super) fn stderr(&self) -> Stdio {
        if self.is_quiet { Stdio::null() } else { Stdio::inherit() }
    }

    /// Shows how many tests have ended, how many of them failed, and about how long the
    /// others will take.
    pub(super) fn show(&self, ended: usize, failed: usize) {
        let passed = self.since.elapsed();
        if !self.is_shown || passed < FIRST_AFTER {
            return;
        }
        let left = left(passed, ended, self.all);
        write(&format!("\r\x1b[2K   {ended} of {} tests, {failed} failed{left}", self.all));
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.is_shown {
            write("\r\x1b[2K");
        }
    }
}

/// `, about 12 s left`.
fn left(passed: Duration, ended: usize, all: usize) -> String {
    let (Ok(done @ 1..), Ok(open)) = (u32::try_from(ended), u32::try_from(all - ended.min(all)))
    else {
        return String::new();
    };
    format!(", about {} s left", (passed / done * open).as_secs() + 1)
}

fn write(text: &str) {
    let mut stderr = io::stderr();
    // Where stderr is gone nobody looks at it.
    let _gone = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_time_passed() {
        let check =
            |ended, expected| assert_eq!(left(Duration::from_secs(10), ended, 50), expected);
        check(0, "");
        check(10, ", about 41 s left");
        check(50, ", about 1 s left");
    }
}
