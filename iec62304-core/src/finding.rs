//! What a check can say: a gap with its place, its reason and its cure, or that
//! something was not checked. Plain data; how it looks is decided in `render`.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::location::Location;
use crate::snapshot::short_digest;
use crate::standard::{Clause, SafetyClass};

/// How much a finding weighs. Not to be confused with the severity of a harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// An auditor would write it down.
    Error,
    /// An auditor would ask.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word for output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// What a word means; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|it| it.word() == word)
    }
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The kind of thing, in the standard's word: `requirement`, `unit`, `tag`, `file`.
    pub kind: &'static str,
    /// Its id, or its path.
    pub id: String,
}

impl Subject {
    /// A subject of this kind and id.
    pub fn new(kind: &'static str, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// A place that belongs to a finding, with what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: Location,
    /// A short phrase; may be empty.
    pub text: String,
}

/// A name at the place of a gap, and the known one that most likely was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is written there.
    pub written: String,
    /// What may have been meant.
    pub by: String,
}

/// What a rule has found. The runner adds rule, clauses and class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is about.
    pub subject: Subject,
    /// How much it weighs, if that is not what its rule says.
    pub severity: Option<Severity>,
    /// What is missing or wrong: one lowercase phrase.
    pub message: String,
    /// Where; empty only if there is no place at all.
    pub at: Option<Label>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// How to resolve it.
    pub help: Vec<String>,
    /// What to write at its place instead, if a name is wrong and a known one is near.
    pub replacement: Option<Replacement>,
}

impl Gap {
    /// A gap of `subject`.
    pub fn new(subject: Subject, message: impl Into<String>) -> Self {
        Self {
            subject,
            severity: None,
            message: message.into(),
            at: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            replacement: None,
        }
    }

    /// Says that it weighs other than its rule says.
    #[must_use]
    pub fn weighs(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, at: &Location, text: impl Into<String>) -> Self {
        self.at = Some(Label { at: at.clone(), text: text.into() });
        self
    }

    /// Adds a place that belongs to it.
    #[must_use]
    pub fn related(mut self, at: &Location, text: impl Into<String>) -> Self {
        self.related.push(Label { at: at.clone(), text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds a way to resolve it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says which known name may stand in the place of the one that is written there.
    #[must_use]
    pub fn replace(mut self, written: impl Into<String>, by: impl Into<String>) -> Self {
        self.replacement = Some(Replacement { written: written.into(), by: by.into() });
        self
    }
}

/// A gap under the rule that found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The clauses behind the rule in the edition at hand; none for the tool's own rules.
    pub clauses: Vec<&'static Clause>,
    /// The class it was judged by.
    pub class: SafetyClass,
    /// Why the rule applies: clauses, classes, and where the class comes from.
    pub why: String,
    /// What was found.
    pub gap: Gap,
    /// What it says, as a number that [`put_fingerprints`] gives it.
    pub fingerprint: String,
}

impl Finding {
    /// Whether its rule guards the tool's own answer and rests on no clause.
    pub fn is_of_the_tool(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Rule, subject, message and notes, each with its length in front, so that no two
    /// findings that say different things say the same here.
    fn says(&self) -> String {
        let Gap { subject, message, notes, .. } = &self.gap;
        let words = [self.rule, subject.kind, &subject.id, message];
        let words = words.into_iter().chain(notes.iter().map(String::as_str));
        words.fold(String::new(), |said, word| said + &format!("{}:{word}", word.len()))
    }
}

/// Gives the findings of one rule their fingerprints: `sha256:` and the first 32
/// hexadecimal digits of the SHA-256 over what each says.
///
/// Places, class and severity have no part in it, so that an edit elsewhere changes
/// nothing. Of several findings that say the same, the second and every further one is
/// told apart by its number: a decision about two is none about a third.
pub fn put_fingerprints(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let says = finding.says();
        let number = seen.entry(says.clone()).or_default();
        *number += 1;
        let mut hash = Sha256::new_with_prefix(says);
        if *number > 1 {
            hash.update(format!("#{number}"));
        }
        finding.fingerprint = short_digest(hash);
    }
}

/// Something that no check looked at because an input is absent or not evaluated yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// A stable name, for machines and for `--deny not-checked`.
    pub name: &'static str,
    /// What was not checked, and why: one sentence without its full stop.
    pub what: String,
    /// How to switch it on.
    pub switch_on: String,
    /// Where it would be; all of them, in order.
    pub places: Vec<Label>,
    /// Whether it is an input that the project has not declared, which
    /// `scope = "full"` turns into a gap.
    pub undeclared: bool,
}
