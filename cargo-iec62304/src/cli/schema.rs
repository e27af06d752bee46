//! The command line of `schema`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What `schema` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
`init` writes both schemas into `records/schema`, and names them in the files that it writes. \
After an update of this tool, write them again. In other files, name one in the first line, by \
its path seen from the file:

  #:schema ./schema/records.schema.json

Taplo and the extension Even Better TOML read that line.

Exit codes: 0 written, 2 wrong use.")]
pub(crate) struct SchemaArguments {
    /// Which files it is for
    #[arg(value_enum, value_name = "WHICH")]
    pub(crate) which: SchemaWhich,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Which files a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaWhich {
    /// `iec62304.toml`
    Configuration,
    /// The record files
    Records,
}
