//! An advisory and its verdict in JSON.

use serde::Serialize;

use super::{JsonPlace, place};
use crate::soup::{Hit, Verdict};

#[derive(Serialize)]
pub(super) struct JsonHit<'a> {
    ids: &'a [String],
    kind: &'static str,
    title: &'a str,
    date: Option<String>,
    withdrawn: Option<String>,
    url: Option<&'a str>,
    cvss: Option<&'a str>,
    patched: &'a [String],
    functions: &'a [String],
    function_references: Vec<JsonPlace<'a>>,
    remarks: &'a [String],
    verdict: Option<JsonVerdict<'a>>,
    sha256: &'a str,
}

#[derive(Serialize)]
struct JsonVerdict<'a> {
    verdict: &'a str,
    justification: Option<&'a str>,
    reason: &'a str,
    action: Option<&'a str>,
    at: JsonPlace<'a>,
}

pub(super) fn hit(hit: &Hit) -> JsonHit<'_> {
    let Hit {
        ids,
        kind,
        title,
        date,
        withdrawn,
        url,
        cvss,
        patched,
        functions,
        function_references,
        remarks,
        verdict,
        digest,
    } = hit;
    JsonHit {
        ids,
        kind: kind.words(),
        title,
        date: date.map(|day| day.to_string()),
        withdrawn: withdrawn.map(|day| day.to_string()),
        url: url.as_deref(),
        cvss: cvss.as_deref(),
        patched,
        functions,
        function_references: function_references.iter().map(place).collect(),
        remarks,
        verdict: verdict.as_ref().map(self::verdict),
        sha256: digest,
    }
}

fn verdict(verdict: &Verdict) -> JsonVerdict<'_> {
    let Verdict { word, justification, reason, action, at } = verdict;
    JsonVerdict {
        verdict: word,
        justification: justification.as_deref(),
        reason,
        action: action.as_deref(),
        at: place(at),
    }
}
