//! By which class the records of chapter 7 are judged, and which control meets which cause.

use iec62304_macros::{requirement, verifies};

use crate::model::record::RecordKind;
use crate::model::vocabulary::{self, Shape};
use crate::standard::SafetyClass;
use crate::tests::workspace::Workspace;
use crate::trace::{Cause, Project, Trace};

/// A line for each situation, cause, item to decide on and risk control in software.
fn lines(records: &str) -> Vec<String> {
    let snapshot = Workspace::new([("iec62304.toml", records)]).snapshot();
    let project = Project::read(&snapshot);
    assert_eq!(project.record_problems, []);
    let trace = Trace::link(&project);
    let mut lines = Vec::new();
    for situation in &trace.hazards().situations {
        let class = &situation.class;
        lines.push(format!("{} {} {}", situation.record.id.value, class.class, class.because));
        for cause in &situation.causes {
            let controls: Vec<&str> =
                cause.controls.iter().map(|control| control.id.value.as_str()).collect();
            let (class, fails) = (&cause.class, &cause.requirements);
            let name = cause.name();
            lines.push(format!("{name} {} {} {controls:?} {fails:?}", class.class, class.because));
        }
    }
    for item in trace.hazards().items_to_decide_on() {
        let causes: Vec<String> = item.causes.iter().map(Cause::name).collect();
        let (id, class) = (&item.record.id.value, item.class.class);
        lines.push(format!("item {id} {class} {causes:?} {}", item.not_a_cause.len()));
    }
    for control in trace.risk_controls() {
        let class = &control.class;
        lines.push(format!("{} {} {}", control.record.id.value, class.class, class.because));
    }
    lines
}

#[track_caller]
fn check(records: &str, expected: &[&str]) {
    assert_eq!(lines(records), expected);
}

const SYSTEM: &str =
    "software_system.s.class = \"A\"\nitem.high = { parent = \"s\", class = \"B\" }\n";

#[test]
#[requirement("TOOL-27")]
#[verifies("trace")]
fn every_severity_of_the_vocabulary_asks_for_a_class() {
    let shape = vocabulary::of(RecordKind::HazardousSituation).field("severity");
    let Some(Shape::Word(words)) = shape else { panic!("{shape:?}") };
    let asked: Vec<_> = words.iter().map(|word| SafetyClass::asked_by(word)).collect();
    assert_eq!(asked, SafetyClass::ALL.map(Some));
    assert_eq!(SafetyClass::asked_by("grave"), None);
}

#[test]
#[requirement("TOOL-27")]
fn a_severity_raises_the_class_and_never_lowers_it() {
    let records = |severity: &str| {
        format!(
            "{SYSTEM}[hazardous_situation.H]\nsituation = \"x\"\n{severity}\n\
             [[hazardous_situation.H.cause]]\nid = \"H.a\"\nitem = \"high\"\ntext = \"x\"\n\
             [risk_control.K]\ntext = \"x\"\nagainst = [\"H.a\"]"
        )
    };
    let by_item = ["H B as item high states", "H.a B as item high states [\"K\"] []"];
    let [situation, cause] = by_item;
    for severity in ["", "severity = \"negligible\"", "severity = \"non-serious\""] {
        check(&records(severity), &[situation, cause, "K B as item high states"]);
    }
    check(
        &records("severity = \"serious\""),
        &[
            "H C since hazardous situation H is serious",
            "H.a C since hazardous situation H is serious [\"K\"] []",
            "K C since hazardous situation H is serious",
        ],
    );
}

#[test]
#[requirement("TOOL-27")]
fn what_names_no_item_is_judged_by_the_system() {
    check(
        &format!(
            "{SYSTEM}[hazardous_situation.H]\nsituation = \"x\"\n\
             [hazardous_situation.I]\nsituation = \"x\"\n\
             [[hazardous_situation.I.cause]]\nid = \"I.a\"\ntext = \"x\"\n\
             [[hazardous_situation.I.cause]]\nid = \"I.b\"\nitem = \"high\"\ntext = \"x\""
        ),
        &[
            "H A as software system s states",
            "I B as item high states",
            "I.a A as software system s states [] []",
            "I.b B as item high states [] []",
        ],
    );
}

#[test]
#[requirement("TOOL-27")]
fn a_control_of_a_situation_is_one_of_each_cause_and_counts_once() {
    check(
        "software_system.s.class = \"B\"\n\
         [hazardous_situation.HAZ-1]\nsituation = \"x\"\n\
         [[hazardous_situation.HAZ-1.cause]]\nid = \"HAZ-1.a\"\ntext = \"x\"\n\
         [[hazardous_situation.HAZ-1.cause]]\nid = \"HAZ-1.b\"\ntext = \"x\"\n\
         [hazardous_situation.HAZ-2]\nsituation = \"x\"\n\
         [[hazardous_situation.HAZ-2.cause]]\nid = \"HAZ-2.a\"\ntext = \"x\"\n\
         [risk_control.K]\ntext = \"x\"\nkind = \"hardware\"\nagainst = [\"HAZ-1\", \"HAZ-1.a\"]\n\
         [risk_control.L]\ntext = \"x\"\nagainst = [\"HAZ-1..HAZ-2\"]",
        &[
            "HAZ-1 B as software system s states",
            "HAZ-1.a B as software system s states [\"K\", \"L\"] []",
            "HAZ-1.b B as software system s states [\"K\", \"L\"] []",
            "HAZ-2 B as software system s states",
            "HAZ-2.a B as software system s states [\"L\"] []",
            "L B as software system s states",
        ],
    );
}

#[test]
#[requirement("TOOL-27")]
fn a_cause_in_a_part_is_in_the_whole_and_a_reason_for_the_whole_holds_for_its_parts() {
    let records = |kind: &str| {
        format!(
            "[software_system.s]\nclass = \"B\"\nnot_a_cause.misuse = \"x\"\n\
             [item.i]\nparent = \"s\"\nnot_a_cause.soup = \"x\"\n\
             [item.j]\nparent = \"i\"\n[item.k]\nparent = \"k\"\n\
             [hazardous_situation.H]\nsituation = \"x\"\n\
             [[hazardous_situation.H.cause]]\nid = \"H.a\"\nitem = \"i\"\ntext = \"x\"\n{kind}\n\
             [[hazardous_situation.H.cause]]\nid = \"H.b\"\nitem = \"j\"\ntext = \"x\"\n\
             [[hazardous_situation.H.cause]]\nid = \"H.c\"\nitem = \"k\"\ntext = \"x\""
        )
    };
    let items = |kind| lines(&records(kind)).split_off(4);
    assert_eq!(items(""), [""; 0]);
    assert_eq!(
        items("kind = \"defect\""),
        ["item i B [\"H.a\", \"H.b\"] 2", "item j B [\"H.b\"] 2", "item k C [\"H.c\"] 0",]
    );
}
