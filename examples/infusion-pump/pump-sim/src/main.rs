//! Prints one afternoon of the pump: `cargo run -p pump-sim`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match pump_sim::scenario::run(&mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
