//! Which files count, and what is said of all of them.

use iec62304_macros::verifies;

use super::*;

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
