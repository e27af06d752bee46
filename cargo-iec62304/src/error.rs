//! What can keep a run from giving an answer: each with its exit code, and with what to
//! do about it.

use std::fmt;
use std::path::PathBuf;

use iec62304_core::review::Refused;

use crate::exit_code::ExitCode;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Error {
    /// There is no workspace here, or its manifest is elsewhere.
    NoWorkspace(String),
    /// `cargo metadata` is missing or failed; with its own words.
    Cargo(String),
    /// There is no `iec62304.toml`.
    NoConfiguration(PathBuf),
    /// `iec62304.toml` cannot be read; every mistake at its place.
    Configuration(Vec<String>),
    /// A file that would be written is there already.
    Exists(PathBuf),
    /// With its folder of records the workspace is none any more; with cargo's words.
    RecordsTakenForMember(String),
    /// This folder is no advisory database.
    NoAdvisories(PathBuf),
    /// The advisory database could not be fetched; with git's words.
    Fetch(String),
    /// There is nothing that a statement on advisories could say; the reason.
    NoStatement(&'static str),
    /// This file is no baseline; the reason.
    Baseline(PathBuf, String),
    /// The review cannot be recorded as it is asked for.
    NoReview(Refused),
    /// There is no terminal to ask at, and no `--yes`.
    NobodyToAsk,
    /// Whoever was asked said no.
    NotConfirmed,
    /// Records cannot be added to this file; the reason.
    NotUpdated(PathBuf, String),
    /// The list of known gaps cannot be read or written; the reason.
    KnownGaps(PathBuf, String),
    /// Nothing has this name; the known name that is nearest, if one is near.
    NoTopic(String, Option<&'static str>),
    /// No record and no code has this name or stands there; the nearest that has.
    NotTraced(String, Option<String>),
    /// The project does not say where results are stored.
    NoEvidenceFolder,
    /// No test is linked to a record, so there is nothing to run.
    NoLinkedTest,
    /// nextest is missing, too old or failed; what it is about.
    Nextest(String),
    /// Files changed while the tests ran.
    ChangedMeanwhile,
    /// Stored runs cannot be put together; the reason.
    NoMerge(String),
    /// A file or stream could not be written.
    Write(PathBuf, std::io::Error),
}

impl Error {
    /// How the run ends.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::NoWorkspace(_)
            | Self::Configuration(_)
            | Self::Exists(_)
            | Self::RecordsTakenForMember(_)
            | Self::NoAdvisories(_)
            | Self::Baseline(..)
            | Self::NoReview(_)
            | Self::NobodyToAsk
            | Self::NotConfirmed
            | Self::NotUpdated(..)
            | Self::KnownGaps(..)
            | Self::NoTopic(..)
            | Self::NotTraced(..)
            | Self::NoEvidenceFolder
            | Self::ChangedMeanwhile
            | Self::NoMerge(_)
            | Self::Write(..) => ExitCode::WrongUse,
            Self::NoConfiguration(_) | Self::NoStatement(_) | Self::NoLinkedTest => {
                ExitCode::NothingToCheck
            }
            Self::Cargo(_) | Self::Fetch(_) | Self::Nextest(_) => ExitCode::ToolFailed,
        }
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> Option<&str> {
        match self {
            Self::NoWorkspace(_) => {
                Some("run it below a Cargo workspace, or name one with `--manifest-path`")
            }
            Self::Cargo(_) => {
                Some("run `cargo metadata --no-deps` here; this tool needs its answer")
            }
            Self::NoConfiguration(_) => {
                Some("run `cargo iec62304 init`, which proposes a first one")
            }
            Self::Configuration(_) => None,
            Self::Exists(_) => Some("nothing was written; delete or rename the file to start anew"),
            Self::RecordsTakenForMember(_) => Some(
                "nothing was written; add `exclude = [\"records\"]` to [workspace] in Cargo.toml",
            ),
            Self::NoAdvisories(_) => Some(
                "name the folder that holds `crates` and `rust` of a RustSec advisory database",
            ),
            Self::Fetch(_) => {
                Some("fetch the advisory database by hand and name its folder with `--advisory-db`")
            }
            Self::NoStatement(_) => {
                Some("name a database with `--advisory-db`, or run with `--fetch-advisories`")
            }
            Self::Baseline(..) => {
                Some("write one with `cargo iec62304 soup --format baseline --output FILE`")
            }
            Self::NoReview(refused) => Some(&refused.help),
            Self::NobodyToAsk => Some("nothing was written; give `--yes` once this is right"),
            Self::NotConfirmed => Some("nothing was written"),
            Self::NotUpdated(..) => Some(
                "nothing was written; name another file in `records` of iec62304.toml, or \
                 correct this one",
            ),
            Self::KnownGaps(..) => Some(
                "nothing was written; `--write-known-gaps FILE` begins a list where there is no \
                 such file, and takes resolved gaps out of one that is there",
            ),
            Self::NoTopic(..) => Some("`cargo iec62304 explain` lists the rules"),
            Self::NotTraced(..) => {
                Some("write an id of a record, a path such as `module::function`, or FILE:LINE")
            }
            Self::NoEvidenceFolder => {
                Some("write `[evidence]` with `folder = \"evidence\"` into iec62304.toml")
            }
            Self::NoLinkedTest => {
                Some("tag a test: `#[requirement(\"SRS-1\")]`; or run all with `--all`")
            }
            Self::Nextest(_) => Some("`cargo install --locked cargo-nextest` installs it"),
            Self::ChangedMeanwhile => Some("nothing was stored; run it again"),
            Self::NoMerge(_) => {
                Some("nothing was written; name the runs of all shards of one `verify --partition`")
            }
            Self::Write(..) => {
                Some("nothing was left half-written; check the folder and try again")
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkspace(said) => write!(f, "there is no Cargo workspace here: {said}"),
            Self::Cargo(said) => write!(f, "cargo failed: {said}"),
            Self::NoConfiguration(path) => {
                write!(f, "nothing to check: there is no {}", path.display())
            }
            Self::Configuration(mistakes) => {
                write!(f, "the configuration cannot be read\n{}", mistakes.join("\n"))
            }
            Self::Exists(path) => write!(f, "{} is there already", path.display()),
            Self::RecordsTakenForMember(said) => {
                write!(f, "cargo would take the folder `records` for a package: {said}")
            }
            Self::NoAdvisories(path) => {
                write!(f, "{} is no advisory database", path.display())
            }
            Self::Fetch(said) => write!(f, "the advisories could not be fetched: {said}"),
            Self::NoStatement(why) => write!(f, "there is nothing to state: {why}"),
            Self::Baseline(path, why) => {
                write!(f, "{} is no baseline: {why}", path.display())
            }
            Self::NoReview(refused) => f.write_str(&refused.message),
            Self::NobodyToAsk => f.write_str("there is no terminal to ask at"),
            Self::NotConfirmed => f.write_str("the review is not recorded"),
            Self::NotUpdated(path, why) => {
                write!(f, "records cannot be added to {}: {why}", path.display())
            }
            Self::KnownGaps(path, why) => write!(f, "known gaps {}: {why}", path.display()),
            Self::NotTraced(name, None) => {
                write!(f, "no record and no code is called `{name}` or stands there")
            }
            Self::NotTraced(name, Some(near)) => {
                write!(f, "no record and no code is called `{name}`; did you mean `{near}`?")
            }
            Self::NoTopic(name, None) => write!(f, "nothing is called `{name}`"),
            Self::NoTopic(name, Some(near)) => {
                write!(f, "nothing is called `{name}`; did you mean `{near}`?")
            }
            Self::NoEvidenceFolder => f.write_str("nothing says where results are stored"),
            Self::NoLinkedTest => f.write_str("no test is linked to a record"),
            Self::Nextest(why) => write!(f, "cargo nextest: {why}"),
            Self::ChangedMeanwhile => f.write_str("files changed while the tests ran"),
            Self::NoMerge(why) => write!(f, "the runs cannot be put together: {why}"),
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}
