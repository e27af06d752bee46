//! Reviews that a project has not begun to record, and those that no content is bound to.

use super::undeclared;
use crate::finding::{Label, NotChecked};
use crate::standard::SafetyClass;
use crate::trace::Trace;
use crate::trace::confirmation;
use crate::trace::review::{Topic, unbound as unbound_reviews};
use crate::words::{count, joined};

/// Kinds of review of which there is none, although there is something to review.
pub(super) fn not_begun(trace: &Trace<'_>) -> Option<NotChecked> {
    let of_topics = trace.reviews_not_begun().iter().filter_map(|(topic, classes)| {
        let highest = classes.iter().map(|class| class.class).max()?;
        (highest >= lowest_class(*topic)).then(|| topic.review_kind())
    });
    let mut kinds: Vec<&str> = of_topics.collect();
    let confirmations = trace.confirmations();
    if !confirmations.is_begun && !confirmations.edges.is_empty() {
        kinds.push(confirmation::KIND);
    }
    let quoted: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let first = kinds.first()?;
    let list = joined(&quoted, "or");
    let what = format!("rules on reviews: there is no review of kind {list}");
    let switch_on =
        format!("after a review, `cargo iec62304 review add --kind {first} --of ID --by NAME`");
    Some(undeclared("reviews", what, &switch_on, Vec::new()))
}

/// The lowest class that the rules of a topic bind, in both editions.
fn lowest_class(topic: Topic) -> SafetyClass {
    match topic {
        Topic::Requirements | Topic::RiskAnalysis => SafetyClass::A,
        Topic::Architecture | Topic::TestProcedures => SafetyClass::B,
        Topic::Design => SafetyClass::C,
    }
}

/// Passed reviews that hold no hash.
pub(super) fn unbound(trace: &Trace<'_>) -> Option<NotChecked> {
    let reviews = unbound_reviews(trace.project());
    let places: Vec<Label> = reviews
        .iter()
        .map(|review| Label { at: review.at().clone(), text: review.id.value.clone() })
        .collect();
    let what = format!(
        "whether anything changed since {} without a hash",
        count(reviews.len(), "review"),
    );
    let switch_on = "record the next review with `cargo iec62304 review add`, which adds the \
                     hashes of what was reviewed";
    (!reviews.is_empty()).then(|| undeclared("review-hashes", what, switch_on, places))
}
