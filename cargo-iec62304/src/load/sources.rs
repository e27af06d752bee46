//! The Rust files: read in parallel, as the outlines ask for them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use iec62304_core::location::FilePath;
use iec62304_core::scan::{self, FileContext};
use iec62304_core::snapshot::{Package, Source, SourceState};
use rayon::Scope;
use walkdir::{DirEntry, WalkDir};

/// The largest file whose places fit into 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// What was asked for so far. A file is read once, by whoever asks first; the others wait
/// for it, so that what is found does not depend on who is faster.
#[derive(Default)]
struct Asked {
    files: BTreeMap<FilePath, Arc<OnceLock<SourceState>>>,
    contexts: BTreeSet<FileContext>,
}

/// A pool of readers on one workspace.
struct Readers<'r> {
    root: &'r Path,
    asked: Mutex<Asked>,
}

/// Every Rust file that the packages' targets ask for, and every one below their `src`
/// folders, with the paths of the latter.
pub(crate) fn read(
    root: &Path,
    packages: &[Package],
) -> (BTreeMap<FilePath, SourceState>, BTreeSet<FilePath>) {
    let readers = Readers { root, asked: Mutex::default() };
    let targets = packages.iter().flat_map(|package| &package.targets);
    let roots: BTreeSet<FileContext> =
        targets.map(|target| FileContext::root(&target.root)).collect();
    let below_src = rayon::scope(|scope| {
        for context in roots {
            readers.follow(scope, vec![context]);
        }
        source_folder_files(root, packages)
    });
    // Files that no module declares are read too: a tag in them must not get lost.
    rayon::scope(|scope| {
        for path in &below_src {
            scope.spawn(|_| {
                readers.cell(path).get_or_init(|| load(readers.root, path));
            });
        }
    });
    let files = readers.asked.into_inner().expect(NO_PANIC).files;
    let states = files.into_iter().map(|(path, cell)| {
        let state = Arc::into_inner(cell).and_then(OnceLock::into_inner);
        (path, state.expect("every file that was asked for was read, and all readers have ended"))
    });
    (states.collect(), below_src)
}

const NO_PANIC: &str = "no reader panics while it holds the lock";

impl Readers<'_> {
    /// Takes the first of the candidates that exists, and follows what it asks for.
    fn follow<'s>(&'s self, scope: &Scope<'s>, candidates: Vec<FileContext>) {
        scope.spawn(move |scope| {
            for context in candidates {
                if self.take(scope, &context) {
                    return;
                }
            }
        });
    }

    /// Reads a file, unless another reader did, and follows its modules in this context,
    /// unless another reader does. Returns whether the file is there.
    fn take<'s>(&'s self, scope: &Scope<'s>, context: &FileContext) -> bool {
        let cell = self.cell(&context.file);
        let state = cell.get_or_init(|| load(self.root, &context.file));
        if let SourceState::Read(source) = state
            && self.asked.lock().expect(NO_PANIC).contexts.insert(context.clone())
        {
            for request in scan::requests(&source.outline, &source.bytes, context) {
                self.follow(scope, request.candidates);
            }
        }
        !matches!(state, SourceState::Missing)
    }

    fn cell(&self, path: &FilePath) -> Arc<OnceLock<SourceState>> {
        Arc::clone(self.asked.lock().expect(NO_PANIC).files.entry(path.clone()).or_default())
    }
}

/// Reads and outlines one file.
fn load(root: &Path, path: &FilePath) -> SourceState {
    let path = root.join(path.as_str());
    let read = fs::metadata(&path).and_then(|metadata| {
        if !metadata.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        if metadata.len() > LARGEST {
            return Err(io::Error::other("it is larger than 4 GiB"));
        }
        fs::read(&path)
    });
    match read {
        Ok(bytes) => {
            let bytes: Box<[u8]> = bytes.into();
            let outline = scan::outline(&bytes);
            SourceState::Read(Box::new(Source { bytes, outline }))
        }
        Err(error) if is_missing(&error) => SourceState::Missing,
        Err(error) => SourceState::Unreadable(reason(&error)),
    }
}

/// Also where a file stands in the way of a folder: `src/x.rs/y.rs`.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Why a file cannot be read, in words that are the same on every system.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::Other => error.to_string(),
        kind => kind.to_string(),
    }
}

/// Every `.rs` file below the packages' `src` folders, those of packages inside left out.
fn source_folder_files(root: &Path, packages: &[Package]) -> BTreeSet<FilePath> {
    let folders: BTreeSet<&FilePath> = packages.iter().map(|package| &package.folder).collect();
    let mut files = BTreeSet::new();
    for folder in folders {
        let source = folder.join("src");
        let whole = root.join(source.as_str());
        let entries = WalkDir::new(&whole).into_iter().filter_entry(|entry| !is_package(entry));
        for entry in entries.filter_map(Result::ok) {
            let is_rust = entry.path().extension().is_some_and(|extension| extension == "rs");
            let below = entry.path().strip_prefix(&whole).ok().and_then(Path::to_str);
            if let Some(below) = below.filter(|_| is_rust && entry.file_type().is_file()) {
                files.insert(source.join(below));
            }
        }
    }
    files
}

fn is_package(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_type().is_dir() && entry.path().join("Cargo.toml").exists()
}
