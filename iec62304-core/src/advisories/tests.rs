//! What is read of a database, and what each slip in one entry does.

use iec62304_macros::verifies;

use super::*;
use crate::snapshot::Content;

const PUMP: &str = "crates/pump/RUSTSEC-2030-0001.md";

fn folder(files: &[(&str, &[u8])]) -> AdvisoryFolder {
    let file = |(path, bytes): &(&str, &[u8])| (path.to_string(), Content::Bytes((*bytes).into()));
    AdvisoryFolder { files: files.iter().map(file).collect() }
}

fn read_for(files: &[(&str, &str)], packages: &[&str]) -> Advisories {
    let bytes: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    read(&folder(&bytes), &packages.iter().copied().collect())
}

/// An entry of an id and a package, with more lines of its first table, and more tables.
fn entry(id: &str, package: &str, more: &str, tables: &str) -> String {
    format!(
        "```toml\n[advisory]\nid = \"{id}\"\npackage = \"{package}\"\ndate = \"2030-02-03\"\n\
         {more}\n\n{tables}\n```\n\n# Pump runs backwards\n\nFirst line\nand second.\n\nMore.\n"
    )
}

fn pump(more: &str, tables: &str) -> String {
    entry("RUSTSEC-2030-0001", "pump", more, tables)
}

const NOT_FIXED: &str = "[versions]\npatched = []";

/// The one advisory of an entry that can be read.
#[track_caller]
fn advisory(text: &str) -> Advisory {
    let mut advisories = read_for(&[(PUMP, text)], &["pump"]);
    assert_eq!(advisories.unreadable, [], "{text}");
    advisories.read.pop().unwrap()
}

#[track_caller]
fn check_affected(ranges: &str, versions: &[(&str, bool)]) {
    let advisory = advisory(&pump("", &format!("[versions]\n{ranges}")));
    for (version, expected) in versions {
        assert_eq!(advisory.affects(version), Ok(*expected), "{version} with {ranges}");
    }
}

#[track_caller]
fn check_refused(path: &str, text: &[u8], packages: &[&str], expected: &str) {
    let advisories = read(&folder(&[(path, text)]), &packages.iter().copied().collect());
    assert_eq!(advisories.read, []);
    let line = |entry: &Unreadable| {
        format!("{}/{} {}", entry.collection.word(), entry.package, entry.reason)
    };
    let lines: Vec<String> = advisories.unreadable.iter().map(line).collect();
    assert_eq!(lines, [expected]);
}

#[test]
#[verifies("advisories")]
fn every_part_of_an_entry_is_read() {
    let text = pump(
        "url = \"https://pump.example/1\"\n\
         references = [\"https://pump.example/2\"]\n\
         aliases = [\"GHSA-2222-3333-4444\", \"CVE-2030-1\"]\n\
         related = [\"CVE-2030-3\", \"CVE-2030-2\"]\n\
         categories = [\"memory-corruption\", \"spillage\"]\n\
         cvss = \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"\n\
         license = \"CC-BY-4.0\"",
        "[versions]\npatched = [\">= 1.2.0\"]\nunaffected = [\"< 1\"]\n\
         [affected]\nos = [\"linux\"]\narch = [\"arm\"]\n\
         [affected.functions]\n\"pump::run\" = [\"< 1.2\"]",
    );
    let read = advisory(&text);
    let expected = Advisory {
        id: "RUSTSEC-2030-0001".to_owned(),
        package: "pump".to_owned(),
        collection: Collection::Crates,
        kind: Kind::Vulnerability,
        title: "Pump runs backwards".to_owned(),
        date: Date::constant(2030, 2, 3),
        withdrawn: None,
        aliases: vec!["CVE-2030-1".to_owned(), "GHSA-2222-3333-4444".to_owned()],
        related: vec!["CVE-2030-2".to_owned(), "CVE-2030-3".to_owned()],
        url: Some("https://pump.example/1".to_owned()),
        references: vec!["https://pump.example/2".to_owned()],
        cvss: Some("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H".to_owned()),
        severity: Some("critical"),
        categories: vec!["memory-corruption".to_owned(), "spillage".to_owned()],
        patched: vec![">=1.2.0".to_owned()],
        unaffected: vec!["<1".to_owned()],
        affected_os: vec!["linux".to_owned()],
        affected_arch: vec!["arm".to_owned()],
        functions: vec![("pump::run".to_owned(), vec!["<1.2".to_owned()])],
        license: "CC-BY-4.0".to_owned(),
        digest: read.digest.clone(),
        dropped: vec![],
        description: "First line\nand second.".to_owned(),
        versions: read.versions.clone(),
    };
    assert_eq!(read, expected);
    assert_eq!(read.digest.len(), "sha256:".len() + 64);
}

#[test]
#[verifies("advisories")]
fn each_kind_has_its_word_in_the_entry() {
    let kind = |word: &str| {
        let read = advisory(&pump(&format!("informational = \"{word}\""), NOT_FIXED));
        (read.kind, read.dropped)
    };
    for expected in [Kind::Unsound, Kind::Unmaintained, Kind::Notice] {
        assert_eq!(kind(expected.word()), (expected, vec![]));
    }
    assert_eq!(kind("rusty"), (Kind::Vulnerability, vec!["informational".to_owned()]));
}

#[test]
#[verifies("advisories")]
fn a_cvss_version_that_nobody_knows_yet_costs_only_the_severity() {
    let read = advisory(&pump("cvss = \"CVSS:9.0/XX:N\"", NOT_FIXED));
    assert_eq!(read.cvss.as_deref(), Some("CVSS:9.0/XX:N"));
    assert_eq!((read.severity, read.dropped), (None, vec!["cvss".to_owned()]));
    assert_eq!(read.versions.is_vulnerable(&rustsec::Version::new(1, 0, 0)), true);
}

#[test]
#[verifies("advisories")]
fn each_bad_optional_part_is_left_out_alone() {
    let read = advisory(&pump(
        "url = \"no url\"\nreferences = [\"https://pump.example/2\"]\nwithdrawn = \"soon\"",
        "[versions]\npatched = []\n[affected]\nos = [\"pumpos\"]\narch = [\"arm\"]\n\
         [affected.functions]\n\"pump::run\" = [\"< 1.2\"]",
    ));
    assert_eq!(read.dropped, ["affected.os", "url", "withdrawn"]);
    assert_eq!((read.url, read.withdrawn, read.affected_os.len()), (None, None, 0));
    assert_eq!((read.references.len(), read.affected_arch.len(), read.functions.len()), (1, 1, 1));
    let read = advisory(&pump("affected = 7", NOT_FIXED));
    assert_eq!(read.dropped, [] as [&str; 0]);
    let text = pump("", NOT_FIXED).replace("[advisory]", "affected = 7\n[advisory]");
    assert_eq!(advisory(&text).dropped, ["affected"]);
}

#[test]
#[verifies("advisories")]
fn only_what_was_asked_for_and_the_toolchain_is_read() {
    let valve = entry("RUSTSEC-2030-0002", "valve", "", NOT_FIXED);
    let std = entry("RUSTSEC-2030-0003", "std", "", "[versions]\npatched = [\">= 1.90.0\"]");
    let files = [
        ("crates/valve/RUSTSEC-2030-0002.md", valve.as_str()),
        ("crates/broken/RUSTSEC-2030-0009.md", "nothing"),
        ("rust/std/RUSTSEC-2030-0003.md", &std),
        (PUMP, &pump("", NOT_FIXED)),
    ];
    let advisories = read_for(&files, &["pump", "Valve", "std"]);
    let read: Vec<_> =
        advisories.read.iter().map(|read| (read.collection, read.package.as_str())).collect();
    assert_eq!(read, [(Collection::Crates, "pump"), (Collection::Rust, "std")]);
    assert_eq!((advisories.entries, advisories.unreadable), (4, vec![]));
    assert_eq!(advisories.read[1].affects("1.89.0"), Ok(true));
    assert_eq!(advisories.read[1].affects("1.90.0"), Ok(false));
}

#[test]
#[verifies("advisories")]
fn an_entry_that_is_not_parsed_is_reported_for_its_package() {
    check_refused(PUMP, b"nothing", &["pump"], "crates/pump it does not start with ```toml");
    let reason = "crates/pump parse error: couldn't find end of TOML front matter in advisory";
    check_refused(PUMP, b"```toml\nid = 1", &["pump"], reason);
    let without_versions = pump("", "");
    let reason = "crates/pump missing field `versions`";
    check_refused(PUMP, without_versions.as_bytes(), &["pump"], reason);
    let broken = "```toml\nid = \n```\n# T\n\n";
    let std = "rust/std/RUSTSEC-2030-0001.md";
    check_refused(
        std,
        broken.as_bytes(),
        &[],
        "rust/std string values must be quoted, expected literal string",
    );
}

#[test]
#[verifies("advisories")]
fn an_entry_that_was_not_read_keeps_its_reason() {
    let content = Content::Unreadable("permission denied".to_owned());
    let folder = AdvisoryFolder { files: [(PUMP.to_owned(), content)].into() };
    let advisories = read(&folder, &["pump"].into());
    assert_eq!(advisories.unreadable[0].reason, "permission denied");
    assert_ne!(advisories.digest, read(&AdvisoryFolder::default(), &["pump"].into()).digest);
}

#[test]
#[verifies("advisories")]
fn an_entry_in_the_wrong_place_is_reported_to_whoever_asks_for_either_package() {
    let text = pump("", NOT_FIXED);
    let path = "crates/valve/RUSTSEC-2030-0001.md";
    let reason = "it is about `pump`, and lies in the folder of `valve`";
    check_refused(path, text.as_bytes(), &["valve"], &format!("crates/valve {reason}"));
    check_refused(path, text.as_bytes(), &["pump"], &format!("crates/pump {reason}"));
    let path = "crates/pump/RUSTSEC-2030-0007.md";
    let reason = "its id is `RUSTSEC-2030-0001`, and its file is named `RUSTSEC-2030-0007.md`";
    check_refused(path, text.as_bytes(), &["pump"], &format!("crates/pump {reason}"));
}

#[test]
#[verifies("advisories")]
fn ranges_that_rustsec_would_panic_on_are_refused() {
    let check = |ranges: &str, expected: &str| {
        let text = pump("", &format!("[versions]\npatched = {ranges}"));
        check_refused(PUMP, text.as_bytes(), &["pump"], &format!("crates/pump {expected}"));
    };
    check("['> 1.0.0', '= 1.0.0']", "two version ranges start at the same version: `= 1.0.0`");
    let number = "the version range `<= 1.0.18446744073709551615` has a number that is too large";
    check("['<= 1.0.18446744073709551615']", number);
    check("['> 1', '> 2']", "bad parameter: Overlapping version ranges: (1.0.0, ∞) and (2.0.0, ∞)");
}

#[test]
#[verifies("advisories")]
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

#[test]
#[verifies("advisories")]
fn a_withdrawn_entry_is_read_with_its_day() {
    let read = advisory(&pump("withdrawn = \"2031-01-02\"", NOT_FIXED));
    assert_eq!(read.withdrawn, Some(Date::constant(2031, 1, 2)));
    assert_eq!(read.affects("1.0.0"), Ok(true));
}

#[test]
#[verifies("advisories")]
fn an_unmaintained_package_has_no_version_that_is_better() {
    let read = advisory(&pump("informational = \"unmaintained\"", NOT_FIXED));
    assert_eq!((read.kind, read.patched.len()), (Kind::Unmaintained, 0));
    assert_eq!(read.affects("77.0.0"), Ok(true));
}

#[test]
#[verifies("advisories")]
fn line_ends_of_windows_and_a_byte_order_mark_change_nothing_but_the_digest() {
    let text = pump("withdrawn = \"2031-01-02\"", NOT_FIXED);
    let unix = advisory(&text);
    let windows = advisory(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_ne!(windows.digest, unix.digest);
    assert_eq!(Advisory { digest: unix.digest.clone(), ..windows }, unix);
    let marked = format!("\u{feff}{text}").replace('\n', "\r\n");
    assert_eq!(read_for(&[(PUMP, &marked)], &[]).newest, Some(Date::constant(2030, 2, 3)));
}

#[test]
#[verifies("advisories")]
fn bytes_that_are_not_utf_8_cost_only_the_text_they_stand_in() {
    let [before, after] = ["and ", "second"].map(str::as_bytes);
    let text = pump("", NOT_FIXED);
    let at = text.find("and second").unwrap() + before.len();
    let mut bytes = text.clone().into_bytes();
    bytes[at] = 0xFF;
    let advisories = read(&folder(&[(PUMP, &bytes)]), &["pump"].into());
    assert_eq!(advisories.read[0].dropped, ["bytes that are not UTF-8"]);
    assert_eq!(advisories.read[0].description, "First line\nand \u{fffd}econd.");
    assert_eq!(after.len(), 6);
    bytes[text.find("package").unwrap()] = 0xFF;
    check_refused(PUMP, &bytes, &["pump"], "crates/pump its front matter is not UTF-8");
    let accents = "ä".repeat(20);
    let start = "crates/pump it does not start with ```toml";
    check_refused(PUMP, format!("x{accents}").as_bytes(), &["pump"], start);
}

#[test]
#[verifies("advisories")]
fn files_between_the_entries_are_listed_and_hurt_nothing() {
    let text = pump("", NOT_FIXED);
    let files = [
        ("LICENSE.txt", "free"),
        ("crates/notes.txt", "x"),
        ("crates/pump/deeper/RUSTSEC-2030-0001.md", "x"),
        ("crates/pump/RUSTSEC-0000-0000.md", "a draft"),
        ("crates/pump/todo.txt", "x"),
        (PUMP, &text),
    ];
    let advisories = read_for(&files, &["pump"]);
    let expected = [
        "crates/notes.txt",
        "crates/pump/RUSTSEC-0000-0000.md",
        "crates/pump/deeper/RUSTSEC-2030-0001.md",
        "crates/pump/todo.txt",
    ];
    assert_eq!(advisories.ignored, expected);
    assert_eq!((advisories.entries, advisories.read.len()), (1, 1));
    assert_eq!(advisories.digest, read_for(&[(PUMP, &text)], &[]).digest);
}

#[test]
#[verifies("advisories")]
fn the_digest_is_what_sha256sum_says_of_the_entries() {
    let a = "crates/a/RUSTSEC-2030-0001.md";
    let b = "rust/std/RUSTSEC-2030-0002.md";
    let there = read_for(&[(a, "one"), (b, "two")], &[]);
    assert_eq!(there.digest, read_for(&[(b, "two"), (a, "one")], &[]).digest);
    // printf one > crates/a/…; printf two > rust/std/…; sha256sum crates/*/*.md rust/*/*.md | sha256sum
    let expected = "sha256:2555c349f9b738854cf818e6f44d55835cebc31d7ee59fc80aaf48b3dd38230d";
    assert_eq!(there.digest, expected);
    for changed in [[(a, "one "), (b, "two")], [(a, "two"), (b, "one")]] {
        assert_ne!(there.digest, read_for(&changed, &[]).digest);
    }
}

#[test]
#[verifies("advisories")]
fn the_newest_date_is_that_of_any_entry() {
    let newest = |second: &str| {
        let files = [(PUMP, pump("", NOT_FIXED)), ("rust/std/RUSTSEC-2031-0001.md", second.into())];
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        read_for(&files, &[]).newest.map(|date| date.to_string())
    };
    let newer = |date: &str| newest(&format!("```toml\n  {date}\n```\ndate = \"2040-01-01\""));
    assert_eq!(newer("date\t=  '2031-05-06' # day").as_deref(), Some("2031-05-06"));
    assert_eq!(newer("date = \"2031-05\"").as_deref(), Some("2030-02-03"));
    assert_eq!(newer("dated = \"2031-05-06\"").as_deref(), Some("2030-02-03"));
    assert_eq!(read_for(&[], &[]).newest, None);
}

#[test]
#[verifies("advisories")]
fn the_first_paragraph_is_no_heading() {
    let text = pump("", NOT_FIXED).replace("First line", "### Impact\n\n#[repr(C)]");
    assert_eq!(advisory(&text).description, "#[repr(C)]\nand second.");
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
