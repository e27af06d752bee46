//! What stands in the folders of packages and in the archives that a registry delivered.
//!
//! Nothing is built and no build script runs: native code shows in file names.

use std::fs;
use std::path::{Path, PathBuf};

use iec62304_core::model::dependency::{Package, PackageFiles, PackageSource};
use iec62304_core::snapshot::hex;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use super::archives::Archives;

/// Extensions of native source code that a build script may compile.
const NATIVE: [&str; 10] = ["asm", "c", "cc", "cpp", "cu", "cxx", "f90", "m", "mm", "s"];

/// Looks at every package that ships or shapes what ships, in parallel.
///
/// Digests of archives are wanted for documents; no rule asks for them.
pub(super) fn describe(
    packages: &mut [Package],
    manifests: &[PathBuf],
    archives: Option<&Archives>,
) {
    packages.par_iter_mut().zip(manifests).for_each(|(package, manifest)| {
        let near = !package.linked.is_empty() || !package.runs_on_host.is_empty();
        let Some(folder) = manifest.parent().filter(|_| near && !package.is_member) else {
            return;
        };
        package.files = files(package, folder);
        package.yanked = yanked(package, folder);
        if let Some(archives) = archives {
            package.archive = archives.beside(folder, &package.key.source);
        }
    });
}

fn files(package: &Package, folder: &Path) -> Option<PackageFiles> {
    if !folder.is_dir() {
        return None;
    }
    let may_build = package.has_build_script || package.manifest.links.is_some();
    let wants_digest =
        matches!(package.key.source, PackageSource::Git { .. } | PackageSource::Path(_));
    let names = if may_build || wants_digest { file_names(folder) } else { Vec::new() };
    Some(PackageFiles {
        links_natively: package.has_build_script && links_natively(folder),
        native_sources: if may_build { native(&names) } else { Vec::new() },
        published_from: published_from(folder),
        content_digest: wants_digest.then(|| content_digest(folder, &names)).flatten(),
        license_digest: license_digest(package, folder),
    })
}

/// Whether its build script tells cargo to link something; only its text is read.
fn links_natively(folder: &Path) -> bool {
    let scripts = ["build.rs", "build/main.rs", "build/build.rs"];
    let texts = scripts.iter().filter_map(|script| fs::read_to_string(folder.join(script)).ok());
    texts.into_iter().any(|text| text.contains("rustc-link-lib"))
}

/// Every file below a package, relative and sorted; build output and version control
/// left out.
fn file_names(folder: &Path) -> Vec<String> {
    let is_left_out = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && (name == ".git" || (name == "target" && entry.file_type().is_dir()))
    };
    let entries = WalkDir::new(folder).into_iter().filter_entry(|entry| !is_left_out(entry));
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(folder).ok()?.to_str()?;
            Some(below.replace('\\', "/"))
        })
        .collect();
    names.sort();
    names
}

fn native(names: &[String]) -> Vec<String> {
    let is_native = |name: &&String| {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        extension.is_some_and(|extension| NATIVE.contains(&extension.as_str()))
    };
    names.iter().filter(is_native).cloned().collect()
}

/// The commit in `.cargo_vcs_info.json`, which cargo writes when it publishes.
fn published_from(folder: &Path) -> Option<(String, bool)> {
    let text = fs::read_to_string(folder.join(".cargo_vcs_info.json")).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    let git = value.get("git")?;
    let commit = git.get("sha1")?.as_str()?.to_owned();
    let dirty = git.get("dirty").and_then(serde_json::Value::as_bool).unwrap_or(false);
    Some((commit, dirty))
}

fn license_digest(package: &Package, folder: &Path) -> Option<String> {
    let file = package.manifest.license_file.as_ref()?;
    let text = fs::read(folder.join(file)).ok()?;
    Some(hex(&Sha256::digest(text)))
}

fn content_digest(folder: &Path, names: &[String]) -> Option<String> {
    let mut whole = Sha256::new();
    for name in names {
        let content = Sha256::digest(fs::read(folder.join(name)).ok()?);
        whole.update(name.as_bytes());
        whole.update([0]);
        whole.update(content);
    }
    Some(hex(&whole.finalize()))
}

/// Whether the local copy of the registry's index says that this version is withdrawn.
///
/// cargo keeps, for each package, a file of versions and their entries, each ended by a
/// zero byte, in `registry/index/INDEX/.cache`.
fn yanked(package: &Package, folder: &Path) -> Option<bool> {
    let index = folder.parent()?;
    let registry = index.parent().filter(|sources| sources.ends_with("src"))?.parent()?;
    let name = package.key.name.to_lowercase();
    let place = match name.len() {
        0 => return None,
        length @ 1..=2 => length.to_string(),
        3 => format!("3/{}", name.get(..1)?),
        _ => format!("{}/{}", name.get(..2)?, name.get(2..4)?),
    };
    let cache = registry.join("index").join(index.file_name()?).join(".cache");
    let bytes = fs::read(cache.join(place).join(name)).ok()?;
    let mut parts = bytes.split(|byte| *byte == 0);
    parts.find(|part| *part == package.key.version.as_bytes())?;
    let entry: serde_json::Value = serde_json::from_slice(parts.next()?).ok()?;
    entry.get("yanked")?.as_bool()
}

#[cfg(test)]
mod tests {
    use iec62304_core::model::dependency::PackageKey;

    use super::*;

    /// What cargo keeps of a registry's index for a package, as of its version 3.
    fn index_entry(versions: &[(&str, bool)]) -> Vec<u8> {
        let mut bytes = b"\x03\x02\0\0\0etag: \"1\"\0".to_vec();
        for (version, yanked) in versions {
            let entry = format!("{version}\0{{\"vers\":\"{version}\",\"yanked\":{yanked}}}\0");
            bytes.extend(entry.into_bytes());
        }
        bytes
    }

    #[test]
    fn the_local_index_tells_which_version_was_withdrawn() {
        let home = tempfile::tempdir().unwrap();
        let registry = home.path().join("registry");
        for (place, name) in [("2", "ab"), ("3/a", "abc"), ("ab/cd", "abcd"), ("va/lv", "Valve")] {
            let cache = registry.join("index/one/.cache").join(place);
            fs::create_dir_all(&cache).unwrap();
            let entry = index_entry(&[("1.0.0", false), ("1.0.1", true)]);
            fs::write(cache.join(name.to_lowercase()), entry).unwrap();
            let check = |version: &str, expected| {
                let key = PackageKey {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    source: PackageSource::CratesIo,
                };
                let folder = registry.join("src/one").join(format!("{name}-{version}"));
                assert_eq!(yanked(&Package { key, ..Package::default() }, &folder), expected);
            };
            check("1.0.0", Some(false));
            check("1.0.1", Some(true));
            check("1.0.2", None);
        }
    }
}
