//! What no requirement says yet, so that the rules on it have not begun to apply.

use super::{declares, undeclared};
use crate::finding::NotChecked;
use crate::model::record::RecordKind;
use crate::trace::Trace;

/// Where requirements come from.
pub(super) fn sources(trace: &Trace<'_>) -> Option<NotChecked> {
    let what = "where requirements come from: none names a `source`";
    let switch_on = "write `source = [\"SYS-1\"]` into each requirement, or `[\"derived\"]` \
                     with a `source_reason`";
    field(trace, "source", "requirement-sources", what, switch_on)
}

/// The categories of 5.2.2.
pub(super) fn categories(trace: &Trace<'_>) -> Option<NotChecked> {
    let what = "whether every kind of requirement was thought of: none names a `category`";
    let switch_on = "write `category = \"a\"`, or another letter of 5.2.2, into each requirement";
    field(trace, "category", "requirement-categories", what, switch_on)
}

/// How requirements are verified.
pub(super) fn methods(trace: &Trace<'_>) -> Option<NotChecked> {
    let what = "how requirements are verified: none names a method in `verify`";
    let switch_on = "write `verify = \"system test\"` or the like into each requirement";
    field(trace, "verify", "requirement-methods", what, switch_on)
}

fn field(
    trace: &Trace<'_>,
    field: &str,
    name: &'static str,
    what: &str,
    switch_on: &str,
) -> Option<NotChecked> {
    let kind = RecordKind::Requirement;
    let is_open = declares(trace, kind) && !trace.has_begun(kind, field);
    is_open.then(|| undeclared(name, what.to_owned(), switch_on, Vec::new()))
}
