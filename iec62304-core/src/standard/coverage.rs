//! How far the rules of this version look at each clause: a judgement of people, as data.
//!
//! It knows no rule; tests hold it against the clause table and the registry. A clause is
//! covered in full only where each part of what it asks for has its rule. Whether what was
//! written down is true and good enough stays with people everywhere.

use super::Clause;

/// How far the rules of this version look at a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The number of the clause.
    pub clause: &'static str,
    /// How far.
    pub extent: Extent,
}

/// How far rules look at a clause, and what is left to people or to later versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// At each part of what it asks for.
    Full,
    /// At a part; the sentence says what is left.
    Partial(&'static str),
    /// At nothing; the sentence says what is left.
    NoneYet(&'static str),
}

impl Extent {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial(_) => "partial",
            Self::NoneYet(_) => "none yet",
        }
    }

    /// What is left to people or to later versions, in a sentence.
    pub fn left(self) -> Option<&'static str> {
        match self {
            Self::Full => None,
            Self::Partial(left) | Self::NoneYet(left) => Some(left),
        }
    }
}

impl Clause {
    /// How far the rules of this version look at it.
    pub fn extent(&self) -> Extent {
        let coverage = COVERAGE.iter().find(|coverage| coverage.clause == self.number);
        coverage.expect("a test looks up every clause").extent
    }
}

const fn full(clause: &'static str) -> Coverage {
    Coverage { clause, extent: Extent::Full }
}

const fn partial(clause: &'static str, left: &'static str) -> Coverage {
    Coverage { clause, extent: Extent::Partial(left) }
}

const fn none(clause: &'static str, left: &'static str) -> Coverage {
    Coverage { clause, extent: Extent::NoneYet(left) }
}

const PLAN: &str = "The plan is a document, which is not read yet.";
const INTEGRATION: &str = "Results of integration tests are not read yet.";
const PROBLEMS: &str = "Problem reports are not judged yet.";
const CHANGES: &str = "Change requests and commits are not compared yet.";
const RELEASES: &str = "Release records are not judged yet.";
const RISK_FILE: &str = "A risk management file beside the records is not read.";

/// The extent for each clause, in the order of the standard.
#[rustfmt::skip]
pub static COVERAGE: &[Coverage] = &[
    partial("4.1", "The reference is seen; that the system exists and is followed is not."),
    partial("4.2", "The reference is seen; that the process exists and is followed is not."),
    full("4.3"),
    partial("4.4.1", "That the software was lawfully in use before, which opens this path, cannot be seen."),
    partial("4.4.2", "Which feedback there is, and what it says, stands in documents that are not read."),
    partial("4.4.3", "Whether the list of gaps is complete is left to people, and records of system tests are not read yet."),
    partial("4.4.4", "Whether the plan is followed, and what changed in the code since, is not looked at yet."),
    full("4.4.5"),
    partial("5.1.1", "The plan is not read yet; only that what links name exists is looked at."),
    none("5.1.2", PLAN),
    partial("5.1.3", "That there are system requirements is seen; the plan, which has to name them, is not read yet."),
    none("5.1.4", "Coding standards, lints and the list of tools are not looked at yet."),
    none("5.1.5", PLAN),
    none("5.1.6", PLAN),
    none("5.1.7", PLAN),
    none("5.1.8", "Titles, purposes and owners of documents are not looked at yet."),
    none("5.1.9", PLAN),
    partial("5.1.10", "Toolchain, build inputs and build tools are looked at; what the plan says of them is not read yet."),
    partial("5.1.11", "Beside the commit of stored runs nothing is looked at: when items come under control is a matter of the plan."),
    partial("5.1.12", "Of the known defects only unsafe code is looked at; declared controls and their lints are not yet."),
    partial("5.2.1", "Whether a requirement says what its source means is left to people, and sources outside the records are not read."),
    full("5.2.2"),
    full("5.2.3"),
    partial("5.2.4", "That somebody looked at the risk analysis again is seen; what changed in it is left to people."),
    partial("5.2.5", "Whether a higher-level requirement has to change because of a lower one is left to people."),
    partial("5.2.6", "Completeness and consistency are left to the reviewers, and ids that are used again later are not seen yet."),
    partial("5.3.1", "Items are seen as far as they are declared or linked; the description of the architecture is not read."),
    partial("5.3.2", "Interfaces to hardware and other systems, and those that nothing uses, are not looked for yet."),
    full("5.3.3"),
    full("5.3.4"),
    partial("5.3.5", "Shared static variables, shared features, and controls that rely on the independence of items are not looked at."),
    partial("5.3.6", "Interfaces to hardware are judged by reviewers alone."),
    full("5.4.1"),
    partial("5.4.2", "Whether the place exists that is named for a design, and whether the design is enough, is not looked at."),
    partial("5.4.3", "Interfaces to hardware, and to units by other ways than public code, are not looked at."),
    partial("5.4.4", "A design that stands in doc comments is bound to no review by its content."),
    partial("5.5.1", "That code does what its tag says is left to tests and reviewers."),
    partial("5.5.2", "Whether the procedures fit the unit is left to people."),
    partial("5.5.3", "Results are not read yet, neither of tests nor of lints or coverage that serve as criteria."),
    full("5.5.4"),
    partial("5.5.5", "Whether a test with a result has run the code of its unit is not looked at yet."),
    none("5.6.1", INTEGRATION),
    none("5.6.2", INTEGRATION),
    partial("5.6.3", "Whether each interface has a test is not looked at yet."),
    none("5.6.4", "What integration tests are about is not looked at yet."),
    none("5.6.5", "Reviews of integration test procedures are not looked at yet."),
    none("5.6.6", "Test runs are not compared with those of an earlier release yet."),
    partial("5.6.7", "Records of tests by hand are not read yet."),
    partial("5.6.8", "What becomes of the report on a failed test is not looked at yet."),
    partial("5.7.1", "What a system test stimulates, expects and accepts is not looked at yet, nor are records of manual tests."),
    partial("5.7.2", "What becomes of the report on a failed test is not looked at yet."),
    none("5.7.3", "Changes are not compared with the tests that ran after them yet."),
    partial("5.7.4", "Whether somebody judged the procedures is not looked at yet."),
    partial("5.7.5", "Records of tests by hand are not read yet."),
    none("5.8.1", RELEASES),
    none("5.8.2", RELEASES),
    none("5.8.3", RELEASES),
    none("5.8.4", RELEASES),
    partial("5.8.5", "The toolchain is looked at; how the release was built is not recorded for the tool yet."),
    none("5.8.6", "States of documents, requirements and reviews at release are not looked at yet."),
    partial("5.8.7", "Whether each package can be archived is looked at; the archive itself is not yet."),
    none("5.8.8", "How the release reaches its users is not looked at yet."),
    none("6.1", "The maintenance plan is a document, which is not read yet."),
    none("6.2.1.1", "Where feedback comes from is not looked at yet."),
    none("6.2.1.2", PROBLEMS),
    none("6.2.1.3", PROBLEMS),
    none("6.2.2", PROBLEMS),
    none("6.2.3", CHANGES),
    none("6.2.4", CHANGES),
    none("6.2.5", "Whether users and authorities had to be told is not looked at yet."),
    none("6.3.1", CHANGES),
    none("6.3.2", RELEASES),
    partial("7.1.1", "An item of class B or C that no situation names is not asked for the reason."),
    full("7.1.2"),
    partial("7.1.3", "Of the lists of anomalies RustSec alone is read; the others people evaluate, and their evaluation is looked at."),
    partial("7.1.4", RISK_FILE),
    partial("7.1.5", RISK_FILE),
    full("7.2.1"),
    full("7.2.2"),
    partial("7.3.1", "Results of tests are not read yet, nor is it known whether a test would notice a broken control."),
    partial("7.3.2", "That somebody decided is looked at; whether a new sequence of events is among the situations is left to people."),
    partial("7.3.3", "The verification at the end of the chain counts without its result, which is not read yet."),
    partial("7.4.1", "Changes of SOUP are looked at; those of the project's own code are not yet."),
    none("7.4.2", CHANGES),
    none("7.4.3", CHANGES),
    none("8.1.1", "Ids and versions of items, documents and tools are not looked at yet."),
    full("8.1.2"),
    partial("8.1.3", "The lock file is looked at; the record of what a release is made of is not yet."),
    none("8.2.1", CHANGES),
    none("8.2.2", CHANGES),
    partial("8.2.3", "Whether each change request is verified is not looked at yet."),
    none("8.2.4", CHANGES),
    none("8.3", "The history is not searched for released versions yet."),
    none("9.1", PROBLEMS),
    none("9.2", PROBLEMS),
    none("9.3", PROBLEMS),
    none("9.4", PROBLEMS),
    none("9.5", PROBLEMS),
    none("9.6", "Whether somebody looked for trends is not looked at yet."),
    none("9.7", PROBLEMS),
    none("9.8", "Records of tests after a change are not read yet."),
];

#[cfg(test)]
mod tests {
    use iec62304_macros::requirement;

    use super::*;
    use crate::explain::rules_on;
    use crate::standard::CLAUSES;

    #[test]
    #[requirement("TOOL-50")]
    fn every_clause_has_its_extent_in_the_order_of_the_standard() {
        let numbers: Vec<&str> = CLAUSES.iter().map(|clause| clause.number).collect();
        let judged: Vec<&str> = COVERAGE.iter().map(|coverage| coverage.clause).collect();
        assert_eq!(judged, numbers);
    }

    #[test]
    #[requirement("TOOL-50")]
    fn a_clause_has_a_rule_unless_its_extent_is_none_yet() {
        for clause in CLAUSES {
            let has_none = matches!(clause.extent(), Extent::NoneYet(_));
            let rules: Vec<&str> = rules_on(clause).iter().map(|rule| rule.name).collect();
            assert_eq!(has_none, rules.is_empty(), "{}: {rules:?}", clause.number);
        }
    }

    #[test]
    #[requirement("TOOL-50")]
    fn what_is_left_is_one_sentence() {
        for Coverage { clause, extent } in COVERAGE {
            let is_full = *extent == Extent::Full;
            assert_eq!(extent.left().is_none(), is_full, "{clause}");
            if let Some(left) = extent.left() {
                assert!(left.starts_with(char::is_uppercase), "{clause}: {left}");
                assert_eq!(left.find('.'), Some(left.len() - 1), "{clause}: {left}");
            }
        }
    }
}
