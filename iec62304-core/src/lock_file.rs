//! `Cargo.lock`: every package that cargo may ever build, each at its line.
//!
//! The lock file alone says nothing about roles; it is what roles are counted against.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::location::{Located, Location, Span};
use crate::model::dependency::{PackageKey, PackageSource};
use crate::snapshot::{Content, TextFile};

/// What a lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockFile {
    /// Every package, sorted by key.
    pub packages: Vec<LockedPackage>,
}

/// A package of a lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPackage {
    /// What it is; a path package stands without its folder.
    pub key: PackageKey,
    /// The line that names it.
    pub at: Location,
    /// SHA-256 of the archive that its registry delivers; lowercase hexadecimal.
    pub checksum: Option<String>,
}

/// Why a lock file cannot be read, and where.
pub type Unreadable = Located<String>;

/// Reads a lock file of any version that cargo writes.
///
/// # Errors
///
/// When it is no text, no TOML, or a package has no name or version.
pub fn read(file: &TextFile) -> Result<LockFile, Unreadable> {
    let refused =
        |message: String, span: Span| Located::new(message, Location::new(&file.path, span));
    let bytes = match &file.content {
        Content::Bytes(bytes) => bytes,
        Content::Unreadable(reason) => {
            return Err(refused(format!("it cannot be read: {reason}"), Span::default()));
        }
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| refused("it is not UTF-8 text".to_owned(), Span::default()))?;
    let root = DeTable::parse(text).map_err(|error| {
        let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
        refused(format!("it is no TOML: {}", error.message()), span)
    })?;
    let root = root.get_ref();
    let checksums = Checksums(root.get("metadata").and_then(|value| value.get_ref().as_table()));
    let entries = root.get("package").and_then(|value| value.get_ref().as_array());
    let mut packages = Vec::new();
    for entry in entries.into_iter().flatten() {
        let package = package(entry, file, &checksums).ok_or_else(|| {
            let span = Span::new(entry.span().start, entry.span().end);
            refused("a package in it has no name or no version".to_owned(), span)
        })?;
        packages.push(package);
    }
    packages.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(LockFile { packages })
}

fn package(
    entry: &Spanned<DeValue<'_>>,
    file: &TextFile,
    checksums: &Checksums<'_>,
) -> Option<LockedPackage> {
    let table = entry.get_ref().as_table()?;
    let text = |name: &str| table.get(name).and_then(|value| value.get_ref().as_str());
    let name = table.get("name")?;
    let version = text("version")?;
    let source = text("source");
    let written = name.get_ref().as_str()?;
    Some(LockedPackage {
        key: PackageKey {
            name: written.to_owned(),
            version: version.to_owned(),
            source: PackageSource::parse(source),
        },
        at: Location::new(&file.path, Span::new(name.span().start, name.span().end)),
        checksum: text("checksum")
            .map(str::to_owned)
            .or_else(|| checksums.of(written, version, source?)),
    })
}

/// Lock files of cargo before 1.38 keep their checksums in a table of their own.
struct Checksums<'t>(Option<&'t DeTable<'t>>);

impl Checksums<'_> {
    fn of(&self, name: &str, version: &str, source: &str) -> Option<String> {
        let key = format!("checksum {name} {version} ({source})");
        let checksum = self.0?.get(key.as_str())?.get_ref().as_str()?;
        (checksum != "<none>").then(|| checksum.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;
    use crate::location::FilePath;

    fn lock(text: &str) -> Result<LockFile, String> {
        let file = TextFile {
            path: FilePath::new("Cargo.lock"),
            content: Content::Bytes(text.as_bytes().into()),
        };
        read(&file).map_err(|refused| refused.value)
    }

    fn lines(text: &str) -> Vec<String> {
        let package = |package: LockedPackage| {
            let checksum = package.checksum.unwrap_or_else(|| "-".to_owned());
            format!("{} {checksum} at {}", package.key, package.at.span.start)
        };
        lock(text).unwrap().packages.into_iter().map(package).collect()
    }

    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

    #[test]
    #[requirement("TOOL-18")]
    #[verifies("soup.AC-1")]
    fn every_package_stands_at_its_line() {
        let text = format!(
            "version = 4\n\n[[package]]\nname = \"queue\"\nversion = \"1.0.0\"\n\
             source = \"{REGISTRY}\"\nchecksum = \"ab\"\n\n\
             [[package]]\nname = \"pump\"\nversion = \"0.1.0\"\ndependencies = [\"queue\"]\n"
        );
        assert_eq!(lines(&text), ["pump 0.1.0 (path) - at 159", "queue 1.0.0 ab at 32"]);
    }

    #[test]
    fn checksums_of_old_lock_files_are_found() {
        let text = format!(
            "[[package]]\nname = \"queue\"\nversion = \"1.0.0\"\nsource = \"{REGISTRY}\"\n\
             [metadata]\n\"checksum queue 1.0.0 ({REGISTRY})\" = \"ab\"\n"
        );
        assert_eq!(lines(&text), ["queue 1.0.0 ab at 19"]);
    }

    #[test]
    fn what_is_no_lock_file_is_refused() {
        assert_eq!(lock("<<<<<<< HEAD\n").unwrap_err().split(':').next(), Some("it is no TOML"));
        assert_eq!(
            lock("[[package]]\nname = \"queue\"\n").unwrap_err(),
            "a package in it has no name or no version"
        );
        assert_eq!(lock("").unwrap(), LockFile::default());
    }
}
