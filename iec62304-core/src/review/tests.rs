//! What a review that is about to be recorded shows, says and refuses.

use iec62304_macros::requirement;

use super::*;
use crate::tests::workspace::Workspace;
use crate::trace::Project;

const RECORDS: &str = "\
[item.motor]
crates = [\"pump\"]
[unit.rate]
item = \"motor\"
modules = [\"pump::rate\"]
[system_requirement.SYS-1]
text = \"The pump shall deliver.\"
[requirement.SRS-1]
text = \"\"\"The pump shall
keep the rate.\"\"\"
source = [\"SYS-1\"]
parts = { a = \"always\" }
[requirement.SRS-2]
text = \"The pump shall stop.\"
";

fn request(kind: &str, of: &[&str]) -> Request {
    Request {
        kind: kind.to_owned(),
        of: of.iter().map(|id| (*id).to_owned()).collect(),
        by: vec!["A. Sample".to_owned()],
        date: "2026-05-11".to_owned(),
        result: "passed".to_owned(),
        id: None,
    }
}

fn drafted(records: &str, request: &Request) -> Result<Draft, Refused> {
    let lib = "pub mod rate { #[requirement(\"SRS-1\")] pub fn rate() {} }";
    let snapshot = Workspace::new([("iec62304.toml", records), ("src/lib.rs", lib)]).snapshot();
    let project = Project::read(&snapshot);
    draft(&Trace::link(&project), request)
}

#[track_caller]
fn sound(records: &str, request: &Request) -> Draft {
    drafted(records, request).unwrap()
}

fn since(draft: &Draft) -> Vec<&str> {
    draft.subjects.iter().map(|subject| subject.since.as_str()).collect()
}

/// The records with a review of this draft behind them.
fn after(draft: &Draft) -> String {
    format!("{RECORDS}{}", draft.record)
}

#[test]
#[requirement("TOOL-28")]
fn everything_is_shown_with_what_it_says() {
    let draft = sound(RECORDS, &request("verification", &["SRS-1", "rate"]));
    let shown: Vec<_> = draft.subjects.iter().map(|subject| (subject.noun, &*subject.id)).collect();
    assert_eq!(shown, [("requirement", "SRS-1"), ("unit", "rate")]);
    assert_eq!(draft.subjects[0].text.as_deref(), Some("The pump shall keep the rate."));
    assert_eq!(draft.subjects[1].files, ["src/lib.rs"]);
    assert_eq!(since(&draft), ["no review of kind `verification` yet"; 2]);
}

#[test]
#[requirement("TOOL-28")]
fn a_recorded_review_is_current_until_something_changes() {
    let all = request("requirements", &["SRS-1..SRS-2"]);
    let first = sound(RECORDS, &all);
    assert_eq!(first.id, "REV-1");
    let recorded = after(&first);
    let unchanged = "unchanged since REV-1 (2026-05-11, passed)";
    assert_eq!(since(&sound(&recorded, &all)), [unchanged; 2]);
    let changed = recorded.replace("shall stop", "must stop");
    let again = sound(&changed, &all);
    assert_eq!(since(&again), [unchanged, "changed since REV-1 (2026-05-11, passed)"]);
    assert_eq!(again.id, "REV-2");
}

#[test]
fn one_thing_has_one_hash_and_several_have_a_table() {
    let one = sound(RECORDS, &request("requirements", &["SRS-1"])).record;
    assert!(one.contains("\nhash = \"v1:sha256:"), "{one}");
    let two = sound(RECORDS, &request("requirements", &["SRS-1..SRS-2"])).record;
    assert!(two.contains("of = [\"SRS-1..SRS-2\"]\n"), "{two}");
    assert!(two.contains("\n[review.REV-1.hashes]\nSRS-1 = \"v1:sha256:"), "{two}");
    assert_eq!(two.matches("v1:sha256:").count(), 2);
}

#[test]
#[requirement("TOOL-28")]
fn to_confirm_links_takes_in_their_other_ends() {
    let draft = sound(RECORDS, &request("trace", &["SRS-1"]));
    assert!(draft.record.contains("of = [\"SRS-1\", \"SYS-1\", \"rate\"]\n"), "{}", draft.record);
    assert_eq!(draft.record.matches("v1:sha256:").count(), 3);
    let unlinked = sound(RECORDS, &request("trace", &["SRS-2"]));
    assert_eq!(unlinked.subjects.len(), 1);
}

#[test]
fn what_cannot_be_told_is_said() {
    let review = |hash: &str| {
        format!(
            "{RECORDS}[review.R-007]\nkind = \"requirements\"\nof = [\"SRS-1\", \"SRS-2\"]\n\
             by = [\"B\"]\ndate = 2026-01-01\nresult = \"failed\"\n{hash}"
        )
    };
    let one = request("requirements", &["SRS-1"]);
    let unbound = sound(&review(""), &one);
    assert_eq!(
        since(&unbound),
        [
            "last in R-007 (2026-01-01, failed), which names no hash: nothing tells whether it changed"
        ]
    );
    assert_eq!(unbound.id, "R-008");
    let foreign = sound(&review("hash = \"sha256:00\"\n"), &one);
    assert_eq!(since(&foreign), since(&unbound));
    let hash = format!("hash = \"v1:sha256:{}\"\n", "0".repeat(64));
    let undivided = sound(&review(&hash), &one);
    assert_eq!(
        since(&undivided),
        ["it, or something reviewed with it, changed since R-007 (2026-01-01, failed)"]
    );
}

#[test]
fn a_long_list_has_a_line_for_each() {
    let names: Vec<String> = (0..9).map(|n| format!("A reviewer with the number {n}")).collect();
    let draft = sound(RECORDS, &Request { by: names, ..request("requirements", &["SRS-1"]) });
    assert!(draft.record.contains("by = [\n    \"A reviewer with the number 0\",\n"));
    assert!(draft.record.contains("number 8\",\n]\n"), "{}", draft.record);
}

#[test]
#[requirement("TOOL-28")]
fn what_cannot_be_recorded_is_refused_with_a_way_out() {
    let check = |request: &Request, message: &str, help: &str| {
        let refused = drafted(RECORDS, request).unwrap_err();
        assert_eq!((refused.message.as_str(), refused.help.as_str()), (message, help));
    };
    let of = |id: &str| request("requirements", &[id]);
    check(&of("SRS-1.a"), "`SRS-1.a` is a part of SRS-1", "write the whole: `SRS-1`");
    check(
        &Request { id: Some("SRS-2".to_owned()), ..of("SRS-1") },
        "the id `SRS-2` belongs to a requirement already",
        "leave `--id` out: the next free id is taken",
    );
    let unknown = drafted(RECORDS, &of("SRS-11")).unwrap_err();
    assert!(unknown.message.ends_with("`SRS-11`"), "{unknown:?}");
    assert_eq!(unknown.help, "the nearest is `SRS-1`");
    let unknown = drafted(RECORDS, &of("SRS-1..SRS-3")).unwrap_err();
    assert!(unknown.message.ends_with("`SRS-3`"), "{unknown:?}");
    let nobody = Request { by: vec!["TBD".to_owned()], ..of("SRS-1") };
    assert!(drafted(RECORDS, &nobody).is_err());
    let pattern = format!("project.ids.review = \"RV[0-9]+\"\n{RECORDS}");
    let refused = drafted(&pattern, &of("SRS-1")).unwrap_err();
    assert_eq!(refused.help, "name one with `--id`");
    let named = Request { id: Some("RV1".to_owned()), ..of("SRS-1") };
    assert_eq!(sound(&pattern, &named).id, "RV1");
}
