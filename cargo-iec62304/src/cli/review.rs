//! The command line of `review`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use iec62304_core::model::record::RecordKind;
use iec62304_core::model::vocabulary::{self, Shape};
use jiff::civil::Date;

use super::WorkspaceArguments;

/// What `review` takes.
#[derive(Debug, Args)]
pub(crate) struct ReviewArguments {
    #[command(subcommand)]
    pub(crate) action: ReviewAction,
}

/// What `review` does.
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewAction {
    /// Shows what was reviewed, and records the review, bound to what stands there now
    Add(AddArguments),
}

/// What `review add` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
The record holds a content hash of each thing that was reviewed: once that changes, the review \
counts no more. `--kind trace` confirms all links of what is named, and so takes in their other \
ends. Without a terminal to ask, `--yes` must be given.

Exit codes: 0 the review is recorded, 2 it is not, 3 there is no configuration, 4 cargo is \
missing or failed.")]
pub(crate) struct AddArguments {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    /// What was judged
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(words("kind")))]
    pub(crate) kind: String,

    /// The ids of what was reviewed, or ranges such as SRS-1..SRS-20
    #[arg(long, value_name = "ID", required = true, num_args = 1.., value_delimiter = ',')]
    pub(crate) of: Vec<String>,

    /// Who reviewed; give it once for each
    #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
    pub(crate) by: Vec<String>,

    /// The outcome
    #[arg(
        long,
        value_name = "RESULT",
        default_value = "passed",
        value_parser = PossibleValuesParser::new(words("result"))
    )]
    pub(crate) result: String,

    /// The day of the review instead of today (UTC)
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Date>,

    /// The id of the review instead of the next that is free
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,

    /// The record file, from the workspace root, instead of the one that holds reviews
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<String>,

    /// Record it without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
}

/// The words that a field of a review may hold.
fn words(field: &str) -> &'static [&'static str] {
    match vocabulary::of(RecordKind::Review).field(field) {
        Some(Shape::Word(words)) => words,
        _ => unreachable!("kind and result of a review are words of a list"),
    }
}
