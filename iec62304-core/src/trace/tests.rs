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

#[test]
#[requirement("TOOL-8", "TOOL-23")]
fn a_segregation_that_does_not_name_the_item_does_not_lower_its_class() {
    check(
        "
        software_system.s.class = \"C\"
        segregation.SEG-1.keeps_apart = [[\"j\", \"k\"], [\"i\"]]
        item.j.parent = \"s\"
        item.k.parent = \"s\"
        item.i = { parent = \"s\", class = \"A\", rationale = \"x\", segregation = \"SEG-1\" }
        requirement.R = { text = \"x\", items = [\"i\"] }
        ",
        &[
            "system C as software system s states",
            "R C through item i, since i states A below class C, and its segregation does not \
             name it",
        ],
    );
}

/// A system of class B with an item `high` of class C in package `pump`, and an item `low`.
const TWO_ITEMS: &str = "
    software_system.s.class = \"B\"
    item.high = { parent = \"s\", class = \"C\", rationale = \"x\", crates = [\"pump\"] }
    requirement.R = { text = \"x\", items = [\"low\"] }
    requirement.P = { text = \"x\", items = [\"part\"] }
    item.part = { parent = \"low\" }
";

/// The class of `low` and of a part of it, and why.
#[track_caller]
fn check_low(more: &str, files: &[(&str, &str)], expected: [&str; 2]) {
    let records = format!("{more}\n{TWO_ITEMS}");
    let mut all = vec![("iec62304.toml", records.as_str()), ("src/main.rs", "")];
    all.extend(files);
    assert_eq!(classes(&all)[1..3], expected);
}

#[test]
#[requirement("TOOL-23")]
#[risk_control("GUARD-2")]
fn what_shares_a_crate_with_a_higher_class_is_of_that_class_with_all_its_parts() {
    check_low(
        "item.low = { parent = \"s\", crates = [\"pump\"] }",
        &[],
        [
            "R C through item low, since low shares crate pump with high of class C",
            "P C through item part, since low shares crate pump with high of class C",
        ],
    );
    check_low(
        "item.low = { parent = \"s\", crates = [\"pump\"] }\n\
         segregation.SEG-1.keeps_apart = [[\"low\", \"high\"]]",
        &[],
        [
            "R B through item low, as software system s states",
            "P B through item part, as software system s states",
        ],
    );
    check_low(
        "item.low = { parent = \"s\" }\nunit.u = { item = \"low\", modules = [\"pump::u\"] }",
        &[("src/main.rs", "mod u { }")],
        [
            "R C through item low, since low shares crate pump with high of class C",
            "P C through item part, since low shares crate pump with high of class C",
        ],
    );
    check_low(
        "item.low = { parent = \"s\" }\nunit.u = { item = \"low\" }",
        &[("src/main.rs", "#[software_unit(\"u\")] fn u() {}")],
        [
            "R C through item low, since low shares crate pump with high of class C",
            "P C through item part, since low shares crate pump with high of class C",
        ],
    );
}

#[test]
#[requirement("TOOL-23")]
#[risk_control("GUARD-2")]
fn what_is_linked_with_a_higher_class_is_of_that_class() {
    let low = "item.low = { parent = \"s\", crates = [\"log\"] }";
    let product = format!("{low}\nproduct.packages = [\"pump\"]");
    let linked = "[[package]]\nname = \"log\"\nversion = \"0.1.0\"\n\
                  [[package]]\nname = \"pump\"\nversion = \"0.1.0\"\ndependencies = [\"log\"]";
    let apart = linked.replace("dependencies = [\"log\"]", "");
    let as_stated = [
        "R B through item low, as software system s states",
        "P B through item part, as software system s states",
    ];
    let raised = [
        "R C through item low, since low shares the binary of package pump with high of class C",
        "P C through item part, since low shares the binary of package pump with high of class C",
    ];
    let log = ("crates/log/src/lib.rs", "");
    check_low(&product, &[log, ("Cargo.lock", linked)], raised);
    check_low(&product, &[log, ("Cargo.lock", &apart)], as_stated);
    // A tool that builds the device runs in no process of it.
    let tool = ("roles.txt", "log 0.1.0: build tool");
    check_low(&product, &[log, ("Cargo.lock", linked), tool], as_stated);
    let segregated = format!("{product}\nsegregation.S.keeps_apart = [[\"low\", \"high\"]]");
    check_low(&segregated, &[log, ("Cargo.lock", linked)], as_stated);
    // Without a product nobody knows.
    check_low(low, &[log, ("Cargo.lock", linked)], as_stated);
}

/// What is not checked about classes.
fn open_about_classes(files: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let analysis = crate::analyze(&Workspace::new(files.iter().copied()).snapshot());
    let names = ["severities", "hazard-causes", "lowering-controls", "linked-items"];
    let open = analysis.not_checked.into_iter().filter(|entry| names.contains(&entry.name));
    open.map(|entry| (entry.name, entry.what)).collect()
}

#[test]
#[requirement("TOOL-12", "TOOL-23")]
#[risk_control("GUARD-3")]
fn what_keeps_a_class_from_being_judged_is_listed() {
    let check = |records: &str, expected: &[&str]| {
        let log = ("crates/log/src/lib.rs", "");
        let found = open_about_classes(&[("iec62304.toml", records), ("src/main.rs", ""), log]);
        let found: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(found, expected, "{records}");
    };
    let situation = "[hazardous_situation.H]\nsituation = \"x\"\nseverity = \"serious\"\n";
    let cause = "cause = [{ id = \"H.a\", text = \"x\" }]\n";
    check("software_system.s.class = \"C\"", &[]);
    check("software_system.s.class = \"A\"", &["severities", "lowering-controls"]);
    let system = "[software_system.s]\nclass = \"B\"\nlowered_by = []\n";
    check(system, &["severities"]);
    check(&format!("{system}{situation}"), &["hazard-causes"]);
    check(&format!("{system}{situation}{cause}"), &[]);
    let low = "item.low = { crates = [\"log\"] }";
    let both = format!("{low}\n{TWO_ITEMS}");
    check(&both, &["severities", "lowering-controls", "linked-items"]);
    let apart = "segregation.S.keeps_apart = [[\"low\", \"high\"]]";
    check(&format!("{apart}\n{both}"), &["severities", "lowering-controls"]);
}

/// Of the rules on classes two fire on the whole vocabulary in use, at the one gap that
/// its authors left in for them.
#[test]
#[requirement("TOOL-23")]
fn in_the_example_only_the_class_of_the_network_gateway_is_too_low() {
    let example = include_str!("../../../tests/fixtures/vocabulary/iec62304.toml");
    let analysis = crate::analyze(&Workspace::new([("iec62304.toml", example)]).snapshot());
    let about_classes = |rule: &str| rule.contains("class") || rule.contains("legacy");
    let findings = analysis.findings().into_iter().filter(|it| about_classes(it.rule));
    let found: Vec<(&str, &str)> = findings.map(|it| (it.rule, it.gap.message.as_str())).collect();
    assert_eq!(
        found,
        [
            (
                "class-below-hazard",
                "item network-gateway states class A, and hazardous situation HAZ-8 asks for \
                 class C"
            ),
            (
                "control-item-class-low",
                "item network-gateway has class A, and risk control RC-10 asks for class C"
            ),
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
