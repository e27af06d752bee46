//! The fields of SOUP items and of the tools that build and test the product.

use super::{FieldShape, Shape, TableShape, Target};
use crate::model::record::RecordKind::{Item, Review, SoftwareSystem};

const ITEMS: Target = Target::records(&[Item, SoftwareSystem]);
const REVIEW_OR_TEST: Target = Target::records(&[Review]).or_test();

/// What a SOUP item can be.
pub const SOUP_KINDS: [&str; 8] = [
    "package",
    "native library",
    "standard library",
    "runtime",
    "operating system",
    "firmware",
    "service",
    "hardware",
];
/// Which source a package comes from, where its name and version leave that open.
pub const SOURCES: [&str; 4] = ["crates.io", "registry", "git", "path"];
/// Levels of support, as the FDA's guidance on cybersecurity asks for them.
pub const SUPPORT_LEVELS: [&str; 4] =
    ["actively maintained", "no longer maintained", "abandoned", "unknown"];
/// Who carries the security risk of an item, as IEC 81001-5-1, 4.3 asks.
pub const RESPONSIBILITIES: [&str; 3] = ["maintained", "supported", "required"];
/// What an advisory means for the device: the four states of OpenVEX.
pub const VERDICTS: [&str; 4] = ["not affected", "affected", "fixed", "under investigation"];
/// Why an advisory does not touch the device: the reasons of CycloneDX.
pub const JUSTIFICATIONS: [&str; 9] = [
    "code not present",
    "code not reachable",
    "requires configuration",
    "requires dependency",
    "requires environment",
    "protected by compiler",
    "protected at runtime",
    "protected at perimeter",
    "protected by mitigating control",
];
const TOOL_KINDS: [&str; 6] =
    ["compiler", "build tool", "code generator", "test tool", "static analysis", "other"];

pub(super) static SOUP: TableShape = TableShape::Named(&[
    FieldShape::new("kind", Shape::Word(&SOUP_KINDS), "what it is; a package unless it says so"),
    FieldShape::new("title", Shape::Text, "what it is called"),
    FieldShape::new("manufacturer", Shape::Text, "who makes it"),
    FieldShape::new("designator", Shape::Text, "what identifies this exact one"),
    FieldShape::new("package", Shape::Text, "the package in the lock file; else the id"),
    FieldShape::new("version", Shape::Text, "the version that the record was written for"),
    FieldShape::new("source", Shape::Word(&SOURCES), "where the package comes from"),
    FieldShape::new("license", Shape::Text, "the licence that was concluded on"),
    FieldShape::new("modified", Shape::Text, "what was changed in it, and why it stays SOUP"),
    FieldShape::new("used_by", Shape::References(&ITEMS), "the items that use it"),
    FieldShape::new("functional", Shape::Texts, "what it must do for the intended use"),
    FieldShape::new("performance", Shape::Texts, "how well it must do it"),
    FieldShape::new("environment", Shape::Text, "the hardware and software that it needs"),
    FieldShape::new("architecture", Shape::Text, "how the architecture supports or confines it"),
    FieldShape::new(
        "not_a_cause",
        Shape::Text,
        "why no failure of it can lead to a hazardous situation",
    ),
    FieldShape::new(
        "verified_by",
        Shape::References(&REVIEW_OR_TEST),
        "the reviews and tests that show that it meets its requirements",
    ),
    FieldShape::new(
        "sbom",
        Shape::Text,
        "its supplier's bill of materials in CycloneDX, relative to the workspace root",
    ),
    FieldShape::new("archive", Shape::Text, "where a copy is kept, if nobody else keeps one"),
    FieldShape::new("covers", Shape::Texts, "the packages that are judged together with it"),
    FieldShape::new("covers_reason", Shape::Text, "why they can be judged together"),
    FieldShape::new("support", Shape::Table(&SUPPORT), "how long and by whom it is looked after"),
    FieldShape::new(
        "anomalies",
        Shape::Table(&SOUP_ANOMALIES),
        "the evaluation of its published anomalies",
    ),
]);

static SUPPORT: TableShape = TableShape::Named(&[
    FieldShape::new("level", Shape::Word(&SUPPORT_LEVELS), "how it is looked after"),
    FieldShape::new("end", Shape::Date, "when support ends"),
    FieldShape::new("reason", Shape::Text, "what this rests on, or why it is not known"),
    FieldShape::new(
        "responsibility",
        Shape::Word(&RESPONSIBILITIES),
        "who carries its security risk",
    ),
]);

static SOUP_ANOMALIES: TableShape = TableShape::Named(&[
    FieldShape::new("source", Shape::Text, "the list that was evaluated"),
    FieldShape::new("snapshot", Shape::Text, "fingerprint of the copy of that list"),
    FieldShape::new("version", Shape::Text, "the version that it was read for"),
    FieldShape::new("reviewed", Shape::Date, "when"),
    FieldShape::new("by", Shape::Text, "by whom"),
    FieldShape::new("verdict", Shape::Text, "what follows for this device"),
    FieldShape::new("valid_until", Shape::Date, "when it must be looked at again"),
    FieldShape::new("package", Shape::Text, "fingerprint of the package that was judged"),
    FieldShape::new("advisories", Shape::Text, "fingerprint of the advisories that were judged"),
    FieldShape::new("paths", Shape::Text, "fingerprint of the ways by which it is included"),
    FieldShape::new("entry", Shape::Tables(&ANOMALY), "the verdict on each advisory"),
]);

static ANOMALY: TableShape = TableShape::Named(&[
    FieldShape::new("id", Shape::Text, "its id: RUSTSEC, CVE, GHSA or an issue").required(),
    FieldShape::new("verdict", Shape::Word(&VERDICTS), "what it means for this device").required(),
    FieldShape::new("justification", Shape::Word(&JUSTIFICATIONS), "why it does not touch it"),
    FieldShape::new("reason", Shape::Text, "the reasoning in a sentence").required(),
    FieldShape::new("action", Shape::Text, "what is done about it"),
]);

pub(super) static TOOL: TableShape = TableShape::Named(&[
    FieldShape::new("kind", Shape::Word(&TOOL_KINDS), "what it does"),
    FieldShape::new("title", Shape::Text, "what it is called"),
    FieldShape::new("manufacturer", Shape::Text, "who makes it"),
    FieldShape::new("package", Shape::Text, "the package in the lock file; else the id"),
    FieldShape::new("version", Shape::Text, "its version, where no lock file says so"),
    FieldShape::new("purpose", Shape::Text, "what it is used for"),
    FieldShape::new("validation", Shape::Text, "what shows that it is fit for that"),
    FieldShape::new("archive", Shape::Text, "where a copy is kept, if nobody else keeps one"),
    FieldShape::new("covers", Shape::Texts, "the packages that are judged together with it"),
    FieldShape::new("covers_reason", Shape::Text, "why they can be judged together"),
]);
