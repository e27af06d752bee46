//! The file of a run: JSON with a line for each test, and a digest that tells when it is
//! no longer what was written.

use std::fmt::Write;

use iec62304_macros::{requirement, risk_control};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{NotRun, Run, TestResult};
use crate::location::{Location, Span};
use crate::snapshot::{TextFile, hex};

/// What kind of file it is, in its first field.
const FORMAT: &str = "cargo-iec62304 evidence";
/// The one version of it that there is.
const VERSION: u32 = 1;

/// Why a file is no evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Location,
    /// What is wrong.
    pub message: String,
}

/// What stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    digest: String,
    run: Run,
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

/// Reads a stored run.
///
/// # Errors
///
/// When it cannot be read, is of another format or version, or is not what was written.
#[requirement("TOOL-61")]
#[risk_control("GUARD-5")]
pub fn read(file: &TextFile) -> Result<Run, Problem> {
    let problem = |at: usize, message: String| Problem {
        at: Location::new(&file.path, Span::new(at, at)),
        message,
    };
    let text = file.content.text().map_err(|why| problem(0, format!("cannot be read: {why}")))?;
    let no_json = |error: &serde_json::Error| {
        let at = offset(text, error.line(), error.column());
        problem(at, format!("is no stored run, or is cut off: {error}"))
    };
    let head: Head = serde_json::from_str(text).map_err(|error| no_json(&error))?;
    if head.format != FORMAT || head.version != VERSION {
        let (format, version) = (head.format, head.version);
        let message = format!("is `{format}` version {version}, not `{FORMAT}` version {VERSION}");
        return Err(problem(0, message));
    }
    let File { digest, run, .. } = serde_json::from_str(text).map_err(|error| no_json(&error))?;
    if digest == self::digest(&run) {
        Ok(run)
    } else {
        let at = text.find(&digest).unwrap_or_default();
        Err(problem(at, "was changed after it was written: its digest does not fit".to_owned()))
    }
}

/// The byte at which a place by line and column stands, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.max(1) - 1).map(str::len).sum();
    (before + column.max(1) - 1).min(text.len())
}

/// SHA-256 over the compact JSON of a run.
fn digest(run: &Run) -> String {
    let compact = serde_json::to_vec(run).expect("a run is plain data");
    format!("sha256:{}", hex(&Sha256::digest(compact)))
}

/// The text of the file: two runs that differ in one test differ in one line, beside the
/// facts of the run.
#[requirement("TOOL-61")]
pub fn text(run: &Run) -> String {
    let pretty = |value: &serde_json::Value| {
        let text = serde_json::to_string_pretty(value).expect("a run is plain data");
        text.replace('\n', "\n  ")
    };
    let mut text = String::from("{\n");
    let mut fact = |name: &str, value: serde_json::Value| {
        writeln!(text, "  \"{name}\": {},", pretty(&value)).expect(NEVER);
    };
    fact("format", FORMAT.into());
    fact("version", VERSION.into());
    fact("digest", digest(run).into());
    let mut facts = serde_json::to_value(run).expect("a run is plain data");
    let fields = facts.as_object_mut().expect("a run is an object");
    fields.remove("tests");
    fields.remove("not_run");
    let facts = pretty(&facts);
    let facts = facts.strip_suffix("\n  }").expect("an object ends so");
    write!(text, "  \"run\": {facts},\n    \"tests\": [").expect(NEVER);
    lines(&mut text, &run.tests, |test: &TestResult| serde_json::to_string(test));
    text += ",\n    \"not_run\": [";
    lines(&mut text, &run.not_run, |test: &NotRun| serde_json::to_string(test));
    text += "\n  }\n}\n";
    text
}

const NEVER: &str = "writing to a string cannot fail";

/// Each value on a line of its own, and the bracket that closes the list.
fn lines<T: Serialize>(
    text: &mut String,
    values: &[T],
    line: impl Fn(&T) -> serde_json::Result<String>,
) {
    for (index, value) in values.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let line = line(value).expect("a result is plain data");
        write!(text, "{comma}\n      {line}").expect(NEVER);
    }
    *text += if values.is_empty() { "]" } else { "\n    ]" };
}
