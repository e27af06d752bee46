//! Every input of an analysis as a value. The shell fills it; the core only reads it.
//!
//! A snapshot holds no clock, no environment and no absolute path, so two
//! snapshots of the same workspace are equal on every machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use iec62304_macros::requirement;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::location::FilePath;
use crate::model::dependency::Resolution;
use crate::model::outline::Outline;

/// All inputs of one analysis.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The packages of the workspace as cargo knows them, sorted by name.
    pub packages: Vec<Package>,
    /// `iec62304.toml`, if the workspace has one.
    pub configuration: Option<TextFile>,
    /// The record files that the configuration names, in the order of their paths.
    pub records: Vec<TextFile>,
    /// Patterns of the configuration's `records` that matched no file.
    pub unmatched_record_patterns: Vec<String>,
    /// Every Rust file that was asked for, found or not.
    pub sources: BTreeMap<FilePath, SourceState>,
    /// Every `.rs` file in the `src` folders of the packages, asked for or not.
    pub source_folder_files: BTreeSet<FilePath>,
    /// The files that records speak of, where reviews are bound to their content.
    pub documents: BTreeMap<FilePath, Content>,
    /// `Cargo.lock`, if the workspace has one.
    pub lock_file: Option<TextFile>,
    /// The toolchain file, `rust-toolchain.toml` or `rust-toolchain`, if there is one.
    pub toolchain_file: Option<TextFile>,
    /// Files that can change the build, and whether version control tracks each; `None`
    /// where nothing could be asked.
    pub build_inputs: Option<BTreeMap<FilePath, bool>>,
    /// What cargo links for the product, if anything in the project needs it.
    pub resolution: Resolution,
    /// The SOUP baseline that the configuration names, if it names one.
    pub baseline: Option<TextFile>,
    /// Suppliers' bills of materials that records name, by path.
    pub bills: Vec<TextFile>,
    /// The advisory database that was given; `None` if none was.
    pub advisories: Option<AdvisoryFolder>,
    /// The day by which dates are judged; `None` where nobody named one.
    pub as_of: Option<Date>,
    /// The list of known gaps that was given; `None` if none was.
    pub known_gaps: Option<TextFile>,
    /// Stored results and what they may be of; `None` where the project stores none.
    pub evidence: Option<EvidenceFiles>,
}

/// Stored results of tests, and the files beside the Rust code that can change a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceFiles {
    /// Every file of the folder that holds stored runs, by path.
    pub runs: Vec<TextFile>,
    /// The digest of each file of the packages and of the build that is no scanned Rust.
    pub digests: BTreeMap<FilePath, String>,
}

impl Snapshot {
    /// SHA-256 over every input, in a fixed order, as `sha256:…`.
    ///
    /// Equal digests mean equal inputs, and so, for one version of the tool, equal
    /// reports.
    #[requirement("TOOL-13")]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut feed = |name: &str, bytes: &[u8]| {
            hash.update(u64::try_from(name.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(name);
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(bytes);
        };
        feed("packages", format!("{:?}", self.packages).as_bytes());
        let build = self
            .lock_file
            .iter()
            .chain(&self.toolchain_file)
            .chain(&self.baseline)
            .chain(&self.bills);
        for file in self.configuration.iter().chain(&self.records).chain(build) {
            file.content.feed(file.path.as_str(), &mut feed);
        }
        for pattern in &self.unmatched_record_patterns {
            feed("unmatched", pattern.as_bytes());
        }
        for (path, state) in &self.sources {
            match state {
                SourceState::Read(source) => feed(path.as_str(), &source.bytes),
                SourceState::Missing => feed("missing", path.as_str().as_bytes()),
                SourceState::Unreadable(reason) => feed(path.as_str(), reason.as_bytes()),
            }
        }
        for path in &self.source_folder_files {
            feed("below src", path.as_str().as_bytes());
        }
        for (path, content) in &self.documents {
            feed("document", path.as_str().as_bytes());
            content.feed(path.as_str(), &mut feed);
        }
        feed("build inputs", format!("{:?}", self.build_inputs).as_bytes());
        feed("resolution", format!("{:?}", self.resolution).as_bytes());
        if let Some(folder) = &self.advisories {
            feed("advisories", &[]);
            for (path, content) in &folder.files {
                content.feed(path, &mut feed);
            }
        }
        feed("as of", format!("{:?}", self.as_of).as_bytes());
        if let Some(file) = &self.known_gaps {
            feed("known gaps", &[]);
            file.content.feed(file.path.as_str(), &mut feed);
        }
        if let Some(evidence) = &self.evidence {
            feed("evidence", format!("{:?}", evidence.digests).as_bytes());
            for file in &evidence.runs {
                file.content.feed(file.path.as_str(), &mut feed);
            }
        }
        format!("sha256:{}", hex(&hash.finalize()))
    }
}

/// A digest for people to copy: `sha256:` and the first 32 hexadecimal digits.
pub fn short_digest(hash: Sha256) -> String {
    format!("sha256:{}", hex(&hash.finalize()[..16]))
}

/// Whether a text is so many digits as [`hex`] writes them.
pub fn is_hex(text: &str, digits: usize) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(is_digit)
}

/// Bytes as lowercase hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}

/// A package of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The name in its manifest.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The folder of its manifest.
    pub folder: FilePath,
    /// What cargo builds of it, in cargo's order.
    pub targets: Vec<Target>,
    /// The folders of the packages that it depends on by path, of whatever kind the
    /// dependency is, sorted.
    pub path_dependencies: Vec<FilePath>,
}

/// One thing that cargo builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is built.
    pub kind: TargetKind,
    /// The name as cargo gives it, `-` and all.
    pub name: String,
    /// The file it starts from.
    pub root: FilePath,
    /// Whether `cargo test` builds it with its test harness.
    pub tested: bool,
    /// The features without which cargo does not build it.
    pub required_features: Vec<String>,
}

/// What kind of thing a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// A library of any crate type.
    Library,
    /// A procedural macro: runs in the compiler, on the maker's machine.
    ProcMacro,
    /// A program.
    Binary,
    /// A program of `examples/`.
    Example,
    /// A test program of `tests/`.
    Test,
    /// A benchmark.
    Benchmark,
    /// A build script.
    BuildScript,
}

impl Target {
    /// Which target of its package it is, such as `lib`, `bin pump` or `test alarms`.
    pub fn words(&self) -> String {
        match self.kind {
            TargetKind::Library => "lib".to_owned(),
            kind => format!("{} {}", kind.word(), self.name),
        }
    }
}

impl TargetKind {
    /// The word for keys and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Library => "lib",
            Self::ProcMacro => "proc-macro",
            Self::Binary => "bin",
            Self::Example => "example",
            Self::Test => "test",
            Self::Benchmark => "bench",
            Self::BuildScript => "build-script",
        }
    }

    /// Whether its code, outside `cfg(test)`, is product code.
    pub fn is_product(self) -> bool {
        matches!(self, Self::Library | Self::ProcMacro | Self::Binary)
    }
}

/// A configuration or record file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Where it stands.
    pub path: FilePath,
    /// What it holds.
    pub content: Content,
}

/// The bytes of a file, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// It was read.
    Bytes(Box<[u8]>),
    /// It is there and cannot be read; the reason in plain words.
    Unreadable(String),
}

impl Content {
    /// What there is as text.
    ///
    /// # Errors
    ///
    /// When there is nothing, or it is no text; a phrase that says which.
    pub fn text(&self) -> Result<&str, String> {
        match self {
            Self::Bytes(bytes) => {
                std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
            }
            Self::Unreadable(reason) => Err(reason.clone()),
        }
    }

    /// Hands what there is to the digest.
    fn feed(&self, path: &str, feed: &mut impl FnMut(&str, &[u8])) {
        match self {
            Self::Bytes(bytes) => feed(path, bytes),
            Self::Unreadable(reason) => {
                feed("unreadable", path.as_bytes());
                feed(path, reason.as_bytes());
            }
        }
    }
}

/// A folder of `RustSec` advisories, as it was found.
///
/// Where it lies on the machine does not belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdvisoryFolder {
    /// Every file by its path below the folder, with forward slashes, such as
    /// `crates/pump/RUSTSEC-2030-0001.md`. Files that are no advisories are among them;
    /// hidden files and folders are not.
    pub files: BTreeMap<String, Content>,
}

/// What became of a Rust file that was asked for.
#[derive(Clone, Debug)]
pub enum SourceState {
    /// It was read and outlined.
    Read(Box<Source>),
    /// There is no such file.
    Missing,
    /// It is there and cannot be read; the reason in plain words.
    Unreadable(String),
}

/// A Rust file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its bytes, as they are on disk.
    pub bytes: Box<[u8]>,
    /// What stands in it.
    pub outline: Outline,
}
