//! What the scan sees, case by case: modules, items, tests, tags, and what it says of
//! text that it cannot follow.

use iec62304_macros::{requirement, risk_control, verifies};

use super::{Settings, code, outline};
use crate::model::code::{Certainty, Code, NoOwner, TagOwner};
use crate::tests::workspace::Workspace;

fn scan<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Code {
    scan_with(files, &Settings::default())
}

fn scan_with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>, settings: &Settings) -> Code {
    code(&Workspace::new(files).snapshot(), settings)
}

/// Every tag as `ids on owner`.
fn tags(code: &Code) -> Vec<String> {
    let owner = |owner| match owner {
        TagOwner::Item(item) => code.items[item.0].path.clone(),
        TagOwner::Module(module) => format!("mod {}", code.modules[module.0].path),
        TagOwner::Nothing(NoOwner::MacroDefinition) => "macro definition".to_owned(),
        TagOwner::Nothing(NoOwner::MacroInput) => "macro input".to_owned(),
        TagOwner::Nothing(NoOwner::NotAnItem) => "no item".to_owned(),
        TagOwner::Nothing(NoOwner::OrphanFile) => "orphan".to_owned(),
    };
    code.tags
        .iter()
        .map(|tag| {
            let ids: Vec<&str> = tag.ids.iter().map(|id| id.value.as_str()).collect();
            format!("{} on {}", ids.join(" "), owner(tag.owner))
        })
        .collect()
}

fn messages(code: &Code) -> Vec<&str> {
    code.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[track_caller]
fn check_tags(source: &str, expected: &[&str]) {
    let code = scan([("src/lib.rs", source)]);
    assert_eq!(messages(&code), [""; 0]);
    assert_eq!(tags(&code), expected);
}

#[track_caller]
fn check_problems(source: &str, expected: &[&str]) {
    let code = scan([("src/lib.rs", source)]);
    assert_eq!(messages(&code), expected);
}

/// The module paths that are found, and every problem or part left unread.
#[track_caller]
fn check_modules(files: &[(&str, &str)], expected: &[&str], said: &[&str]) {
    let code = scan(files.iter().copied());
    let modules: Vec<&str> = code.modules.iter().map(|module| module.path.as_str()).collect();
    assert_eq!(modules, expected);
    let unread = code.unread.iter().map(|unread| unread.what.as_str());
    assert_eq!(messages(&code).into_iter().chain(unread).collect::<Vec<_>>(), said);
}

#[test]
#[requirement("TOOL-4")]
#[verifies("scan")]
fn tags_stand_on_items_of_every_depth() {
    check_tags(
        r#"
        #[requirement("A")] fn free() { #[requirement("B")] fn nested() {} }
        #[risk_control("C", "D")] struct Pump;
        #[iec62304_macros::requirement("E")] impl Pump { #[requirement("F")] fn stop(&self) {} }
        impl<T: Fn(u8) -> bool> Stop<T> for Pump where [(); { 1 }]: { #[requirement("G")] const X: u8 = { #[requirement("H")] fn in_const() -> u8 { 1 } 1 }; }
        trait Stop<const N: usize = { 3 }> { #[requirement("I")] fn stop(&self) -> Foo<{ N }>; }
        #[requirement("J")] mod inner { #![requirement("K")] }
        "#,
        &[
            "A on free",
            "B on free::nested",
            "C D on Pump",
            "E on Pump",
            "F on Pump::stop",
            "G on <Pump as Stop<T>>::X",
            "H on <Pump as Stop<T>>::X::in_const",
            "I on Stop::stop",
            "J on mod pump::inner",
            "K on mod pump::inner",
        ],
    );
}

#[test]
#[requirement("TOOL-4")]
fn tags_stand_in_every_form() {
    check_tags(
        r##"
        tags! { requirement("A"), risk_control("B"), }
        /// iec62304: requirement("C"), risk_control("D")
        fn doc() {}
        /** Text.
         *  iec62304: requirement("E", level = "unit")
         */
        fn block() {}
        mod inner { //! iec62304: requirement("F")
            iec62304_macros::tags!(software_unit("G")); }
        #[cfg_attr(feature = "x", inline, cfg_attr(unix, requirement("H")), risk_control(r#"I"#))]
        fn conditional() {}
        #[unsafe(requirement("J"))]
        fn unsafe_attribute() {}
        /// This is about IEC 62304: see `requirement("X")`. A quoted one is none:
        /// `/// iec62304: requirement("X")`
        fn prose() {}
        "##,
        &[
            "A on mod pump",
            "B on mod pump",
            "C on doc",
            "D on doc",
            "E on block",
            "F on mod pump::inner",
            "G on mod pump::inner",
            "H on conditional",
            "I on conditional",
            "J on unsafe_attribute",
        ],
    );
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn a_tag_that_no_item_carries_is_not_lost() {
    check_tags(
        r#"
        fn f(#[requirement("A")] x: u8) {
            #[requirement("B")] let y = 1;
            match x { #[requirement("C")] _ => { #[requirement("D")] { } } }
            quote! { #[requirement("E")] fn made() {} }
            tags! { requirement("F") }
        }
        struct S { #[requirement("G")] field: u8 }
        enum E { #[requirement("H")] One }
        macro_rules! m { () => { #[requirement("I")] fn made() {} } }
        some_macro! { #[requirement("J")] fn taken() {} }
        fn g() {
            //! inner
            /// iec62304: requirement("K")
            let z = 1;
        }
        "#,
        &[
            "J on macro input",
            "A on no item",
            "B on no item",
            "C on no item",
            "D on no item",
            "E on macro input",
            "F on macro input",
            "G on no item",
            "H on no item",
            "I on macro definition",
            "K on no item",
        ],
    );
}

#[test]
#[requirement("TOOL-4")]
fn what_only_looks_like_a_tag_is_none() {
    check_tags(
        r#"
        use iec62304_macros::{requirement, verifies};
        #[cfg(requirement)] #[serde(verifies = "x")] #[doc(requirement)]
        fn requirement() { requirement("SRS-1"); let requirement = [verifies("x")]; }
        tags! { "html", div }
        const S: &str = "\#[requirement(\"X\")]";
        // requirement("X")
        "#,
        &[],
    );
}

#[test]
#[requirement("TOOL-4")]
fn tags_are_found_under_other_names() {
    let code = scan([
        (
            "src/lib.rs",
            "mod prelude;\n#[req(\"A\")] fn a() {}\n#[iec::requirement(\"B\")] fn b() {}\nt! { requirement(\"C\") }",
        ),
        (
            "src/prelude.rs",
            "pub use iec62304_macros::{requirement as req, tags as t};\npub use iec62304_macros as iec;",
        ),
    ]);
    assert_eq!(tags(&code), ["A on a", "B on b", "C on mod pump"]);
}

#[test]
#[requirement("TOOL-4")]
fn known_macros_pass_tests_and_items_on() {
    let source = r#"
        proptest! { #[test] #[requirement("A")] fn holds(x in 0..10) { } }
        quickcheck! { #[requirement("B")] fn always(x: u8) -> bool { true } }
        cfg_if! { if #[cfg(unix)] { #[requirement("C")] fn unix() {} } else { mod other; } }
        mine! { #[requirement("D")] fn passed() {} }
        my_tests! { #[test] #[requirement("E")] fn tested() {} }
    "#;
    let settings = Settings {
        test_macros: vec!["my_tests".to_owned()],
        item_macros: vec!["mine".to_owned()],
        ..Settings::default()
    };
    let code = scan_with([("src/lib.rs", source), ("src/other.rs", "")], &settings);
    assert_eq!(
        tags(&code),
        ["A on holds", "B on always", "C on unix", "D on passed", "E on tested"]
    );
    let tests: Vec<&str> = code
        .items
        .iter()
        .filter(|item| item.test.is_some())
        .map(|item| item.path.as_str())
        .collect();
    assert_eq!(tests, ["holds", "always", "tested"]);
    assert_eq!(code.modules[1].path, "pump::other");
    assert_eq!(code.modules[1].compiled.in_product, Certainty::Open);
}

#[test]
#[requirement("TOOL-3")]
fn tests_are_known_by_their_attributes() {
    let source = "#[test] fn a() {}\n#[tokio::test(flavor = \"x\")] async fn b() {}\n#[rstest]\n#[case(1)]\n#[case(2)] fn c() {}
        #[cfg_attr(not(miri), test)] fn d() {}\n#[gpui::test] fn e() {}\n#[my_test] fn f() {}\n#[bench] fn g() {}";
    let of = |settings: &Settings| {
        let code = scan_with([("src/lib.rs", source)], settings);
        let tests = code.items.iter().filter(|item| item.test.is_some());
        (tests.map(|item| item.path.clone()).collect::<Vec<_>>(), code.test_like_attributes)
    };
    let (tests, like) = of(&Settings::default());
    assert_eq!(tests, ["a", "b", "c", "d", "e"]);
    assert_eq!(like, [("my_test".to_owned(), 1)]);
    let added = Settings { test_attributes: vec!["my_test".to_owned()], ..Settings::default() };
    assert_eq!(of(&added).0, ["a", "b", "c", "d", "e", "f"]);
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn near_misses_in_comments_are_reported() {
    check_problems(
        "/// IEC62304: requirement(\"A\")\nfn a() {}\n/// iec62304 requirement(\"A\")\nfn b() {}\n/// iec62304: requirment(\"A\")\nfn c() {}\n\
         // iec62304: requirement(\"A\")\nfn d() {}\n/// iec62304: requirement(\"A\") risk_control(\"B\")\nfn e() {}\n/// iec62304: requirement(A)\nfn f() {}",
        &[
            "this comment nearly is a tag",
            "this comment nearly is a tag",
            "there is no tag `requirment`; the nearest is `requirement`",
            "this tag stands in a comment that is no doc comment",
            "expected `,` between two tags, and nothing behind the last",
            "an id is a string literal",
        ],
    );
}

#[test]
#[requirement("TOOL-3")]
#[verifies("scan")]
fn modules_are_followed_as_rustc_does() {
    check_modules(
        &[
            ("src/lib.rs", "mod a; mod b; mod c { mod d; } mod r#try;"),
            ("src/a.rs", "mod e;"),
            ("src/a/e.rs", ""),
            ("src/b/mod.rs", "mod f;"),
            ("src/b/f.rs", ""),
            ("src/c/d.rs", "mod g { mod h; }"),
            ("src/c/d/g/h.rs", ""),
            ("src/try.rs", ""),
        ],
        &[
            "pump",
            "pump::c",
            "pump::a",
            "pump::b",
            "pump::c::d",
            "pump::try",
            "pump::a::e",
            "pump::b::f",
            "pump::c::d::g",
            "pump::c::d::g::h",
        ],
        &[],
    );
}

#[test]
#[requirement("TOOL-3")]
fn paths_of_modules_are_followed_as_rustc_does() {
    check_modules(
        &[
            (
                "src/lib.rs",
                "#[path = \"x/one.rs\"] mod a; mod b; #[path = \"dir\"] mod c { mod d; }",
            ),
            ("src/x/one.rs", "mod e;"),
            ("src/x/e.rs", ""),
            (
                "src/b.rs",
                "mod inline { #[path = \"two.rs\"] mod f; } #[path = \"three.rs\"] mod g;",
            ),
            ("src/b/inline/two.rs", ""),
            ("src/three.rs", ""),
            ("src/dir/d.rs", ""),
        ],
        &[
            "pump",
            "pump::c",
            "pump::a",
            "pump::b",
            "pump::c::d",
            "pump::a::e",
            "pump::b::inline",
            "pump::b::inline::f",
            "pump::b::g",
        ],
        &[],
    );
}

#[test]
#[requirement("TOOL-3")]
fn conditional_paths_give_each_file_that_exists() {
    check_modules(
        &[
            (
                "src/lib.rs",
                "#[cfg_attr(unix, path = \"u.rs\")] #[cfg_attr(windows, path = \"w.rs\")] mod sys; #[cfg(windows)] mod gone;",
            ),
            ("src/u.rs", ""),
            ("src/sys.rs", ""),
        ],
        &["pump", "pump::sys", "pump::sys"],
        &[
            "the file of this module is missing: src/gone.rs or src/gone/mod.rs; a `cfg` decides whether it is needed",
        ],
    );
}

#[test]
#[requirement("TOOL-3")]
fn macros_and_includes_ask_for_files() {
    check_modules(
        &[
            (
                "src/lib.rs",
                "any_macro! { pub mod a; }\ninclude!(\"parts/b.rs\");\ninclude!(concat!(env!(\"OUT_DIR\"), \"/c.rs\"));",
            ),
            ("src/a.rs", ""),
            ("src/parts/b.rs", "mod d; fn in_part() {}"),
            ("src/parts/d.rs", ""),
        ],
        &["pump", "pump::a", "pump::d"],
        &["`include!` of a file whose path is computed, as in OUT_DIR"],
    );
}

#[test]
#[requirement("TOOL-5")]
#[risk_control("GUARD-1")]
fn a_missing_file_and_a_circle_are_reported() {
    check_modules(
        &[("src/lib.rs", "mod a; #[path = \"lib.rs\"] mod again;")],
        &["pump"],
        &[
            "the file of this module is missing: src/a.rs or src/a/mod.rs",
            "src/lib.rs holds itself",
        ],
    );
}

#[test]
#[requirement("TOOL-3")]
fn one_file_counts_at_every_module_path() {
    let code = scan([
        ("src/lib.rs", "mod shared;"),
        ("src/main.rs", "mod shared;"),
        ("src/shared.rs", "#[requirement(\"A\")] fn f() {}"),
    ]);
    assert_eq!(tags(&code), ["A on f", "A on f"]);
    assert_eq!(code.files, 3);
}

#[test]
#[requirement("TOOL-3")]
fn every_item_has_a_key_of_its_own() {
    let workspace = Workspace::new([
        ("crates/a/src/lib.rs", "pub mod m;\n#[cfg(unix)] fn f() {}\n#[cfg(not(unix))] fn f() {}"),
        (
            "crates/a/src/m.rs",
            "struct S; impl S { fn g() {} } impl<T> Drop for S<T> { fn drop(&mut self) {} }",
        ),
        ("crates/a/src/main.rs", "mod m;\nfn main() {}"),
        ("crates/a/tests/t.rs", "#[test] fn f() {}"),
    ]);
    let snapshot = workspace.snapshot();
    let keys = code(&snapshot, &Settings::default()).item_keys(&snapshot.packages);
    assert_eq!(
        keys,
        [
            "a lib a a::f",
            "a lib a a::f #2",
            "a lib a a::m::S::g",
            "a lib a a::m::<S<T> as Drop>::drop",
            "a bin a a::main",
            "a bin a a::m::S::g",
            "a bin a a::m::<S<T> as Drop>::drop",
            "a test t t::f",
        ]
    );
}

#[test]
#[requirement("TOOL-4")]
fn an_orphan_is_listed_and_its_tags_are_not_lost() {
    let code = scan([("src/lib.rs", ""), ("src/orphan.rs", "#[requirement(\"A\")] fn f() {}")]);
    assert_eq!(tags(&code), ["A on orphan"]);
    assert_eq!(code.orphans[0].as_str(), "src/orphan.rs");
}

#[test]
fn cfg_test_is_known_and_everything_else_is_open() {
    let source = "#[cfg(test)] mod t { fn a() {} }\n#[cfg(not(test))] fn b() {}\n#[cfg(feature = \"x\")] fn c() {}\n#[cfg(any())] fn d() {}
        #[cfg(all(test, unix))] fn e() {}\n#[cfg(any(test, unix))] fn f() {}\n#[cfg_attr(test, cfg(unix))] fn g() {}\n#[cfg(true)] fn h() {}\n#[cfg_attr(not(miri), test)] fn i() {}";
    let code = scan([("src/lib.rs", source)]);
    let letter = |certainty| match certainty {
        Certainty::No => 'n',
        Certainty::Open => 'o',
        Certainty::Yes => 'y',
    };
    let states: Vec<String> = code
        .items
        .iter()
        .map(|item| {
            format!(
                "{} {}{}",
                item.path,
                letter(item.compiled.in_product),
                letter(item.compiled.in_tests)
            )
        })
        .collect();
    assert_eq!(states, ["a ny", "b yn", "c oo", "d nn", "e no", "f oy", "g yo", "h yy", "i oo"]);
}

#[test]
#[requirement("TOOL-5")]
fn text_that_cannot_be_followed_is_reported_at_its_place() {
    check_problems("fn a() {", &["this bracket is never closed"]);
    check_problems(
        "fn a() {} }",
        &["no item that this tool knows starts here", "this bracket was never opened"],
    );
    check_problems(
        "fn a( { ) }",
        &[
            "this item does not end",
            "this bracket is never closed",
            "this bracket was never opened",
        ],
    );
    check_problems(
        "const A: &str = \"open;",
        &["this item does not end", "this literal does not end"],
    );
    check_problems("/* open", &["this comment does not end"]);
    check_problems("fnord new syntax;", &["no item that this tool knows starts here"]);
    check_problems("struct S", &["this item does not end"]);
}

#[test]
#[requirement("TOOL-5")]
fn bytes_that_are_no_text_are_reported() {
    let outline = outline(b"fn a() {}\n// \xff");
    assert_eq!(outline.problems[0].message, "the file is not UTF-8");
    assert_eq!(outline.problems[0].span.start, 13);
}

#[test]
fn marks_at_the_start_of_a_file_do_no_harm() {
    for start in [
        "\u{feff}",
        "#!/usr/bin/env run\n",
        "\u{feff}#!/bin/sh\n",
        "---\n[package]\n---\n",
        "#!/bin/sh\n---\nx = 1\n---\n",
    ] {
        check_tags(&format!("{start}#[requirement(\"A\")]\r\nfn a() {{}}\r\n"), &["A on a"]);
    }
}

#[test]
fn great_lines_and_depths_are_no_trouble() {
    let long =
        format!("const A: &str = \"{}\"; #[requirement(\"A\")] fn a() {{}}", "x".repeat(200_000));
    check_tags(&long, &["A on a"]);
    let depth = 100_000;
    let deep = format!(
        "fn a() {} #[requirement(\"A\")] fn b() {{}} {}",
        "{".repeat(depth),
        "}".repeat(depth)
    );
    check_tags(&deep, &["A on a::b"]);
    let cfgs = format!(
        "#[cfg({}test{})] #[requirement(\"A\")] fn a() {{}}",
        "not(".repeat(depth),
        ")".repeat(depth)
    );
    check_tags(&cfgs, &["A on a"]);
}

const TRICKY: &str = include_str!("../../../iec62304-macros/tests/pass/every_item_kind.rs");

/// However a file is cut or garbled, the scan ends, and every tag that still stands in
/// it is accounted for.
#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn a_garbled_file_loses_no_tag() {
    let check = |bytes: &[u8]| {
        let outline = outline(bytes);
        assert_eq!(
            outline.tags_counted,
            outline.tags_settled,
            "{}",
            String::from_utf8_lossy(bytes)
        );
    };
    for end in 0..TRICKY.len() {
        check(&TRICKY.as_bytes()[..end]);
    }
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..3_000 {
        let mut bytes = TRICKY.as_bytes().to_vec();
        for _ in 0..4 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let at = usize::try_from(random >> 16).unwrap() % bytes.len();
            bytes[at] = b"#![](){}<>\"'/*,;=:rx \n"[usize::try_from(random % 22).unwrap()];
        }
        check(&bytes);
    }
    assert!(outline(TRICKY.as_bytes()).tags_counted > 30);
}

mod hostile;
