//! What changes a hash and what does not, and that its algorithm is the documented one.

use iec62304_macros::requirement;

use super::*;
use crate::location::FilePath;
use crate::model::vocabulary;
use crate::records::{self, FileRole};
use crate::snapshot::{Content, TextFile};

fn hash(text: &str) -> String {
    let file = TextFile {
        path: FilePath::new("records.toml"),
        content: Content::Bytes(text.as_bytes().into()),
    };
    let document = records::read(&file, FileRole::Records);
    assert_eq!(document.problems, []);
    of_record(&document.records[0], &[]).to_string()
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(hash(one), hash(other));
}

#[track_caller]
fn different(one: &str, other: &str) {
    assert_ne!(hash(one), hash(other));
}

const SRS_1: &str =
    "[requirement.SRS-1]\ntext = \"Stop on air.\"\nsource = [\"RC-1\", \"SYS-1\"]\n";

/// The same bytes by hand: an auditor needs nothing but SHA-256.
#[test]
#[requirement("TOOL-28")]
fn the_algorithm_is_the_documented_one() {
    let bencoding = "l11:requirement5:SRS-1d6:sourcel4:RC-15:SYS-1e4:text12:Stop on air.ee";
    let digest = hex(&Sha256::digest(bencoding));
    assert_eq!(hash(SRS_1), format!("v1:sha256:{digest}"));
    let page = include_str!("../../../docs/content-hashes.md");
    assert!(page.contains(&format!("printf '{bencoding}' | sha256sum\n{digest}  -")));
}

/// A hash that stands in somebody's records must stay the same with every version.
#[test]
#[requirement("TOOL-28")]
fn the_hash_is_the_one_that_it_always_was() {
    assert_eq!(
        hash(SRS_1),
        "v1:sha256:38621ad8f55cb04b6727f75ea5ad40c96f2977853c5eb2e63bf31b25488d95f9"
    );
}

#[test]
#[requirement("TOOL-28")]
fn the_form_of_a_record_changes_nothing() {
    let moved = "# What the pump does.\nschema = 1\n\n[requirement.SRS-1] # the first\n\
                 source = [\n    'RC-1', # air\n    'SYS-1',\n]\ntext = '''\nStop\n  on air.'''\n";
    same(SRS_1, moved);
    same(SRS_1, &SRS_1.replace('\n', "\r\n"));
    same(moved, &moved.replace('\n', "\r\n"));
    same(SRS_1, "requirement.SRS-1 = { source = [\"RC-1\", \"SYS-1\"], text = \"Stop on air.\" }");
}

#[test]
#[requirement("TOOL-28")]
fn what_a_record_says_counts() {
    different(SRS_1, &SRS_1.replace("SRS-1", "SRS-2"));
    different(SRS_1, &SRS_1.replace("air.", "air!"));
    different(SRS_1, &SRS_1.replace("\"RC-1\", ", ""));
    different(SRS_1, &SRS_1.replace("\"RC-1\", \"SYS-1\"", "\"SYS-1\", \"RC-1\""));
    different(SRS_1, &format!("{SRS_1}category = \"a\"\n"));
    different("requirement.A.text = \"x\"", "risk_control.A.text = \"x\"");
    let parts = "requirement.A = { text = \"x\", parts = { a = \"y\", b = \"z\" } }";
    same(parts, "requirement.A = { text = \"x\", parts = { b = \"z\", a = \"y\" } }");
    different(parts, "requirement.A = { text = \"x\", parts = { a = \"z\", b = \"y\" } }");
}

#[test]
fn how_far_a_thing_is_does_not_count() {
    let document = "[document.SAD-1]\ntitle = \"Architecture\"\n";
    same(document, &format!("{document}state = \"approved\"\nowner = \"A. Sample\"\n"));
    different(document, &format!("{document}path = \"docs/sad.md\"\n"));
    let apart = "[segregation.SEG-1]\nkeeps_apart = [[\"a\", \"b\"]]\n";
    same(apart, &format!("{apart}verified_by = [\"REV-1\"]\n"));
    different(apart, &apart.replace("[\"a\", \"b\"]", "[\"a\"], [\"b\"]"));
}

/// A field that does not count is one that there is.
#[test]
fn the_fields_that_do_not_count_are_these() {
    let mut left_out = Vec::new();
    for kind in RecordKind::ALL {
        let fields = vocabulary::of(kind).named().iter().map(|field| field.name);
        let of_kind = fields.filter(|field| !counts(kind, field));
        left_out.extend(of_kind.map(|field| format!("{}.{field}", kind.table())));
    }
    assert_eq!(
        left_out,
        [
            "document.owner",
            "document.state",
            "segregation.verified_by",
            "soup.verified_by",
            "problem.state",
            "problem.verified_by",
            "change.state",
            "change.commits",
        ]
    );
}

#[test]
fn the_hash_of_several_things_follows_from_theirs() {
    let [one, two] = ["requirement.A.text = \"x\"", "requirement.B.text = \"y\""]
        .map(|text| ContentHash(hash(text)));
    assert_eq!(of_all(vec![]), None);
    assert_eq!(of_all(vec![one.clone(), one.clone()]), Some(one.clone()));
    let both = of_all(vec![two.clone(), one.clone()]);
    assert_eq!(both, of_all(vec![one.clone(), two.clone()]));
    assert_ne!(both, Some(one));
    assert_ne!(both, Some(two));
}

#[test]
fn a_hash_is_known_by_its_form() {
    let hash = hash(SRS_1);
    assert!(is_hash(&hash));
    for other in [&hash[3..], &hash[..hash.len() - 1], "v1:sha256:", "", &hash.to_uppercase()] {
        assert!(!is_hash(other), "{other}");
    }
}

#[test]
fn a_file_is_the_same_with_the_line_breaks_of_windows() {
    assert_eq!(of_file(b"a\nb\n"), hex(&Sha256::digest(b"a\nb\n")));
    assert_eq!(of_file(b"\xef\xbb\xbfa\r\nb\r\n"), of_file(b"a\nb\n"));
    assert_ne!(of_file(b"a\nb\n"), of_file(b"a\n b\n"));
    assert_ne!(of_file(b"\xff\r\n"), of_file(b"\xff\n"));
}

#[test]
fn the_line_breaks_in_a_text_are_the_same_everywhere() {
    let digest = |text: &str| {
        let mut all = Bencoding::default();
        all.text(text);
        all.digest()
    };
    assert_eq!(digest("a\r\nb"), digest("a\nb"));
    assert_ne!(digest("a\rb"), digest("a\nb"));
}
