//! What people have written about an item.

use jiff::civil::Date;

use super::Parts;
use crate::location::Located;
use crate::model::record::{Fields, Record, RecordKind};
use crate::soup::Judgement;
use crate::trace::evidence::passed;

/// What people have written.
pub(super) fn judgement(record: &Record, parts: &Parts<'_, '_>) -> Judgement {
    if record.kind == RecordKind::Tool {
        return Judgement {
            purpose: record.text("purpose").map(str::to_owned),
            validation: record.text("validation").map(str::to_owned),
            archive: record.text("archive").map(str::to_owned),
            ..Judgement::default()
        };
    }
    let fields = &record.fields;
    let list = |field| fields.list(field).iter().map(|text| text.value.clone()).collect();
    let support = |field| {
        let support = fields.table("support");
        support.and_then(|support| support.text(field)).map(|text| text.value.clone())
    };
    let text = |field| record.text(field).map(str::to_owned);
    Judgement {
        designator: text("designator"),
        functional: list("functional"),
        performance: list("performance"),
        environment: text("environment"),
        architecture: text("architecture"),
        causes: causes(&record.id.value, parts),
        not_a_cause: text("not_a_cause"),
        verified_by: list("verified_by"),
        not_verified_by: not_verified_by(record, parts),
        support_level: support("level"),
        support_end: fields.table("support").and_then(|support| date(support, "end")),
        support_reason: support("reason"),
        responsibility: support("responsibility"),
        purpose: None,
        validation: None,
        archive: text("archive"),
    }
}

/// Entries of `verified_by` that show nothing: reviews that did not pass, or that judged
/// the record as it was, and ids that name nothing.
fn not_verified_by(record: &Record, parts: &Parts<'_, '_>) -> Vec<String> {
    let open = |name: &Located<String>| {
        if parts.trace.unresolved().iter().any(|it| it.id.at == name.at) {
            return Some(format!("{} names nothing", name.value));
        }
        let mut records = parts.trace.project().records();
        let review =
            records.find(|it| it.kind == RecordKind::Review && it.id.value == name.value)?;
        let result = review.text("result").unwrap_or("without a result");
        if parts.trace.judgements().is_outdated(review, record) {
            return Some(format!("the record changed since review {}", name.value));
        }
        (!passed(review)).then(|| format!("review {} is {result}", name.value))
    };
    record.fields.list("verified_by").iter().filter_map(open).collect()
}

/// The causes of hazardous situations that name a SOUP item.
fn causes(id: &str, parts: &Parts<'_, '_>) -> Vec<String> {
    let records = parts.trace.project().records();
    let situations = records.filter(|record| record.kind == RecordKind::HazardousSituation);
    let causes = situations.flat_map(|situation| situation.fields.tables("cause"));
    let naming = causes.filter(|cause| cause.list("soup").iter().any(|soup| soup.value == id));
    naming.filter_map(|cause| cause.text("id")).map(|id| id.value.clone()).collect()
}

/// The date of a field; the records were read with it as a valid one.
pub(in crate::soup) fn date(fields: &Fields, name: &str) -> Option<Date> {
    fields.text(name)?.value.parse().ok()
}
