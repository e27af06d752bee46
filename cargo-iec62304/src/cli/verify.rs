//! The command line of `verify` and `evidence`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::WorkspaceArguments;

/// What `verify` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Builds and runs the tests with `cargo nextest`, in the configuration of [evidence] in \
iec62304.toml, and stores a file with the results in the folder named there. Commit what is to be \
verified first: results of files that no commit holds are a gap.

Exit codes: 0 every linked test passed, 1 one did not, 2 wrong use or unreadable configuration, \
3 no test is linked, 4 nextest is missing or failed.")]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    /// Run the tests of this package only; may be given more than once
    #[arg(short, long = "package", value_name = "NAME")]
    pub(crate) packages: Vec<String>,

    /// Run every test, linked or not
    #[arg(long)]
    pub(crate) all: bool,

    /// Run one shard, such as hash:2/4; `evidence merge` puts the shards together
    #[arg(long, value_name = "PARTITION")]
    pub(crate) partition: Option<String>,

    /// Who runs the tests: a person, or a pipeline by its id; else `by` of `[evidence]`
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// Delete the stored runs that this run replaces: those of the same configuration whose
    /// tests have all run again
    #[arg(long)]
    pub(crate) replace: bool,

    /// Say only the result
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What `evidence` takes.
#[derive(Debug, Args)]
pub(crate) struct EvidenceArguments {
    #[command(subcommand)]
    pub(crate) action: EvidenceAction,
}

/// What `evidence` does.
#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceAction {
    /// Puts the shards of one run together
    Merge(MergeArguments),
}

/// What `evidence merge` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 the run is written, 2 the files are not all the shards of one run.")]
pub(crate) struct MergeArguments {
    /// The stored runs of all shards
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// The file to write, which must not be there yet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}
