//! What identifies a package: designator, package URL, digests, licence, manufacturer.

use super::{DigestCheck, Digests, Licence, Manufacturer, ManufacturerBasis, records};
use crate::model::dependency::{Archive, Package, PackageKey, PackageSource};
use crate::model::record::Record;

/// The package URL. A path package has none: nobody else could resolve it.
pub(super) fn purl(key: &PackageKey) -> Option<String> {
    let base = format!("pkg:cargo/{}@{}", encoded(&key.name), encoded(&key.version));
    match &key.source {
        PackageSource::CratesIo => Some(base),
        PackageSource::Registry(index) => {
            let address = index.split_once('+').map_or(index.as_str(), |(_, address)| address);
            Some(format!("{base}?repository_url={}", encoded(address)))
        }
        PackageSource::Git { url, commit, .. } => {
            Some(format!("{base}?vcs_url={}", encoded(&format!("git+{url}@{commit}"))))
        }
        PackageSource::Path(_) => None,
    }
}

/// Percent-encoding of the package URL specification, which leaves `:` and `/` of a
/// qualifier alone.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' | b':' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => encoded += &format!("%{other:02X}"),
        }
    }
    encoded
}

/// What was delivered, and whether the cached archive is what the lock file means.
pub(super) fn digests(package: &Package, checksum: Option<&str>) -> Digests {
    let locked = checksum.map(str::to_owned);
    let content = package.files.as_ref().and_then(|files| files.content_digest.clone());
    let (sha512, check) = match (&package.archive, &locked) {
        (Archive::Read { sha256, sha512 }, Some(locked)) if sha256 == locked => {
            (Some(sha512.clone()), DigestCheck::Agrees)
        }
        (Archive::Read { sha256, .. }, Some(_)) => (None, DigestCheck::Differs(sha256.clone())),
        (Archive::NotCached, _) => (None, DigestCheck::NotCached),
        (Archive::None | Archive::Unreadable(_) | Archive::Read { .. }, _) => {
            (None, DigestCheck::NotChecked)
        }
    };
    Digests { sha256: locked, sha512, content, check }
}

/// Version, source, and digest or commit, in one line.
pub(super) fn designator(key: &PackageKey, digests: &Digests) -> String {
    let digest = match (&digests.sha256, &digests.content) {
        (Some(digest), _) => Some(format!("sha256:{digest}")),
        (None, Some(digest)) => Some(format!("files sha256:{digest}")),
        (None, None) => None,
    };
    let parts = [Some(key.version.clone()), Some(key.source.to_string()), digest];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The licence as declared and as concluded.
pub(super) fn licence(package: &Package, record: Option<&Record>) -> Licence {
    let manifest = &package.manifest;
    let digest = package.files.as_ref().and_then(|files| files.license_digest.clone());
    Licence {
        declared: manifest.license.as_ref().map(|licence| as_expression(licence)),
        concluded: record.and_then(|record| records::text(record, "license")),
        file: manifest.license_file.clone().map(|file| (file, digest)),
    }
}

/// `MIT/Apache-2.0` of old manifests as the expression that cargo reads it as.
fn as_expression(licence: &str) -> String {
    let parts: Vec<&str> = licence.split('/').map(str::trim).collect();
    parts.join(" OR ")
}

/// Who makes a package: the record's word, else the repository's owner, else the authors.
///
/// The registry is the distributor and never the manufacturer.
pub(super) fn manufacturer(package: &Package, record: Option<&Record>) -> Manufacturer {
    let repository = package.manifest.repository.as_deref();
    let contact = repository.or(package.manifest.homepage.as_deref()).map(str::to_owned);
    let stated = record.and_then(|record| record.text("manufacturer"));
    if let Some(name) = stated {
        return manufacturer_of(name.to_owned(), ManufacturerBasis::Record, contact);
    }
    if let Some(owner) = repository.and_then(owner) {
        return manufacturer_of(owner, ManufacturerBasis::Repository, contact);
    }
    if !package.manifest.authors.is_empty() {
        let authors = package.manifest.authors.join(", ");
        return manufacturer_of(authors, ManufacturerBasis::Authors, contact);
    }
    Manufacturer { contact, ..Manufacturer::default() }
}

fn manufacturer_of(
    name: String,
    basis: ManufacturerBasis,
    contact: Option<String>,
) -> Manufacturer {
    Manufacturer { name: Some(name), basis, contact }
}

/// `OWNER at HOST` of a repository address.
fn owner(repository: &str) -> Option<String> {
    let address = repository.split_once("://").map_or(repository, |(_, rest)| rest);
    let mut parts = address.split('/').filter(|part| !part.is_empty());
    let host = parts.next()?.trim_start_matches("www.");
    let owner = parts.next()?.trim_end_matches(".git");
    Some(format!("{owner} at {host}"))
}

/// The version of the native code that build metadata names, as in `1.1.0+1.2.11`.
pub(super) fn native_version(version: &str) -> Option<String> {
    let (_, metadata) = version.split_once('+')?;
    let metadata = metadata.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    (!metadata.is_empty()).then(|| metadata.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::FilePath;
    use crate::model::dependency::Manifest;

    fn key(version: &str, source: PackageSource) -> PackageKey {
        PackageKey { name: "zlib-sys".to_owned(), version: version.to_owned(), source }
    }

    #[test]
    fn package_urls_follow_the_source() {
        let of = |source| purl(&key("1.1.0+1.2.11", source));
        assert_eq!(of(PackageSource::CratesIo).unwrap(), "pkg:cargo/zlib-sys@1.1.0%2B1.2.11");
        let git = PackageSource::Git {
            url: "https://git.example/zlib".to_owned(),
            reference: None,
            commit: "0123".to_owned(),
        };
        assert_eq!(
            of(git).unwrap(),
            "pkg:cargo/zlib-sys@1.1.0%2B1.2.11?vcs_url=git%2Bhttps://git.example/zlib%400123"
        );
        let own = PackageSource::Registry("sparse+https://own.example/index/".to_owned());
        assert_eq!(
            of(own).unwrap(),
            "pkg:cargo/zlib-sys@1.1.0%2B1.2.11?repository_url=https://own.example/index/"
        );
        assert_eq!(of(PackageSource::Path(Some(FilePath::new("../zlib")))), None);
    }

    #[test]
    fn a_manufacturer_rests_on_the_best_there_is() {
        let of = |repository: Option<&str>, authors: &[&str]| {
            let manifest = Manifest {
                repository: repository.map(str::to_owned),
                authors: authors.iter().map(|author| (*author).to_owned()).collect(),
                ..Manifest::default()
            };
            let package = Package { manifest, ..Package::default() };
            let found = manufacturer(&package, None);
            format!("{} ({})", found.name.as_deref().unwrap_or("-"), found.basis.words())
        };
        assert_eq!(
            of(Some("https://github.com/rust-lang/libc"), &["A"]),
            "rust-lang at github.com (owner of the repository)"
        );
        assert_eq!(
            of(None, &["A <a@x.example>", "B"]),
            "A <a@x.example>, B (authors in the manifest)"
        );
        assert_eq!(of(Some("https://x.example"), &["A"]), "A (authors in the manifest)");
        assert_eq!(of(None, &[]), "- (unknown)");
    }

    #[test]
    fn an_archive_that_differs_from_the_lock_file_is_seen() {
        let archive = Archive::Read { sha256: "ab".to_owned(), sha512: "cd".to_owned() };
        let package = Package { archive, ..Package::default() };
        assert_eq!(digests(&package, Some("ab")).check, DigestCheck::Agrees);
        let differs = digests(&package, Some("ef"));
        assert_eq!(differs.check, DigestCheck::Differs("ab".to_owned()));
        assert_eq!(differs.sha512, None);
    }

    #[test]
    fn old_slashes_are_read_as_cargo_reads_them() {
        assert_eq!(as_expression("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(as_expression("MIT"), "MIT");
    }

    #[test]
    fn build_metadata_names_the_native_version() {
        assert_eq!(native_version("1.1.0+1.2.11"), Some("1.2.11".to_owned()));
        assert_eq!(native_version("1.1.0+zstd.1.5"), Some("1.5".to_owned()));
        assert_eq!(native_version("1.1.0"), None);
        assert_eq!(native_version("1.1.0+wasi"), None);
    }
}
