//! What an advisory says of a version, of a platform, and of other advisories.

use iec62304_macros::verifies;

use super::*;

#[track_caller]
fn check_affected(ranges: &str, versions: &[(&str, bool)]) {
    let advisory = advisory(&pump("", &format!("[versions]\n{ranges}")));
    for (version, expected) in versions {
        assert_eq!(advisory.affects(version), Ok(*expected), "{version} with {ranges}");
    }
}

#[test]
#[verifies("advisories.AC-1")]
fn ranges_mean_what_rustsec_means_by_them() {
    check_affected("patched = []", &[("0.0.0", true), ("9.9.9", true)]);
    check_affected(
        "patched = ['^1.4.2', '>= 2.1']\nunaffected = ['< 1.2']",
        &[("1.1.9", false), ("1.2.0", true), ("1.4.2", false), ("2.0.0", true), ("2.1.0", false)],
    );
    check_affected("patched = ['> 1.0.0']\nunaffected = ['< 1.0.0']", &[("1.0.0", true)]);
}

#[test]
#[verifies("advisories")]
fn a_pre_release_comes_before_its_release() {
    let before = [("2.0.0-rc.1", true), ("2.0.0", false), ("2.1.0-alpha", false)];
    check_affected("patched = ['>= 2.0.0']", &before);
    check_affected(
        "patched = ['>= 2.0.0-rc.2']",
        &[("2.0.0-rc.1", true), ("2.0.0-rc.2", false), ("2.0.0-rc.10", false), ("2.0.0", false)],
    );
    check_affected(
        "patched = []\nunaffected = ['< 1.0.0-beta.2']",
        &[("1.0.0-beta.1", false), ("1.0.0-beta.2", true), ("0.9.0", false)],
    );
}

#[test]
#[verifies("advisories")]
fn what_is_no_version_is_an_error() {
    let error = advisory(&pump("", NOT_FIXED)).affects("1.2").unwrap_err();
    let expected =
        "`1.2` is not a version: unexpected end of input while parsing minor version number";
    assert_eq!(error.to_string(), expected);
}

#[track_caller]
fn check_platform(limits: &str, triples: &[&str], expected: Option<&str>) {
    let read = advisory(&pump("", &format!("{NOT_FIXED}\n[affected]\n{limits}")));
    let triples: Vec<String> = triples.iter().map(ToString::to_string).collect();
    assert_eq!(read.reason_not_for(&triples).as_deref(), expected, "{limits}");
}

#[test]
#[verifies("advisories")]
fn another_platform_is_a_reason() {
    check_platform(
        "os = ['windows']",
        &["x86_64-unknown-linux-gnu"],
        Some(
            "it is limited to windows, and the product is built for x86_64-unknown-linux-gnu (linux, x86_64)",
        ),
    );
    check_platform(
        "os = ['windows', 'macos', 'ios']\narch = ['x86', 'x86_64']",
        &["x86_64-unknown-linux-gnu", "thumbv7em-none-eabihf"],
        Some(
            "it is limited to windows, macos or ios on CPUs of type x86 or x86_64, and the product is built for \
             x86_64-unknown-linux-gnu (linux, x86_64) and thumbv7em-none-eabihf (no operating system, arm)",
        ),
    );
    check_platform(
        "arch = ['x86']",
        &["aarch64-apple-darwin"],
        Some(
            "it is limited to CPUs of type x86, and the product is built for aarch64-apple-darwin (macos, aarch64)",
        ),
    );
}

#[test]
#[verifies("advisories")]
fn there_is_no_reason_while_one_target_may_be_concerned() {
    let windows = "os = ['windows']";
    check_platform(windows, &["thumbv7em-none-eabihf", "x86_64-pc-windows-msvc"], None);
    check_platform(windows, &["thumbv7em-none-eabihf", "our-own-target.json"], None);
    check_platform(windows, &[], None);
    check_platform("os = ['linux']", &["aarch64-linux-android"], None);
    check_platform("arch = ['x86']", &["i686-unknown-linux-gnu"], None);
    check_platform("os = []", &["thumbv7em-none-eabihf"], None);
}

#[test]
#[verifies("advisories")]
fn aliases_count_once_and_show_every_id() {
    let entries = [
        ("1", "aliases = ['CVE-2030-1']"),
        ("2", ""),
        ("3", "aliases = ['GHSA-2222-3333-4444', 'X-1']"),
        ("4", "aliases = ['GHSA-2222-3333-4444', 'CVE-2030-1']"),
    ];
    let files: Vec<_> = entries
        .iter()
        .map(|(number, more)| {
            let id = format!("RUSTSEC-2030-000{number}");
            (format!("crates/pump/{id}.md"), entry(&id, "pump", more, NOT_FIXED))
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let read = read_for(&files, &["pump"]).read;
    let anomalies = distinct(read.iter().chain(&read[..1]));
    let [first, second] = anomalies.as_slice() else { panic!("{anomalies:?}") };
    let ids = [
        "RUSTSEC-2030-0001",
        "RUSTSEC-2030-0003",
        "RUSTSEC-2030-0004",
        "CVE-2030-1",
        "GHSA-2222-3333-4444",
        "X-1",
    ];
    assert_eq!(first.ids, ids);
    assert_eq!(first.advisories, [&read[0], &read[2], &read[3]]);
    assert_eq!(
        (second.ids.as_slice(), second.advisories.len()),
        (["RUSTSEC-2030-0002".to_owned()].as_slice(), 1)
    );
}

#[test]
#[verifies("advisories")]
fn a_package_without_a_maintainer_is_another_matter_than_its_anomaly() {
    let aliases = "aliases = ['CVE-2030-1']";
    let unmaintained = format!("informational = 'unmaintained'\n{aliases}");
    let files = [
        (PUMP, pump(aliases, NOT_FIXED)),
        (
            "crates/pump/RUSTSEC-2030-0002.md",
            entry("RUSTSEC-2030-0002", "pump", &unmaintained, NOT_FIXED),
        ),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(distinct(&read_for(&files, &["pump"]).read).len(), 2);
}
