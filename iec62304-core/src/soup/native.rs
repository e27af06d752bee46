//! Code that no lock file lists: what packages bundle in other languages, and what the
//! toolchain and the target bring along.

use std::collections::BTreeSet;

use super::identity::native_version;
use crate::model::dependency::{BuildTarget, DependencyKind, Package, PackageGraph};
use crate::words::count;

/// Build dependencies that compile or find native code.
const BUILDERS: [&str; 7] =
    ["autotools", "bindgen", "cc", "cmake", "nasm-rs", "pkg-config", "vcpkg"];

/// Native code in or behind a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Native {
    /// What it is called.
    pub(super) title: String,
    /// Its version, where build metadata names it.
    pub(super) version: Option<String>,
    /// What was seen: a phrase.
    pub(super) seen: String,
}

/// The native code of a package, from what stands in it; nothing is built.
///
/// `links` alone proves nothing: packages also use it to be there only once.
pub(super) fn native(package: &Package, graph: &PackageGraph) -> Option<Native> {
    let name = &package.key.name;
    let sources = package.files.as_ref().map_or(&[][..], |files| &files.native_sources);
    let links = package.manifest.links.as_deref();
    let builder = package.dependencies.iter().find_map(|edge| {
        let builder = graph.packages[edge.to].key.name.as_str();
        let builds = edge.kinds.contains(&DependencyKind::Build) && BUILDERS.contains(&builder);
        builds.then_some(builder)
    });
    let links_natively = package.files.as_ref().is_some_and(|files| files.links_natively);
    let is_sys = name.ends_with("-sys") && (links.is_some() || package.has_build_script);
    let mut seen = Vec::new();
    if !sources.is_empty() {
        let files = count(sources.len(), "native source file");
        seen.push(format!("bundles {files}, as {}", sources[0]));
    }
    if let Some(links) = links.filter(|_| is_sys || builder.is_some() || links_natively) {
        seen.push(format!("says that it links `{links}`"));
    }
    if let Some(builder) = builder.filter(|_| package.has_build_script) {
        seen.push(format!("its build script uses {builder}"));
    }
    if links_natively {
        seen.push("its build script links a library".to_owned());
    }
    if seen.is_empty() && is_sys {
        seen.push("its name ends in -sys and it has a build script".to_owned());
    }
    if seen.is_empty() {
        return None;
    }
    let library = links.unwrap_or_else(|| name.trim_end_matches("-sys"));
    Some(Native {
        title: format!("{library} (native code of {name})"),
        version: native_version(&package.key.version),
        seen: seen.join("; "),
    })
}

/// What a target brings into the device beside packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Platform {
    /// Id and title of the Rust libraries that are linked.
    pub(super) rust: (&'static str, &'static str),
    /// Id and title of the C library, where there is one.
    pub(super) runtime: Option<(&'static str, &'static str)>,
    /// Id and title of the operating system, where there is one.
    pub(super) system: Option<(&'static str, &'static str)>,
}

/// The id of a C library of which only that it must be there is known.
pub(super) const SOME_C_LIBRARY: &str = "c-library";

const CORE: (&str, &str) = ("rust-core", "Rust core library, with alloc where it is used");
const STD: (&str, &str) = ("rust-std", "Rust standard library with core and alloc");

/// What a triple stands for; `None` stands for a product that declares no target.
///
/// From the names of rustc's targets: `ARCH-VENDOR-OS-ENVIRONMENT`, parts left out.
pub(super) fn platform(triple: Option<&str>) -> Platform {
    let Some(triple) = triple else {
        return Platform { rust: STD, runtime: None, system: None };
    };
    let has = |part: &str| triple.split('-').any(|found| found.starts_with(part));
    if has("none") || triple.ends_with("unknown-unknown") || triple.ends_with("-uefi") {
        return Platform { rust: CORE, runtime: None, system: None };
    }
    Platform { rust: STD, runtime: runtime(triple), system: system(triple) }
}

/// The systems that these targets run on, by id.
pub(super) fn systems(targets: &[BuildTarget]) -> BTreeSet<&'static str> {
    let systems = targets.iter().filter_map(|target| platform(target.triple.as_deref()).system);
    systems.map(|(id, _)| id).collect()
}

/// Whether an id is that of Rust's own libraries.
pub(super) fn is_rust(id: &str) -> bool {
    [CORE.0, STD.0].contains(&id)
}

/// Whether an id is that of one certain library or system, so that it means no other.
pub(super) fn is_certain(id: &str) -> bool {
    let known = RUNTIMES.iter().chain(&SYSTEMS).map(|(_, (known, _))| *known);
    known.chain([CORE.0, STD.0]).any(|known| known == id)
}

/// A part of a triple, and id and title of what it stands for.
type Known = (&'static str, (&'static str, &'static str));

const RUNTIMES: [Known; 7] = [
    ("musl", ("musl", "musl C library")),
    ("msvc", ("msvc-runtime", "Microsoft C runtime")),
    ("-windows-gnu", ("mingw-runtime", "MinGW-w64 C runtime")),
    ("-android", ("bionic", "Bionic C library")),
    ("-apple-", ("libsystem", "libSystem, the C library of Apple systems")),
    ("-gnu", ("glibc", "GNU C library")),
    ("uclibc", ("uclibc", "uClibc C library")),
];

fn runtime(triple: &str) -> Option<(&'static str, &'static str)> {
    let found =
        RUNTIMES.into_iter().find(|(part, _)| triple.contains(part)).map(|(_, found)| found);
    let hosted = system(triple).is_some();
    found.or_else(|| hosted.then_some((SOME_C_LIBRARY, "C library of the target")))
}

const SYSTEMS: [Known; 12] = [
    ("android", ("android", "Android")),
    ("linux", ("linux", "Linux")),
    ("windows", ("windows", "Windows")),
    ("-ios", ("ios", "iOS")),
    ("-darwin", ("macos", "macOS")),
    ("freebsd", ("freebsd", "FreeBSD")),
    ("netbsd", ("netbsd", "NetBSD")),
    ("openbsd", ("openbsd", "OpenBSD")),
    ("nto-qnx", ("qnx", "QNX Neutrino")),
    ("vxworks", ("vxworks", "VxWorks")),
    ("espidf", ("esp-idf", "ESP-IDF")),
    ("wasi", ("wasi", "WASI host")),
];

fn system(triple: &str) -> Option<(&'static str, &'static str)> {
    let found = SYSTEMS.into_iter().find(|(part, _)| triple.contains(part)).map(|(_, found)| found);
    let bare = triple.contains("-none") || triple.ends_with("unknown-unknown");
    found.or_else(|| (!bare).then_some(("operating-system", "operating system of the target")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dependency::{Manifest, PackageFiles, PackageKey};

    fn package(name: &str, links: Option<&str>, sources: &[&str], build_script: bool) -> Package {
        Package {
            key: PackageKey {
                name: name.to_owned(),
                version: "1.0.0+2.3".to_owned(),
                ..PackageKey::default()
            },
            has_build_script: build_script,
            manifest: Manifest { links: links.map(str::to_owned), ..Manifest::default() },
            files: Some(PackageFiles {
                native_sources: sources.iter().map(|name| (*name).to_owned()).collect(),
                ..PackageFiles::default()
            }),
            ..Package::default()
        }
    }

    fn seen(package: &Package) -> Option<String> {
        native(package, &PackageGraph::default()).map(|native| native.seen)
    }

    #[test]
    fn bundled_code_shows_without_a_build() {
        let bundled = package("zlib-sys", Some("z"), &["src/zlib/adler32.c"], true);
        let expected =
            "bundles 1 native source file, as src/zlib/adler32.c; says that it links `z`";
        assert_eq!(seen(&bundled).as_deref(), Some(expected));
        let native = native(&bundled, &PackageGraph::default()).unwrap();
        assert_eq!(native.title, "z (native code of zlib-sys)");
        assert_eq!(native.version.as_deref(), Some("2.3"));
    }

    #[test]
    fn links_alone_is_no_native_code() {
        assert_eq!(seen(&package("rayon-core", Some("rayon-core"), &[], true)), None);
    }

    #[test]
    fn a_sys_package_is_native_even_if_nothing_is_bundled() {
        assert_eq!(
            seen(&package("udev-sys", None, &[], true)).as_deref(),
            Some("its name ends in -sys and it has a build script")
        );
        assert_eq!(seen(&package("windows-sys", None, &[], false)), None);
    }

    #[test]
    fn targets_bring_their_own_libraries() {
        let check = |triple, expected| {
            let found = platform(Some(triple));
            let id = |part: Option<(&'static str, &'static str)>| part.map_or("-", |(id, _)| id);
            let words = format!("{} {} {}", found.rust.0, id(found.runtime), id(found.system));
            assert_eq!(words, expected, "{triple}");
        };
        check("thumbv7em-none-eabihf", "rust-core - -");
        check("riscv32imac-unknown-none-elf", "rust-core - -");
        check("wasm32-unknown-unknown", "rust-core - -");
        check("x86_64-unknown-uefi", "rust-core - -");
        check("x86_64-unknown-linux-gnu", "rust-std glibc linux");
        check("aarch64-unknown-linux-musl", "rust-std musl linux");
        check("x86_64-pc-windows-msvc", "rust-std msvc-runtime windows");
        check("x86_64-pc-windows-gnu", "rust-std mingw-runtime windows");
        check("aarch64-apple-darwin", "rust-std libsystem macos");
        check("armv7-linux-androideabi", "rust-std bionic android");
        check("x86_64-pc-nto-qnx710", "rust-std c-library qnx");
    }
}
