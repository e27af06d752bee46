//! What is read of a database, and what each slip in one entry does.

use iec62304_macros::verifies;

use super::*;
use crate::snapshot::Content;

mod files;
mod matching;

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
    assert_eq!(read.affects("1.0.0"), Ok(true));
    assert_eq!((read.severity, read.dropped), (None, vec!["cvss".to_owned()]));
}

#[test]
#[verifies("advisories.AC-2")]
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
    let text = pump("", NOT_FIXED);
    let mut bytes = text.clone().into_bytes();
    bytes[text.find("second").unwrap()] = 0xFF;
    let advisories = read(&folder(&[(PUMP, &bytes)]), &["pump"].into());
    assert_eq!(advisories.read[0].dropped, ["bytes that are not UTF-8"]);
    assert_eq!(advisories.read[0].description, "First line\nand \u{fffd}econd.");
    bytes[text.find("package").unwrap()] = 0xFF;
    check_refused(PUMP, &bytes, &["pump"], "crates/pump its front matter is not UTF-8");
    let accents = "ä".repeat(20);
    let start = "crates/pump it does not start with ```toml";
    check_refused(PUMP, format!("x{accents}").as_bytes(), &["pump"], start);
}

#[test]
#[verifies("advisories")]
fn the_first_paragraph_is_no_heading() {
    let text = pump("", NOT_FIXED).replace("First line", "### Impact\n\n#[repr(C)]");
    assert_eq!(advisory(&text).description, "#[repr(C)]\nand second.");
}
