//! The whole format as data: every table, every field, its type, and whether it must be
//! there. What reads, checks and later describes the format is derived from this.

use crate::model::record::RecordKind;

/// A field.
#[derive(Debug)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether the table makes no sense without it.
    pub required: bool,
    /// What it is for: a phrase.
    pub doc: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A date without a time.
    Date,
    /// One word of a list.
    Word(&'static [&'static str]),
    /// Several words of a list.
    Words(&'static [&'static str]),
    /// The id of a record of one of these kinds.
    Reference(&'static [RecordKind]),
    /// Ids, or ranges of ids, of records of these kinds.
    References(&'static [RecordKind]),
    /// As `References`, or one of these words.
    ReferencesOr(&'static [RecordKind], &'static [&'static str]),
    /// Ids of records of these kinds, or paths of tests.
    ReferencesOrTests(&'static [RecordKind]),
    /// A list of lists of ids.
    ReferenceGroups(&'static [RecordKind]),
    /// A table with keys of the user's own, each with a text.
    Map,
    /// A table.
    Table(&'static [FieldSpec]),
    /// A list of tables.
    Tables(&'static [FieldSpec]),
}

const fn field(name: &'static str, holds: Holds, doc: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        holds,
        required: false,
        doc,
    }
}

const fn required(name: &'static str, holds: Holds, doc: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        holds,
        required: true,
        doc,
    }
}

use Holds::{
    Bool, Date, Integer, Map, Reference, ReferenceGroups, References, ReferencesOr,
    ReferencesOrTests, Table, Tables, Text, Texts, Word, Words,
};
use RecordKind::{
    Change, CommonDefect, Document, HazardousSituation, Interface, Item, Problem, Release,
    Requirement, Review, RiskControl, Segregation, SoftwareSystem, Soup, SystemRequirement, Unit,
};

/// Every kind of record that a review or a problem report may name.
const ANY: &[RecordKind] = &[
    Document,
    SystemRequirement,
    SoftwareSystem,
    Item,
    Unit,
    Interface,
    Segregation,
    Requirement,
    HazardousSituation,
    RiskControl,
    Soup,
    Review,
    Problem,
    Change,
];

/// What stands at the top of a file beside records. Only `schema` and `plan` may also
/// stand in a record file.
pub const SETTINGS: &[FieldSpec] = &[
    field("schema", Integer, "version of this format: 1"),
    field("records", Texts, "paths or patterns of the record files"),
    field(
        "project",
        Table(PROJECT),
        "what the project is, and how it wants to be judged",
    ),
    field(
        "tests",
        Table(TESTS),
        "which functions are tests, and at which level",
    ),
    field(
        "code",
        Table(CODE),
        "what the scan has to know of the project's macros",
    ),
    field(
        "plan",
        Map,
        "where each planning topic is written down, by clause",
    ),
];

/// Settings that may stand in record files too.
pub const SETTINGS_OF_RECORD_FILES: &[&str] = &["schema", "plan"];

const PROJECT: &[FieldSpec] = &[
    field("name", Text, "name of the project"),
    field(
        "edition",
        Text,
        "edition of IEC 62304: \"2006\" or \"2006+AMD1:2015\"",
    ),
    field(
        "scope",
        Word(&["declared", "full"]),
        "whether what is not declared is a gap",
    ),
    field("risk_file", Text, "the risk management file"),
    field("quality_system", Text, "the quality management system"),
    field(
        "ids",
        Table(IDS),
        "patterns that ids must match, as regular expressions",
    ),
];

/// The fields of `[project.ids]` with the kind of record that each is for.
pub const ID_KINDS: &[(&str, RecordKind)] = &[
    ("change", Change),
    ("control", RiskControl),
    ("document", Document),
    ("hazard", HazardousSituation),
    ("interface", Interface),
    ("item", Item),
    ("problem", Problem),
    ("review", Review),
    ("segregation", Segregation),
    ("software", Requirement),
    ("system", SystemRequirement),
    ("unit", Unit),
];

const IDS: &[FieldSpec] = &[
    field("change", Text, "change requests"),
    field("control", Text, "risk controls"),
    field("document", Text, "documents"),
    field("hazard", Text, "hazardous situations"),
    field("interface", Text, "interfaces"),
    field("item", Text, "software items"),
    field("problem", Text, "problem reports"),
    field("review", Text, "reviews"),
    field("segregation", Text, "segregations"),
    field("software", Text, "software requirements"),
    field("system", Text, "system requirements"),
    field("unit", Text, "software units"),
];

const TESTS: &[FieldSpec] = &[
    field(
        "attributes",
        Texts,
        "attributes that make a function a test, by their last segment",
    ),
    field(
        "macros",
        Texts,
        "macros whose input holds tests, by their last segment",
    ),
    field("levels", Table(LEVELS), "levels of tests by path patterns"),
];

const LEVELS: &[FieldSpec] = &[
    field("unit", Texts, "where unit tests stand"),
    field("integration", Texts, "where integration tests stand"),
    field("system", Texts, "where system tests stand"),
];

const CODE: &[FieldSpec] = &[field(
    "item_macros",
    Texts,
    "macros that pass the items of their input on unchanged, by their last segment",
)];

/// A kind of record: the name of its table and its fields.
#[derive(Debug)]
pub struct TableSpec {
    /// The name of the table: `[NAME.ID]`.
    pub name: &'static str,
    /// The kind of record.
    pub kind: RecordKind,
    /// Its fields.
    pub fields: &'static [FieldSpec],
}

const fn table(name: &'static str, kind: RecordKind, fields: &'static [FieldSpec]) -> TableSpec {
    TableSpec { name, kind, fields }
}

/// Every kind of record, by the name of its table.
pub const TABLES: &[TableSpec] = &[
    table("change", Change, CHANGE),
    table("common_defect", CommonDefect, COMMON_DEFECT),
    table("document", Document, DOCUMENT),
    table(
        "hazardous_situation",
        HazardousSituation,
        HAZARDOUS_SITUATION,
    ),
    table("interface", Interface, INTERFACE),
    table("item", Item, ITEM),
    table("problem", Problem, PROBLEM),
    table("release", Release, RELEASE),
    table("requirement", Requirement, REQUIREMENT),
    table("review", Review, REVIEW),
    table("risk_control", RiskControl, RISK_CONTROL),
    table("segregation", Segregation, SEGREGATION),
    table("software_system", SoftwareSystem, SOFTWARE_SYSTEM),
    table("soup", Soup, SOUP),
    table("system_requirement", SystemRequirement, SYSTEM_REQUIREMENT),
    table("unit", Unit, UNIT),
];

const DOCUMENT: &[FieldSpec] = &[
    required("title", Text, "its title"),
    field("purpose", Text, "what it is for (5.1.8)"),
    field(
        "audience",
        Text,
        "whom it is for (5.1.8 in the 2006 edition)",
    ),
    field("path", Text, "the file, below the workspace root"),
    field("owner", Text, "who is responsible for it"),
    field(
        "procedure",
        Text,
        "how it is made, reviewed, approved and changed",
    ),
    field(
        "state",
        Word(&["draft", "in review", "approved", "withdrawn"]),
        "its state",
    ),
    field("version", Text, "its version"),
];

const COMMON_DEFECT: &[FieldSpec] = &[
    required(
        "control",
        Text,
        "what keeps this kind of defect out (5.1.12)",
    ),
    field("lint", Text, "the lint that shows it"),
];

const SYSTEM_REQUIREMENT: &[FieldSpec] = &[
    required("text", Text, "what the device shall do"),
    field(
        "allocated_to",
        Texts,
        "what realises it: software, mechanics and the like",
    ),
];

const SOFTWARE_SYSTEM: &[FieldSpec] = &[
    field("class", Text, "safety class A, B or C (4.3)"),
    field("rationale", Text, "why this class"),
    field(
        "risk_ref",
        Text,
        "where the risk management file decides it",
    ),
];

const ITEM: &[FieldSpec] = &[
    field(
        "parent",
        Reference(&[SoftwareSystem, Item]),
        "the system or item it is part of",
    ),
    field(
        "class",
        Text,
        "safety class A, B or C, if not that of the parent (4.3)",
    ),
    field("crates", Texts, "the packages that hold its code"),
    field("rationale", Text, "why its class is not that of the parent"),
    field(
        "segregation",
        Reference(&[Segregation]),
        "what keeps it apart from higher classes",
    ),
];

const UNIT_METHODS: &[&str] = &["test", "review", "static analysis", "proof"];

const UNIT: &[FieldSpec] = &[
    required(
        "item",
        Reference(&[Item]),
        "the software item it is part of (5.4.1)",
    ),
    field(
        "modules",
        Texts,
        "its modules, children included: `crate_name::module`",
    ),
    field("methods", Words(UNIT_METHODS), "how it is verified (5.5.2)"),
    field("design", Text, "where its design stands (5.4.2)"),
    field("acceptance", Map, "acceptance criteria by short id (5.5.3)"),
    field(
        "topics",
        Table(TOPICS),
        "a criterion, or `not present: reason`, for each topic (5.5.4)",
    ),
];

const TOPICS: &[FieldSpec] = &[
    field("event_sequence", Text, "order of events"),
    field("data_control_flow", Text, "data and control flow"),
    field(
        "resource_allocation",
        Text,
        "planned allocation of resources",
    ),
    field("fault_handling", Text, "handling of faults"),
    field("initialisation", Text, "start values"),
    field("self_diagnostics", Text, "self-diagnosis"),
    field("memory", Text, "memory and its overflow"),
    field("boundary", Text, "boundary conditions"),
];

const INTERFACE: &[FieldSpec] = &[
    required(
        "from",
        Reference(&[Item, SoftwareSystem]),
        "the side that calls or sends",
    ),
    required(
        "to",
        Reference(&[Item, SoftwareSystem]),
        "the side that is called or receives",
    ),
    field("what", Text, "what crosses it (5.3.2)"),
];

const SEGREGATION: &[FieldSpec] = &[
    required("keeps_apart", ReferenceGroups(&[Item]), "pairs of items"),
    required("how", Text, "by what means (5.3.5)"),
    field(
        "verified_by",
        ReferencesOrTests(&[Review]),
        "tests or reviews that show it to work",
    ),
];

const VERIFY: &[&str] = &[
    "test",
    "unit test",
    "integration test",
    "system test",
    "inspection",
    "analysis",
    "demonstration",
];

const REQUIREMENT: &[FieldSpec] = &[
    required("text", Text, "what the software shall do"),
    field(
        "category",
        Word(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]),
        "the letter of its kind (5.2.2)",
    ),
    field(
        "source",
        ReferencesOr(&[SystemRequirement, RiskControl, Document], &["derived"]),
        "where it comes from (5.2.6)",
    ),
    field("source_reason", Text, "why a derived requirement is there"),
    field(
        "items",
        References(&[Item]),
        "the items that realise it (5.3.1)",
    ),
    field("verify", Word(VERIFY), "how it is verified (5.2.6)"),
    field("verify_reason", Text, "why not by a system test (5.7.1)"),
    field("parts", Map, "its parts by short id, where it has several"),
];

const HAZARDOUS_SITUATION: &[FieldSpec] = &[
    field("hazard", Text, "the source of harm"),
    required("situation", Text, "how people are exposed to it"),
    field("sequence", Texts, "the events that lead to it"),
    field("harm", Text, "the injury or damage"),
    field(
        "severity",
        Word(&["negligible", "non-serious", "serious"]),
        "how bad, after controls outside the software",
    ),
    field(
        "cause",
        Tables(CAUSE),
        "what in the software may lead to it (7.1.2)",
    ),
];

const CAUSE: &[FieldSpec] = &[
    required("id", Text, "its id"),
    field("item", Reference(&[Item]), "the item it is in"),
    field(
        "kind",
        Word(&["specification", "defect", "soup", "hardware", "misuse"]),
        "its kind (7.1.2)",
    ),
    field("soup", References(&[Soup]), "the SOUP items it is in"),
    required("text", Text, "what goes wrong"),
];

const RISK_CONTROL: &[FieldSpec] = &[
    field(
        "against",
        References(&[HazardousSituation]),
        "the causes it is for (7.2.1)",
    ),
    field(
        "kind",
        Word(&["software", "hardware", "procedure", "information"]),
        "by what it is realised; software if it does not say",
    ),
    required("text", Text, "what it does"),
    field(
        "side_effects",
        Text,
        "whether it can lead to harm itself (7.3.1)",
    ),
];

const SOUP: &[FieldSpec] = &[
    field("title", Text, "its name"),
    field("manufacturer", Text, "who makes it (8.1.2)"),
    field("designator", Text, "what identifies it exactly (8.1.2)"),
    field("used_by", References(&[Item]), "the items that use it"),
    field("functional", Texts, "what it must do (5.3.3)"),
    field("performance", Texts, "how well it must do it (5.3.3)"),
    field(
        "environment",
        Text,
        "the hardware and software it needs (5.3.4)",
    ),
    field(
        "anomalies",
        Table(ANOMALIES),
        "the evaluation of its published anomalies (7.1.3)",
    ),
];

const ANOMALIES: &[FieldSpec] = &[
    required("source", Text, "the list that was read"),
    required("version", Text, "the version it was read for"),
    required("reviewed", Date, "when"),
    required("by", Text, "by whom"),
    required("verdict", Text, "what follows for the device"),
];

const REVIEW_KINDS: &[&str] = &[
    "requirements",
    "architecture",
    "design",
    "risk controls",
    "soup",
    "test procedures",
    "unit",
    "verification",
    "inspection",
    "analysis",
    "static analysis",
    "proof",
    "release",
];

const REVIEW: &[FieldSpec] = &[
    required("kind", Word(REVIEW_KINDS), "what was judged"),
    required("of", References(ANY), "the records that were judged"),
    required("by", Texts, "who judged"),
    required("date", Date, "when"),
    field("hash", Text, "fingerprint of what was judged"),
    required(
        "result",
        Word(&["passed", "passed with actions", "failed"]),
        "the verdict",
    ),
    field("note", Text, "remarks"),
];

const VERDICT: &[FieldSpec] = &[
    required("verdict", Text, "what was decided"),
    field("by", Text, "by whom"),
    field("date", Date, "when"),
    field("reason", Text, "why"),
];

const PROBLEM: &[FieldSpec] = &[
    required("title", Text, "what happened"),
    field("found_in", Text, "the version it was found in"),
    field("found_by", Text, "how it was found"),
    field("date", Date, "when it was found"),
    field("type", Text, "its type (9.1 in the 2006 edition)"),
    field("scope", Text, "its scope (9.1 in the 2006 edition)"),
    field("criticality", Text, "how much it matters (9.1)"),
    field("cause", Text, "what caused it (9.2)"),
    field("safety", Table(VERDICT), "what it means for safety (9.2)"),
    field(
        "notify",
        Table(VERDICT),
        "whether others must be told (9.3)",
    ),
    field(
        "change",
        References(&[Change]),
        "the change requests that resolve it",
    ),
    field("no_action", Text, "why nothing is changed"),
    field(
        "state",
        Word(&["new", "in work", "closed", "residual"]),
        "its state",
    ),
    field(
        "verified_by",
        ReferencesOrTests(&[Review]),
        "what shows that it is resolved (9.7)",
    ),
];

const APPROVAL: &[FieldSpec] = &[
    required("by", Text, "who approved"),
    required("date", Date, "when"),
];

const CHANGE_SAFETY: &[FieldSpec] = &[
    field(
        "new_causes",
        References(&[HazardousSituation]),
        "causes that the change brings (7.4.1)",
    ),
    field(
        "controls_touched",
        References(&[RiskControl]),
        "controls that it touches (7.4.2)",
    ),
    field("by", Text, "who judged"),
    field("date", Date, "when"),
];

const CHANGE: &[FieldSpec] = &[
    required("title", Text, "what is changed"),
    field(
        "problems",
        References(&[Problem]),
        "the problem reports behind it",
    ),
    field("approved", Table(APPROVAL), "who approved it (8.2.1)"),
    field("impact", Text, "what else it touches (6.2.3)"),
    field(
        "safety",
        Table(CHANGE_SAFETY),
        "what it means for safety (7.4)",
    ),
    field("repeat", Texts, "the activities that are repeated (8.2.2)"),
    field(
        "class_still_valid",
        Bool,
        "whether the safety class still holds",
    ),
    field("state", Word(&["new", "in work", "closed"]), "its state"),
    field("commits", Texts, "the commits that made it"),
];

const RESIDUAL_ANOMALY: &[FieldSpec] = &[
    required("problem", Reference(&[Problem]), "the problem report"),
    required("risk", Text, "why it is acceptable (5.8.3)"),
    field("by", Text, "who judged"),
];

const ARCHIVE: &[FieldSpec] = &[
    required("place", Text, "where it is kept (5.8.7)"),
    field("checksum", Text, "fingerprint of what is kept"),
    field("keep_until", Date, "until when"),
];

const RELEASE: &[FieldSpec] = &[
    field("date", Date, "when"),
    field("commit", Text, "the commit that was built"),
    field("tag", Text, "its tag"),
    field(
        "anomalies",
        Tables(RESIDUAL_ANOMALY),
        "what is known and left in (5.8.2)",
    ),
    field("archive", Table(ARCHIVE), "where it is kept"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_or_unique() {
        assert!(TABLES.is_sorted_by(|a, b| a.name < b.name));
        assert!(ID_KINDS.is_sorted_by(|a, b| a.0 < b.0));
        let ids: Vec<&str> = IDS.iter().map(|field| field.name).collect();
        assert_eq!(
            ids,
            ID_KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>()
        );
        for table in TABLES {
            unique(table.fields);
        }
        unique(SETTINGS);
    }

    fn unique(fields: &[FieldSpec]) {
        let mut names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        for field in fields {
            assert!(
                !field.doc.is_empty() && !field.doc.ends_with('.'),
                "{}",
                field.name
            );
            if let Table(fields) | Tables(fields) = field.holds {
                unique(fields);
            }
        }
    }
}
