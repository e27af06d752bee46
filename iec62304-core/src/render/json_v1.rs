//! For machines: JSON, version 1.
//!
//! The types here are the format. A field is never renamed, removed or given another
//! meaning within the version; new fields may come.

use serde::Serialize;

use super::{Texts, limits};
use crate::analysis::{Analysis, Outcome, Read, ResultCounts};
use crate::config::Waiver;
use crate::finding::{Finding, Label, NotChecked};
use crate::location::Location;
use crate::policy::{SeverityChange, Waived};
use crate::rules::RuleRun;
use crate::snapshot::Snapshot;
use crate::standard::Clause;

#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    version: u32,
    tool: Tool,
    /// Digest of every input: the same digest means the same report.
    inputs: String,
    project: Option<&'a str>,
    edition: Edition,
    classes: Classes<'a>,
    /// The day by which dates were judged.
    as_of: Option<String>,
    policy: Vec<JsonPolicy<'a>>,
    summary: Summary,
    findings: Vec<JsonFinding<'a>>,
    waived: Vec<JsonWaived<'a>>,
    known_gaps: Vec<JsonFinding<'a>>,
    not_checked: Vec<JsonNotChecked<'a>>,
    read: JsonRead,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<JsonResults<'a>>,
    rules: Vec<JsonRule>,
    clauses: Vec<JsonClause<'a>>,
    limits: [&'static str; 2],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Edition {
    name: &'static str,
    chosen: bool,
}

#[derive(Serialize)]
struct Classes<'a> {
    software_system: Class<'a>,
    items: Vec<Class<'a>>,
}

#[derive(Serialize)]
struct Class<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(rename = "class")]
    letter: &'static str,
    because: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    known_gaps: usize,
    not_checked: usize,
}

/// A rule that weighs more or less in this project.
#[derive(Serialize)]
struct JsonPolicy<'a> {
    rule: &'static str,
    severity: &'static str,
    instead_of: &'static str,
    reason: &'a str,
}

/// A finding that somebody has accepted, with the waiver that says so.
#[derive(Serialize)]
struct JsonWaived<'a> {
    #[serde(flatten)]
    finding: JsonFinding<'a>,
    waiver: JsonWaiver<'a>,
}

#[derive(Serialize)]
struct JsonWaiver<'a> {
    reason: Option<&'a str>,
    approver: Option<&'a str>,
    date: Option<String>,
    expires: Option<String>,
    location: JsonLocation<'a>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'static str,
    severity: &'static str,
    clauses: Vec<&'static str>,
    class: &'static str,
    /// What a list of known gaps names it by.
    fingerprint: &'a str,
    subject: JsonSubject<'a>,
    message: &'a str,
    location: Option<JsonLocation<'a>>,
    related: Vec<JsonLocation<'a>>,
    why: &'a str,
    notes: &'a [String],
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonSubject<'a> {
    kind: &'static str,
    id: &'a str,
}

/// Lines and columns count from 1, columns in characters; the end is excluded.
#[derive(Serialize)]
struct JsonLocation<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

#[derive(Serialize)]
struct JsonNotChecked<'a> {
    name: &'static str,
    what: &'a str,
    switch_on: &'a str,
    undeclared: bool,
    places: Vec<JsonLocation<'a>>,
}

#[derive(Serialize)]
struct JsonResults<'a> {
    linked: usize,
    passed: usize,
    runs: usize,
    last_finished: Option<&'a str>,
    last_by: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonRead {
    packages: usize,
    targets: usize,
    files: usize,
    bytes: u64,
    modules: usize,
    functions: usize,
    tests: usize,
    linked_tests: usize,
    tags: usize,
    record_files: usize,
    records: usize,
    withdrawn: usize,
    requirements: usize,
    risk_controls: usize,
    units: usize,
}

#[derive(Serialize)]
struct JsonRule {
    name: &'static str,
    judged: usize,
    not_required: usize,
    findings: usize,
}

#[derive(Serialize)]
struct JsonClause<'a> {
    number: &'a str,
    title: &'a str,
    verdict: &'static str,
}

/// The analysis as JSON, version 1, ending in a line break.
///
/// # Panics
///
/// Never: text, numbers and lists always serialise.
pub fn json_v1(analysis: &Analysis, snapshot: &Snapshot) -> String {
    let report = report(analysis, snapshot);
    let mut text =
        serde_json::to_string_pretty(&report).expect("text, numbers and lists serialise");
    text.push('\n');
    text
}

fn report<'a>(analysis: &'a Analysis, snapshot: &'a Snapshot) -> Report<'a> {
    let texts = Texts::new(snapshot);
    Report {
        format: "iec62304-check",
        version: 1,
        tool: Tool { name: "cargo-iec62304", version: env!("CARGO_PKG_VERSION") },
        inputs: snapshot.digest(),
        project: analysis.project.as_deref(),
        edition: Edition { name: analysis.edition.word(), chosen: analysis.edition_is_chosen },
        classes: classes(analysis),
        as_of: analysis.inventory.as_of.map(|day| day.to_string()),
        policy: analysis.severities.iter().map(policy).collect(),
        summary: summary(&analysis.outcome()),
        findings: analysis.findings().into_iter().map(|one| finding(one, &texts)).collect(),
        waived: analysis.waived.iter().map(|one| waived(one, &texts)).collect(),
        known_gaps: analysis.known_gaps.iter().map(|one| finding(one, &texts)).collect(),
        not_checked: analysis.not_checked.iter().map(|entry| not_checked(entry, &texts)).collect(),
        read: read(&analysis.read),
        results: analysis.results.as_ref().map(results),
        rules: analysis.rules.iter().map(rule).collect(),
        clauses: analysis
            .clauses
            .iter()
            .map(|(Clause { number, title, .. }, verdict)| JsonClause {
                number,
                title,
                verdict: verdict.words(),
            })
            .collect(),
        limits: limits(analysis),
    }
}

fn summary(outcome: &Outcome) -> Summary {
    let Outcome { errors, warnings, notes, waived, known_gaps, not_checked, .. } = *outcome;
    Summary { errors, warnings, notes, waived, known_gaps, not_checked }
}

fn policy(change: &SeverityChange) -> JsonPolicy<'_> {
    JsonPolicy {
        rule: change.rule,
        severity: change.to.word(),
        instead_of: change.from.word(),
        reason: &change.reason,
    }
}

fn classes(analysis: &Analysis) -> Classes<'_> {
    let (class, because) = &analysis.system_class;
    let items = analysis.item_classes.iter();
    Classes {
        software_system: Class { id: None, letter: class.letter(), because },
        items: items
            .map(|(id, class, because)| Class { id: Some(id), letter: class.letter(), because })
            .collect(),
    }
}

fn finding<'a>(finding: &'a Finding, texts: &Texts<'_>) -> JsonFinding<'a> {
    let gap = &finding.gap;
    JsonFinding {
        rule: finding.rule,
        severity: finding.severity.word(),
        clauses: finding.clauses.iter().map(|clause| clause.number).collect(),
        class: finding.class.letter(),
        fingerprint: &finding.fingerprint,
        subject: JsonSubject { kind: gap.subject.kind, id: &gap.subject.id },
        message: &gap.message,
        location: gap.at.as_ref().map(|label| location(label, texts)),
        related: gap.related.iter().map(|label| location(label, texts)).collect(),
        why: &finding.why,
        notes: &gap.notes,
        help: &gap.help,
    }
}

fn waived<'a>(waived: &'a Waived, texts: &Texts<'_>) -> JsonWaived<'a> {
    let Waiver { reason, approver, date, expires, .. } = &waived.waiver;
    JsonWaived {
        finding: finding(&waived.finding, texts),
        waiver: JsonWaiver {
            reason: reason.as_deref(),
            approver: approver.as_deref(),
            date: date.as_ref().map(|date| date.value.to_string()),
            expires: expires.as_ref().map(|date| date.value.to_string()),
            location: place(waived.waiver.at(), "", texts),
        },
    }
}

fn location<'a>(label: &'a Label, texts: &Texts<'_>) -> JsonLocation<'a> {
    place(&label.at, &label.text, texts)
}

fn place<'a>(at: &'a Location, label: &'a str, texts: &Texts<'_>) -> JsonLocation<'a> {
    let (start, end) = (texts.start(at), texts.end(at));
    JsonLocation {
        file: at.file.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label,
    }
}

fn not_checked<'a>(entry: &'a NotChecked, texts: &Texts<'_>) -> JsonNotChecked<'a> {
    JsonNotChecked {
        name: entry.name,
        what: &entry.what,
        switch_on: &entry.switch_on,
        undeclared: entry.undeclared,
        places: entry.places.iter().map(|label| location(label, texts)).collect(),
    }
}

fn rule(run: &RuleRun) -> JsonRule {
    JsonRule {
        name: run.rule,
        judged: run.judged,
        not_required: run.not_required,
        findings: run.findings.len(),
    }
}

fn results(results: &ResultCounts) -> JsonResults<'_> {
    let last = results.last.as_ref();
    JsonResults {
        linked: results.linked,
        passed: results.passed,
        runs: results.runs,
        last_finished: last.map(|(when, _)| when.as_str()),
        last_by: last.and_then(|(_, by)| by.as_deref()),
    }
}

fn read(read: &Read) -> JsonRead {
    let Read {
        packages,
        targets,
        files,
        bytes,
        modules,
        functions,
        tests,
        linked_tests,
        tags,
        record_files,
        records,
        withdrawn,
        requirements,
        risk_controls,
        units,
    } = *read;
    JsonRead {
        packages,
        targets,
        files,
        bytes,
        modules,
        functions,
        tests,
        linked_tests,
        tags,
        record_files,
        records,
        withdrawn,
        requirements,
        risk_controls,
        units,
    }
}
