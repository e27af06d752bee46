//! What people have written about a row, in JSON.

use serde::Serialize;

use super::{JsonPlace, place};
use crate::soup::{Binding, Evaluation, Judgement};

#[derive(Serialize)]
pub(super) struct JsonJudgement<'a> {
    functional: &'a [String],
    performance: &'a [String],
    environment: Option<&'a str>,
    architecture: Option<&'a str>,
    causes: &'a [String],
    not_a_cause: Option<&'a str>,
    verified_by: &'a [String],
    support_level: Option<&'a str>,
    support_end: Option<String>,
    support_reason: Option<&'a str>,
    responsibility: Option<&'a str>,
    purpose: Option<&'a str>,
    validation: Option<&'a str>,
    archive: Option<&'a str>,
    /// Entries of `verified_by` that show nothing, and why.
    not_verified_by: &'a [String],
}

#[derive(Serialize)]
pub(super) struct JsonEvaluation<'a> {
    source: Option<&'a str>,
    version: Option<&'a str>,
    reviewed: Option<String>,
    by: Option<&'a str>,
    verdict: Option<&'a str>,
    valid_until: Option<String>,
    /// What an evaluation made today would be bound to.
    binding: JsonBinding<'a>,
    /// Why it is open; an empty list if it is not.
    open: Vec<JsonReason<'a>>,
    /// How many of these, from the first on, were never written.
    missing: usize,
}

#[derive(Serialize)]
struct JsonBinding<'a> {
    package: &'a str,
    advisories: &'a str,
    paths: &'a str,
}

#[derive(Serialize)]
struct JsonReason<'a> {
    reason: &'a str,
    at: JsonPlace<'a>,
}

pub(super) fn judgement(judgement: &Judgement) -> JsonJudgement<'_> {
    let Judgement {
        designator: _, // the row has it
        functional,
        performance,
        environment,
        architecture,
        causes,
        not_a_cause,
        verified_by,
        support_level,
        support_end,
        support_reason,
        responsibility,
        purpose,
        validation,
        archive,
        not_verified_by,
    } = judgement;
    JsonJudgement {
        functional,
        performance,
        environment: environment.as_deref(),
        architecture: architecture.as_deref(),
        causes,
        not_a_cause: not_a_cause.as_deref(),
        verified_by,
        support_level: support_level.as_deref(),
        support_end: support_end.map(|day| day.to_string()),
        support_reason: support_reason.as_deref(),
        responsibility: responsibility.as_deref(),
        purpose: purpose.as_deref(),
        validation: validation.as_deref(),
        archive: archive.as_deref(),
        not_verified_by,
    }
}

pub(super) fn evaluation(evaluation: &Evaluation) -> JsonEvaluation<'_> {
    let Evaluation { source, version, reviewed, by, verdict, valid_until, binding, open, missing } =
        evaluation;
    let Binding { package, advisories, paths } = binding;
    let open = open.iter();
    JsonEvaluation {
        source: source.as_deref(),
        version: version.as_deref(),
        reviewed: reviewed.map(|day| day.to_string()),
        by: by.as_deref(),
        verdict: verdict.as_deref(),
        valid_until: valid_until.map(|day| day.to_string()),
        binding: JsonBinding { package, advisories, paths },
        open: open
            .map(|reason| JsonReason { reason: &reason.value, at: place(&reason.at) })
            .collect(),
        missing: *missing,
    }
}
