//! The command line, exactly as typed. What it means is decided elsewhere.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod review;
mod schema;
mod soup;
mod verify;

pub(crate) use review::{AddArguments, ReviewAction, ReviewArguments};
pub(crate) use schema::{SchemaArguments, SchemaWhich};
pub(crate) use soup::{
    AdvisoryArguments, DiffArguments, DiffFormat, ProductArguments, SoupAction, SoupArguments,
    SoupFormat, UpdateWhich,
};
pub(crate) use verify::{EvidenceAction, EvidenceArguments, MergeArguments, VerifyArguments};

/// Trace and verification gaps of medical device software in Rust, per IEC 62304.
#[derive(Debug, Parser)]
#[command(
    name = "cargo iec62304",
    bin_name = "cargo iec62304",
    version,
    styles = clap_cargo::style::CLAP_STYLING,
    after_help = "Start with `cargo iec62304 init`, then run `cargo iec62304 check`."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Finds gaps: what is not implemented, not verified, or not readable.
    Check(CheckArguments),
    /// Runs the linked tests and stores their results as evidence.
    Verify(Box<VerifyArguments>),
    /// Works on stored results.
    Evidence(EvidenceArguments),
    /// Lists what ships and was not developed here, with its known anomalies.
    Soup(Box<SoupArguments>),
    /// Shows where a record or a piece of code comes from and what follows from it.
    Trace(TraceArguments),
    /// Says what a rule, a clause or a word of the field stands for.
    Explain(ExplainArguments),
    /// Records a review, bound to what was reviewed.
    Review(Box<ReviewArguments>),
    /// Writes the JSON schema by which TOML editors complete and check records.
    Schema(SchemaArguments),
    /// Writes a first configuration and record file for this workspace.
    Init(InitArguments),
}

/// What `check` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 no open error, 1 an error is open, 2 wrong use or unreadable configuration, \
3 nothing to check, 4 cargo is missing or failed.

In the editor: rust-analyzer shows findings where they stand if it runs this as its check
command, in the place of `cargo check`. In the settings of VS Code:

  \"rust-analyzer.check.overrideCommand\": [
    \"cargo\", \"iec62304\", \"check\", \"--format\", \"rustc-json\"
  ]")]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    /// For people, for machines (JSON, version 1), or for editors
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) advisories: AdvisoryArguments,

    #[command(flatten)]
    pub(crate) known_gaps: KnownGapsArguments,

    /// Judge links alone, as if no results were stored
    #[arg(long)]
    pub(crate) without_results: bool,

    /// Also fail on open warnings, or on inputs that were not checked
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) deny: Vec<Deny>,

    /// Say only findings and the result
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say everything in full, with every rule and clause
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// Colour the text for people
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
}

/// The list of gaps that an older project had when it began to check.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct KnownGapsArguments {
    /// Accept the gaps that this file lists, and no others
    #[arg(long, value_name = "FILE")]
    pub(crate) known_gaps: Option<PathBuf>,

    /// Take what is resolved out of this list; if there is no such file, list every open gap
    #[arg(long, value_name = "FILE", conflicts_with = "known_gaps")]
    pub(crate) write_known_gaps: Option<PathBuf>,
}

/// What `trace` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
The check does not end the run: gaps stand beside what they are about.

Exit codes: 0 shown, 2 nothing has this name or stands there, 3 there is no configuration, \
4 cargo is missing or failed.")]
pub(crate) struct TraceArguments {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    /// An id, the path of a unit, module, function or test, or `FILE:LINE`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// For people, or for machines (JSON, version 1)
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TraceFormat::Human)]
    pub(crate) format: TraceFormat,

    #[command(flatten)]
    pub(crate) advisories: AdvisoryArguments,

    /// Say every text in full
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// Colour the text for people
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
}

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 explained, 2 nothing has this name.")]
pub(crate) struct ExplainArguments {
    /// A rule, the number of a clause or chapter, or a term; without one, the rules are listed
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Say the examples of a rule as well
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// Colour the text
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
}

/// What `init` takes.
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,
}

/// Which workspace, in cargo's own words.
#[derive(Debug, Args)]
pub(crate) struct WorkspaceArguments {
    #[command(flatten)]
    pub(crate) manifest: clap_cargo::Manifest,

    /// Assert that Cargo.lock stays unchanged (passed on to cargo)
    #[arg(long)]
    pub(crate) locked: bool,

    /// Run without accessing the network (passed on to cargo)
    #[arg(long)]
    pub(crate) offline: bool,

    /// Both `--locked` and `--offline` (passed on to cargo)
    #[arg(long)]
    pub(crate) frozen: bool,
}

impl WorkspaceArguments {
    /// The manifest that was named.
    pub(crate) fn manifest_path(&self) -> Option<&PathBuf> {
        self.manifest.manifest_path.as_ref()
    }

    /// The flags that are passed on to cargo.
    pub(crate) fn flags(&self) -> Vec<&'static str> {
        let flags =
            [(self.locked, "--locked"), (self.offline, "--offline"), (self.frozen, "--frozen")];
        flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag).collect()
    }
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// For machines
    Json,
    /// For editors: a line for each message, as `cargo --message-format=json` prints them
    RustcJson,
}

/// How a trace is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For people
    Human,
    /// For machines
    Json,
}

/// What fails a run beside open errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Open warnings
    Warnings,
    /// Inputs that were not checked
    NotChecked,
}

/// When text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Reads the command line. cargo passes the name of the subcommand on as the first
/// argument; a direct call need not.
///
/// Help, version and mistakes are printed here, and how the run ends is returned.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments, ExitCode> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.get(1).is_some_and(|first| first == "iec62304") {
        arguments.remove(1);
    }
    Arguments::try_parse_from(arguments).map_err(|error| {
        let code = u8::try_from(error.exit_code()).unwrap_or(2);
        let _unprintable = error.print();
        ExitCode::from(code)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn cargo_passes_the_name_of_the_subcommand() {
        for line in ["cargo-iec62304 iec62304 check -q", "cargo-iec62304 check -q"] {
            let parsed = parse(line.split(' ').map(OsString::from)).unwrap();
            assert!(matches!(parsed.command, Command::Check(options) if options.quiet));
        }
    }

    #[test]
    fn deny_takes_a_list() {
        let line = "cargo-iec62304 check --deny warnings,not-checked";
        let parsed = parse(line.split(' ').map(OsString::from)).unwrap();
        let Command::Check(options) = parsed.command else { panic!("check was asked for") };
        assert_eq!(options.deny, [Deny::Warnings, Deny::NotChecked]);
    }
}
