//! Which changes of code and files change the hash of a unit or a test.

use iec62304_macros::requirement;

use super::*;
use crate::model::code::Certainty;
use crate::tests::workspace::Workspace;
use crate::trace::Trace;

const UNITS: &str = "[item.motor]\ncrates = [\"pump\"]\n\
                     [unit.rate]\nitem = \"motor\"\nmodules = [\"pump::rate\"]\n\
                     [unit.dose]\nitem = \"motor\"\nmodules = [\"pump::rate::dose\"]\n\
                     [requirement.SRS-1]\ntext = \"x\"\n\
                     [review.REV-1]\nkind = \"unit\"\nof = [\"rate\"]\nhash = \"x\"\n";

/// The hashes of the units `rate` and `dose`.
fn units(files: &[(&str, &str)]) -> [String; 2] {
    let files = [&[("iec62304.toml", UNITS)], files].concat();
    let snapshot = Workspace::new(files).snapshot();
    let project = Project::read(&snapshot);
    let trace = Trace::link(&project);
    ["rate", "dose"].map(|id| {
        let entry = trace.index().get(id).unwrap();
        let record = entry.record_in(&project.documents);
        trace.contents().of(record, Aspect::Whole).to_string()
    })
}

/// The hashes with this text in the module `rate`.
fn rate(text: &str) -> [String; 2] {
    units(&[("src/lib.rs", &format!("pub mod rate {{\n{text}\n}}"))])
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(rate(one), rate(other));
}

#[track_caller]
fn different(one: &str, other: &str) {
    assert_ne!(rate(one)[0], rate(other)[0]);
}

#[test]
#[requirement("TOOL-28")]
fn form_and_comments_change_nothing_of_a_unit() {
    same("fn a() { b && c }", "/// A.\nfn a()\r\n{\r\n    b && c // c\r\n}");
    different("fn a() { b && c }", "fn a() { b & &c }");
    different("fn a(b: u8) {}", "fn a(b: u8,) {}");
    different("fn a() {}\nfn b() {}", "fn b() {}\nfn a() {}");
}

#[test]
#[requirement("TOOL-28")]
fn what_only_tests_compile_changes_nothing_of_a_unit() {
    let plain = "fn a() {}";
    for tests in [
        "#[cfg(test)] mod tests { #[test] fn b() {} }",
        "#[cfg(test)] use std::fmt; #[cfg(test)] fn helper() {}",
        "#[test] fn b() { a() }",
        "#[cfg(all(test, unix))] mod tests;",
    ] {
        same(plain, &format!("{plain} {tests}"));
    }
    different(plain, &format!("{plain} #[cfg(unix)] fn b() {{}}"));
    different(plain, &format!("{plain} #[cfg(not(test))] fn b() {{}}"));
}

#[test]
#[requirement("TOOL-28")]
fn our_own_tags_change_nothing_of_a_unit() {
    let plain = "#[inline] pub fn a() {}";
    for tagged in [
        "#[inline] #[requirement(\"SRS-1\")] pub fn a() {}",
        "#[iec62304_macros::requirement(\"SRS-1\", \"SRS-2\",)] #[inline] pub fn a() {}",
        "/// iec62304: requirement(\"SRS-1\")\n#[inline] pub fn a() {}",
        "iec62304_macros::tags! { requirement(\"SRS-1\") }\n#[inline] pub fn a() {}",
    ] {
        same(plain, tagged);
    }
    different(plain, "#[inline] #[other(\"SRS-1\")] pub fn a() {}");
    different(plain, "tags! { other } #[inline] pub fn a() {}");
}

#[test]
#[requirement("TOOL-28")]
fn a_module_of_another_unit_counts_there_and_not_here() {
    let with = |dose: &str| {
        rate(&format!("fn a() {{}} pub mod dose {{ {dose} }} mod own {{ fn o() {{}} }}"))
    };
    let [rate_before, dose_before] = with("fn d() {}");
    let [rate_after, dose_after] = with("fn d() { 1 }");
    assert_eq!(rate_before, rate_after);
    assert_ne!(dose_before, dose_after);
    different("mod own { fn o() {} }", "mod own { fn o() { 1 } }");
}

#[test]
#[requirement("TOOL-28")]
fn an_item_that_is_moved_into_a_unit_counts_there() {
    let with = |body: &str| {
        let root = format!("#[software_unit(\"dose\")] fn moved() {{ {body} }} fn other() {{}}");
        rate(&format!("{root} pub mod dose {{}}"))
    };
    let ([rate_before, dose_before], [rate_after, dose_after]) = (with(""), with("1"));
    assert_eq!(rate_before, rate_after);
    assert_ne!(dose_before, dose_after);
}

#[test]
fn a_file_counts_where_it_is_included() {
    let with = |included: &str| {
        units(&[
            ("src/lib.rs", "pub mod rate;"),
            ("src/rate.rs", "include!(\"table.rs\");"),
            ("src/table.rs", included),
        ])
    };
    assert_ne!(with("const A: u8 = 1;")[0], with("const A: u8 = 2;")[0]);
    assert_eq!(with("const A: u8 = 1;")[0], with("const A: u8=1; // one")[0]);
}

#[test]
fn where_the_file_of_a_module_stands_changes_nothing() {
    let at = |path: &str| units(&[("src/lib.rs", "pub mod rate;"), (path, "pub fn a() {}")]);
    assert_eq!(at("src/rate.rs"), at("src/rate/mod.rs"));
}

#[test]
fn a_module_that_two_targets_compile_counts_once() {
    let both = [("src/main.rs", "mod rate;"), ("src/lib.rs", "pub mod rate;"), ("src/rate.rs", "")];
    assert_eq!(units(&both), units(&both[1..]));
}

#[test]
fn a_test_has_a_hash_of_its_own() {
    let hash = |test: &str| {
        let lib = format!("#[cfg(test)] mod tests {{ fn other() {{}} {test} }}");
        let snapshot = Workspace::new([("src/lib.rs", lib.as_str())]).snapshot();
        let project = Project::read(&snapshot);
        let trace = Trace::link(&project);
        let is_test = |item: &crate::model::code::Item| {
            item.test.is_some() && item.compiled.in_tests != Certainty::No
        };
        let index = project.code.items.iter().position(is_test).unwrap();
        trace.contents().of_item(ItemIndex(index)).to_string()
    };
    let plain = hash("#[test] fn a() { 1; }");
    assert_eq!(plain, hash("/// A.\n#[test]\n#[requirement(\"SRS-1\")]\nfn a() { 1; }"));
    assert_ne!(plain, hash("#[test] fn a() { 2; }"));
    assert_ne!(plain, hash("#[test] #[ignore] fn a() { 1; }"));
}

#[test]
fn a_unit_of_a_broken_file_has_a_hash() {
    for text in ["fn a( {", "/*", "\"", "#[requirement(\"SRS-1\")", "#", "mod dose {", "tags! {"] {
        different(text, "");
    }
}

#[test]
fn the_file_of_the_detailed_design_belongs_to_a_unit() {
    let with = |design: &str, text: &str| {
        let records =
            format!("{UNITS}[document.SDD-1]\ntitle = \"x\"\npath = \"docs/sdd.md#top\"\n");
        let records =
            records.replace("[unit.dose]", &format!("design = \"{design}\"\n[unit.dose]"));
        let files = [("iec62304.toml", records.as_str()), ("docs/sdd.md", text)];
        let snapshot = Workspace::new(files).snapshot();
        let project = Project::read(&snapshot);
        let trace = Trace::link(&project);
        let record = trace.index().get("rate").unwrap().record_in(&project.documents);
        [Aspect::Whole, Aspect::Design]
            .map(|aspect| trace.contents().of(record, aspect).to_string())
    };
    for design in ["docs/sdd.md", "SDD-1#rate", "./docs/sdd.md#rate"] {
        let [whole, design_alone] = with(design, "a\r\n");
        assert_eq!(with(design, "a\n"), [whole.clone(), design_alone.clone()]);
        let [other, other_alone] = with(design, "b\n");
        assert_ne!((whole, design_alone), (other.clone(), other_alone.clone()));
        assert_ne!(other, other_alone, "the code belongs to the whole alone");
    }
    let [whole, design_alone] = with("in the doc comments", "a");
    assert_eq!(whole, design_alone, "the code stands for a design without a file");
}
