//! The infusion pump, broken on purpose: each break gives the finding it should, and no
//! other.

use iec62304_macros::{requirement, risk_control};

use crate::project::Project;

/// Breaks the pump and compares its findings.
#[track_caller]
fn check(break_it: impl FnOnce(&Project), expected: &[&str]) {
    let pump = Project::example("infusion-pump");
    break_it(&pump);
    let (code, findings) = pump.findings();
    assert_eq!(findings, expected);
    assert_eq!(code, 1);
}

#[test]
#[requirement("TOOL-9")]
#[risk_control("GUARD-2")]
fn a_risk_control_without_its_tags_is_not_implemented() {
    check(
        |pump| {
            let order = "pump-control/src/message/order.rs";
            pump.replace(
                order,
                "    #[requirement(\"SRS-9\")]\n    pub fn new(",
                "    pub fn new(",
            );
            let decode =
                "    #[requirement(\"SRS-9\")]\n    #[risk_control(\"RC-5\")]\n    pub fn decode";
            pump.replace(order, decode, "    pub fn decode");
        },
        &[
            "control-not-implemented: RC-5",
            "requirement-not-implemented: SRS-9",
            "code-untraced: message-link",
        ],
    );
}

#[test]
#[requirement("TOOL-11")]
fn a_misspelled_id_is_an_unknown_reference() {
    check(
        |pump| {
            pump.replace(
                "pump-control/src/line.rs",
                "#[requirement(\"SRS-3\")]\n#[risk_control(\"RC-2\")]",
                "#[requirement(\"SRS-33\")]\n#[risk_control(\"RC-2\")]",
            );
        },
        &["unknown-reference: SRS-33"],
    );
}

#[test]
#[requirement("TOOL-9")]
fn a_requirement_whose_tests_are_gone_is_not_verified() {
    check(
        |pump| {
            pump.replace(
                "network-gateway/src/sender.rs",
                "    /// iec62304: requirement(\"SRS-11\")\n",
                "",
            );
            pump.replace(
                "pump-sim/tests/pump_system/operation.rs",
                "#[requirement(\"SRS-11\", level = \"system\")]\n",
                "",
            );
        },
        &["requirement-unverified: SRS-11"],
    );
}

#[test]
#[requirement("TOOL-11")]
fn a_requirement_that_is_still_in_use_cannot_be_deleted() {
    check(
        |pump| {
            pump.cut("records/requirements.toml", "[requirement.SRS-6]", "[requirement.SRS-7]");
        },
        // What was there for it alone traces to nothing any more.
        &["unknown-reference: SRS-6", "code-untraced: message-link"],
    );
}

#[test]
#[requirement("TOOL-7")]
fn a_tagged_test_helper_is_misplaced() {
    check(
        |pump| {
            pump.replace(
                "pump-control/src/delivery.rs",
                "    fn delivery(",
                "    #[requirement(\"SRS-1\")]\n    fn delivery(",
            );
        },
        &["annotation-misplaced: requirement at pump-control/src/delivery.rs"],
    );
}

#[test]
#[requirement("TOOL-10")]
fn a_unit_without_tests_is_not_verified() {
    check(
        |pump| pump.cut("therapy-ui/src/start_screen.rs", "#[cfg(test)]", "\u{0}"),
        &[
            "unit-criterion-unverified: start-screen",
            "unit-unverified: start-screen",
            "unit-level-evidence-missing: start-screen",
        ],
    );
}

#[test]
#[requirement("TOOL-11")]
fn an_item_that_is_still_in_use_cannot_be_deleted() {
    let pump = Project::example("infusion-pump");
    pump.cut("records/architecture.toml", "[item.therapy-ui]", "\n[");
    let (code, findings) = pump.findings();
    assert!(findings.contains(&"unknown-reference: therapy-ui".to_owned()), "{findings:?}");
    // Units of no known item are judged as class C.
    let asked_of_class_c = ["design-review-missing", "unit-topic-undecided", "unknown-reference"];
    let expected = |finding: &str| {
        finding == "crate-without-item: therapy-ui"
            || asked_of_class_c.iter().any(|rule| finding.starts_with(rule))
    };
    let is_expected = |finding: &String| expected(finding);
    assert!(findings.iter().all(is_expected), "{findings:?}");
    assert_eq!(code, 1);
}

#[test]
#[requirement("TOOL-8")]
fn a_system_without_a_class_is_reported_and_judged_as_class_c() {
    check(
        |pump| {
            pump.cut("records/architecture.toml", "class     = \"C\"\nrationale", "rationale");
        },
        &["class-missing: pump-software"],
    );
}

#[test]
#[requirement("TOOL-6")]
fn a_misspelled_field_is_malformed() {
    check(
        |pump| {
            let text = pump.read("records/risk.toml");
            assert!(text.contains("\nseverity "));
            pump.write("records/risk.toml", text.replacen("\nseverity ", "\nseverty ", 1));
        },
        &["record-malformed: records/risk.toml"],
    );
}

#[test]
#[requirement("TOOL-6")]
fn an_id_that_stands_twice_is_a_duplicate() {
    check(
        |pump| {
            pump.write("records/zz.toml", "[requirement.SRS-2]\ntext = \"Something else.\"\n");
        },
        &[
            "requirement-id-duplicate: SRS-2",
            "requirement-not-testable: SRS-2",
            "requirement-review-missing: SRS-2",
            "requirement-unallocated: SRS-2",
            "requirement-unverified: SRS-2",
            "requirement-without-source: SRS-2",
            "requirement-category-missing: SRS-2",
            "requirement-not-implemented: SRS-2",
            "risk-analysis-not-revisited: SRS-2",
            "requirement-wording: SRS-2",
        ],
    );
}

#[test]
#[requirement("TOOL-9")]
#[risk_control("GUARD-2")]
fn a_risk_control_without_tests_is_not_verified() {
    check(
        |pump| {
            for file in [
                "pump-control/src/control.rs",
                "pump-control/src/message/order.rs",
                "pump-sim/tests/order_handover.rs",
                "pump-sim/tests/pump_system/motion.rs",
            ] {
                let text = pump.read(file);
                let tests = text.find("#[test]").unwrap();
                let (code, tests) = text.split_at(tests);
                let tests = tests
                    .replace("\"SRS-9\", \"SRS-28\"", "\"SRS-28\"")
                    .replace("    #[requirement(\"SRS-9\")]\n", "")
                    .replace("    #[risk_control(\"RC-5\")]\n", "")
                    .replace("#[requirement(\"SRS-9\", level = \"system\")]\n", "")
                    .replace("#[requirement(\"SRS-9\")]\n", "")
                    .replace("#[risk_control(\"RC-5\")]\n", "");
                pump.write(file, format!("{code}{tests}"));
            }
        },
        &["control-unverified: RC-5", "requirement-unverified: SRS-9"],
    );
}

#[test]
#[requirement("TOOL-5")]
#[risk_control("GUARD-1")]
fn a_deleted_source_file_is_unreadable() {
    let pump = Project::example("infusion-pump");
    std::fs::remove_file(pump.path().join("pump-control/src/dose.rs")).unwrap();
    let (code, findings) = pump.findings();
    assert!(
        findings.contains(&"source-unreadable: pump-control/src/lib.rs".to_owned()),
        "{findings:?}"
    );
    assert!(findings.contains(&"requirement-not-implemented: SRS-5".to_owned()), "{findings:?}");
    assert_eq!(code, 1);
}

/// The feature is off, then on: only the product decides.
#[test]
#[requirement("TOOL-33")]
#[risk_control("GUARD-2")]
fn a_risk_control_under_a_feature_that_is_off_is_not_implemented() {
    let pump = Project::example("infusion-pump");
    let tags = "\n#[requirement(\"SRS-30\")]\n#[risk_control(\"RC-13\")]";
    let under_feature = format!("\n#[cfg(feature = \"limits\")]{tags}");
    pump.replace("pump-control/src/drug.rs", tags, &under_feature);
    let features = "[features]\nlimits = []\n\n[dependencies]";
    pump.replace("pump-control/Cargo.toml", "[dependencies]", features);
    let (code, findings) = pump.findings();
    // A `cfg` is a change of the unit, whose review held its hash.
    let expected = [
        "control-not-implemented: RC-13",
        "unit-unverified: message-link",
        "annotation-compiled-out: requirement at pump-control/src/drug.rs",
        "annotation-compiled-out: risk_control at pump-control/src/drug.rs",
        "requirement-not-implemented: SRS-30",
        "suspect-link: message-link",
    ];
    assert_eq!((code, findings), (1, expected.map(str::to_owned).to_vec()));
    pump.replace("iec62304.toml", "[product]\n", "[product]\nfeatures = [\"limits\"]\n");
    let changed = ["unit-unverified: message-link", "suspect-link: message-link"];
    assert_eq!(pump.findings(), (1, changed.map(str::to_owned).to_vec()));
}
