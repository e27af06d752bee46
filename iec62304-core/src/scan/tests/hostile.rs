//! Code in which a tag, a test or a file is easily lost, or given to the wrong owner.

use std::fmt::Write as _;

use iec62304_macros::{requirement, risk_control};

use super::{check_modules, check_problems, check_tags, messages, scan, tags};
use crate::model::code::{Certainty, Code, Tag};
use crate::scan::outline;

fn tests(code: &Code) -> Vec<&str> {
    let tests = code.items.iter().filter(|item| item.test.is_some());
    tests.map(|item| item.path.as_str()).collect()
}

fn functions(source: &str) -> Vec<String> {
    let code = scan([("src/lib.rs", source)]);
    assert_eq!(messages(&code), [""; 0]);
    code.items.iter().map(|item| item.path.clone()).collect()
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn a_tag_on_a_file_module_is_that_of_the_module_itself() {
    let code = scan([
        (
            "src/lib.rs",
            "/// iec62304: software_unit(\"U\")\nmod m;\n/// iec62304: requirement(\"A\")\nmod gone;\n\
             /// iec62304: requirement(\"B\")\n#[cfg_attr(unix, path = \"u.rs\")] mod sys;",
        ),
        ("src/m.rs", ""),
        ("src/u.rs", ""),
        ("src/sys.rs", ""),
    ]);
    assert_eq!(
        tags(&code),
        ["U on mod pump::m", "A on no item", "B on mod pump::sys", "B on mod pump::sys"]
    );
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn a_tag_on_a_macro_call_is_not_that_of_the_module_around() {
    let source = r#"
        #[requirement("A")] lazy_static! { static ref X: u8 = 1; #[requirement("B")] fn hidden() {} }
        impl S { #[requirement("C")] members! { fn hidden() {} } }
        outer! { #[requirement("D")] inner!(); }
    "#;
    check_tags(
        source,
        &["A on lazy_static!", "B on macro input", "C on S::members!", "D on macro input"],
    );
    assert_eq!(functions(source), ["lazy_static!", "S::members!"]);
}

#[test]
#[requirement("TOOL-3")]
fn a_test_behind_the_configuration_of_proptest_is_found() {
    let source = r#"proptest! {
        #![proptest_config(Config::with_cases(9))]
        //! Text.
        #[test] #[requirement("A")] fn first(x in 0..9) {}
        #[test] fn second(x in 0..9) { #[requirement("B")] let y = 1; }
    }"#;
    let code = scan([("src/lib.rs", source)]);
    assert_eq!(tests(&code), ["first", "second"]);
    assert_eq!(tags(&code), ["A on first", "B on no item"]);
}

#[test]
#[requirement("TOOL-4")]
fn a_tag_of_a_module_under_a_cfg_is_as_certain_as_the_cfg() {
    let code = scan([
        (
            "src/lib.rs",
            "cfg_if! { if #[cfg(unix)] { tags! { requirement(\"A\") } } }\n\
             #[cfg(any())] tags! { requirement(\"B\") }\n#[cfg(unix)] include!(\"part.rs\");",
        ),
        ("src/part.rs", "//! iec62304: requirement(\"C\")"),
    ]);
    let there: Vec<Certainty> = code.tags.iter().map(Tag::is_there).collect();
    assert_eq!(there, [Certainty::Open, Certainty::No, Certainty::Open]);
}

#[test]
#[requirement("TOOL-4")]
fn an_include_for_tests_leaves_its_module_in_the_product() {
    let code = scan([
        ("src/lib.rs", "//! iec62304: requirement(\"A\")\n#[cfg(test)] include!(\"part.rs\");"),
        ("src/part.rs", "fn part() {}"),
    ]);
    assert_eq!(code.modules[0].compiled.in_product, Certainty::Yes);
    assert_eq!(code.items[0].compiled.in_product, Certainty::No);
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn unusual_spellings_of_a_tag_are_read() {
    check_tags(
        r#"
        #[r#requirement("A")] fn a() {}
        #[::iec62304_macros::r#requirement("B")] fn b() {}
        use iec62304_macros::requirement as first; use first as r#second;
        #[second("C")] fn c() {}
        macro_rules! m { () => { #[$crate::requirement("D")] fn made() {} } }
        fn f() { quote! { ##[requirement("E")] fn made() {} } }
        foo! { #[requirement("F")] bar => baz }
        ::iec62304_macros::tags! { risk_control("G") }
        r#tags! { risk_control("H") }
        "#,
        &[
            "A on a",
            "B on b",
            "C on c",
            "G on mod pump",
            "H on mod pump",
            "D on macro definition",
            "E on macro input",
            "F on macro input",
        ],
    );
}

#[test]
#[requirement("TOOL-4")]
fn a_guarded_string_of_older_editions_ends_where_it_ends() {
    check_tags(
        "m! { #\"a\" ##\"b\"## ###x } #[requirement(\"A\")] fn f() { let x = \"}\"; }",
        &["A on f"],
    );
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn a_malformed_tag_in_an_orphan_is_reported() {
    let code = scan([
        ("src/lib.rs", ""),
        ("src/orphan.rs", "fnord #[requirement(SRS)] fn f() {}\n// iec62304: requirement(\"A\")\n"),
    ]);
    assert_eq!(
        messages(&code),
        ["an id is a string literal", "this tag stands in a comment that is no doc comment"]
    );
}

#[test]
#[requirement("TOOL-4")]
#[risk_control("GUARD-1")]
fn what_is_meant_as_a_tag_is_reported() {
    let nearly = "this comment nearly is a tag";
    let plain = "this tag stands in a comment that is no doc comment";
    let taken = |what| {
        format!("{what}; a module takes `requirement(…)`, `risk_control(…)` or `software_unit(…)`")
    };
    let (frob, requirment) = (taken("unknown tag `frob`"), taken("unknown tag `requirment`"));
    let text = taken("not a tag");
    for (source, message) in [
        ("/// iec62304: requirement \"A\"", "`requirement` names no id"),
        ("/// iec62304: requirement = \"A\"", "`requirement` names no id"),
        ("/// iec62304: \"A\"", nearly),
        ("//// iec62304: requirement(\"A\")", plain),
        ("/* iec62304: requirement(\"A\") */", plain),
        ("/// - iec62304: requirement(\"A\")", nearly),
        ("/// > iec62304: requirement(\"A\")", nearly),
        ("/// IEC 62304 requirement (\"A\")", nearly),
        ("/// iec-62304: verifys(\"A\")", nearly),
        ("#[doc = \" iec62304: requirement(\\\"A\\\")\"]", nearly),
        ("::iec62304_macros::tags! { frob(\"A\") }", &frob),
        ("crate::tags! { requirment(\"A\") }", &requirment),
        ("iec62304_macros::tags! { \"A\" }", &text),
        ("tags! { verifies(\"A\") }", "`verifies` stands on a test, not on a module"),
        ("tags! { requirement(\"A\") risk_control(\"B\") }", "expected `,`"),
        ("tags! { requirement }", "`requirement` names no id"),
        ("iec62304_macros::tags! {}", "`tags!` holds no tag"),
    ] {
        check_problems(&format!("{source}\nfn f() {{}}"), &[message]);
    }
}

#[test]
#[requirement("TOOL-4")]
fn prose_about_the_standard_is_no_tag() {
    check_tags(
        "/// IEC 62304 requirement (5.5.3) asks for this.\n/// iec62304 verification (see below)\n\
         /// iec62304: the text of a requirement (x)\n/// `iec62304: requirement(\"A\")`\n\
         #[doc = \"IEC 62304 requirement (x)\"]\nfn f() {}",
        &[],
    );
}

#[test]
#[requirement("TOOL-3")]
fn items_outside_of_bodies_are_found() {
    let source = "enum E { A = { fn x() {} #[test] fn t() {} 1 }, B { c: [u8; { fn y() {} 1 }] } }
        fn f(x: [u8; { fn g() {} 3 }]) -> [u8; { fn h() {} 1 }] { fn i() {} }
        impl T<{ fn j() {} 1 }> for S { const C: [u8; { fn k() {} 1 }] = [0]; }
        struct S<const N: usize = { fn l() {} 1 }> { pub union: u8 }
        type A = [u8; { fn m() {} 1 }];";
    assert_eq!(
        functions(source),
        [
            "E::x",
            "E::t",
            "E::y",
            "f",
            "f::g",
            "f::h",
            "f::i",
            "<S as T<{fn j(){}1}>>::j",
            "<S as T<{fn j(){}1}>>::C::k",
            "S::l",
            "A::m",
        ]
    );
}

#[test]
#[requirement("TOOL-5")]
fn words_that_are_keywords_in_places_only_may_be_names() {
    let source = "trait T { const default: u8; const safe: u8 = 1; const auto: [u8; 1] = [1]; }
        const r#gen: u8 = 1; static safe: u8 = 1; type auto = u8; fn union() { let union = auto; }
        fn typed() -> u8! { size } { fn inner() {} } fn never() -> ! { loop {} }
        impl Tr for <A as B>::C { fn x() {} } impl Tr for for<'a> fn(&'a u8) { fn y() {} }";
    assert_eq!(
        functions(source),
        [
            "union",
            "typed",
            "typed::inner",
            "never",
            "<<A as B>::C as Tr>::x",
            "<for<'a>fn(&'a u8) as Tr>::y"
        ]
    );
}

#[test]
#[requirement("TOOL-3")]
fn modules_in_any_macro_are_followed() {
    check_modules(
        &[
            (
                "src/lib.rs",
                "by_os! { unix => mod a; windows => { mod b; } }\nby_os! { mod gone; }\n\
                 cfg_select! { unix => { mod c; } _ => {} }\nfn f() { include!(\"d.rs\"); let x = include!(\"x.txt\"); }",
            ),
            ("src/a.rs", ""),
            ("src/b.rs", ""),
            ("src/c.rs", ""),
        ],
        &["pump", "pump::a", "pump::b", "pump::c"],
        &[
            "the file of this module is missing: src/gone.rs or src/gone/mod.rs; a macro decides whether it is needed",
            "`include!` of Rust in the middle of code",
        ],
    );
}

#[test]
#[requirement("TOOL-3")]
fn a_block_forgets_the_name_of_its_file() {
    check_modules(
        &[
            ("src/lib.rs", "mod a;"),
            (
                "src/a.rs",
                "fn f() { mod b { #[path = \"c.rs\"] mod c; } #[path = \"d.rs\"] mod d; } mod e { #[path = \"g.rs\"] mod g; }",
            ),
            ("src/b/c.rs", ""),
            ("src/d.rs", ""),
            ("src/a/e/g.rs", ""),
        ],
        &[
            "pump",
            "pump::a",
            "pump::a::b",
            "pump::a::e",
            "pump::a::b::c",
            "pump::a::d",
            "pump::a::e::g",
        ],
        &[],
    );
}

#[test]
#[requirement("TOOL-5")]
fn great_depths_and_numbers_take_no_great_time() {
    const MANY: usize = 30_000;
    let nested = |open: &str, close: &str| open.repeat(MANY) + &close.repeat(MANY);
    let mut ids = String::new();
    for id in 0..MANY {
        write!(ids, "\"A-{id}\",").unwrap();
    }
    for source in [
        nested("fn a() {", "}"),
        nested("mod a {", "}"),
        nested("impl A { fn a() {", "} }"),
        nested("#[path = \"x\"] mod a {", "}"),
        "fn a() {".repeat(MANY),
        "( } ".repeat(MANY),
        "#[path = \"x\"] mod a { mod b; }".repeat(MANY),
        format!("fn f() {{ g([{}]) }}", "requirement, ".repeat(MANY)),
        format!("fn f() {{ {} }}", "quote! { #[requirement(\"A\")] }".repeat(MANY)),
        format!("foo! {{ {} }}", "#[requirement(\"A\")] fn f() {}".repeat(MANY)),
        format!("#[requirement({ids})] fn f() {{}}"),
    ] {
        let outline = outline(source.as_bytes());
        assert_eq!(outline.tags_counted, outline.tags_settled);
        scan([("src/lib.rs", source.as_str())]);
    }
}
