//! How long `check` and `soup` take beside `cargo metadata`, alone and with the full
//! resolve, in one run.
//!
//! `cargo bench -p cargo-iec62304 --bench commands -- FOLDER [DATABASE]` takes the
//! workspace in FOLDER, whose packages must be at hand (`cargo fetch --locked`), and the
//! RustSec database in DATABASE. `check` takes part where there is an `iec62304.toml`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// All take turns, and the best time of each counts: the others were disturbed.
const REPEATS: usize = 10;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let folder = PathBuf::from(arguments.next().expect("the folder of a workspace is named"));
    let database = arguments.next().map(PathBuf::from);
    let mut runs = commands(database.as_ref());
    if !folder.join("iec62304.toml").exists() {
        runs.retain(|(name, _)| *name != CHECK);
    }
    let mut best = vec![Duration::MAX; runs.len()];
    for _ in 0..REPEATS {
        for ((_, command), best) in runs.iter_mut().zip(&mut best) {
            let start = Instant::now();
            let run =
                command.current_dir(&folder).stdout(Stdio::null()).stderr(Stdio::null()).status();
            run.expect("the command starts");
            *best = start.elapsed().min(*best);
        }
    }
    let resolve = best[1].as_secs_f64();
    for ((name, _), time) in runs.iter().zip(&best) {
        let ratio = time.as_secs_f64() / resolve;
        println!("{name:<36} {:>6.0} ms  {ratio:>5.2} x cargo metadata", time.as_secs_f64() * 1e3);
    }
    println!("{:<36} {:>6.0} ms", "limit: 1.25 x cargo metadata + 0.3 s", resolve * 1250.0 + 300.0);
}

const CHECK: &str = "cargo iec62304 check";

/// What is measured; the second is what the others are compared with.
fn commands(database: Option<&PathBuf>) -> Vec<(&'static str, Command)> {
    let metadata = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.args(["metadata", "--format-version", "1", "--locked", "--offline"]);
        command.args(arguments);
        command
    };
    let ours = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-iec62304"));
        command.arg("iec62304").args(arguments);
        if let Some(database) = database {
            command.arg("--advisory-db").arg(database);
        }
        command
    };
    vec![
        ("cargo metadata --no-deps", metadata(&["--no-deps"])),
        ("cargo metadata", metadata(&[])),
        (CHECK, ours(&["check"])),
        ("cargo iec62304 soup, with SBOM", ours(&["soup", "--format", "cyclonedx"])),
    ]
}
