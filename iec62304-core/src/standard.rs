//! What the standard says as data: editions, safety classes, clauses.
//!
//! No sentence of the standard stands here: numbers are facts, titles are our own.

use std::fmt;

use iec62304_macros::requirement;

mod clauses;
mod coverage;
mod terms;

pub use clauses::CLAUSES;
pub use coverage::{COVERAGE, Coverage, Extent};
pub use terms::{TERMS, Term};

/// Where the clause table comes from; printed wherever clauses are.
pub const PROVENANCE: &str = "clause table 1, compiled from public sources, \
     checked against the bought standard by nobody yet";

/// An edition of IEC 62304.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// IEC 62304:2006.
    First,
    /// IEC 62304:2006 with Amendment 1 of 2015.
    Amended,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: [Self; 2] = [Self::First, Self::Amended];

    /// The word that names it in `iec62304.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "2006",
            Self::Amended => "2006+AMD1:2015",
        }
    }

    /// The edition that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.word() == word)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IEC 62304:{}", self.word())
    }
}

/// A value for each edition.
#[derive(Clone, Copy, Debug)]
pub struct PerEdition<T> {
    /// For IEC 62304:2006.
    pub first: T,
    /// For IEC 62304:2006 with Amendment 1.
    pub amended: T,
}

impl<T: Copy> PerEdition<T> {
    /// The same in both editions.
    pub const fn both(value: T) -> Self {
        Self { first: value, amended: value }
    }

    /// The value for `edition`.
    pub fn of(&self, edition: Edition) -> T {
        match edition {
            Edition::First => self.first,
            Edition::Amended => self.amended,
        }
    }
}

/// A software safety class, ordered by what can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SafetyClass {
    /// No unacceptable risk.
    A,
    /// Non-serious injury is possible.
    B,
    /// Death or serious injury is possible. Software without a class is class C (4.3).
    C,
}

impl SafetyClass {
    /// All classes, lowest first.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The class that a letter names.
    pub fn parse(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.letter() == letter)
    }

    /// The class that the `severity` of a hazardous situation asks for; `None` for a word
    /// that is no severity.
    ///
    /// A failure of software is taken to happen, so severity alone decides, in both
    /// editions. What the editions disagree on is which controls outside the software the
    /// word may already count on: those in hardware, or all of them.
    #[requirement("TOOL-27")]
    pub fn asked_by(severity: &str) -> Option<Self> {
        match severity {
            "negligible" => Some(Self::A),
            "non-serious" => Some(Self::B),
            "serious" => Some(Self::C),
            _ => None,
        }
    }
}

impl fmt::Display for SafetyClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}

/// A set of safety classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes {
    a: bool,
    b: bool,
    c: bool,
}

impl Classes {
    /// No class: the edition does not have the clause.
    pub const NONE: Self = Self { a: false, b: false, c: false };
    /// Class C only.
    pub const C: Self = Self { a: false, b: false, c: true };
    /// Classes B and C.
    pub const BC: Self = Self { a: false, b: true, c: true };
    /// All classes.
    pub const ABC: Self = Self { a: true, b: true, c: true };

    /// Whether `class` is in the set.
    pub fn contains(self, class: SafetyClass) -> bool {
        match class {
            SafetyClass::A => self.a,
            SafetyClass::B => self.b,
            SafetyClass::C => self.c,
        }
    }

    /// The letters, lowest first.
    pub fn letters(self) -> Vec<&'static str> {
        let classes = SafetyClass::ALL.into_iter().filter(|class| self.contains(*class));
        classes.map(SafetyClass::letter).collect()
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letters().as_slice() {
            [] => f.write_str("no class"),
            [one] => write!(f, "class {one}"),
            [first, last] => write!(f, "classes {first} and {last}"),
            all => write!(f, "classes {}", all.join(", ")),
        }
    }
}

/// A clause of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number.
    pub number: &'static str,
    /// What it is about, in our words.
    pub title: &'static str,
    /// The classes it binds in the 2006 edition.
    pub in_2006: Classes,
    /// The classes it binds in the amended edition.
    pub in_2015: Classes,
}

impl Clause {
    /// The clause of this number.
    pub fn find(number: &str) -> Option<&'static Self> {
        CLAUSES.iter().find(|clause| clause.number == number)
    }

    /// The classes it binds in `edition`.
    pub fn classes(&self, edition: Edition) -> Classes {
        match edition {
            Edition::First => self.in_2006,
            Edition::Amended => self.in_2015,
        }
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;

    /// Counts from three independent sources: IBM's shares for 2006 (43, 93, 100 %),
    /// and the ten clauses that two lists agree moved to class A in 2015.
    #[test]
    #[requirement("TOOL-9")]
    #[verifies("facts.AC-1")]
    fn clause_counts_per_class_and_edition_match_the_published_shares() {
        let count = |edition, class| {
            CLAUSES
                .iter()
                .filter(|clause| !clause.number.starts_with('4'))
                .filter(|clause| match class {
                    Some(class) => clause.classes(edition).contains(class),
                    None => !clause.classes(edition).is_empty(),
                })
                .count()
        };
        let row = |edition| {
            [None, Some(SafetyClass::A), Some(SafetyClass::B), Some(SafetyClass::C)]
                .map(|class| count(edition, class))
        };
        assert_eq!(row(Edition::First), [92, 40, 86, 92]);
        assert_eq!(row(Edition::Amended), [91, 50, 85, 91]);
        assert_eq!(CLAUSES.len(), 101);
    }

    #[test]
    fn a_class_set_reads_as_a_phrase() {
        assert_eq!(Classes::ABC.to_string(), "classes A, B, C");
        assert_eq!(Classes::BC.to_string(), "classes B and C");
        assert_eq!(Classes::C.to_string(), "class C");
    }
}
