//! `cargo iec62304`: reads a workspace, asks the core, writes the answer.
//!
//! The only crate that touches disk, environment, terminal and other programs.

use std::process::ExitCode;

mod cli;
mod commands;
mod error;
mod exit_code;
mod load;
mod nextest;
mod output;
mod record_file;

fn main() -> ExitCode {
    let arguments = match cli::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(refused) => return refused,
    };
    let ended = match arguments.command {
        cli::Command::Check(options) => commands::check(&options),
        cli::Command::Verify(options) => commands::verify(&options),
        cli::Command::Evidence(options) => commands::evidence(&options),
        cli::Command::Soup(options) => commands::soup(&options),
        cli::Command::Trace(options) => commands::trace(&options),
        cli::Command::Explain(options) => commands::explain(&options),
        cli::Command::Review(options) => commands::review(&options),
        cli::Command::Schema(options) => commands::schema(&options),
        cli::Command::Init(options) => commands::init(&options),
    };
    match ended {
        Ok(code) => code.into(),
        Err(error) => {
            output::report(&error);
            error.exit_code().into()
        }
    }
}
