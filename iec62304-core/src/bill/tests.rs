use iec62304_macros::{requirement, verifies};

use super::*;
use crate::location::FilePath;
use crate::snapshot::Content;

fn file(text: &str) -> TextFile {
    let content = Content::Bytes(text.as_bytes().into());
    TextFile { path: FilePath::new("radio.cdx.json"), content }
}

fn lines(text: &str) -> Vec<String> {
    let line = |it: Component| {
        let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        format!(
            "{} {} {} by {} under {}, {}, {}, needs {:?}",
            it.kind,
            it.name,
            or(it.version),
            or(it.manufacturer),
            or(it.licence),
            or(it.purl),
            or(it.sha256).len(),
            it.depends_on
        )
    };
    read(&file(text)).unwrap().into_iter().map(line).collect()
}

const COMPONENTS: &str = r#""components": [
    {
      "type": "firmware", "bom-ref": "stack", "name": "radio-stack", "version": "7.2.0",
      "supplier": { "name": "Example Radio AG" },
      "hashes": [{ "alg": "SHA-256", "content": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
      "licenses": [{ "license": { "name": "Example Radio Licence 2" } }],
      "components": [
        { "type": "library", "bom-ref": "aes", "group": "example", "name": "aes", "purl": "pkg:generic/aes@1.0",
          "licenses": [{ "license": { "id": "MIT" } }, { "license": { "id": "BSD-3-Clause" } }] }
      ]
    },
    { "type": "library", "bom-ref": "rtos", "name": "tiny-rtos", "version": "3", "publisher": "P. Ublisher",
      "purl": "not a purl", "licenses": [{ "expression": "MIT OR Apache-2.0" }] }
  ],
  "dependencies": [{ "ref": "stack", "dependsOn": ["rtos"] }]"#;

fn document(version: &str) -> String {
    format!(
        "{{ \"bomFormat\": \"CycloneDX\", \"specVersion\": \"{version}\", \"version\": 1, {COMPONENTS} }}"
    )
}

const EXPECTED: [&str; 3] = [
    "firmware radio-stack 7.2.0 by Example Radio AG under Example Radio Licence 2, -, 64, needs [\"aes\", \"rtos\"]",
    "library example/aes - by - under MIT AND BSD-3-Clause, pkg:generic/aes@1.0, 1, needs []",
    "library tiny-rtos 3 by P. Ublisher under MIT OR Apache-2.0, -, 1, needs []",
];

#[test]
#[requirement("TOOL-31")]
#[verifies("soup")]
fn every_version_of_the_format_gives_the_same() {
    for version in ["1.4", "1.5", "1.6", "1.7"] {
        assert_eq!(lines(&document(version)), EXPECTED, "{version}");
    }
    // Until 1.3 a version is required.
    let versioned =
        document("1.3").replace("\"aes\", \"purl\"", "\"aes\", \"version\": \"1\", \"purl\"");
    assert_eq!(lines(&versioned)[1], EXPECTED[1].replacen(" - by", " 1 by", 1));
}

#[test]
fn a_manufacturer_goes_before_a_supplier() {
    let text = document("1.6").replace(
        "\"supplier\":",
        "\"manufacturer\": { \"name\": \"Example Chips SA\" }, \"supplier\":",
    );
    assert!(lines(&text)[0].contains("by Example Chips SA"), "{:?}", lines(&text));
    let authors = document("1.6").replace(
        "\"supplier\": { \"name\": \"Example Radio AG\" }",
        "\"authors\": [{ \"name\": \"A. One\" }, { \"name\": \"B. Two\" }]",
    );
    assert!(lines(&authors)[0].contains("by A. One, B. Two"), "{:?}", lines(&authors));
}

#[test]
fn xml_is_read_up_to_1_5() {
    let xml = |version: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/{version}\" \
             version=\"1\"><components><component type=\"firmware\" bom-ref=\"stack\">\
             <supplier><name>Example Radio AG</name></supplier>\
             <name>radio-stack</name><version>7.2.0</version></component></components></bom>"
        )
    };
    for version in ["1.3", "1.4", "1.5"] {
        assert_eq!(
            lines(&xml(version)),
            ["firmware radio-stack 7.2.0 by Example Radio AG under -, -, 1, needs []"]
        );
    }
    assert_eq!(
        read(&file(&xml("1.6"))),
        Err("it is CycloneDX 1.6 in XML; of XML, 1.3 to 1.5 are read: ask for JSON".to_owned())
    );
}

#[test]
#[requirement("TOOL-31")]
fn what_is_no_bill_is_refused_with_its_reason() {
    let check = |text: &str, expected: &str| {
        let refused = read(&file(text)).unwrap_err();
        assert!(refused.contains(expected), "{refused}");
    };
    check("", "no JSON: EOF while parsing a value at line 1 column 0");
    check("{ \"spdxVersion\": \"SPDX-2.3\" }", "no CycloneDX document");
    check("<html></html>", "no CycloneDX document");
    check("{ \"bomFormat\": \"CycloneDX\" }", "`specVersion`");
    check(
        "{ \"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.2\" }",
        "CycloneDX 1.2; 1.3 to 1.7",
    );
    check("{ \"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\" }", "lists no component");
    check(&document("1.6").replace("\"tiny-rtos\"", "3"), "shape of CycloneDX");
    check(&document("1.5").replace("\"tiny-rtos\"", "3"), "shape of CycloneDX");
    let unreadable = TextFile {
        path: FilePath::new("radio.cdx.json"),
        content: Content::Unreadable("there is no such file".to_owned()),
    };
    assert_eq!(read(&unreadable), Err("there is no such file".to_owned()));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(lines(&format!("\u{feff}{}", document("1.6"))), EXPECTED);
}
