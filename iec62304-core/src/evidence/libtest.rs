//! What test harnesses say, line by line: the JSON of libtest, as nextest prints it with
//! `--message-format libtest-json-plus`.

use iec62304_macros::requirement;
use serde::Deserialize;

use super::Outcome;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A test ended.
    Ended(Ended),
    /// Nothing that counts.
    Other,
}

/// How a test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its package and binary, as nextest puts them in front of it: `pump-sim::alarms`. A
    /// library and a program of one name look the same. Empty where there is nothing.
    pub binary: String,
    /// Its path, with the number of the attempt still on it where there were several.
    name: String,
    /// How.
    pub outcome: Outcome,
    /// How long the last attempt took.
    pub milliseconds: u64,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    kind: String,
    event: String,
    name: Option<String>,
    exec_time: Option<f64>,
    reason: Option<String>,
}

impl Event {
    /// Reads a line.
    ///
    /// # Errors
    ///
    /// When it is no such line; with what was expected.
    #[requirement("TOOL-60")]
    pub fn read(line: &str) -> Result<Self, String> {
        let line: Line = serde_json::from_str(line)
            .map_err(|error| format!("this is no message of a test harness: {error}"))?;
        let outcome = match (line.kind.as_str(), line.event.as_str()) {
            ("test", "ok") => Outcome::Passed,
            ("test", "failed" | "timeout") if is_timeout(&line) => Outcome::TimedOut,
            ("test", "failed") => Outcome::Failed,
            ("test", "started" | "ignored") | ("suite" | "bench" | "report", _) => {
                return Ok(Self::Other);
            }
            (kind, event) => return Err(format!("`{kind}` with `{event}` is not known")),
        };
        let whole = line.name.ok_or("a test that ended has no name")?;
        let (binary, name) = whole.split_once('$').unwrap_or(("", &whole));
        let (binary, name) = (binary.to_owned(), name.to_owned());
        let milliseconds = milliseconds(line.exec_time);
        Ok(Self::Ended(Ended { binary, name, outcome, milliseconds }))
    }
}

fn is_timeout(line: &Line) -> bool {
    line.event == "timeout" || line.reason.as_deref() == Some("time limit exceeded")
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time in seconds is positive, and one that does not fit ends at the largest"
)]
fn milliseconds(seconds: Option<f64>) -> u64 {
    (seconds.unwrap_or_default() * 1000.0).round() as u64
}

impl Ended {
    /// The test and the number of attempts. `is_known` says whether a path is that of a
    /// test: one that itself ends in `#2` is not taken for a second attempt.
    pub fn test(&self, is_known: impl Fn(&str) -> bool) -> (&str, u32) {
        let counted = self.name.rsplit_once('#').and_then(|(name, number)| {
            let attempts = number.parse().ok().filter(|attempts| *attempts > 1)?;
            Some((name, attempts))
        });
        match counted {
            Some((name, attempts)) if !is_known(&self.name) && is_known(name) => (name, attempts),
            _ => (&self.name, 1),
        }
    }
}
