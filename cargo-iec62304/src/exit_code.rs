//! How a run ends, as a number that CI can tell apart. The numbers never change.

use iec62304_macros::requirement;

use std::process;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[requirement("TOOL-15")]
pub(crate) enum ExitCode {
    /// No error is open.
    Success = 0,
    /// An error is open, or something that `--deny` names.
    Gaps = 1,
    /// Wrong use, or a configuration that cannot be read.
    WrongUse = 2,
    /// Nothing to check: no configuration, or neither records nor tags.
    NothingToCheck = 3,
    /// A program that this tool needs is missing or failed.
    ToolFailed = 4,
}

impl From<ExitCode> for process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
