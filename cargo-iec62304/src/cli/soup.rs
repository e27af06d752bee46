//! The command line of `soup`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use iec62304_core::config::Product;
use iec62304_core::location::{Located, Location};
use jiff::civil::Date;

use super::{ColorChoice, WorkspaceArguments};

/// What `soup` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is built and nothing is fetched, except advisories with `--fetch-advisories`.

Exit codes: 0 the list is whole, 2 wrong use or unreadable configuration, 3 there is nothing that \
a statement on advisories could say, 4 cargo could not \
resolve the workspace: the list is written from the lock file alone and says so.")]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct SoupArguments {
    #[command(subcommand)]
    pub(crate) action: Option<SoupAction>,

    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    #[command(flatten)]
    pub(crate) product: ProductArguments,

    #[command(flatten)]
    pub(crate) advisories: AdvisoryArguments,

    /// Add a record for everything that has none, instead of writing the list
    #[arg(
        long,
        value_enum,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all",
        conflicts_with = "output"
    )]
    pub(crate) update: Option<UpdateWhich>,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SoupFormat::Table)]
    pub(crate) format: SoupFormat,

    /// Write to this file instead of stdout; an older file of that name is replaced
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Say only the list
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say every package of the lock file with its role, reason and path
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// Colour the text for people
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
}

/// What `soup` does beside writing the list.
#[derive(Debug, Subcommand)]
pub(crate) enum SoupAction {
    /// Says what changed since a baseline, and fails where somebody must decide
    Diff(DiffArguments),
}

/// What `soup diff` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Write a baseline with `cargo iec62304 soup --format baseline --output FILE`.

Exit codes: 0 nothing needs a decision, 1 something does, 2 wrong use, 4 cargo could not resolve \
the workspace.")]
pub(crate) struct DiffArguments {
    /// The baseline to compare with
    #[arg(value_name = "BASELINE")]
    pub(crate) baseline: PathBuf,

    #[command(flatten)]
    pub(crate) workspace: WorkspaceArguments,

    #[command(flatten)]
    pub(crate) product: ProductArguments,

    #[command(flatten)]
    pub(crate) advisories: AdvisoryArguments,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
}

/// What `soup diff` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, on a terminal
    Text,
    /// A change record with a row for each decision
    Markdown,
}

/// What ships, in cargo's own words; what is given here goes before `[product]`.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ProductArguments {
    /// A package that ships
    #[arg(short, long, value_name = "SPEC")]
    pub(crate) package: Vec<String>,

    /// A target triple that it is built for
    #[arg(long, value_name = "TRIPLE")]
    pub(crate) target: Vec<String>,

    #[command(flatten)]
    pub(crate) features: clap_cargo::Features,
}

impl ProductArguments {
    /// Puts what was given in the place of what is declared.
    pub(crate) fn put_on(&self, product: &mut Product) {
        let located = |words: &[String]| -> Vec<Located<String>> {
            words.iter().map(|word| Located::new(word.clone(), Location::default())).collect()
        };
        if !self.package.is_empty() {
            product.packages = located(&self.package);
        }
        if !self.target.is_empty() {
            product.targets = located(&self.target);
        }
        if !self.features.features.is_empty() {
            product.features = located(&self.features.features);
        }
        product.all_features |= self.features.all_features;
        product.no_default_features |= self.features.no_default_features;
    }
}

/// Where advisories come from and when they are judged.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct AdvisoryArguments {
    /// A folder with a RustSec advisory database
    #[arg(long, value_name = "PATH")]
    pub(crate) advisory_db: Option<PathBuf>,

    /// Fetch the advisory database first, into cargo's home
    #[arg(long, conflicts_with = "advisory_db")]
    pub(crate) fetch_advisories: bool,

    /// Judge dates as of this day instead of today (UTC)
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
}

/// What gets a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UpdateWhich {
    /// Every item without one
    All,
    /// Only what own packages depend on directly, and what no lock file lists
    Direct,
}

/// What `soup` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SoupFormat {
    /// For people, on a terminal
    Table,
    /// The SOUP list as a document
    Markdown,
    /// The SOUP list and the supporting items for a spreadsheet
    Csv,
    /// Everything, for machines (JSON, version 1)
    Json,
    /// The SOUP list as an Excel workbook
    Xlsx,
    /// SBOM: CycloneDX 1.6, JSON
    Cyclonedx,
    /// SBOM: CycloneDX 1.7, JSON
    #[value(name = "cyclonedx-1.7")]
    Cyclonedx17,
    /// SBOM: CycloneDX 1.5, JSON
    #[value(name = "cyclonedx-1.5")]
    Cyclonedx15,
    /// SBOM: CycloneDX 1.5, XML
    #[value(name = "cyclonedx-1.5-xml")]
    Cyclonedx15Xml,
    /// SBOM: SPDX 2.3, JSON
    Spdx,
    /// SBOM: SPDX 3.0, JSON-LD
    #[value(name = "spdx-3")]
    Spdx3,
    /// Verdicts on advisories: CycloneDX 1.6
    Vex,
    /// Verdicts on advisories: OpenVEX
    Openvex,
    /// Levels of support and end of support, as the FDA asks, as a document
    Support,
    /// The same for a spreadsheet
    SupportCsv,
    /// What `soup diff` compares with later
    Baseline,
}
