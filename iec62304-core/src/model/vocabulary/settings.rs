//! The fields of `iec62304.toml` that are no records.

use super::{FieldShape, Shape, TableShape, Target};
use crate::model::record::RecordKind;

const DOCUMENTS: Target = Target::records(&[RecordKind::Document]);

/// The settings that a record file may hold as well.
pub const SETTINGS_OF_RECORD_FILES: [&str; 3] = ["schema", "plan", "waiver"];

/// What stands beside the records.
pub static SETTINGS: TableShape = TableShape::Named(&[
    FieldShape::new("schema", Shape::Integer, "the version of this file format: 1"),
    FieldShape::new(
        "records",
        Shape::Texts,
        "path patterns of the record files, relative to the workspace root",
    ),
    FieldShape::new(
        "project",
        Shape::Table(&PROJECT),
        "what is developed and by which edition of the standard",
    ),
    FieldShape::new("product", Shape::Table(&PRODUCT), "what ships, and for which targets"),
    FieldShape::new(
        "anomalies",
        Shape::Table(&ANOMALIES),
        "where published anomalies of SOUP come from and how long their evaluation holds",
    ),
    FieldShape::new(
        "not_applicable",
        Shape::Table(&NOT_APPLICABLE),
        "why no requirement of a category of 5.2.2 is needed, by its letter",
    ),
    FieldShape::new("tests", Shape::Table(&TESTS), "what counts as a test and on which level"),
    FieldShape::new(
        "evidence",
        Shape::Table(&EVIDENCE),
        "where results of tests are stored, and the configuration that counts",
    ),
    FieldShape::new("code", Shape::Table(&CODE), "how the source code is read"),
    FieldShape::new(
        "plan",
        Shape::Table(&PLAN),
        "which document covers each topic of planning, by clause",
    ),
    FieldShape::new(
        "policy",
        Shape::Table(&POLICY),
        "rules whose findings weigh more or less here, each with the reason",
    ),
    FieldShape::new(
        "waiver",
        Shape::Tables(&WAIVER),
        "findings that somebody has accepted, each with reason, name and date",
    ),
]);

static PROJECT: TableShape = TableShape::Named(&[
    FieldShape::new("name", Shape::Text, "the name of the project, for headers"),
    FieldShape::new("edition", Shape::Edition, "the edition of the standard to check against"),
    FieldShape::new(
        "scope",
        Shape::Word(&["declared", "full"]),
        "whether what is not declared counts as a gap",
    ),
    FieldShape::new("risk_file", Shape::Text, "the risk management file"),
    FieldShape::new("quality_system", Shape::Text, "the quality management system"),
    FieldShape::new(
        "system_requirements",
        Shape::Text,
        "where the system requirements stand, if not in these records",
    ),
    FieldShape::new("ids", Shape::Table(&IDS), "regular expressions that whole ids must match"),
    FieldShape::new(
        "tool_version",
        Shape::Text,
        "the version of this tool that the project has validated",
    ),
]);

static PRODUCT: TableShape = TableShape::Named(&[
    FieldShape::new("name", Shape::Text, "its name in the SBOM; else that of the project"),
    FieldShape::new("version", Shape::Text, "its version; else that of its first package"),
    FieldShape::new("manufacturer", Shape::Text, "who makes the device"),
    FieldShape::new("contact", Shape::Text, "an e-mail or web address of the manufacturer"),
    FieldShape::new("packages", Shape::Texts, "the packages of the workspace that ship"),
    FieldShape::new("targets", Shape::Texts, "the target triples that they are built for"),
    FieldShape::new("features", Shape::Texts, "features that are on, as cargo takes them"),
    FieldShape::new("default_features", Shape::Bool, "whether default features are on"),
    FieldShape::new("all_features", Shape::Bool, "whether all features are on"),
    FieldShape::new(
        "baseline",
        Shape::Text,
        "the SOUP baseline that changes are measured from, relative to the workspace root",
    ),
]);

static EVIDENCE: TableShape = TableShape::Named(&[
    FieldShape::new(
        "folder",
        Shape::Text,
        "the folder of stored runs, relative to the workspace root",
    )
    .required(),
    FieldShape::new("by", Shape::Text, "who runs the tests: a person, or a pipeline by its id"),
    FieldShape::new("features", Shape::Texts, "features that are on, as cargo takes them"),
    FieldShape::new("default_features", Shape::Bool, "whether default features are on"),
    FieldShape::new("all_features", Shape::Bool, "whether all features are on"),
    FieldShape::new("target", Shape::Text, "the target triple that tests run on; else the host"),
    FieldShape::new("profile", Shape::Text, "the cargo profile that tests are built with"),
    FieldShape::new("nextest_profile", Shape::Text, "the nextest profile that they run under"),
    FieldShape::new(
        "ignore",
        Shape::Texts,
        "path patterns of files in packages that change no test's result",
    ),
]);

static NOT_APPLICABLE: TableShape = TableShape::Named(&[
    FieldShape::new("a", Shape::Text, "functional and capability"),
    FieldShape::new("b", Shape::Text, "inputs and outputs"),
    FieldShape::new("c", Shape::Text, "interfaces to other systems"),
    FieldShape::new("d", Shape::Text, "alarms, warnings and operator messages"),
    FieldShape::new("e", Shape::Text, "security"),
    FieldShape::new("f", Shape::Text, "usability; in the amended edition user interface"),
    FieldShape::new("g", Shape::Text, "data definition and database"),
    FieldShape::new("h", Shape::Text, "installation and acceptance at the site"),
    FieldShape::new("i", Shape::Text, "operation and maintenance methods"),
    FieldShape::new("j", Shape::Text, "user documentation; in the amended edition IT network"),
    FieldShape::new("k", Shape::Text, "user maintenance"),
    FieldShape::new("l", Shape::Text, "regulatory"),
]);

static ANOMALIES: TableShape = TableShape::Named(&[
    FieldShape::new(
        "database",
        Shape::Text,
        "the folder of a RustSec database, relative to the workspace root",
    ),
    FieldShape::new("database_days", Shape::Integer, "how old its newest entry may be, in days"),
    FieldShape::new("evaluation_days", Shape::Integer, "how old an evaluation may be, in days"),
]);

static IDS: TableShape = TableShape::Named(&[
    FieldShape::new("system", Shape::Text, "ids of system requirements"),
    FieldShape::new("software", Shape::Text, "ids of software requirements"),
    FieldShape::new("hazard", Shape::Text, "ids of hazardous situations"),
    FieldShape::new("control", Shape::Text, "ids of risk controls"),
    FieldShape::new("problem", Shape::Text, "ids of problem reports"),
    FieldShape::new("change", Shape::Text, "ids of change requests"),
    FieldShape::new("document", Shape::Text, "ids of documents"),
    FieldShape::new("review", Shape::Text, "ids of reviews"),
    FieldShape::new("interface", Shape::Text, "ids of interfaces"),
    FieldShape::new("segregation", Shape::Text, "ids of segregations"),
    FieldShape::new("item", Shape::Text, "names of software items"),
    FieldShape::new("unit", Shape::Text, "names of software units"),
]);

static TESTS: TableShape = TableShape::Named(&[
    FieldShape::new(
        "attributes",
        Shape::Texts,
        "further attributes that make a function a test, by the last segment of their path",
    ),
    FieldShape::new(
        "macros",
        Shape::Texts,
        "further macros whose input holds tests, by the last segment of their path",
    ),
    FieldShape::new(
        "levels",
        Shape::Table(&LEVELS),
        "path patterns that declare the level of tests",
    ),
]);

static LEVELS: TableShape = TableShape::Named(&[
    FieldShape::new("unit", Shape::Texts, "where tests of single units stand"),
    FieldShape::new("integration", Shape::Texts, "where tests of items put together stand"),
    FieldShape::new("system", Shape::Texts, "where tests of the whole software system stand"),
]);

static CODE: TableShape = TableShape::Named(&[FieldShape::new(
    "item_macros",
    Shape::Texts,
    "further macros that pass their items on unchanged, by the last segment of their path",
)]);

static PLAN: TableShape = TableShape::Free(Shape::Reference(&DOCUMENTS));

/// By the name of the rule.
static POLICY: TableShape = TableShape::Free(Shape::Table(&POLICY_OF_RULE));

static POLICY_OF_RULE: TableShape = TableShape::Named(&[
    FieldShape::new(
        "severity",
        Shape::Word(&["error", "warning", "note"]),
        "how much a finding of this rule weighs",
    )
    .required(),
    FieldShape::new("reason", Shape::Text, "why it weighs that much here").required(),
]);

static WAIVER: TableShape = TableShape::Named(&[
    FieldShape::new("rule", Shape::Text, "the rule whose finding is accepted").required(),
    FieldShape::new("subject", Shape::Text, "what the finding is about: an id or a path")
        .required(),
    FieldShape::new("reason", Shape::Text, "why the finding can be accepted"),
    FieldShape::new("approver", Shape::Text, "who has accepted it"),
    FieldShape::new("date", Shape::Date, "when it was accepted"),
    FieldShape::new("expires", Shape::Date, "the last day on which it holds"),
    FieldShape::new(
        "hash",
        Shape::Text,
        "what was accepted: where it is missing or no longer fits, `check` says it",
    ),
]);
