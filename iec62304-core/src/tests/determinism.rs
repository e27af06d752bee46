//! The same input gives the same bytes, whatever order it came in.

use std::collections::BTreeSet;

use iec62304_macros::{requirement, verifies};

use super::workspace::Workspace;
use crate::analyze;
use crate::render::{Color, HumanOptions, Verbosity, human, json_v1};
use crate::snapshot::{AdvisoryFolder, Content, Snapshot};

fn workspace() -> Workspace {
    Workspace::new([
        (
            "iec62304.toml",
            "records = [\"records/*.toml\"]\nsoftware_system.pump.class = \"C\"\nitem.motor.crates = [\"a\"]",
        ),
        ("records/one.toml", "requirement.SRS-1.text = \"x\"\nrequirement.SRS-2.text = \"y\""),
        ("records/two.toml", "risk_control.RC-1.text = \"z\"\nrequirement.SRS-1.text = \"again\""),
        ("crates/a/src/lib.rs", "mod inner;\n#[requirement(\"SRS-9\")]\npub fn a() {}"),
        ("crates/a/src/inner.rs", "#[requirement(\"SRS-1\")]\npub fn inner() {}"),
        ("crates/a/src/orphan.rs", "pub fn orphan() {}"),
        ("crates/b/src/lib.rs", "#[test]\n#[requirement(\"SRS-1\")]\nfn b() {}"),
    ])
}

fn texts(snapshot: &Snapshot) -> [String; 3] {
    let analysis = analyze(snapshot);
    let text =
        |verbosity| human(&analysis, snapshot, &HumanOptions { color: Color::Plain, verbosity });
    [text(Verbosity::Normal), text(Verbosity::Verbose), json_v1(&analysis, snapshot)]
}

#[test]
#[requirement("TOOL-13")]
#[verifies("render.AC-1")]
fn two_runs_give_the_same_bytes() {
    assert_eq!(texts(&workspace().snapshot()), texts(&workspace().snapshot()));
}

#[test]
#[requirement("TOOL-13")]
fn the_order_in_which_files_were_read_does_not_show() {
    let snapshot = workspace().snapshot();
    let mut shuffled = Snapshot { sources: std::collections::BTreeMap::new(), ..snapshot.clone() };
    for (path, state) in snapshot.sources.iter().rev() {
        shuffled.sources.insert(path.clone(), state.clone());
    }
    assert_eq!(texts(&snapshot), texts(&shuffled));
}

#[test]
#[requirement("TOOL-13")]
fn the_digest_of_the_inputs_follows_every_byte() {
    let mut changed = workspace();
    changed.0.get_mut("crates/a/src/inner.rs").unwrap().push(' ');
    assert_eq!(workspace().snapshot().digest(), workspace().snapshot().digest());
    assert_ne!(workspace().snapshot().digest(), changed.snapshot().digest());
}

#[test]
#[requirement("TOOL-13")]
fn the_digest_of_the_inputs_follows_the_advisories() {
    let digest = |files: Option<&[(&str, &str)]>| {
        let content = |text: &str| Content::Bytes(text.as_bytes().into());
        let file = |(path, text): &(&str, &str)| (path.to_string(), content(text));
        let folder = |files: &[_]| AdvisoryFolder { files: files.iter().map(file).collect() };
        Snapshot { advisories: files.map(folder), ..workspace().snapshot() }.digest()
    };
    let given =
        [None, Some(&[][..]), Some(&[("a", "b")]), Some(&[("a", "c")]), Some(&[("b", "b")])];
    let digests: BTreeSet<String> = given.into_iter().map(digest).collect();
    assert_eq!(digests.len(), given.len());
}
