//! What one attribute costs in a build: `cargo bench -p iec62304-macros`.
//!
//! A crate of many functions is built with a tag on each and with blanks in their place,
//! in turns; the difference of the fastest builds, divided by the number of tags, is the
//! cost. The attributes themselves are built before.

#![expect(clippy::print_stdout, reason = "a benchmark's figures go to the terminal")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const FUNCTIONS: u32 = 10_000;
const ROUNDS: u32 = 5;

fn main() {
    let folder = package();
    for (name, arguments) in [
        ("check", &["check"][..]),
        ("build", &["build"][..]),
        ("build --release", &["build", "--release"][..]),
    ] {
        let (blank, tagged) = fastest(&folder, arguments);
        let each = tagged.saturating_sub(blank) / FUNCTIONS;
        println!("{name:16} blank {blank:8.2?}  tagged {tagged:8.2?}  each {each:.1?}");
    }
}

/// The fastest builds with blanks and with tags.
fn fastest(folder: &Path, arguments: &[&str]) -> (Duration, Duration) {
    let blank = source("                             ");
    let tagged = source("#[requirement(\"SRS-1\", \"S-2\")]");
    build(folder, arguments, &blank);
    let mut fastest = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        fastest.0 = fastest.0.min(build(folder, arguments, &blank));
        fastest.1 = fastest.1.min(build(folder, arguments, &tagged));
    }
    fastest
}

fn package() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost");
    fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    let manifest = format!(
        "[package]\nname = \"cost\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
         [dependencies]\niec62304-macros = {{ path = {:?} }}\n\
         [profile.dev]\nincremental = false\n\
         [workspace]\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
    folder
}

/// Functions of ten lines each, with `attribute` in front.
fn source(attribute: &str) -> String {
    let mut source = "#[allow(unused_imports)]\nuse iec62304_macros::requirement;\n".to_owned();
    for number in 0..FUNCTIONS {
        writeln!(
            source,
            "{attribute}
pub fn function_{number}(value: u32) -> u32 {{
    let mut sum = value;
    if sum > 10 {{
        sum -= {number};
    }} else {{
        sum += 1;
    }}
    sum
}}"
        )
        .expect("a string can be written");
    }
    source
}

fn build(folder: &Path, arguments: &[&str], source: &str) -> Duration {
    fs::write(folder.join("src/lib.rs"), source).expect("the package can be written");
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(arguments)
        .args(["--quiet", "--offline", "--target-dir", "target"])
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the build failed");
    start.elapsed()
}
