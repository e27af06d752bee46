//! What implements and what verifies a requirement or a risk control, and whether it
//! covers the whole of it.
//!
//! A verification is a linked test, or a review that a person has recorded as passed. Which
//! tests count by their results, whoever asks says.

use iec62304_macros::requirement;

use crate::model::record::Record;
use crate::trace::link::Link;

/// The kinds of review that verify software, as opposed to reviews of documents.
pub const VERIFYING_REVIEWS: [&str; 3] = ["verification", "inspection", "analysis"];

/// What speaks for a requirement or a risk control.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'m> {
    /// Tags on product code.
    pub implementations: Vec<Link<'m>>,
    /// Tags on tests.
    pub tests: Vec<Link<'m>>,
    /// Passed reviews of a kind that verifies software.
    pub reviews: Vec<&'m Record>,
}

impl<'m> Evidence<'m> {
    /// The parts that no implementation names; `None` if nothing is missing.
    #[requirement("TOOL-9")]
    pub fn missing_implementation(&self, parts: &[&'m str]) -> Option<Missing<'m>> {
        missing(parts, &self.implementations)
    }

    /// The parts that no verification names; `None` if nothing is missing.
    #[requirement("TOOL-9")]
    pub fn missing_verification(&self, parts: &[&'m str]) -> Option<Missing<'m>> {
        if self.reviews.is_empty() { missing(parts, &self.tests) } else { None }
    }

    /// The same, where only some tests count.
    pub fn missing_verification_by(
        &self,
        parts: &[&'m str],
        counts: impl Fn(&Link<'m>) -> bool,
    ) -> Option<Missing<'m>> {
        let tests: Vec<Link<'m>> = self.tests.iter().filter(|link| counts(link)).copied().collect();
        if self.reviews.is_empty() { missing(parts, &tests) } else { None }
    }
}

/// What links leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing<'m> {
    /// There is no link at all.
    All,
    /// Links name some declared parts, but not these, and none names the whole.
    Parts(Vec<&'m str>),
}

/// A link to the whole covers it; else every declared part needs a link of its own.
fn missing<'m>(parts: &[&'m str], links: &[Link<'m>]) -> Option<Missing<'m>> {
    if links.is_empty() {
        return Some(Missing::All);
    }
    if links.iter().any(|link| link.part.is_none()) {
        return None;
    }
    let open: Vec<&str> = parts
        .iter()
        .filter(|part| !links.iter().any(|link| link.part == Some(part)))
        .copied()
        .collect();
    (!open.is_empty()).then_some(Missing::Parts(open))
}

/// Whether a review is a passed one of a kind that verifies software.
pub fn verifies(review: &Record) -> bool {
    passed(review) && kind_is_one_of(review, &VERIFYING_REVIEWS)
}

/// Whether a review passed, with no action left open.
pub fn passed(review: &Record) -> bool {
    review.fields.text("result").is_some_and(|result| result.value == "passed")
}

/// Whether a review is of one of these kinds.
pub fn kind_is_one_of(review: &Record, kinds: &[&str]) -> bool {
    review.fields.text("kind").is_some_and(|kind| kinds.contains(&kind.value.as_str()))
}
