//! Options and predicates, answered for builds.

use iec62304_macros::{requirement, verifies};

use super::*;
use crate::model::code::{Code, Item};
use crate::scan;
use crate::tests::workspace::Workspace;
use crate::trace::Project;

const LOCK: &str = "[[package]]\nname = \"pump\"\nversion = \"0.1.0\"\n";

fn option(text: &str) -> CfgOption {
    match text.split_once('=') {
        None => CfgOption { name: text.to_owned(), value: None },
        Some((name, value)) => CfgOption { name: name.to_owned(), value: Some(value.to_owned()) },
    }
}

#[test]
#[requirement("TOOL-33")]
#[verifies("trace")]
fn a_target_answers_what_the_compiler_sets_by_itself_and_nothing_else() {
    let bare = get_builtin_target_by_triple("thumbv7em-none-eabihf").unwrap();
    let linux = get_builtin_target_by_triple("aarch64-unknown-linux-gnu").unwrap();
    let check = |text: &str, of_bare, of_linux| {
        assert_eq!(of_target(bare, &option(text)), of_bare, "{text}, bare");
        assert_eq!(of_target(linux, &option(text)), of_linux, "{text}, linux");
    };
    let (yes, no, open) = (Certainty::Yes, Certainty::No, Certainty::Open);
    check("unix", no, yes);
    check("windows", no, no);
    check("target_os=none", yes, no);
    check("target_os=linux", no, yes);
    check("target_os=an-os-of-tomorrow", no, no);
    check("target_arch=arm", yes, no);
    check("target_pointer_width=32", yes, no);
    check("target_endian=little", yes, yes);
    check("target_env=", yes, no);
    check("target_env=gnu", no, yes);
    check("target_family=unix", no, yes);
    check("target_has_atomic=64", no, yes);
    check("target_vendor=unknown", yes, yes);
    for text in [
        "panic=abort",
        "target_feature=neon",
        "debug_assertions",
        "overflow_checks",
        "proc_macro",
        "pump_sim",
        "board=b",
        "target_endian=middle",
        "target_pointer_width=many",
        "unix=yes",
        "board=a\"b",
    ] {
        check(text, open, open);
    }
}

/// The letter for product code and that for tests of every function.
fn compiled(product: &str, roles: &str, source: &str) -> Vec<String> {
    let configuration = format!("project.edition = \"2006+AMD1:2015\"\n{product}");
    let workspace = Workspace::new([
        ("iec62304.toml", configuration.as_str()),
        ("Cargo.lock", LOCK),
        ("roles.txt", roles),
        ("src/lib.rs", source),
        ("src/sim.rs", "#![cfg(not(feature = \"real\"))]\nfn in_file() {}"),
    ]);
    let snapshot = workspace.snapshot();
    states(&Project::read(&snapshot).code)
}

fn states(code: &Code) -> Vec<String> {
    let letter = |certainty| match certainty {
        Certainty::No => 'n',
        Certainty::Open => 'o',
        Certainty::Yes => 'y',
    };
    let state = |item: &Item| {
        let Compiled { in_product, in_tests } = item.compiled;
        let out = if item.left_out { " out" } else { "" };
        format!("{} {}{}{out}", item.path, letter(in_product), letter(in_tests))
    };
    code.items.iter().map(state).collect()
}

#[test]
#[requirement("TOOL-33")]
#[verifies("trace")]
fn every_cfg_around_code_counts_in_the_same_build() {
    let both = "product.packages = [\"pump\"]\nproduct.targets = [\"thumbv7em-none-eabihf\", \"aarch64-unknown-linux-gnu\"]";
    let roles = "pump 0.1.0: with features real wifi";
    let source = "#[cfg(unix)] mod a { #[cfg(target_os = \"none\")] fn never() {} fn linux() {} }
        #[cfg(any(windows, all(unix, feature = \"wifi\")))] fn nested() {}
        #[cfg(not(feature = \"wifi\"))] fn without() {}
        #[cfg(feature = \"bluetooth\")] impl Pump { fn method() {} }
        #[cfg_attr(feature = \"wifi\", cfg(windows))] fn conditional() {}
        #[cfg(pump_sim)] fn unknown() {}
        #[cfg(all(pump_sim, windows))] fn decided() {}
        #[cfg(test)] fn helper() {}
        cfg_if! { if #[cfg(unix)] { fn in_macro() {} } }
        mod sim;";
    let expected = [
        "never no out",
        "linux yo",
        "nested yo",
        "without no out",
        "Pump::method no out",
        "conditional no out",
        "unknown oo",
        "decided no out",
        "helper ny",
        "in_macro oo",
        "in_file no out",
    ];
    assert_eq!(compiled(both, roles, source), expected);
}

#[test]
#[requirement("TOOL-33")]
#[verifies("trace")]
fn without_targets_only_features_that_are_off_are_known() {
    let source = "#[cfg(feature = \"wifi\")] fn on() {}
        #[cfg(feature = \"bluetooth\")] fn off() {}
        #[cfg(not(feature = \"bluetooth\"))] fn without() {}
        #[cfg(unix)] fn unix() {}";
    let roles = "pump 0.1.0: with features wifi";
    let found = compiled("product.packages = [\"pump\"]", roles, source);
    assert_eq!(found, ["on oo", "off no out", "without yo", "unix oo"]);
}

#[test]
#[requirement("TOOL-33")]
#[verifies("trace")]
fn without_a_product_nothing_is_evaluated() {
    let source = "#[cfg(unix)] mod a { #[cfg(not(unix))] fn a() {} }
        #[cfg(feature = \"x\")] fn b() {}
        #[cfg_attr(unix, cfg(test))] fn c() {}
        #[cfg(any())] fn d() {}";
    let roles = "pump 0.1.0: with features x";
    let without = compiled("software_system.pump.class = \"C\"", roles, source);
    assert_eq!(without, ["a oo", "b oo", "c oy", "d nn"]);
}

#[test]
#[requirement("TOOL-33")]
#[verifies("trace")]
fn a_target_that_needs_features_depends_on_them() {
    let configuration = "project.edition = \"2006+AMD1:2015\"\nproduct.packages = [\"pump\"]\nproduct.targets = [\"thumbv7em-none-eabihf\"]";
    let check = |needs: &str, expected: &str| {
        let workspace = Workspace::new([
            ("iec62304.toml", configuration),
            ("Cargo.lock", LOCK),
            ("roles.txt", "pump 0.1.0: with features wifi"),
            ("src/main.rs", "fn main() {}"),
        ]);
        let mut snapshot = workspace.snapshot();
        snapshot.packages[0].targets[0].required_features = vec![needs.to_owned()];
        let before = scan::code(&snapshot, &scan::Settings::default());
        assert_eq!(states(&before), ["main oo"]);
        assert_eq!(states(&Project::read(&snapshot).code), [expected], "{needs}");
    };
    check("wifi", "main yy");
    check("bluetooth", "main no out");
    check("radio/wifi", "main oo");
}
