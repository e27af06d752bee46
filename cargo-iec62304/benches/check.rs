//! How long `check` takes beside `cargo metadata`, alone and with the full resolve, in
//! one run.
//!
//! `cargo bench -p cargo-iec62304 --bench check -- FOLDER` takes the workspace in FOLDER,
//! which needs an `iec62304.toml` (`cargo iec62304 init` writes one).
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The three take turns, and the best time of each counts: the others were disturbed.
const REPEATS: usize = 10;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = PathBuf::from(folder.expect("the folder of a workspace is named"));
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.arg("metadata").args(["--format-version", "1"]).args(arguments);
        command
    };
    let mut check = Command::new(env!("CARGO_BIN_EXE_cargo-iec62304"));
    check.args(["iec62304", "check"]);
    let mut runs = [
        ("cargo metadata --no-deps", cargo(&["--no-deps"])),
        ("cargo metadata", cargo(&[])),
        ("cargo iec62304 check", check),
    ];
    let mut best = [Duration::MAX; 3];
    for _ in 0..REPEATS {
        for ((_, command), best) in runs.iter_mut().zip(&mut best) {
            let start = Instant::now();
            let run =
                command.current_dir(&folder).stdout(Stdio::null()).stderr(Stdio::null()).status();
            run.expect("the command starts");
            *best = start.elapsed().min(*best);
        }
    }
    for ((name, _), time) in runs.iter().zip(&best) {
        let ratio = time.as_secs_f64() / best[1].as_secs_f64();
        println!("{name:<26} {:>6.0} ms  {ratio:>5.2} x cargo metadata", time.as_secs_f64() * 1e3);
    }
}
