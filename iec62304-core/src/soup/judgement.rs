//! What people judge about a row: its requirements, its published anomalies, and what an
//! evaluation of these is bound to.

use jiff::civil::Date;

use crate::location::{Located, Location};

/// What people have written about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What identifies this exact one, where the record says so.
    pub designator: Option<String>,
    /// Functional requirements (5.3.3).
    pub functional: Vec<String>,
    /// Performance requirements (5.3.3).
    pub performance: Vec<String>,
    /// The hardware and software that it needs (5.3.4).
    pub environment: Option<String>,
    /// How the architecture supports or confines it (5.3.5, 5.3.6).
    pub architecture: Option<String>,
    /// Ids of the causes of hazardous situations that name it (7.1.2).
    pub causes: Vec<String>,
    /// Why no failure of it can be a cause.
    pub not_a_cause: Option<String>,
    /// Reviews and tests that verify it (5.3.6).
    pub verified_by: Vec<String>,
    /// Those of them that show nothing, and why: a phrase each.
    pub not_verified_by: Vec<String>,
    /// The level of support, in the record's word.
    pub support_level: Option<String>,
    /// When support ends.
    pub support_end: Option<Date>,
    /// What level and end rest on.
    pub support_reason: Option<String>,
    /// Who carries its security risk: maintained, supported or required.
    pub responsibility: Option<String>,
    /// What a tool is used for.
    pub purpose: Option<String>,
    /// What shows that a tool is fit for that.
    pub validation: Option<String>,
    /// Where a copy is kept (5.8.7).
    pub archive: Option<String>,
}

/// The evaluation of published anomalies (7.1.3), as written and as it stands today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// The list that was evaluated.
    pub source: Option<String>,
    /// The version it was read for.
    pub version: Option<String>,
    /// When.
    pub reviewed: Option<Date>,
    /// By whom.
    pub by: Option<String>,
    /// What follows for the device.
    pub verdict: Option<String>,
    /// Until when it holds.
    pub valid_until: Option<Date>,
    /// The fingerprints that an evaluation made today would be bound to.
    pub binding: Binding,
    /// Why it is open, if it is: each a phrase, with the place of what is wrong. What was
    /// never written comes first.
    pub open: Vec<Located<String>>,
    /// How many of these are things that were never written.
    pub missing: usize,
}

impl Evaluation {
    /// What was never written.
    pub fn missing(&self) -> &[Located<String>] {
        &self.open[..self.missing]
    }

    /// What was true once and is no more, or is bound to nothing.
    pub fn stale(&self) -> &[Located<String>] {
        &self.open[self.missing..]
    }
}

/// What an evaluation is bound to, as fingerprints: when one changes, it is open again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// Of the package: name, version, source and digest.
    pub package: String,
    /// Of the advisories that name it.
    pub advisories: String,
    /// Of the ways by which it gets into the device.
    pub paths: String,
}

/// An advisory that names a row's package, and what was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its ids: RUSTSEC first, then aliases.
    pub ids: Vec<String>,
    /// What kind of anomaly it is.
    pub kind: HitKind,
    /// Its title.
    pub title: String,
    /// When it was published; `None` for a version that its registry has withdrawn.
    pub date: Option<Date>,
    /// When it was withdrawn.
    pub withdrawn: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its CVSS vector.
    pub cvss: Option<String>,
    /// Versions that are not affected, as ranges.
    pub patched: Vec<String>,
    /// The affected functions it names.
    pub functions: Vec<String>,
    /// Where our source names one of these functions.
    pub function_references: Vec<Location>,
    /// Facts that bear on it and decide nothing: limits to systems, parts not understood.
    pub remarks: Vec<String>,
    /// The decision, if there is one.
    pub verdict: Option<Verdict>,
    /// SHA-256 of the entry.
    pub digest: String,
}

/// What kind of anomaly an advisory publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// A vulnerability.
    Vulnerability,
    /// Sound-looking code that is not sound.
    Unsound,
    /// The same name and version range as a package of another source: to be evaluated.
    SameNameOtherSource,
    /// The registry has withdrawn the version.
    Yanked,
    /// Nobody looks after it any more.
    Unmaintained,
    /// Some other notice.
    Notice,
}

impl HitKind {
    /// The words for output.
    pub fn words(self) -> &'static str {
        match self {
            Self::Vulnerability => "vulnerability",
            Self::Unsound => "unsound",
            Self::SameNameOtherSource => "same name, other source: evaluate",
            Self::Yanked => "yanked",
            Self::Unmaintained => "unmaintained",
            Self::Notice => "notice",
        }
    }
}

/// A decision on an advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `not affected`, `affected`, `fixed` or `under investigation`.
    pub word: String,
    /// Why it does not touch the device, in CycloneDX's word.
    pub justification: Option<String>,
    /// The reasoning.
    pub reason: String,
    /// What is done about it.
    pub action: Option<String>,
    /// Where it is written.
    pub at: Location,
}
