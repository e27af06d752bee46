//! An inventory made by hand, with every kind of row: what the formats are tried on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{
    AdvisoryState, Basis, Binding, DigestCheck, Digests, Evaluation, Hit, HitKind, Inventory,
    Judgement, Licence, Locked, Manufacturer, ManufacturerBasis, Product, RecordRef, Role, Row,
    RowKind, Toolchain, UnitReference, Verdict,
};
use crate::location::{FilePath, Located, Location, Span};
use crate::model::dependency::{BuildTarget, PackageKey, PackageSource};
use crate::standard::SafetyClass;
use crate::trace::Effective;

/// The day of judgement of the sample.
pub(crate) const AS_OF: Date = date(2026, 6, 1);

/// A pump with a registry package, a patched one, a git one, native code, the core
/// library, an operating system, a procedural macro and its host dependency.
pub(crate) fn inventory() -> Inventory {
    Inventory {
        product: Product {
            name: "Example pump".to_owned(),
            version: "1.3.0".to_owned(),
            manufacturer: Some("Example Devices".to_owned()),
            contact: Some("https://devices.example".to_owned()),
            packages: vec![key("pump", "1.3.0", PackageSource::Path(Some(FilePath::new("pump"))))],
            because: "declared in [product]".to_owned(),
            targets: vec![
                BuildTarget { triple: Some("thumbv7em-none-eabihf".to_owned()) },
                BuildTarget { triple: Some("x86_64-unknown-linux-gnu".to_owned()) },
            ],
            features: vec!["alarms".to_owned()],
        },
        basis: Basis::Graph,
        census: census(),
        soup: vec![registry(), patched(), git(), native(), core(), operating_system()],
        tools: vec![generator()],
        advisories: AdvisoryState::Read {
            digest: format!("sha256:{}", "d".repeat(64)),
            entries: 1225,
            newest: Some(date(2026, 5, 20)),
            age: Some(12),
            unreadable: Vec::new(),
        },
        toolchain: Toolchain::default(),
        build_inputs: None,
        unused: Vec::new(),
        items_of_causes: BTreeSet::new(),
        since_baseline: crate::soup::SinceBaseline::NoBaseline,
        as_of: Some(AS_OF),
    }
}

pub(crate) fn key(name: &str, version: &str, source: PackageSource) -> PackageKey {
    PackageKey { name: name.to_owned(), version: version.to_owned(), source }
}

fn at(line: u32) -> Location {
    Location::new(&FilePath::new("Cargo.lock"), Span { start: line, end: line + 1 })
}

fn census() -> Vec<Locked> {
    let path = |folder: &str| PackageSource::Path(Some(FilePath::new(folder)));
    let row = |key: PackageKey, role: Role, reason: &str| Locked {
        at: at(0),
        checksum: None,
        role,
        reason: reason.to_owned(),
        path: vec!["pump 1.3.0".to_owned(), format!("{} {}", key.name, key.version)],
        linked: if role <= Role::Own { vec![0, 1] } else { Vec::new() },
        also_on_host: false,
        advisories: Vec::new(),
        key,
    };
    vec![
        row(key("pump", "1.3.0", path("pump")), Role::Own, "member of the workspace, ships"),
        row(
            key("ring-queue", "0.8.0", PackageSource::CratesIo),
            Role::InDevice,
            "linked on both targets",
        ),
        row(key("small-list", "0.6.9", path("../small-list")), Role::InDevice, "linked, patched"),
        row(
            key("unit-derive", "1.0.2", PackageSource::CratesIo),
            Role::GeneratesDeviceCode,
            "proc macro",
        ),
        row(
            key("zlib-sys", "1.1.0+1.2.11", fork()),
            Role::InDevice,
            "linked on x86_64-unknown-linux-gnu",
        ),
    ]
}

fn fork() -> PackageSource {
    PackageSource::Git {
        url: "https://git.example/zlib-sys".to_owned(),
        reference: Some("branch=main".to_owned()),
        commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
    }
}

fn blank(id: &str, kind: RowKind, title: &str) -> Row {
    Row {
        id: id.to_owned(),
        kind,
        listed_in: None,
        unusable_bill: None,
        record: None,
        title: title.to_owned(),
        manufacturer: Manufacturer::default(),
        version: None,
        designator: String::new(),
        package: None,
        at: at(0),
        role: Role::InDevice,
        description: None,
        purl: None,
        digests: Digests::default(),
        commit: None,
        repository: None,
        homepage: None,
        licence: Licence::default(),
        features: BTreeMap::new(),
        paths: Vec::new(),
        rust_version: None,
        modified: None,
        modified_because: None,
        stated_version: None,
        yanked: None,
        items: Vec::new(),
        references: Vec::new(),
        class: Effective {
            class: SafetyClass::C,
            because: "through item motor-control, as item motor-control states".to_owned(),
            is_raised: false,
        },
        judgement: Judgement::default(),
        evaluation: Evaluation::default(),
        advisories: Vec::new(),
        depends_on: Vec::new(),
        is_direct: true,
    }
}

fn record(table: &'static str, id: &str) -> RecordRef {
    let id = Located::new(
        id.to_owned(),
        Location::new(&FilePath::new("records/soup.toml"), Span::new(1, 2)),
    );
    RecordRef { table, id, covers: None }
}

fn registry() -> Row {
    Row {
        record: Some(record("soup", "ring-queue")),
        manufacturer: Manufacturer {
            name: Some("Ring Queue, \"the\" authors <we@queue.example>".to_owned()),
            basis: ManufacturerBasis::Record,
            contact: Some("https://github.com/queue/ring-queue".to_owned()),
        },
        version: Some("0.8.0".to_owned()),
        designator: format!("0.8.0, crates.io, sha256:{}", "a".repeat(64)),
        package: Some(key("ring-queue", "0.8.0", PackageSource::CratesIo)),
        description: Some("A queue | of fixed size, without heap".to_owned()),
        purl: Some("pkg:cargo/ring-queue@0.8.0".to_owned()),
        digests: Digests {
            sha256: Some("a".repeat(64)),
            sha512: Some("b".repeat(128)),
            content: None,
            check: DigestCheck::Agrees,
        },
        commit: Some("89abcdef0123456789abcdef0123456789abcdef".to_owned()),
        repository: Some("https://github.com/queue/ring-queue".to_owned()),
        licence: Licence {
            declared: Some("MIT OR Apache-2.0".to_owned()),
            concluded: Some("MIT".to_owned()),
            file: None,
        },
        features: BTreeMap::from([
            (0, vec!["cas".to_owned()]),
            (1, vec!["cas".to_owned(), "std".to_owned()]),
        ]),
        paths: vec![vec!["pump 1.3.0".to_owned(), "ring-queue 0.8.0".to_owned()]],
        rust_version: Some("1.60".to_owned()),
        yanked: Some(false),
        items: vec!["motor-control".to_owned()],
        references: vec![UnitReference {
            unit: "rate-controller".to_owned(),
            at: at(10),
            places: 3,
        }],
        judgement: judged(),
        evaluation: evaluated(),
        advisories: vec![
            hit("RUSTSEC-2026-0001", HitKind::Unsound, true),
            hit("RUSTSEC-2026-0002", HitKind::Vulnerability, false),
        ],
        depends_on: vec![4],
        ..blank("ring-queue", RowKind::Package, "ring-queue")
    }
}

fn judged() -> Judgement {
    Judgement {
        functional: vec!["First in, first out.".to_owned()],
        performance: vec!["Constant time, on every call.".to_owned()],
        environment: Some("core only".to_owned()),
        causes: vec!["HAZ-6.a".to_owned()],
        verified_by: vec!["queue::tests::keeps_order".to_owned()],
        support_level: Some("actively maintained".to_owned()),
        support_end: Some(date(2028, 12, 31)),
        support_reason: Some("release policy of the project".to_owned()),
        responsibility: Some("supported".to_owned()),
        ..Judgement::default()
    }
}

fn evaluated() -> Evaluation {
    Evaluation {
        source: Some("issue tracker, copy in records/soup/ring-queue.html".to_owned()),
        version: Some("0.8.0".to_owned()),
        reviewed: Some(date(2026, 5, 4)),
        by: Some("J. Example".to_owned()),
        verdict: Some("no entry touches the calls in use".to_owned()),
        valid_until: Some(date(2026, 11, 4)),
        binding: Binding {
            package: format!("sha256:{}", "1".repeat(64)),
            advisories: format!("sha256:{}", "2".repeat(64)),
            paths: format!("sha256:{}", "3".repeat(64)),
        },
        open: vec![Located::new("an advisory has no verdict".to_owned(), at(10))],
        missing: 0,
    }
}

fn hit(id: &str, kind: HitKind, decided: bool) -> Hit {
    Hit {
        ids: vec![id.to_owned(), id.replace("RUSTSEC", "CVE")],
        kind,
        title: "Iterator may outlive the queue".to_owned(),
        date: Some(date(2026, 3, 1)),
        withdrawn: None,
        url: Some(format!("https://rustsec.org/advisories/{id}")),
        cvss: (!decided).then(|| "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H".to_owned()),
        patched: vec![">=0.8.1".to_owned()],
        functions: vec!["ring_queue::Queue::iter".to_owned()],
        function_references: Vec::new(),
        remarks: vec!["limited to windows; the product is built for other systems".to_owned()],
        verdict: decided.then(|| Verdict {
            word: "not affected".to_owned(),
            justification: Some("code not reachable".to_owned()),
            reason: "the iterator is not called".to_owned(),
            action: None,
            at: at(20),
        }),
        digest: "e".repeat(64),
    }
}

fn patched() -> Row {
    Row {
        version: Some("0.6.9".to_owned()),
        designator: "0.6.9, path ../small-list".to_owned(),
        package: Some(key(
            "small-list",
            "0.6.9",
            PackageSource::Path(Some(FilePath::new("../small-list"))),
        )),
        digests: Digests { content: Some("c".repeat(64)), ..Digests::default() },
        licence: Licence {
            declared: None,
            concluded: None,
            file: Some(("LICENSE".to_owned(), Some("f".repeat(64)))),
        },
        modified: Some("a [patch] replaces the package of crates.io".to_owned()),
        paths: vec![vec!["pump 1.3.0".to_owned(), "small-list 0.6.9".to_owned()]],
        ..blank("small-list", RowKind::Package, "small-list")
    }
}

fn git() -> Row {
    Row {
        manufacturer: Manufacturer {
            name: Some("zlib-sys at git.example".to_owned()),
            basis: ManufacturerBasis::Repository,
            contact: Some("https://git.example/zlib-sys".to_owned()),
        },
        version: Some("1.1.0+1.2.11".to_owned()),
        designator: "1.1.0+1.2.11, git https://git.example/zlib-sys, commit 0123456".to_owned(),
        package: Some(key("zlib-sys", "1.1.0+1.2.11", fork())),
        purl: Some("pkg:cargo/zlib-sys@1.1.0%2B1.2.11?vcs_url=git%2Bhttps://git.example/zlib-sys%400123456789abcdef0123456789abcdef01234567".to_owned()),
        commit: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
        licence: Licence { declared: Some("MIT".to_owned()), ..Licence::default() },
        features: BTreeMap::from([(1, vec!["static".to_owned()])]),
        paths: vec![vec!["pump 1.3.0".to_owned(), "zlib-sys 1.1.0+1.2.11".to_owned()]],
        depends_on: vec![3],
        ..blank("zlib-sys", RowKind::Package, "zlib-sys")
    }
}

fn native() -> Row {
    Row {
        version: Some("1.2.11".to_owned()),
        designator: "native code in zlib-sys 1.1.0+1.2.11: 14 files of C".to_owned(),
        package: Some(key("zlib-sys", "1.1.0+1.2.11", fork())),
        is_direct: false,
        ..blank("zlib-sys.native", RowKind::NativeLibrary, "z (native code in zlib-sys)")
    }
}

fn core() -> Row {
    Row {
        record: Some(record("soup", "rust-core")),
        manufacturer: Manufacturer {
            name: Some("The Rust Project".to_owned()),
            basis: ManufacturerBasis::RustProject,
            contact: Some("https://www.rust-lang.org".to_owned()),
        },
        version: Some("1.88.0".to_owned()),
        designator: "core of Rust 1.88.0 for thumbv7em-none-eabihf".to_owned(),
        licence: Licence { declared: Some("MIT OR Apache-2.0".to_owned()), ..Licence::default() },
        ..blank("rust-core", RowKind::StandardLibrary, "Rust core library")
    }
}

fn operating_system() -> Row {
    Row {
        record: Some(record("soup", "linux")),
        version: Some("6.6.30".to_owned()),
        designator: "6.6.30, build 7".to_owned(),
        ..blank("linux", RowKind::Declared("operating system"), "Linux kernel")
    }
}

fn generator() -> Row {
    Row {
        role: Role::GeneratesDeviceCode,
        version: Some("1.0.2".to_owned()),
        designator: format!("1.0.2, crates.io, sha256:{}", "9".repeat(64)),
        package: Some(key("unit-derive", "1.0.2", PackageSource::CratesIo)),
        purl: Some("pkg:cargo/unit-derive@1.0.2".to_owned()),
        digests: Digests { sha256: Some("9".repeat(64)), ..Digests::default() },
        licence: Licence { declared: Some("MIT".to_owned()), ..Licence::default() },
        ..blank("unit-derive", RowKind::Package, "unit-derive")
    }
}
