//! What a project decided about findings: what weighs otherwise here, what is waived,
//! what was known before.

use super::{FINDINGS_SHOWN, Page, Verbosity, line};
use crate::config::Waiver;
use crate::finding::Finding;

impl Page<'_> {
    /// Stands at the top, also of a quiet answer: without it the rest reads wrong.
    pub(super) fn policy(&self, out: &mut String) {
        if self.analysis.severities.is_empty() {
            return;
        }
        self.heading(out, "policy of this project");
        for change in &self.analysis.severities {
            let (rule, from, to) = (change.rule, change.from.word(), change.to.word());
            line(out, format_args!("  {rule}: {to} instead of {from}\n"));
            line(out, format_args!("    reason: {}\n", change.reason));
        }
        out.push('\n');
    }

    pub(super) fn waived(&self, out: &mut String) {
        if self.analysis.waived.is_empty() {
            return;
        }
        self.heading(out, "waived");
        for waived in &self.analysis.waived {
            self.accepted(&waived.finding, out);
            let Waiver { reason, approver, date, expires, .. } = &waived.waiver;
            let by = approver.as_deref().unwrap_or_default();
            let on = date.as_ref().map_or(String::new(), |date| format!(" on {}", date.value));
            let until =
                expires.as_ref().map_or(String::new(), |until| format!(", until {}", until.value));
            line(out, format_args!("    by {by}{on}{until}\n"));
            line(out, format_args!("    reason: {}\n", reason.as_deref().unwrap_or_default()));
        }
        out.push('\n');
    }

    pub(super) fn known_gaps(&self, out: &mut String) {
        let known = &self.analysis.known_gaps;
        if known.is_empty() {
            return;
        }
        let shown = match self.options.verbosity {
            Verbosity::Quiet => return,
            Verbosity::Normal => FINDINGS_SHOWN,
            Verbosity::Verbose => known.len(),
        };
        self.heading(out, "known gaps");
        for finding in known.iter().take(shown) {
            self.accepted(finding, out);
        }
        if known.len() > shown {
            let more = known.len() - shown;
            line(out, format_args!("  … and {more} more (all with -v or --format json)\n"));
        }
        out.push('\n');
    }

    fn accepted(&self, finding: &Finding, out: &mut String) {
        let (severity, gap) = (finding.severity.word(), &finding.gap);
        line(out, format_args!("  {severity}[{}]: {}\n", finding.rule, gap.message));
        if let Some(label) = &gap.at {
            let at = self.texts.start(&label.at);
            line(out, format_args!("    {}:{}:{}\n", label.at.file, at.line, at.column));
        }
    }
}
