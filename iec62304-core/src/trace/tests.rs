//! What links and classes come out of records and code, where the pages of the rules
//! show too little of it.

use iec62304_macros::{requirement, risk_control, verifies};

use super::{Project, Trace};
use crate::tests::workspace::Workspace;

/// The class and reason of every requirement, unit and module, and of the system.
fn classes(files: &[(&str, &str)]) -> Vec<String> {
    let snapshot = Workspace::new(files.iter().copied()).snapshot();
    let project = Project::read(&snapshot);
    assert_eq!(project.record_problems, []);
    let trace = Trace::link(&project);
    let system = trace.system_class();
    let mut lines = vec![format!("system {} {}", system.class, system.because)];
    let requirements = trace.requirements().iter();
    lines.extend(requirements.map(|requirement| {
        let class = &requirement.class;
        format!("{} {} {}", requirement.record.id.value, class.class, class.because)
    }));
    let controls = trace.risk_controls().iter();
    lines.extend(controls.map(|control| {
        let class = &control.class;
        format!("{} {} {}", control.record.id.value, class.class, class.because)
    }));
    let units = trace.units().iter();
    lines.extend(
        units.map(|unit| format!("{} {} {}", unit.id, unit.class.class, unit.class.because)),
    );
    lines
}

#[track_caller]
fn check(records: &str, expected: &[&str]) {
    assert_eq!(classes(&[("iec62304.toml", records)]), expected);
}

#[test]
#[requirement("TOOL-8")]
#[risk_control("GUARD-2")]
#[verifies("trace.AC-1")]
fn software_without_a_class_is_class_c() {
    check("", &["system C no software system states a class (4.3)"]);
    check(
        "software_system.s.class = \"D\"",
        &["system C since s states \"D\", which is no class (4.3)"],
    );
    check(
        "software_system.s.class = \"A\"\nsoftware_system.t.class = \"B\"",
        &["system B as software system t states"],
    );
}

#[test]
#[requirement("TOOL-8")]
fn an_item_takes_the_class_of_its_parent_unless_it_is_argued_and_segregated() {
    let records = |item: &str| {
        format!(
            "software_system.s.class = \"C\"\nrequirement.R = {{ text = \"x\", items = [\"i\"] }}\n\
             segregation.SEG-1 = {{ keeps_apart = [[\"i\", \"j\"]], how = \"x\" }}\nitem.j.parent = \"s\"\n[item.i]\nparent = \"s\"\n{item}"
        )
    };
    let check = |item, expected: &str| {
        let found = classes(&[("iec62304.toml", &records(item))]);
        assert_eq!(found[1], expected);
    };
    check("", "R C through item i, as software system s states");
    check(
        "class = \"B\"",
        "R C through item i, since i states B without rationale and segregation below class C",
    );
    check("class = \"B\"\nrationale = \"x\"\nsegregation = \"SEG-1\"", "R B as item i states");
    check("class = \"x\"", "R C through item i, since i states \"x\", which is no class (4.3)");
}

#[test]
#[requirement("TOOL-8")]
fn parents_in_a_circle_are_class_c() {
    check(
        "software_system.s.class = \"A\"\nitem.i.parent = \"j\"\nitem.j.parent = \"i\"\nrequirement.R = { text = \"x\", items = [\"i\"] }",
        &[
            "system A as software system s states",
            "R C through item i, since its parents form a circle",
        ],
    );
}

#[test]
#[requirement("TOOL-8")]
fn the_highest_class_counts_where_several_meet() {
    let records = "
        software_system.s.class = \"A\"
        [item.low]\nparent = \"s\"\ncrates = [\"pump\"]
        [item.high]\nparent = \"s\"\nclass = \"C\"\ncrates = [\"pump\"]
        [unit.u]\nitem = \"low\"\nmodules = [\"pump::u\"]
        [requirement.R]\ntext = \"x\"\nitems = [\"low\", \"high\"]\nsource = [\"K\"]
        [requirement.Q]\ntext = \"x\"
        [hazardous_situation.H]\nsituation = \"x\"
        [[hazardous_situation.H.cause]]\nid = \"H.a\"\nitem = \"high\"\ntext = \"x\"
        [risk_control.K]\ntext = \"x\"
        [risk_control.L]\ntext = \"x\"\nagainst = [\"H.a\"]
        [risk_control.M]\ntext = \"x\"
    ";
    assert_eq!(
        classes(&[
            ("iec62304.toml", records),
            ("src/lib.rs", "pub mod u { pub fn f() {} }\npub fn g() {}")
        ]),
        [
            "system A as software system s states",
            "R C as item high states",
            "Q A as software system s states; it is allocated to no item",
            "K C as item high states",
            "L C as item high states",
            "M A as software system s states; it is allocated to no item",
            "u C as item high states",
            "pump C as item high states",
        ]
    );
}

/// Which links there are: `id role owner level`.
fn links(files: &[(&str, &str)]) -> Vec<String> {
    let snapshot = Workspace::new(files.iter().copied()).snapshot();
    let project = Project::read(&snapshot);
    let trace = Trace::link(&project);
    let line = |link: &super::link::Link<'_>| {
        let part = link.part.map_or(String::new(), |part| format!(".{part}"));
        format!("{}{part} {:?} {:?}", link.record.id.value, link.role, link.level)
    };
    trace.links().iter().map(line).collect()
}

#[test]
#[requirement("TOOL-7")]
fn the_level_of_a_test_is_its_own_word_or_that_of_its_path() {
    let records = "tests.levels.unit = [\"src/**\"]\ntests.levels.system = [\"crates/b/tests/**\"]\nrequirement.R.text = \"x\"";
    let tagged = "#[test] #[requirement(\"R\")] fn t() {}";
    let own = "#[test] #[requirement(\"R\", level = \"integration\")] fn t() {}";
    assert_eq!(
        links(&[
            ("iec62304.toml", records),
            ("crates/b/src/lib.rs", tagged),
            ("crates/b/src/main.rs", own),
            ("crates/b/tests/t.rs", tagged),
            ("crates/c/tests/t.rs", tagged),
        ]),
        [
            "R Verifies Some(Unit)",
            "R Verifies Some(Integration)",
            "R Verifies Some(System)",
            "R Verifies None",
        ]
    );
}
