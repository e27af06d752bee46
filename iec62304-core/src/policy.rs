//! What becomes of findings after every rule has spoken: severities that the project
//! has changed, waivers, known gaps. The one place where they take effect.
//!
//! Nothing disappears here. A finding that is accepted moves to a list of its own, and
//! a decision that has lost its ground is handed to the rules that say so.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use iec62304_macros::{requirement, risk_control};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::config::Waiver;
use crate::content::ContentHash;
use crate::finding::{Finding, Severity};
use crate::known_gaps::KnownGap;
use crate::location::Located;
use crate::snapshot::short_digest;

#[cfg(test)]
mod tests;

/// A rule that weighs more or less in this project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeverityChange {
    /// The rule.
    pub rule: &'static str,
    /// What it weighs elsewhere.
    pub from: Severity,
    /// What it weighs here.
    pub to: Severity,
    /// Why, in the project's words.
    pub reason: String,
}

impl SeverityChange {
    /// Whether the rule weighs less here.
    pub fn is_lighter(&self) -> bool {
        self.to > self.from
    }
}

/// What a project has decided about findings. Decisions on rules that do not exist, or
/// that the tool lets nobody decide on, are not among them.
pub struct Policy<'p> {
    /// Rules that weigh more or less.
    pub severities: &'p [SeverityChange],
    /// Findings that are accepted.
    pub waivers: Vec<&'p Waiver>,
    /// Gaps that were there when the project began to check.
    pub known_gaps: &'p [Located<KnownGap>],
    /// The day by which dates are judged.
    pub as_of: Option<Date>,
    /// Whether a rule had its input: else a finding may be absent without being resolved,
    /// and no decision is taken for one that is no longer needed.
    pub had_input: &'p dyn Fn(&str) -> bool,
}

/// What became of these decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Findings that a waiver accepts.
    pub waived: Vec<Waived>,
    /// Findings that the list of known gaps has.
    pub known_gaps: Vec<Finding>,
    /// Every waiver, in the order of the files.
    pub waivers: Vec<JudgedWaiver>,
    /// How many gaps are listed.
    pub listed: usize,
    /// Listed gaps that are there no longer.
    pub closed: Vec<Located<KnownGap>>,
}

/// A finding that a waiver accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// The waiver.
    pub waiver: Waiver,
}

/// What lets a finding stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Somebody has waived it.
    Waiver,
    /// The list of known gaps has it.
    KnownGap,
}

impl Acceptance {
    /// The words in front of an accepted finding.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiver => "waived",
            Self::KnownGap => "known gap",
        }
    }
}

/// A waiver and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedWaiver {
    /// The waiver.
    pub waiver: Waiver,
    /// Whether it holds.
    pub state: WaiverState,
    /// The findings that its rule has on its subject: to its hash the
    /// fingerprint of each.
    pub found: BTreeMap<String, String>,
}

/// Whether a waiver holds. Only one that holds accepts anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaiverState {
    /// It accepts a finding.
    Holds,
    /// It lacks these fields.
    Incomplete(Vec<&'static str>),
    /// Its time has not come or is over: a phrase, at the date.
    OutOfTime(Located<String>),
    /// The finding says something else by now, or what it is about has changed.
    Changed,
    /// Its rule has no finding on its subject.
    Unused,
    /// The same, where the rule did not have its input.
    NotJudged,
}

impl Policy<'_> {
    /// Applies every decision; what is accepted moves from the findings to the result.
    /// `content` is the hash of what a finding is about, where that has content.
    #[requirement("TOOL-29")]
    #[risk_control("GUARD-2")]
    pub fn settle(
        &self,
        mut found: Vec<&mut Vec<Finding>>,
        content: impl Fn(&Finding) -> Option<ContentHash>,
    ) -> Settlement {
        for findings in &mut found {
            self.weigh(findings);
        }
        let waivers = self.judge_waivers(&found, &content);
        let mut settlement =
            Settlement { waivers, listed: self.known_gaps.len(), ..Settlement::default() };
        let holding: BTreeMap<String, Waiver> = settlement.holding();
        let listed: BTreeMap<&str, &str> = self.listed();
        for findings in found {
            for finding in mem::take(findings) {
                let hash = finding.fingerprint.as_str();
                if finding.is_of_the_tool() {
                    findings.push(finding);
                } else if let Some(waiver) = holding.get(hash).cloned() {
                    settlement.waived.push(Waived { finding, waiver });
                } else if is_gap(&finding) && listed.get(hash) == Some(&finding.rule) {
                    settlement.known_gaps.push(finding);
                } else {
                    findings.push(finding);
                }
            }
        }
        settlement.closed = self.closed(&settlement.known_gaps);
        settlement
    }

    /// Gives findings the weight that the project has chosen. One that weighs less than its
    /// rule, because of class or edition, is not made heavier by a change that makes the
    /// rule lighter.
    pub fn weigh(&self, findings: &mut [Finding]) {
        for finding in findings {
            let change = self.severities.iter().find(|change| change.rule == finding.rule);
            if let Some(change) = change {
                let own = finding.severity;
                finding.severity = if change.is_lighter() { own.max(change.to) } else { change.to };
            }
        }
    }

    fn judge_waivers(
        &self,
        found: &[&mut Vec<Finding>],
        content: &impl Fn(&Finding) -> Option<ContentHash>,
    ) -> Vec<JudgedWaiver> {
        let findings: Vec<&Finding> = found.iter().flat_map(|findings| findings.iter()).collect();
        let judge = |waiver: &&Waiver| {
            let fits = |finding: &&&Finding| {
                !finding.is_of_the_tool()
                    && finding.rule == waiver.rule.value
                    && finding.gap.subject.id == waiver.subject.value
            };
            let found = findings.iter().filter(fits).map(|finding| {
                let hash = waiver_hash(finding, content(finding).as_ref());
                (hash, finding.fingerprint.clone())
            });
            let found = found.collect();
            let state = self.state(waiver, &found);
            JudgedWaiver { waiver: (*waiver).clone(), state, found }
        };
        self.waivers.iter().map(judge).collect()
    }

    fn state(&self, waiver: &Waiver, found: &BTreeMap<String, String>) -> WaiverState {
        let missing = waiver.missing();
        let (Some(hash), []) = (&waiver.hash, missing.as_slice()) else {
            return WaiverState::Incomplete(missing);
        };
        if found.is_empty() {
            let had_input = (self.had_input)(&waiver.rule.value);
            return if had_input { WaiverState::Unused } else { WaiverState::NotJudged };
        }
        if let Some(why) = self.out_of_time(waiver) {
            WaiverState::OutOfTime(why)
        } else if found.contains_key(&hash.value) {
            WaiverState::Holds
        } else {
            WaiverState::Changed
        }
    }

    /// Why a waiver does not hold on the day of judgement. Where nobody named a day, one
    /// with an end does not hold either.
    fn out_of_time(&self, waiver: &Waiver) -> Option<Located<String>> {
        let (date, until) = (waiver.date.as_ref(), waiver.expires.as_ref());
        let Some(today) = self.as_of else {
            let text = |until: &Located<Date>| {
                format!("held until {}, and nothing says which day it is", until.value)
            };
            return until.map(|until| Located::new(text(until), until.at.clone()));
        };
        let early = date.filter(|date| date.value > today).map(|date| {
            Located::new(format!("is dated {}, after {today}", date.value), date.at.clone())
        });
        let late = until
            .filter(|until| until.value < today)
            .map(|until| Located::new(format!("held until {}", until.value), until.at.clone()));
        early.or(late)
    }

    /// The listed gaps: rules by fingerprint.
    fn listed(&self) -> BTreeMap<&str, &str> {
        let listed = self.known_gaps.iter().map(|gap| &gap.value);
        listed.map(|gap| (gap.fingerprint.as_str(), gap.rule.as_str())).collect()
    }

    fn closed(&self, still_there: &[Finding]) -> Vec<Located<KnownGap>> {
        let there: BTreeSet<&str> =
            still_there.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let is_closed = |gap: &KnownGap| {
            (self.had_input)(&gap.rule) && !there.contains(gap.fingerprint.as_str())
        };
        self.known_gaps.iter().filter(|gap| is_closed(&gap.value)).cloned().collect()
    }
}

impl Settlement {
    /// The waivers that hold, by the fingerprint that they accept; the first of several.
    fn holding(&self) -> BTreeMap<String, Waiver> {
        let mut holding = BTreeMap::new();
        for JudgedWaiver { waiver, state, found } in &self.waivers {
            let accepted = waiver.hash.as_ref().and_then(|hash| found.get(&hash.value));
            if let (WaiverState::Holds, Some(fingerprint)) = (state, accepted) {
                holding.entry(fingerprint.clone()).or_insert_with(|| waiver.clone());
            }
        }
        holding
    }
}

/// What a waiver of a finding names: `sha256:` and the first 32 hexadecimal digits of the
/// SHA-256 over its fingerprint, the class it was judged by, and the content hash of what
/// it is about, each followed by a line break. What was accepted of one class or of one
/// text is not accepted of another.
pub fn waiver_hash(finding: &Finding, content: Option<&ContentHash>) -> String {
    let content = content.map(ContentHash::to_string).unwrap_or_default();
    let words = [finding.fingerprint.as_str(), finding.class.letter(), &content];
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word);
        hash.update("\n");
    }
    short_digest(hash)
}

/// Whether a finding can be in a list of known gaps: it says that something is missing,
/// and no check of the tool's own says it.
pub fn is_gap(finding: &Finding) -> bool {
    finding.severity < Severity::Note && !finding.is_of_the_tool()
}

/// A finding as an entry of the list of known gaps.
pub fn known_gap(finding: &Finding) -> KnownGap {
    KnownGap {
        rule: finding.rule.to_owned(),
        words: format!("{}: {}", finding.gap.subject.id, finding.gap.message),
        fingerprint: finding.fingerprint.clone(),
    }
}
