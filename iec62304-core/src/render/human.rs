//! For people at a terminal, in cargo's manner.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use iec62304_macros::requirement;

use super::{Texts, limits};
use crate::analysis::{Analysis, ResultCounts, Verdict};
use crate::finding::{Finding, Label, NotChecked, Severity};
use crate::rules::RULES;
use crate::snapshot::Snapshot;
use crate::standard::SafetyClass;
use crate::words::count;

mod decisions;

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No.
    Plain,
    /// Yes.
    Styled,
}

impl Color {
    /// A style, or none for plain text.
    pub(super) fn style(self, style: Style) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Styled => style,
        }
    }

    /// A text in a style, or plain.
    pub(super) fn styled(self, text: &str, style: Style) -> String {
        let style = self.style(style);
        format!("{style}{text}{style:#}")
    }
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Findings and the result.
    Quiet,
    /// Also what was read and what was not checked; long lists are cut and counted.
    Normal,
    /// Everything in full, with every rule and clause.
    Verbose,
}

/// How the text for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HumanOptions {
    /// Whether the text carries terminal colours.
    pub color: Color,
    /// How much is told.
    pub verbosity: Verbosity,
}

/// Findings of one rule beyond this number are only counted, unless all are asked for.
const FINDINGS_SHOWN: usize = 10;

/// Items of one class beyond this number are only counted.
const ITEMS_SHOWN: usize = 6;

/// Places of one "not checked" entry beyond this number are only counted.
const PLACES_SHOWN: usize = 3;

/// The analysis as text for people.
pub fn human(analysis: &Analysis, snapshot: &Snapshot, options: &HumanOptions) -> String {
    let page = Page { analysis, texts: Texts::new(snapshot), options: *options };
    let mut out = String::new();
    page.policy(&mut out);
    page.findings(&mut out);
    page.waived(&mut out);
    page.known_gaps(&mut out);
    if options.verbosity > Verbosity::Quiet {
        page.not_checked(&mut out);
        page.context(&mut out);
    }
    if options.verbosity == Verbosity::Verbose {
        page.rules(&mut out);
        page.clauses(&mut out);
    }
    page.result(&mut out);
    out
}

struct Page<'a> {
    analysis: &'a Analysis,
    texts: Texts<'a>,
    options: HumanOptions,
}

impl Page<'_> {
    fn findings(&self, out: &mut String) {
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        let findings = self.analysis.findings();
        let mut previous: Option<&Finding> = None;
        for finding in &findings {
            if let Some(previous) = previous.filter(|previous| previous.rule != finding.rule) {
                self.cut(previous.rule, shown[previous.rule], out);
            }
            let seen = shown.entry(finding.rule).or_default();
            *seen += 1;
            if self.options.verbosity == Verbosity::Verbose || *seen <= FINDINGS_SHOWN {
                self.finding(finding, out);
            }
            previous = Some(finding);
        }
        if let Some(last) = previous {
            self.cut(last.rule, shown[last.rule], out);
        }
    }

    /// Says how many findings of a rule were not printed.
    fn cut(&self, rule: &str, found: usize, out: &mut String) {
        if self.options.verbosity < Verbosity::Verbose && found > FINDINGS_SHOWN {
            let more = found - FINDINGS_SHOWN;
            line(
                out,
                format_args!("… and {more} more of {rule} (all with -v or --format json)\n\n"),
            );
        }
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        line(out, format_args!("{}", block(finding, &self.texts, self.options.color)));
    }

    fn not_checked(&self, out: &mut String) {
        if self.analysis.not_checked.is_empty() {
            return;
        }
        self.heading(out, "not checked");
        for entry in &self.analysis.not_checked {
            line(out, format_args!("  {}: {}\n", entry.name, entry.what));
            self.places(entry, out);
            line(out, format_args!("    switch on: {}\n", entry.switch_on));
        }
        out.push('\n');
    }

    fn places(&self, entry: &NotChecked, out: &mut String) {
        let shown = match self.options.verbosity {
            Verbosity::Verbose => entry.places.len(),
            Verbosity::Normal | Verbosity::Quiet => PLACES_SHOWN,
        };
        for label in entry.places.iter().take(shown) {
            let at = self.texts.start(&label.at);
            let text =
                if label.text.is_empty() { String::new() } else { format!(": {}", label.text) };
            line(out, format_args!("    {}:{}:{}{text}\n", label.at.file, at.line, at.column));
        }
        if entry.places.len() > shown {
            let more = entry.places.len() - shown;
            line(out, format_args!("    … and {more} more (all with -v or --format json)\n"));
        }
    }

    fn context(&self, out: &mut String) {
        let read = &self.analysis.read;
        self.fact(
            out,
            "read",
            &format!(
                "{}, {}, {} ({} kB), {}, {} ({} linked), {}",
                count(read.packages, "package"),
                count(read.targets, "target"),
                count(read.files, "Rust file"),
                read.bytes.div_ceil(1000),
                count(read.functions, "function"),
                count(read.tests, "test"),
                read.linked_tests,
                count(read.tags, "tag"),
            ),
        );
        let withdrawn = match read.withdrawn {
            0 => String::new(),
            number => format!(", {number} withdrawn"),
        };
        self.fact(
            out,
            "",
            &format!(
                "{}, {}: {}, {}, {}{withdrawn}",
                count(read.record_files, "record file"),
                count(read.records, "record"),
                count(read.requirements, "requirement"),
                count(read.risk_controls, "risk control"),
                count(read.units, "declared unit"),
            ),
        );
        if let Some(results) = &self.analysis.results {
            self.fact(out, "results", &results_of(results));
        }
        self.fact(out, "judged by", &self.judged_by());
        self.fact(out, "clauses", &self.clause_counts());
        for (index, limit) in limits(self.analysis).iter().enumerate() {
            self.fact(out, if index == 0 { "limits" } else { "" }, limit);
        }
    }

    fn judged_by(&self) -> String {
        let analysis = self.analysis;
        let chosen = if analysis.edition_is_chosen { "" } else { " (not chosen by the project)" };
        let items = SafetyClass::ALL.iter().rev().filter_map(|class| self.items_of(*class));
        let edition = format!("{}{chosen}", analysis.edition);
        let system = format!("software system class {}", analysis.system_class.0);
        [edition, system].into_iter().chain(items).collect::<Vec<_>>().join("; ")
    }

    /// `class B: therapy-ui`; of many items their number, unless all are asked for.
    fn items_of(&self, class: SafetyClass) -> Option<String> {
        let items = self.analysis.item_classes.iter().filter(|(_, found, _)| *found == class);
        let names: Vec<&str> = items.map(|(id, _, _)| id.as_str()).collect();
        let is_short = names.len() <= ITEMS_SHOWN || self.options.verbosity == Verbosity::Verbose;
        match names.len() {
            0 => None,
            _ if is_short => Some(format!("class {class}: {}", names.join(", "))),
            number => Some(format!("class {class}: {number} items")),
        }
    }

    fn clause_counts(&self) -> String {
        let with = |verdict| self.analysis.clauses_with(verdict);
        let looked = with(Verdict::Gap) + with(Verdict::Question) + with(Verdict::NoGapFound);
        format!(
            "{looked} looked at by the {} rules of this version, {} not checked, {} not required",
            RULES.len(),
            with(Verdict::NotChecked),
            with(Verdict::NotRequired),
        )
    }

    fn rules(&self, out: &mut String) {
        out.push('\n');
        self.heading(out, "rules");
        for run in &self.analysis.rules {
            line(
                out,
                format_args!(
                    "  {:<28} {} judged, {} not required, {}\n",
                    run.rule,
                    run.judged,
                    run.not_required,
                    count(run.findings.len(), "finding"),
                ),
            );
        }
    }

    fn clauses(&self, out: &mut String) {
        out.push('\n');
        self.heading(out, "clauses");
        for (clause, verdict) in &self.analysis.clauses {
            line(
                out,
                format_args!("  {:<8} {:<13} {}\n", clause.number, verdict.words(), clause.title),
            );
        }
        out.push('\n');
    }

    fn result(&self, out: &mut String) {
        let outcome = self.analysis.outcome();
        let mut parts = Vec::new();
        for (number, word) in
            [(outcome.errors, "gap"), (outcome.warnings, "question"), (outcome.notes, "note")]
        {
            if number > 0 {
                parts.push(count(number, word));
            }
        }
        let mut accepted = Vec::new();
        if outcome.waived > 0 {
            accepted.push(format!("{} waived", outcome.waived));
        }
        if outcome.known_gaps > 0 {
            accepted.push(count(outcome.known_gaps, "known gap"));
        }
        if parts.is_empty() {
            let other = if accepted.is_empty() { "" } else { "other " };
            parts.push(format!("no {other}gap found by the checks that ran"));
        }
        let found = accepted.into_iter().chain([parts.join(", ")]).collect::<Vec<_>>().join("; ");
        if let Some(day) = self.analysis.inventory.as_of {
            self.fact(out, "as of", &day.to_string());
        }
        let open = match outcome.not_checked {
            0 => String::new(),
            1 => "; 1 input not checked".to_owned(),
            number => format!("; {number} inputs not checked"),
        };
        self.fact(out, "result", &format!("{found}{open}"));
    }

    fn heading(&self, out: &mut String, text: &str) {
        let bold = self.options.color.style(Style::new().bold());
        line(out, format_args!("{bold}{text}{bold:#}\n"));
    }

    fn fact(&self, out: &mut String, name: &str, text: &str) {
        let green = self.options.color.style(AnsiColor::Green.on_default().bold());
        line(out, format_args!("{green}{name:>10}{green:#} {text}\n"));
    }
}

/// `201 of 212 linked tests passed on …; 2 runs stored, the last of 2026-05-04 by J. Example`.
fn results_of(results: &ResultCounts) -> String {
    let last = results.last.as_ref().map_or_else(String::new, |(when, by)| {
        let by = by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
        format!(", the last of {}{by}", when.get(..10).unwrap_or(when))
    });
    format!(
        "{} of {} passed on what stands there now; {} stored{last}",
        results.passed,
        count(results.linked, "linked test"),
        count(results.runs, "run"),
    )
}

/// A finding with what stands at its places, and an empty line behind it.
#[requirement("TOOL-14")]
pub(super) fn block(finding: &Finding, texts: &Texts<'_>, color: Color) -> String {
    let gap = &finding.gap;
    let title = level(finding.severity).primary_title(gap.message.as_str()).id(finding.rule);
    let mut group = title.elements(Vec::<Element<'_>>::new());
    if let Some(label) = &gap.at {
        group = group.element(snippet(label, texts, AnnotationKind::Primary));
    }
    for label in &gap.related {
        group = group.element(snippet(label, texts, AnnotationKind::Context));
    }
    group = group.element(Level::NOTE.message(finding.why.as_str()));
    group = group.elements(gap.notes.iter().map(|note| Level::NOTE.message(note.as_str())));
    group = group.elements(gap.help.iter().map(|help| Level::HELP.message(help.as_str())));
    let renderer = match color {
        Color::Plain => Renderer::plain(),
        Color::Styled => Renderer::styled(),
    };
    format!("{}\n\n", renderer.render(&[group]))
}

/// The line that a label starts on, underlined; only the first line of a longer span.
fn snippet<'a>(
    label: &'a Label,
    texts: &Texts<'_>,
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let at = &label.at;
    let text = texts.of(&at.file);
    let line = texts.with_index(&at.file, |text, index| index.line_around(text, at.span.start));
    let start = (at.span.start as usize).clamp(line.start, line.end);
    let end = (at.span.end as usize).clamp(start, line.end);
    let lossy = |range| String::from_utf8_lossy(&text[range]);
    let before = lossy(line.start..start).len();
    let marked = lossy(start..end).len();
    let annotation = kind.span(before..before + marked);
    let annotation =
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) };
    Snippet::source(Cow::Owned(lossy(line).into_owned()))
        .line_start(texts.start(at).line)
        .path(at.file.to_string())
        .annotation(annotation)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}
