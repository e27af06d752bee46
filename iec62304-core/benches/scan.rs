//! How fast the scan is, beside the bare lexer and a full parser, in one run.
//!
//! `cargo bench -p iec62304-core --bench scan -- FOLDER` takes every `.rs` file below
//! FOLDER; without one, the packages that this build uses.
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark reads files, looks at a clock and prints"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use iec62304_core::scan::outline;
use ra_ap_rustc_lexer::{FrontmatterAllowed, tokenize};

/// Each measurement is repeated, and the best one counts: the others were disturbed.
const REPEATS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.map_or_else(registry, PathBuf::from);
    let mut sources = Vec::new();
    read(&folder, &mut sources);
    let bytes: usize = sources.iter().map(String::len).sum();
    println!("{} files, {:.1} MB, best of {REPEATS}", sources.len(), bytes as f64 / 1e6);

    let lexer = best(|| {
        sources.iter().map(|source| tokenize(source, FrontmatterAllowed::Yes).count()).sum()
    });
    let scan = best(|| sources.iter().map(|source| outline(source.as_bytes()).items.len()).sum());
    let parallel = best(|| in_parallel(&sources));
    let parser = best(|| sources.iter().filter(|source| syn::parse_file(source).is_ok()).count());
    for (name, seconds) in [
        ("bare lexer, one core", lexer),
        ("our scan, one core", scan),
        ("our scan, all cores", parallel),
        ("syn::parse_file, one core", parser),
    ] {
        println!(
            "{name:<26} {:>7.1} MB/s  {:>6.2} x the time of our scan on one core",
            bytes as f64 / seconds / 1e6,
            seconds / scan,
        );
    }
}

fn best(run: impl Fn() -> usize) -> f64 {
    let once = || {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64()
    };
    (0..REPEATS).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn in_parallel(sources: &[String]) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut items = 0;
        while let Some(source) =
            sources.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        {
            items += outline(source.as_bytes()).items.len();
        }
        items
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("the scan never panics")).sum()
    })
}

/// The folder in which cargo keeps the sources of packages.
fn registry() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    home.expect("cargo has a home").join("registry/src")
}

fn read(folder: &Path, sources: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.extend(fs::read_to_string(&path));
        }
    }
}
