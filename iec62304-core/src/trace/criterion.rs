//! Acceptance criteria of units: what verifies each, and which of them decide the topics
//! of 5.5.4.

use std::collections::BTreeSet;

use crate::location::{Located, Location};
use crate::model::record::{Fields, RecordKind};
use crate::model::vocabulary::Shape;
use crate::records::{Index, is_placeholder};
use crate::trace::evidence::{kind_is_one_of, passed};
use crate::trace::link::parts_named_by;
use crate::trace::review::Judgements;
use crate::trace::unit::{Origin, Unit};
use crate::trace::{Project, Trace, at_unit_level_or_open};

/// The kinds of review that may judge a single criterion.
const JUDGING_REVIEWS: [&str; 6] =
    ["unit", "verification", "inspection", "analysis", "static analysis", "proof"];

/// What a topic that a unit's record leaves out has to start with.
const NOT_PRESENT: &str = "not present:";

/// What a unit says on a topic of 5.5.4.
#[derive(Clone, Copy, Debug)]
pub enum TopicState<'m> {
    /// Nothing.
    Open,
    /// A criterion, or a reason why the design has nothing of it.
    Decided,
    /// That it is not present, without a reason.
    NoReason(&'m Located<String>),
}

/// The places of all criteria that a passed review names, unless the unit has changed since.
pub(super) fn reviewed(
    project: &Project<'_>,
    index: &Index,
    judgements: &Judgements<'_>,
) -> BTreeSet<Location> {
    let reviews = project.records().filter(|record| record.kind == RecordKind::Review);
    let judging =
        reviews.filter(|review| passed(review) && kind_is_one_of(review, &JUDGING_REVIEWS));
    let mut places = BTreeSet::new();
    for review in judging {
        let parts = parts_named_by(review, index).into_iter();
        let current = parts
            .filter(|part| !judgements.is_outdated(review, part.record_in(&project.documents)));
        places.extend(current.map(|part| part.id.at));
    }
    places
}

impl<'m> Unit<'m> {
    /// Its acceptance criteria, by their own names.
    pub fn criteria(&self) -> Vec<&'m Located<String>> {
        let acceptance = self.fields().and_then(|fields| fields.table("acceptance"));
        acceptance.map_or_else(Vec::new, |table| table.iter().map(|field| &field.name).collect())
    }

    /// The methods by which it is verified, as declared.
    pub fn methods(&self) -> &'m [Located<String>] {
        self.fields().map_or(&[], |fields| fields.list("methods"))
    }

    /// What it says on each of the eight topics of 5.5.4, by the name of the field.
    pub fn topics(&self) -> Vec<(&'static str, TopicState<'m>)> {
        let Some(fields) = self.fields() else {
            return Vec::new();
        };
        let table = fields.table("topics");
        let shape = fields.shape().field("topics").and_then(Shape::table);
        let named = shape.map_or(&[][..], |shape| shape.named());
        let state = |name| match table.and_then(|table| table.text(name)) {
            Some(text) => topic(text),
            None => TopicState::Open,
        };
        named.iter().map(|field| (field.name, state(field.name))).collect()
    }

    /// Where its detailed design stands, as declared.
    pub fn design(&self) -> Option<&'m Located<String>> {
        self.fields().and_then(|fields| fields.text("design"))
    }

    fn fields(&self) -> Option<&'m Fields> {
        match self.origin {
            Origin::Declared(record) => Some(&record.fields),
            Origin::StandIn | Origin::Leftover => None,
        }
    }
}

/// What a text says that the records let pass: a criterion, or that it is not present.
fn topic(text: &Located<String>) -> TopicState<'_> {
    match text.value.trim().strip_prefix(NOT_PRESENT) {
        Some(reason) if is_placeholder(reason) => TopicState::NoReason(text),
        Some(_) | None => TopicState::Decided,
    }
}

impl<'m> Trace<'m> {
    /// The kinds of review that judge the code of a unit.
    pub const UNIT_REVIEWS: [&'static str; 4] =
        ["unit", "verification", "inspection", "static analysis"];

    /// Whether the project has begun to review units.
    pub fn reviews_units(&self) -> bool {
        let mut declared = self.units().iter().filter(|unit| unit.is_declared());
        declared.any(|unit| self.has_unit_review(unit, &Self::UNIT_REVIEWS))
    }

    /// Whether a criterion of a unit is verified: a test of no higher level names it, or a
    /// passed review does. Of a unit that declares no tests, a review of the whole unit
    /// speaks for all its criteria.
    pub fn is_criterion_verified(&self, unit: &Unit<'m>, criterion: &Located<String>) -> bool {
        let mut naming =
            unit.named_by.iter().filter(|link| link.part == Some(criterion.value.as_str()));
        let is_tested = unit.methods().iter().any(|method| method.value == "test");
        naming.any(|link| at_unit_level_or_open(link) && self.results().counts(link))
            || self.reviewed_criteria.contains(&criterion.at)
            || (!is_tested && self.has_unit_review(unit, &["unit", "static analysis", "proof"]))
    }
}
