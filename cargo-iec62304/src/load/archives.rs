//! The archives that registries delivered, in cargo's cache, and their digests.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use iec62304_core::lock_file;
use iec62304_core::model::dependency::{Archive, PackageSource};
use iec62304_core::snapshot::{TextFile, hex};
use sha2::{Digest, Sha256, Sha512};

use super::sources::reason;
use super::workspace::cargo_home;

/// What was read of each archive.
#[derive(Default)]
pub(super) struct Archives(BTreeMap<PathBuf, Archive>);

impl Archives {
    /// Reads those of a lock file, one after the other, until what is needed is known.
    ///
    /// Which of them ship only cargo's resolution tells, and a core is idle until then.
    pub(super) fn read_ahead(lock_file: Option<&TextFile>, is_known: &AtomicBool) -> Self {
        let mut archives = Self::default();
        let Some(Ok(lock)) = lock_file.map(lock_file::read) else {
            return archives;
        };
        let caches = caches();
        let delivered = lock.packages.iter().filter(|package| is_delivered(&package.key.source));
        for package in delivered {
            let file = format!("{}-{}.crate", package.key.name, package.key.version);
            for path in caches.iter().map(|cache| cache.join(&file)) {
                if is_known.load(Ordering::Relaxed) {
                    return archives;
                }
                if path.is_file() {
                    let archive = read(&path);
                    archives.0.insert(path, archive);
                }
            }
        }
        archives
    }

    /// The archive beside the sources that cargo unpacked: `registry/src/INDEX/NAME-VERSION`
    /// has its own in `registry/cache/INDEX/NAME-VERSION.crate`.
    pub(super) fn beside(&self, folder: &Path, source: &PackageSource) -> Archive {
        if !is_delivered(source) {
            return Archive::None;
        }
        let Some(path) = path_beside(folder) else {
            return Archive::NotCached;
        };
        self.0.get(&path).cloned().unwrap_or_else(|| read(&path))
    }
}

fn is_delivered(source: &PackageSource) -> bool {
    match source {
        PackageSource::CratesIo | PackageSource::Registry(_) => true,
        PackageSource::Git { .. } | PackageSource::Path(_) => false,
    }
}

/// The folder of each registry in cargo's cache.
fn caches() -> Vec<PathBuf> {
    let folder = cargo_home().map(|home| home.join("registry").join("cache"));
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    let entries = entries.into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).collect()
}

fn path_beside(folder: &Path) -> Option<PathBuf> {
    let index = folder.parent()?;
    let sources = index.parent()?;
    if sources.file_name()? != "src" {
        return None;
    }
    let mut file = folder.file_name()?.to_owned();
    file.push(".crate");
    Some(sources.parent()?.join("cache").join(index.file_name()?).join(file))
}

fn read(path: &Path) -> Archive {
    match fs::read(path) {
        Ok(bytes) => Archive::Read {
            sha256: hex(&Sha256::digest(&bytes)),
            sha512: hex(&Sha512::digest(&bytes)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Archive::NotCached,
        Err(error) => Archive::Unreadable(reason(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_stands_beside_the_sources_that_cargo_unpacked() {
        let home = tempfile::tempdir().unwrap();
        let cache = home.path().join("registry/cache/one");
        fs::create_dir_all(&cache).unwrap();
        fs::write(cache.join("valve-1.0.0.crate"), "archive").unwrap();
        let sources = home.path().join("registry/src/one");
        let beside = |name: &str, source: &PackageSource| {
            Archives::default().beside(&sources.join(name), source)
        };
        let Archive::Read { sha256, sha512 } = beside("valve-1.0.0", &PackageSource::CratesIo)
        else {
            panic!("it is there");
        };
        assert!(sha256.starts_with("0eb3e36b"), "{sha256}");
        assert_eq!(sha512.len(), 128);
        assert_eq!(beside("valve-1.0.1", &PackageSource::CratesIo), Archive::NotCached);
        assert_eq!(beside("valve-1.0.0", &PackageSource::Path(None)), Archive::None);
        let vendored = home.path().join("vendor/valve");
        let found = Archives::default().beside(&vendored, &PackageSource::CratesIo);
        assert_eq!(found, Archive::NotCached);
    }

    #[test]
    fn nothing_is_read_ahead_once_the_device_is_known() {
        let lock = "version = 4\n[[package]]\nname = \"valve\"\nversion = \"1.0.0\"\n\
                    source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        let lock = TextFile {
            path: iec62304_core::location::FilePath::new("Cargo.lock"),
            content: iec62304_core::snapshot::Content::Bytes(lock.as_bytes().into()),
        };
        let ahead = Archives::read_ahead(Some(&lock), &AtomicBool::new(true));
        assert!(ahead.0.is_empty());
        assert!(Archives::read_ahead(None, &AtomicBool::new(false)).0.is_empty());
    }
}
