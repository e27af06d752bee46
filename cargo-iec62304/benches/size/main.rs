//! How time and memory of `check` grow with the project, beside `cargo metadata` of the
//! same workspace, in one run.
//!
//! `cargo bench -p cargo-iec62304 --bench size -- [REQUIREMENTS]…` writes an invented
//! workspace of each size into a temporary folder and removes it again. It knows of the
//! tool what its command line shows, and of the peak memory what Linux tells.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures are rounded for people")]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use device::Device;

mod device;

/// Both commands take turns, and the best time of each counts: the others were disturbed.
const REPEATS: usize = 5;
const SIZES: [usize; 4] = [1_000, 2_500, 5_000, 10_000];
const LIMIT: &str = "limits: time per tag as at the first size, 3 further bytes of memory for each \
     further byte read";

/// What was measured at one size.
struct Figures {
    requirements: usize,
    tags: usize,
    /// Of sources and records.
    bytes: u64,
    metadata: Duration,
    check: Duration,
    /// The peak of `check`, in bytes.
    memory: u64,
}

fn main() {
    let named = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let mut sizes: Vec<usize> = named.collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    let mut first = None;
    for requirements in sizes {
        let figures = measure(requirements);
        print(&figures, first.as_ref().unwrap_or(&figures));
        first.get_or_insert(figures);
    }
    println!("{LIMIT}");
}

fn measure(requirements: usize) -> Figures {
    let folder = tempfile::tempdir().expect("there is a place for temporary folders");
    let root = folder.path();
    let device = Device { requirements };
    device.write(root);
    run(cargo(root).args(["generate-lockfile", "--offline", "--quiet"]));
    for review in device.reviews() {
        run(tool(root).args(["review", "add", "--by", "A. Sample", "--yes"]).args(review));
    }
    let (mut metadata, mut check) = (Duration::MAX, Duration::MAX);
    for _ in 0..REPEATS {
        let arguments = ["metadata", "--format-version", "1", "--locked", "--offline"];
        metadata = metadata.min(time(cargo(root).args(arguments)));
        check = check.min(time(tool(root).arg("check")));
    }
    let memory = peak(tool(root).arg("check"));
    let (tags, bytes) = (device.tags(), bytes_below(root));
    Figures { requirements, tags, bytes, metadata, check, memory }
}

fn print(figures: &Figures, first: &Figures) {
    let per_tag = |figures: &Figures| figures.check.as_secs_f64() / figures.tags as f64;
    let more = |of: fn(&Figures) -> u64| of(figures).saturating_sub(of(first)) as f64;
    let further = match more(|figures| figures.bytes) {
        0.0 => "    -".to_owned(),
        bytes => format!("{:>5.2}", more(|figures| figures.memory) / bytes),
    };
    println!(
        "{:>6} requirements {:>7} tags {:>5.1} MB read  metadata {:>4.0} ms  check {:>5.0} ms  \
         {:>4.2} x the first per tag  memory {:>4.0} MB  {:>5.2} x read  {further} per further byte",
        figures.requirements,
        figures.tags,
        figures.bytes as f64 / 1e6,
        figures.metadata.as_secs_f64() * 1e3,
        figures.check.as_secs_f64() * 1e3,
        per_tag(figures) / per_tag(first),
        figures.memory as f64 / 1e6,
        figures.memory as f64 / figures.bytes as f64,
    );
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder);
    command
}

fn tool(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-iec62304"));
    command.arg("iec62304").current_dir(folder);
    command
}

fn run(command: &mut Command) {
    let output = command.output().expect("the command starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    start_silent(command).wait().expect("the command ends");
    start.elapsed()
}

fn start_silent(command: &mut Command) -> Child {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.expect("the command starts")
}

/// The most memory that a command held at once. The kernel keeps the peak only as long as
/// the process lives, so it is asked for until then.
fn peak(command: &mut Command) -> u64 {
    let mut child = start_silent(command);
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("a child can be asked").is_none() {
        peak = fs::read_to_string(&status).ok().and_then(|text| peak_in(&text)).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak
}

fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn bytes_below(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum()
}
