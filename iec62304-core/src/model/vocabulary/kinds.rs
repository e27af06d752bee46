//! The fields of each kind of record.

use super::soup::{SOUP, TOOL};
use super::{FieldShape, Shape, TableShape, Target};
use crate::model::record::RecordKind::{
    self, Change, Document, HazardousSituation, Interface, Item, Problem, Release, Requirement,
    Review, RiskControl, Segregation, SoftwareSystem, Soup, SystemRequirement, Tool, Unit,
};

/// The software system is itself an item.
const ITEMS: Target = Target::records(&[Item, SoftwareSystem]);
const ITEMS_OR_SOUP: Target = Target::records(&[Item, SoftwareSystem, Soup]);
const INTERFACE_END: Target = ITEMS_OR_SOUP.or_word(&["outside"]);
const SOURCES: Target =
    Target::records(&[SystemRequirement, RiskControl, Document]).or_word(&["derived"]);
const REVIEW_OR_TEST: Target = Target::records(&[Review]).or_test();
const REVIEWED: Target = Target::records(&[
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
    Tool,
    Review,
    Problem,
    Change,
    Release,
    RecordKind::CommonDefect,
]);
const SEGREGATIONS: Target = Target::records(&[Segregation]);
const HAZARDOUS_SITUATIONS: Target = Target::records(&[HazardousSituation]);
const RISK_CONTROLS: Target = Target::records(&[RiskControl]);
const REQUIREMENTS: Target = Target::records(&[Requirement]);
const SOUPS: Target = Target::records(&[Soup]);
const PROBLEMS: Target = Target::records(&[Problem]);
const CHANGES: Target = Target::records(&[Change]);

const VERIFICATIONS: [&str; 7] = [
    "system test",
    "integration test",
    "unit test",
    "test",
    "inspection",
    "analysis",
    "demonstration",
];
const CATEGORIES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
const CONTROL_KINDS: [&str; 4] = ["software", "hardware", "procedure", "information for safety"];
/// The kinds of cause to consider for each item, in the order of 7.1.2.
pub const CAUSE_KINDS: [&str; 5] = ["specification", "defect", "soup", "hardware", "misuse"];
const SEVERITIES: [&str; 3] = ["negligible", "non-serious", "serious"];
const METHODS: [&str; 4] = ["test", "review", "static analysis", "proof"];
const REVIEW_KINDS: [&str; 17] = [
    "plan",
    "requirements",
    "risk analysis",
    "risk controls",
    "architecture",
    "design",
    "soup",
    "unit",
    "integration",
    "inspection",
    "verification",
    "static analysis",
    "proof",
    "analysis",
    "test procedures",
    "trace",
    "release",
];
const REVIEW_RESULTS: [&str; 3] = ["passed", "passed with actions", "failed"];
const DOCUMENT_STATES: [&str; 4] = ["draft", "in review", "approved", "withdrawn"];
const PROBLEM_TYPES: [&str; 3] = ["corrective", "preventive", "adaptive"];
const PROBLEM_STATES: [&str; 5] = ["new", "in work", "resolved", "residual", "closed"];
const GAP_DECISIONS: [&str; 2] = ["close", "leave open"];
const CHANGE_STATES: [&str; 5] = ["new", "approved", "in work", "closed", "rejected"];

/// The kinds of record that a review can be of.
pub fn reviewed_kinds() -> &'static [RecordKind] {
    REVIEWED.kinds
}

pub(super) fn of(kind: RecordKind) -> &'static TableShape {
    match kind {
        Document => &DOCUMENT,
        RecordKind::CommonDefect => &COMMON_DEFECT,
        SystemRequirement => &SYSTEM_REQUIREMENT,
        SoftwareSystem => &SOFTWARE_SYSTEM,
        Item => &ITEM,
        Unit => &UNIT,
        Interface => &INTERFACE,
        Segregation => &SEGREGATION,
        Requirement => &REQUIREMENT,
        HazardousSituation => &HAZARDOUS_SITUATION,
        RiskControl => &RISK_CONTROL,
        Soup => &SOUP,
        Tool => &TOOL,
        Review => &REVIEW,
        Problem => &PROBLEM,
        Change => &CHANGE,
        Release => &RELEASE,
    }
}

static DOCUMENT: TableShape = TableShape::Named(&[
    FieldShape::new("title", Shape::Text, "what the document is called").required(),
    FieldShape::new("purpose", Shape::Text, "what it is for"),
    FieldShape::new("path", Shape::Text, "the file, from the workspace root"),
    FieldShape::new("owner", Shape::Text, "who keeps it up to date"),
    FieldShape::new("state", Shape::Word(&DOCUMENT_STATES), "how far it is"),
]);

static COMMON_DEFECT: TableShape = TableShape::Named(&[
    FieldShape::new("control", Shape::Text, "what keeps the defect out").required(),
    FieldShape::new("lint", Shape::Text, "the lint that watches over it"),
]);

/// A record that asks for nothing any more, and that nothing may name.
const WITHDRAWN: FieldShape = FieldShape::new(
    "withdrawn",
    Shape::Text,
    "why it is withdrawn; it keeps its id, which is not given out again",
);

/// What a heading says of a record in Markdown.
const TITLE: FieldShape = FieldShape::new("title", Shape::Text, "what it is called in a few words");

static SYSTEM_REQUIREMENT: TableShape = TableShape::Named(&[
    TITLE,
    FieldShape::new("text", Shape::Text, "what the whole device must do").required(),
    FieldShape::new("allocated_to", Shape::Texts, "the parts of the device that realise it"),
    WITHDRAWN,
]);

static SOFTWARE_SYSTEM: TableShape = TableShape::Named(&[
    FieldShape::new("class", Shape::SafetyClass, "its software safety class"),
    FieldShape::new("rationale", Shape::Text, "why that class"),
    FieldShape::new("risk_ref", Shape::Text, "where the risk management file decides it"),
    LOWERED_BY,
    LEGACY_FIELD,
    NOT_A_CAUSE,
]);

static ITEM: TableShape = TableShape::Named(&[
    FieldShape::new("parent", Shape::Reference(&ITEMS), "the item or system that it is a part of"),
    FieldShape::new("class", Shape::SafetyClass, "its software safety class"),
    FieldShape::new("crates", Shape::Texts, "the packages that it consists of"),
    FieldShape::new("rationale", Shape::Text, "why its class is not that of its parent"),
    FieldShape::new(
        "segregation",
        Shape::Reference(&SEGREGATIONS),
        "what keeps it apart from items of a higher class",
    ),
    LOWERED_BY,
    LEGACY_FIELD,
    NOT_A_CAUSE,
]);

const LOWERED_BY: FieldShape = FieldShape::new(
    "lowered_by",
    Shape::References(&RISK_CONTROLS),
    "the risk controls outside the software system without which its class would be higher; \
     `[]` where there are none",
);

const LEGACY_FIELD: FieldShape =
    FieldShape::new("legacy", Shape::Table(&LEGACY), "how legacy software is kept in use by 4.4");

static LEGACY: TableShape = TableShape::Named(&[
    FieldShape::new(
        "replaces_clauses_5_to_9",
        Shape::Bool,
        "whether 4.4 is followed in the place of clauses 5 to 9",
    ),
    FieldShape::new("version", Shape::Text, "the version that stays in use"),
    FieldShape::new("rationale", Shape::Text, "why that version may stay in use"),
    FieldShape::new("feedback", Shape::Text, "how feedback from the field was assessed"),
    FieldShape::new("continued_use", Shape::Text, "where the risks of its continued use stand"),
    FieldShape::new(
        "gaps",
        Shape::Tables(&LEGACY_GAP),
        "what the comparison with 5.2, 5.3, 5.7 and 7 found; `[]` where it found nothing",
    ),
    FieldShape::new("closure_plan", Shape::Text, "the plan by which gaps are closed"),
]);

static LEGACY_GAP: TableShape = TableShape::Named(&[
    FieldShape::new("missing", Shape::Text, "what is not there").required(),
    FieldShape::new("clause", Shape::Text, "the clause that asks for it"),
    FieldShape::new("decision", Shape::Word(&GAP_DECISIONS), "what becomes of it"),
    FieldShape::new("reason", Shape::Text, "why that is decided"),
]);

const NOT_A_CAUSE: FieldShape = FieldShape::new(
    "not_a_cause",
    Shape::Table(&KINDS_THAT_ARE_NO_CAUSE),
    "the kinds of cause of 7.1.2 that it cannot have, each with the reason",
);

static KINDS_THAT_ARE_NO_CAUSE: TableShape = TableShape::Named(&[
    FieldShape::new("specification", Shape::Text, "why no wrong or incomplete specification is"),
    FieldShape::new("defect", Shape::Text, "why no defect of its own is"),
    FieldShape::new("soup", Shape::Text, "why no failure of SOUP is"),
    FieldShape::new("hardware", Shape::Text, "why no failure of hardware or other software is"),
    FieldShape::new("misuse", Shape::Text, "why no foreseeable misuse is"),
]);

static UNIT: TableShape = TableShape::Named(&[
    FieldShape::new("item", Shape::Reference(&ITEMS), "the item that it is in").required(),
    FieldShape::new("modules", Shape::Texts, "the modules that it consists of, children included"),
    FieldShape::new("methods", Shape::Words(&METHODS), "how it is verified"),
    FieldShape::new("design", Shape::Text, "where its detailed design stands"),
    FieldShape::new("acceptance", Shape::Parts, "its acceptance criteria, by id"),
    FieldShape::new("topics", Shape::Table(&TOPICS), "what decides each topic of 5.5.4"),
]);

static TOPICS: TableShape = TableShape::Named(&[
    FieldShape::new("event_sequence", Shape::Topic, "the order of events"),
    FieldShape::new("data_control_flow", Shape::Topic, "the flow of data and control"),
    FieldShape::new("resource_allocation", Shape::Topic, "the planned use of resources"),
    FieldShape::new("fault_handling", Shape::Topic, "the handling of faults"),
    FieldShape::new("initialisation", Shape::Topic, "start values"),
    FieldShape::new("self_diagnostics", Shape::Topic, "self-diagnosis"),
    FieldShape::new("memory", Shape::Topic, "memory and its overflow"),
    FieldShape::new("boundary", Shape::Topic, "boundary conditions"),
]);

static INTERFACE: TableShape = TableShape::Named(&[
    FieldShape::new("from", Shape::Reference(&INTERFACE_END), "one end").required(),
    FieldShape::new("to", Shape::Reference(&INTERFACE_END), "the other end").required(),
    FieldShape::new("what", Shape::Text, "what crosses it"),
]);

static SEGREGATION: TableShape = TableShape::Named(&[
    FieldShape::new(
        "keeps_apart",
        Shape::ReferenceLists(&ITEMS_OR_SOUP),
        "the groups of items that it keeps apart",
    )
    .required(),
    FieldShape::new("how", Shape::Text, "by what means"),
    FieldShape::new(
        "same_process",
        Shape::Text,
        "why one side cannot disturb the other although cargo links both into one build",
    ),
    FieldShape::new(
        "verified_by",
        Shape::References(&REVIEW_OR_TEST),
        "the reviews and tests that show that it works",
    ),
]);

static REQUIREMENT: TableShape = TableShape::Named(&[
    TITLE,
    FieldShape::new("text", Shape::Text, "what the software must do").required(),
    FieldShape::new("category", Shape::Word(&CATEGORIES), "the letter of its kind in 5.2.2"),
    FieldShape::new("source", Shape::References(&SOURCES), "what it follows from, or `derived`"),
    FieldShape::new("source_reason", Shape::Text, "why it has no parent"),
    FieldShape::new("items", Shape::References(&ITEMS), "the items that realise it"),
    FieldShape::new("verify", Shape::Word(&VERIFICATIONS), "how it is verified"),
    FieldShape::new("verify_reason", Shape::Text, "why it is not verified by a system test"),
    FieldShape::new("parts", Shape::Parts, "parts that are tagged on their own"),
    WITHDRAWN,
]);

static HAZARDOUS_SITUATION: TableShape = TableShape::Named(&[
    FieldShape::new("hazard", Shape::Text, "the source of harm"),
    FieldShape::new("situation", Shape::Text, "how people are exposed to it").required(),
    FieldShape::new("sequence", Shape::Texts, "the events that lead to it, in order"),
    FieldShape::new("harm", Shape::Text, "what it may do to people"),
    FieldShape::new(
        "severity",
        Shape::Word(&SEVERITIES),
        "how bad that is, after external controls",
    ),
    FieldShape::new("cause", Shape::Tables(&CAUSE), "what in the software may contribute to it"),
    FieldShape::new("no_cause", Shape::Text, "why nothing in the software can contribute to it"),
    WITHDRAWN,
]);

static CAUSE: TableShape = TableShape::Named(&[
    FieldShape::new("id", Shape::OwnId, "the id that risk controls name").required(),
    FieldShape::new("item", Shape::Reference(&ITEMS), "the item that may contribute"),
    FieldShape::new("kind", Shape::Word(&CAUSE_KINDS), "which kind of cause of 7.1.2"),
    FieldShape::new("soup", Shape::References(&SOUPS), "the SOUP items that may fail"),
    FieldShape::new(
        "requirements",
        Shape::References(&REQUIREMENTS),
        "the software requirements whose failure it is",
    ),
    FieldShape::new("no_control", Shape::Text, "why it needs no risk control"),
    FieldShape::new("text", Shape::Text, "what may go wrong").required(),
]);

static RISK_CONTROL: TableShape = TableShape::Named(&[
    TITLE,
    FieldShape::new(
        "against",
        Shape::References(&HAZARDOUS_SITUATIONS),
        "the causes or situations that it controls",
    ),
    FieldShape::new("kind", Shape::Word(&CONTROL_KINDS), "what realises it"),
    FieldShape::new("text", Shape::Text, "what it does").required(),
    FieldShape::new("side_effects", Shape::Text, "what it may cause itself, and who says so"),
    WITHDRAWN,
]);

static REVIEW: TableShape = TableShape::Named(&[
    FieldShape::new("kind", Shape::Word(&REVIEW_KINDS), "what was judged").required(),
    FieldShape::new("of", Shape::References(&REVIEWED), "the records that were judged").required(),
    FieldShape::new("by", Shape::Texts, "who judged").required(),
    FieldShape::new("date", Shape::Date, "when").required(),
    FieldShape::new("hash", Shape::Text, "the content hash of all that was judged, as one"),
    FieldShape::new("hashes", Shape::Table(&HASHES), "the content hash of each, by its id"),
    FieldShape::new("result", Shape::Word(&REVIEW_RESULTS), "the outcome").required(),
]);

static HASHES: TableShape = TableShape::Free(Shape::Text);

static PROBLEM: TableShape = TableShape::Named(&[
    FieldShape::new("title", Shape::Text, "the problem in a few words").required(),
    FieldShape::new("found_in", Shape::Text, "the version that shows it"),
    FieldShape::new("found_by", Shape::Text, "what brought it to light"),
    FieldShape::new("date", Shape::Date, "when it was reported"),
    FieldShape::new("type", Shape::Word(&PROBLEM_TYPES), "its type"),
    FieldShape::new("scope", Shape::Text, "what it touches"),
    FieldShape::new("criticality", Shape::Text, "how much it matters"),
    FieldShape::new("cause", Shape::Text, "why it happens"),
    FieldShape::new("safety", Shape::Table(&PROBLEM_SAFETY), "its evaluation by risk management"),
    FieldShape::new("notify", Shape::Table(&PROBLEM_NOTIFY), "whether others must be told"),
    FieldShape::new("change", Shape::References(&CHANGES), "the change requests that it led to"),
    FieldShape::new("no_action", Shape::Text, "why there is no change request"),
    FieldShape::new("state", Shape::Word(&PROBLEM_STATES), "how far it is"),
    FieldShape::new(
        "verified_by",
        Shape::References(&REVIEW_OR_TEST),
        "the reviews and tests that show its solution",
    ),
]);

static PROBLEM_SAFETY: TableShape = TableShape::Named(&[
    FieldShape::new("verdict", Shape::Text, "what it means for safety").required(),
    FieldShape::new("by", Shape::Text, "who says so"),
    FieldShape::new("date", Shape::Date, "when"),
]);

static PROBLEM_NOTIFY: TableShape = TableShape::Named(&[
    FieldShape::new("verdict", Shape::Word(&["yes", "no"]), "the decision").required(),
    FieldShape::new("reason", Shape::Text, "why"),
]);

static CHANGE: TableShape = TableShape::Named(&[
    FieldShape::new("title", Shape::Text, "the change in a few words").required(),
    FieldShape::new("problems", Shape::References(&PROBLEMS), "the problems that it solves"),
    FieldShape::new("approved", Shape::Table(&APPROVAL), "who consented and when"),
    FieldShape::new("impact", Shape::Text, "what it touches"),
    FieldShape::new(
        "soup",
        Shape::Texts,
        "the SOUP items that it adds, changes or removes, as `name@version`",
    ),
    FieldShape::new("safety", Shape::Table(&CHANGE_SAFETY), "its evaluation by risk management"),
    FieldShape::new("repeat", Shape::Texts, "the verification to repeat"),
    FieldShape::new("class_still_valid", Shape::Bool, "whether the safety class stays right"),
    FieldShape::new("state", Shape::Word(&CHANGE_STATES), "how far it is"),
    FieldShape::new("commits", Shape::Texts, "the commits that made it"),
]);

static APPROVAL: TableShape = TableShape::Named(&[
    FieldShape::new("by", Shape::Text, "who").required(),
    FieldShape::new("date", Shape::Date, "when").required(),
]);

static CHANGE_SAFETY: TableShape = TableShape::Named(&[
    FieldShape::new(
        "new_causes",
        Shape::References(&HAZARDOUS_SITUATIONS),
        "causes that the change adds",
    ),
    FieldShape::new(
        "controls_touched",
        Shape::References(&RISK_CONTROLS),
        "risk controls that it touches",
    ),
    FieldShape::new("by", Shape::Text, "who says so"),
    FieldShape::new("date", Shape::Date, "when"),
]);

static RELEASE: TableShape = TableShape::Named(&[
    FieldShape::new("date", Shape::Date, "when it was released"),
    FieldShape::new("commit", Shape::Text, "the commit that it was built from"),
    FieldShape::new("tag", Shape::Text, "the tag in version control"),
    FieldShape::new(
        "anomalies",
        Shape::Tables(&RESIDUAL_ANOMALY),
        "the problems that were left in",
    ),
    FieldShape::new("archive", Shape::Table(&ARCHIVE), "where it is kept and how long"),
]);

static RESIDUAL_ANOMALY: TableShape = TableShape::Named(&[
    FieldShape::new("problem", Shape::Reference(&PROBLEMS), "the problem").required(),
    FieldShape::new("risk", Shape::Text, "why its risk is acceptable"),
    FieldShape::new("by", Shape::Text, "who says so"),
]);

static ARCHIVE: TableShape = TableShape::Named(&[
    FieldShape::new("place", Shape::Text, "where it is kept"),
    FieldShape::new("checksum", Shape::Text, "fingerprint of what is kept"),
    FieldShape::new("keep_until", Shape::Date, "until when"),
]);
