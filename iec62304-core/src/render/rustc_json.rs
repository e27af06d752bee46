//! For editors: a line of JSON for each message, as `cargo --message-format=json` prints
//! them and rust-analyzer reads them.
//!
//! Knows what rust-analyzer drops, so that nothing is lost without a word: messages
//! without a place, and places in files that it does not keep.

use std::collections::BTreeMap;

use iec62304_macros::requirement;

use super::{Color, Texts, human};
use crate::analysis::Analysis;
use crate::finding::{Finding, Label, NotChecked, Severity};
use crate::location::{FilePath, Location, Span};
use crate::policy::{Acceptance, SeverityChange};
use crate::snapshot::Snapshot;
use crate::words::count;
use message::{Diagnostic, Line};

mod message;
mod span;

/// What rust-analyzer keeps of the folders of packages, by the end of the name.
const KEPT: [&str; 3] = [".rs", ".toml", ".md"];

/// The analysis as cargo's messages, one a line; `success` says whether the run succeeds.
#[requirement("TOOL-34")]
pub fn rustc_json(analysis: &Analysis, snapshot: &Snapshot, success: bool) -> String {
    let page = Page::new(snapshot);
    let findings = analysis.findings();
    let mut messages: Vec<Diagnostic> =
        findings.iter().map(|finding| page.finding(finding)).collect();
    messages.extend(analysis.accepted().map(|(finding, by)| page.accepted(finding, by)));
    messages.extend(analysis.severities.iter().map(|change| page.severity(change)));
    messages.extend(page.not_shown(&findings));
    messages.extend(analysis.not_checked.iter().map(|entry| page.not_checked(entry)));
    if analysis.outcome().nothing_to_check {
        messages.push(page.nothing_to_check());
    }
    let lines = messages.into_iter().map(|message| Line::message(message, &page.manifest));
    let mut out = String::new();
    for line in lines.chain([Line::finished(success)]) {
        out += &serde_json::to_string(&line).expect("the types of the messages are plain data");
        out.push('\n');
    }
    out
}

struct Page<'s> {
    snapshot: &'s Snapshot,
    texts: Texts<'s>,
    /// The manifest of the package that stands first in the workspace.
    manifest: FilePath,
    /// Where stands what has no place of its own, or none that is shown.
    anchor: Location,
}

impl<'s> Page<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let folders = snapshot.packages.iter().map(|package| &package.folder);
        let manifest = folders.min().cloned().unwrap_or_default().join("Cargo.toml");
        let texts = Texts::new(snapshot);
        let configuration = snapshot.configuration.as_ref().map(|file| &file.path);
        let file = configuration.filter(|file| is_shown(file, snapshot)).unwrap_or(&manifest);
        let line = texts.with_index(file, |text, index| index.line_around(text, 0));
        let anchor = Location::new(file, Span::new(line.start, line.end));
        Self { snapshot, texts, manifest, anchor }
    }

    fn finding(&self, finding: &Finding) -> Diagnostic {
        let gap = &finding.gap;
        let primary = match &gap.at {
            Some(label) => self.span(label).primary(),
            None => self.at_anchor("this has no place of its own"),
        };
        let related = gap.related.iter().map(|label| self.span(label));
        let notes = [&finding.why].into_iter().chain(&gap.notes);
        let notes = notes.map(|note| Diagnostic::child("note", note));
        let help = gap.help.iter().map(|help| Diagnostic::child("help", help));
        let mut message = Diagnostic::new(finding.severity.word(), finding.rule, &gap.message);
        message.spans = [primary].into_iter().chain(related).collect();
        message.children = notes.chain(help).chain(self.replacement(finding)).collect();
        message.rendered = Some(human::block(finding, &self.texts, Color::Plain));
        message
    }

    /// What somebody has accepted is a note: it is still there.
    fn accepted(&self, finding: &Finding, by: Acceptance) -> Diagnostic {
        let mut finding = finding.clone();
        finding.gap.message = format!("{}: {}", by.words(), finding.gap.message);
        finding.severity = Severity::Note;
        self.finding(&finding)
    }

    /// A rule that weighs otherwise here: without it the other messages read wrong.
    fn severity(&self, change: &SeverityChange) -> Diagnostic {
        let SeverityChange { rule, from, to, reason } = change;
        let text = format!("policy: {rule} is {} instead of {}", to.word(), from.word());
        self.anchored(Severity::Note, rule, &text, &format!("the reason given: {reason}"))
    }

    /// What to write instead, where exactly the name to replace stands in the file.
    fn replacement(&self, finding: &Finding) -> Option<Diagnostic> {
        let replacement = finding.gap.replacement.as_ref()?;
        let place = &finding.gap.at.as_ref()?.at;
        let at = span::name_in_quotes(self.texts.of(&place.file), place, &replacement.written)?;
        let needs_escape = |letter: char| letter.is_control() || "\"'\\".contains(letter);
        if replacement.by.contains(needs_escape) {
            return None;
        }
        let label = Label { at, text: String::new() };
        let mut child = Diagnostic::child("help", "replace it by the nearest known name");
        child.spans.push(self.span(&label).primary().replaced_by(&replacement.by));
        Some(child)
    }

    /// What was not checked is a note: nobody shall take it for checked.
    fn not_checked(&self, entry: &NotChecked) -> Diagnostic {
        let text = format!("not checked: {}", entry.what);
        let switch_on = format!("switch on: {}", entry.switch_on);
        let mut message = self.anchored(Severity::Note, entry.name, &text, &switch_on);
        message.spans.extend(entry.places.iter().map(|label| {
            let text = match label.text.as_str() {
                "" => format!("not checked: {}", entry.name),
                text => format!("not checked: {text}"),
            };
            self.span(&Label { at: label.at.clone(), text })
        }));
        message
    }

    /// One message for all the findings whose places an editor may not show.
    fn not_shown(&self, findings: &[&Finding]) -> Option<Diagnostic> {
        let mut files: BTreeMap<&FilePath, usize> = BTreeMap::new();
        let mut worst = None;
        for finding in findings {
            let file = finding.gap.at.as_ref().map(|label| &label.at.file);
            if let Some(file) = file.filter(|file| !is_shown(file, self.snapshot)) {
                *files.entry(file).or_default() += 1;
                worst = worst.into_iter().chain([finding.severity]).min();
            }
        }
        let number = count(files.values().sum(), "finding");
        let files = files.iter().map(|(file, number)| format!("{file} ({number})"));
        let files = files.collect::<Vec<_>>().join(", ");
        let text = format!("{number} in files that rust-analyzer may not show: {files}");
        let help = "run `cargo iec62304 check` to see all of them";
        Some(self.anchored(worst?, "findings-elsewhere", &text, help))
    }

    fn nothing_to_check(&self) -> Diagnostic {
        let text = "there is neither a record nor a tag, so nothing was checked";
        let help = "start with `cargo iec62304 init`";
        self.anchored(Severity::Warning, "nothing-to-check", text, help)
    }

    /// A message that stands for the project as a whole.
    fn anchored(&self, severity: Severity, code: &str, text: &str, help: &str) -> Diagnostic {
        let mut message = Diagnostic::new(severity.word(), code, text);
        message.spans.push(self.at_anchor(""));
        message.children.push(Diagnostic::child("help", help));
        message.rendered = Some(format!("{}: {text}\n  = help: {help}\n\n", severity.word()));
        message
    }

    fn at_anchor(&self, text: &str) -> message::Span {
        self.span(&Label { at: self.anchor.clone(), text: text.to_owned() }).primary()
    }

    fn span(&self, label: &Label) -> message::Span {
        self.texts.with_index(&label.at.file, |text, index| span::span(label, text, index))
    }
}

/// Whether rust-analyzer keeps a file, and so shows what is said of it.
fn is_shown(file: &FilePath, snapshot: &Snapshot) -> bool {
    let is_in = |folder: &FilePath| file.below(folder).is_some();
    KEPT.iter().any(|end| file.name().ends_with(end))
        && snapshot.packages.iter().any(|package| is_in(&package.folder))
}

#[cfg(test)]
mod tests;
