//! What cargo resolved for the product: packages, the edges between them, and what each
//! target links. Facts only: which role a package plays is decided in `soup`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::location::FilePath;

/// What tells one package of a lock file from every other: name, version and source.
///
/// Name and version alone are no key: a path package and a registry package may share both.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageKey {
    /// The name in its manifest.
    pub name: String,
    /// Its version, build metadata and all.
    pub version: String,
    /// Where it comes from.
    pub source: PackageSource,
}

/// Where a package comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackageSource {
    /// cargo's default registry, or a local copy that stands in for it.
    #[default]
    CratesIo,
    /// Another registry, by its index address.
    Registry(String),
    /// A git repository.
    Git {
        /// Its address, without reference and commit.
        url: String,
        /// The branch, tag or revision that the manifest names, as `branch=main`.
        reference: Option<String>,
        /// The commit in the lock file.
        commit: String,
    },
    /// A folder; relative to the workspace root where the graph is known, else unknown.
    Path(Option<FilePath>),
}

impl PackageSource {
    /// Reads the `source` of a lock file or of `cargo metadata`; `None` stands for a path.
    pub fn parse(source: Option<&str>) -> Self {
        const CRATES_IO: [&str; 2] = [
            "registry+https://github.com/rust-lang/crates.io-index",
            "sparse+https://index.crates.io/",
        ];
        let Some(source) = source else {
            return Self::Path(None);
        };
        if CRATES_IO.contains(&source) {
            return Self::CratesIo;
        }
        let Some(git) = source.strip_prefix("git+") else {
            return Self::Registry(source.to_owned());
        };
        let (address, commit) = git.split_once('#').unwrap_or((git, ""));
        let (url, reference) = match address.split_once('?') {
            Some((url, reference)) => (url, Some(reference.to_owned())),
            None => (address, None),
        };
        Self::Git { url: url.to_owned(), reference, commit: commit.to_owned() }
    }

    /// The word for the kind of source, for output.
    pub fn word(&self) -> &'static str {
        match self {
            Self::CratesIo => "crates.io",
            Self::Registry(_) => "registry",
            Self::Git { .. } => "git",
            Self::Path(_) => "path",
        }
    }
}

impl fmt::Display for PackageSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CratesIo => f.write_str("crates.io"),
            Self::Registry(index) => write!(f, "registry {index}"),
            Self::Git { url, reference: Some(reference), commit } => {
                write!(f, "git {url}?{reference}#{commit}")
            }
            Self::Git { url, reference: None, commit } => write!(f, "git {url}#{commit}"),
            Self::Path(Some(folder)) if folder.as_str().is_empty() => f.write_str("path ."),
            Self::Path(Some(folder)) => write!(f, "path {folder}"),
            Self::Path(None) => f.write_str("path"),
        }
    }
}

impl fmt::Display for PackageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)?;
        match &self.source {
            PackageSource::CratesIo => Ok(()),
            other => write!(f, " ({other})"),
        }
    }
}

/// What is known of the dependencies of a workspace beyond its lock file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Resolution {
    /// Nobody asked: nothing in the project needs it.
    #[default]
    NotAsked,
    /// cargo could not resolve it here.
    Failed(Refusal),
    /// cargo resolved it.
    Graph(Box<PackageGraph>),
}

/// Why cargo could not resolve the dependencies here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The cause in plain words.
    pub cause: String,
    /// Whether the lock file does not fit the manifests: a build would change it.
    pub lock_file_misfits: bool,
}

/// The packages that cargo resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageGraph {
    /// What was simulated: the targets that the product is built for.
    pub targets: Vec<BuildTarget>,
    /// The packages that ship, as indices into `packages`.
    pub product: Vec<usize>,
    /// Every package, sorted by key.
    pub packages: Vec<Package>,
}

/// A platform that the product is built for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildTarget {
    /// Its triple; `None` where the product declares none and every platform counts.
    pub triple: Option<String>,
}

impl BuildTarget {
    /// The words for headings.
    pub fn name(&self) -> &str {
        self.triple.as_deref().unwrap_or("any target")
    }
}

/// A resolved package.
#[expect(clippy::struct_excessive_bools, reason = "four facts, each true or false alone")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// What it is.
    pub key: PackageKey,
    /// Whether it is a member of the workspace.
    pub is_member: bool,
    /// Whether `[patch]` or `[replace]` puts it in the place of another package.
    pub is_patched: bool,
    /// Whether it is a procedural macro.
    pub is_proc_macro: bool,
    /// Whether it has a build script.
    pub has_build_script: bool,
    /// What its manifest says.
    pub manifest: Manifest,
    /// Which features are on where it is linked into the device, by index of target.
    pub linked: BTreeMap<usize, BTreeSet<String>>,
    /// Which features would be on where it is linked, if a package of the product were built
    /// by itself: by index of target and the name of that package. Only known where the
    /// project declares segregations.
    pub alone: BTreeMap<usize, BTreeMap<String, BTreeSet<String>>>,
    /// Which features are on where it runs while the device is built, by index of target.
    pub runs_on_host: BTreeMap<usize, BTreeSet<String>>,
    /// The widest build of the product or workspace that reaches it, where none of the
    /// device's own does.
    pub beyond: Option<Beyond>,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// What stands in its folder; `None` where that is not on this machine.
    pub files: Option<PackageFiles>,
    /// What is on this machine of the archive that a registry delivered.
    pub archive: Archive,
    /// Whether its registry has withdrawn it; `None` where no local index says so.
    pub yanked: Option<bool>,
}

/// The first build, going outwards from the device, in which cargo would compile a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// The tests of the product's packages.
    Tests,
    /// The product with its features, for some target that it does not declare.
    OtherTarget,
    /// The product with features that are off.
    FeatureOff,
    /// Another member of the workspace.
    OtherMember,
}

/// What a manifest says of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What it is for.
    pub description: Option<String>,
    /// Who wrote it; deprecated, and often out of date.
    pub authors: Vec<String>,
    /// Where its source lives.
    pub repository: Option<String>,
    /// Its home page.
    pub homepage: Option<String>,
    /// Its licence expression as written, old slashes and all.
    pub license: Option<String>,
    /// The file that stands for a licence without an expression.
    pub license_file: Option<String>,
    /// The oldest Rust it says it builds with.
    pub rust_version: Option<String>,
    /// The native library that it says it links.
    pub links: Option<String>,
    /// The name of its library in source code.
    pub library: Option<String>,
}

/// An edge of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Index of the package that is depended on.
    pub to: usize,
    /// What the depending source code calls it.
    pub extern_name: String,
    /// For which targets the device links along this edge, by index.
    pub linked: BTreeSet<usize>,
    /// For which targets a build tool or procedural macro is reached along this edge.
    pub on_host: BTreeSet<usize>,
    /// Whether the manifest lists it as a normal, build or development dependency.
    pub kinds: BTreeSet<DependencyKind>,
    /// Whether every listing of it is optional.
    pub optional: bool,
}

/// The table of the manifest that lists a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DependencyKind {
    /// `[dependencies]`
    Normal,
    /// `[build-dependencies]`
    Build,
    /// `[dev-dependencies]`
    Development,
}

/// What stands in the folder of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFiles {
    /// Source files of C, C++ and assembler, relative to the package, sorted.
    pub native_sources: Vec<String>,
    /// Whether the text of its build script tells cargo to link a library.
    pub links_natively: bool,
    /// The commit that the package was published from, and whether the tree was dirty.
    pub published_from: Option<(String, bool)>,
    /// SHA-256 over names and contents of its files; only for path and git packages.
    pub content_digest: Option<String>,
    /// SHA-256 of the text of its `license-file`.
    pub license_digest: Option<String>,
}

/// What is known of the archive that a registry delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Archive {
    /// The package has none, or nobody looked.
    #[default]
    None,
    /// It is not in the local cache.
    NotCached,
    /// It was read.
    Read {
        /// SHA-256, to be compared with the lock file; lowercase hexadecimal.
        sha256: String,
        /// SHA-512; lowercase hexadecimal.
        sha512: String,
    },
    /// It is there and cannot be read; the reason in plain words.
    Unreadable(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_apart() {
        let parse = |source| PackageSource::parse(Some(source));
        assert_eq!(PackageSource::parse(None), PackageSource::Path(None));
        assert_eq!(
            parse("registry+https://github.com/rust-lang/crates.io-index"),
            PackageSource::CratesIo
        );
        assert_eq!(parse("sparse+https://index.crates.io/"), PackageSource::CratesIo);
        assert_eq!(
            parse("registry+https://example.org/index"),
            PackageSource::Registry("registry+https://example.org/index".to_owned())
        );
        let git = parse("git+https://example.org/fork?branch=main#0123abcd");
        assert_eq!(git.to_string(), "git https://example.org/fork?branch=main#0123abcd");
    }

    #[test]
    fn the_same_name_and_version_from_two_sources_are_two_packages() {
        let key =
            |source| PackageKey { name: "queue".to_owned(), version: "1.0.0".to_owned(), source };
        assert_ne!(key(PackageSource::CratesIo), key(PackageSource::Path(None)));
        assert_eq!(key(PackageSource::CratesIo).to_string(), "queue 1.0.0");
        let own = key(PackageSource::Path(Some(FilePath::new("../queue"))));
        assert_eq!(own.to_string(), "queue 1.0.0 (path ../queue)");
    }
}
