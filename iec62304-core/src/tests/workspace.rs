//! A workspace in memory, from files as text: what the shell does from a disk.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::location::FilePath;
use crate::records::{self, FileRole};
use crate::scan::{self, FileContext};
use crate::snapshot::{
    AdvisoryFolder, Content, Package, Snapshot, Source, SourceState, Target, TargetKind, TextFile,
};

mod dependencies;
pub(crate) mod evidence;

/// The day by which everything in memory is judged.
const AS_OF: Date = jiff::civil::date(2026, 6, 1);

/// Files by path. `src/lib.rs` makes a package called `pump`, `crates/x/src/lib.rs` one
/// called `x`; targets are found as cargo finds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workspace(pub(crate) BTreeMap<String, String>);

impl Workspace {
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot {
            packages: self.packages(),
            as_of: Some(AS_OF),
            known_gaps: self.0.get("known-gaps.txt").map(|text| file("known-gaps.txt", text)),
            ..Snapshot::default()
        };
        snapshot.configuration =
            self.0.get("iec62304.toml").map(|text| file("iec62304.toml", text));
        self.read_records(&mut snapshot);
        let roots: Vec<FileContext> = snapshot
            .packages
            .iter()
            .flat_map(|package| &package.targets)
            .map(|target| FileContext::root(&target.root))
            .collect();
        for root in roots {
            self.read_source(&root, &mut snapshot);
        }
        let is_source = |path: &&String| {
            !path.starts_with("before/")
                && path.contains("src/")
                && FilePath::new(path).name().rsplit('.').next() == Some("rs")
        };
        snapshot.source_folder_files =
            self.0.keys().filter(is_source).map(|path| FilePath::new(path)).collect();
        for orphan in snapshot.source_folder_files.clone() {
            self.read_source(&FileContext::root(&orphan), &mut snapshot);
        }
        self.read_dependencies(&mut snapshot);
        self.read_documents(&mut snapshot);
        self.read_evidence(&mut snapshot);
        snapshot
    }

    /// As the shell does: only where something is declared that needs them.
    fn read_dependencies(&self, snapshot: &mut Snapshot) {
        let mut documents = Vec::new();
        let configuration = snapshot.configuration.iter();
        documents.extend(configuration.map(|file| records::read(file, FileRole::Configuration)));
        documents
            .extend(snapshot.records.iter().map(|file| records::read(file, FileRole::Records)));
        let Some(document) = documents.first() else {
            return;
        };
        let (configuration, _) = crate::config::Configuration::resolve(document);
        if !crate::soup::is_asked_for(&configuration, &documents) {
            return;
        }
        let text = |path: &str| self.0.get(path).map(|text| file(path, text));
        snapshot.lock_file = text("Cargo.lock");
        snapshot.toolchain_file = text("rust-toolchain.toml");
        let baseline = configuration.product.baseline.as_ref();
        snapshot.baseline = baseline.map(|path| self.named(&path.value));
        let bills = crate::soup::bills(&documents).into_iter();
        snapshot.bills = bills.map(|path| self.named(path)).collect();
        snapshot.advisories = self.advisories();
        snapshot.build_inputs = self.0.get("tracked.txt").map(|list| tracked(list));
        snapshot.resolution = dependencies::resolution(
            snapshot.lock_file.as_ref(),
            self.0.get("roles.txt").map(String::as_str),
            &snapshot.packages,
            &configuration.product,
        );
    }

    /// A file that something names, whether it is there or not.
    fn named(&self, path: &str) -> TextFile {
        self.0.get(path).map_or_else(
            || TextFile {
                path: FilePath::new(path),
                content: Content::Unreadable("there is no such file".to_owned()),
            },
            |text| file(path, text),
        )
    }

    /// As the shell does: only where a review is bound to content.
    fn read_documents(&self, snapshot: &mut Snapshot) {
        let configuration = snapshot.configuration.iter();
        let configuration = configuration.map(|file| records::read(file, FileRole::Configuration));
        let records = snapshot.records.iter().map(|file| records::read(file, FileRole::Records));
        let documents: Vec<_> = configuration.chain(records).collect();
        let files = crate::trace::content::files_to_read(&documents, false);
        let there = files.iter().filter_map(|path| {
            let text = self.0.get(path.as_str())?;
            Some((path.clone(), Content::Bytes(text.as_bytes().into())))
        });
        snapshot.documents = there.collect();
    }

    /// The files below `advisory-db`, if there are any.
    fn advisories(&self) -> Option<AdvisoryFolder> {
        let entry = |(path, text): (&String, &String)| {
            let below = path.strip_prefix("advisory-db/")?;
            // A block of a page cannot hold the fence that an entry starts and ends with.
            let text = text.replace("~~~", "```");
            Some((below.to_owned(), Content::Bytes(text.as_bytes().into())))
        };
        let files: BTreeMap<String, Content> = self.0.iter().filter_map(entry).collect();
        (!files.is_empty()).then_some(AdvisoryFolder { files })
    }

    fn read_records(&self, snapshot: &mut Snapshot) {
        let Some(configuration) = &snapshot.configuration else {
            return;
        };
        let document = records::read(configuration, FileRole::Configuration);
        let (configuration, _) = crate::config::Configuration::resolve(&document);
        for pattern in &configuration.records {
            let found: Vec<&String> = self
                .0
                .keys()
                .filter(|path| fast_glob::glob_match(&pattern.value, path.as_str()))
                .collect();
            if found.is_empty() {
                snapshot.unmatched_record_patterns.push(pattern.value.clone());
            }
            snapshot.records.extend(found.into_iter().map(|path| file(path, &self.0[path])));
        }
    }

    fn read_source(&self, context: &FileContext, snapshot: &mut Snapshot) -> bool {
        let Some(text) = self.0.get(context.file.as_str()) else {
            snapshot.sources.insert(context.file.clone(), SourceState::Missing);
            return false;
        };
        if snapshot.sources.contains_key(&context.file) {
            return true;
        }
        let outline = scan::outline(text.as_bytes());
        let requests = scan::requests(&outline, text.as_bytes(), context);
        let source = Source { bytes: text.as_bytes().into(), outline };
        snapshot.sources.insert(context.file.clone(), SourceState::Read(Box::new(source)));
        for request in requests {
            let _found =
                request.candidates.iter().any(|candidate| self.read_source(candidate, snapshot));
        }
        true
    }

    fn packages(&self) -> Vec<Package> {
        let mut packages: BTreeMap<FilePath, Package> = BTreeMap::new();
        for path in self.0.keys().filter(|path| !path.starts_with("before/")) {
            let Some((folder, kind, name)) = target(path) else {
                continue;
            };
            let package = packages.entry(FilePath::new(folder)).or_insert_with(|| Package {
                name: FilePath::new(folder).name().to_owned(),
                version: "0.1.0".to_owned(),
                folder: FilePath::new(folder),
                targets: Vec::new(),
                path_dependencies: Vec::new(),
            });
            if package.name.is_empty() {
                package.name = "pump".to_owned();
            }
            let name = name.map_or_else(|| package.name.clone(), str::to_owned);
            let tested = !matches!(kind, TargetKind::Example | TargetKind::BuildScript);
            package.targets.push(Target {
                kind,
                name,
                root: FilePath::new(path),
                tested,
                required_features: Vec::new(),
            });
        }
        packages.into_values().collect()
    }
}

/// Files that can change the build: `tracked PATH` or `untracked PATH`, a line each.
fn tracked(list: &str) -> BTreeMap<FilePath, bool> {
    let line = |line: &str| {
        let (word, path) = line.split_once(' ').unwrap();
        (FilePath::new(path), word == "tracked")
    };
    list.lines().map(line).collect()
}

fn file(path: &str, text: &str) -> TextFile {
    TextFile { path: FilePath::new(path), content: Content::Bytes(text.as_bytes().into()) }
}

/// The package folder, kind and name of the target that starts at `path`.
fn target(path: &str) -> Option<(&str, TargetKind, Option<&str>)> {
    let at = |end: &str| path.strip_suffix(end).map(|folder| folder.trim_end_matches('/'));
    if let Some(folder) = at("src/lib.rs") {
        return Some((folder, TargetKind::Library, None));
    }
    if let Some(folder) = at("src/main.rs") {
        return Some((folder, TargetKind::Binary, None));
    }
    if let Some(folder) = at("build.rs") {
        return Some((folder, TargetKind::BuildScript, Some("build-script-build")));
    }
    let (folder, file) = path.rsplit_once('/')?;
    let name = Some(file.strip_suffix(".rs")?);
    [
        ("tests", TargetKind::Test),
        ("examples", TargetKind::Example),
        ("benches", TargetKind::Benchmark),
        ("src/bin", TargetKind::Binary),
    ]
    .into_iter()
    .find_map(|(place, kind)| {
        let package = folder.strip_suffix(place)?;
        Some((package.trim_end_matches('/'), kind, name))
    })
}
