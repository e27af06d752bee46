//! What a name stands for: a rule, a clause, a chapter, or a word of the field.

use iec62304_macros::requirement;

use crate::records::nearest;
use crate::rules::{RULES, Rule};
use crate::standard::{CLAUSES, Clause, Edition, TERMS, Term};

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Topic {
    /// A rule.
    Rule(&'static Rule),
    /// A clause, or all clauses below a number, in the order of the standard.
    Clauses(Vec<&'static Clause>),
    /// A word of the field, or the terms that it is a part of.
    Terms(Vec<&'static Term>),
}

impl Topic {
    /// What `name` stands for, in lower or upper case.
    ///
    /// # Errors
    ///
    /// When it stands for nothing; with the known name that is nearest, if one is near.
    #[requirement("TOOL-30")]
    pub fn find(name: &str) -> Result<Self, Option<&'static str>> {
        let name = name.trim();
        if name.is_empty() {
            return Err(None);
        }
        if let Some(rule) = Rule::find(&name.to_lowercase().replace([' ', '_'], "-")) {
            return Ok(Self::Rule(rule));
        }
        let clauses = clauses(name);
        if !clauses.is_empty() {
            return Ok(Self::Clauses(clauses));
        }
        let terms = Term::find(&name.replace(['-', '_'], " "));
        if terms.is_empty() { Err(nearest(name, names())) } else { Ok(Self::Terms(terms)) }
    }
}

/// The rules that look at a clause, in one edition at least.
pub fn rules_on(clause: &Clause) -> Vec<&'static Rule> {
    let looks = |rule: &&Rule| {
        let in_edition = |edition| rule.clauses.of(edition).contains(&clause.number);
        Edition::ALL.into_iter().any(in_edition)
    };
    RULES.iter().copied().filter(looks).collect()
}

/// The clause of a number, else every one below it: `5.5` stands for 5.5.1 to 5.5.5.
fn clauses(number: &str) -> Vec<&'static Clause> {
    if let Some(clause) = Clause::find(number) {
        return vec![clause];
    }
    let below = format!("{number}.");
    CLAUSES.iter().filter(|clause| clause.number.starts_with(&below)).collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().map(|rule| rule.name);
    let clauses = CLAUSES.iter().map(|clause| clause.number);
    rules.chain(TERMS.iter().map(|term| term.name)).chain(clauses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Result<&str, Option<&str>>) {
        let found = Topic::find(name).map(|topic| match topic {
            Topic::Rule(rule) => rule.name.to_owned(),
            Topic::Clauses(clauses) => {
                clauses.iter().map(|clause| clause.number).collect::<Vec<_>>().join(" ")
            }
            Topic::Terms(terms) => {
                terms.iter().map(|term| term.name).collect::<Vec<_>>().join(" + ")
            }
        });
        assert_eq!(found.as_deref(), expected.as_ref().copied(), "{name}");
    }

    #[test]
    #[requirement("TOOL-30")]
    fn a_name_is_a_rule_a_clause_a_chapter_or_a_term() {
        check("unit-unverified", Ok("unit-unverified"));
        check("Unit Unverified", Ok("unit-unverified"));
        check("5.5.5", Ok("5.5.5"));
        check("5.5", Ok("5.5.1 5.5.2 5.5.3 5.5.4 5.5.5"));
        check("soup", Ok("SOUP"));
        check("software-unit", Ok("software unit"));
    }

    #[test]
    fn a_wrong_name_gets_the_nearest_one() {
        check("unit-unverifed", Err(Some("unit-unverified")));
        check("anomally", Err(Some("anomaly")));
        check("5.5.55", Err(Some("5.5.5")));
        check("", Err(None));
        check("blancmange", Err(None));
    }
}
