//! Predicates of `cfg` as they are written, and how three answers go together.

use crate::model::code::{Certainty, Compiled};

/// A predicate of `cfg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// `test`
    Test,
    /// `true` or `false`
    Constant(bool),
    /// `unix`, or `feature = "wifi"`.
    Option(CfgOption),
    /// `all(…)`
    All(Vec<Self>),
    /// `any(…)`
    Any(Vec<Self>),
    /// `not(…)`
    Not(Box<Self>),
    /// What decides it is none of these: a macro, or text that no predicate looks like.
    Unknown,
}

/// A name that the compiler sets or not, alone or with a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CfgOption {
    /// The name: `unix`, `feature`.
    pub name: String,
    /// The value behind `=`.
    pub value: Option<String>,
}

impl Predicate {
    /// A feature of the package.
    pub fn feature(name: &str) -> Self {
        Self::Option(CfgOption { name: "feature".to_owned(), value: Some(name.to_owned()) })
    }

    /// `not(…)` of it.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a three-valued answer has no `!`")]
    pub fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Whether it holds, with `test` on or off, where `option` answers for single options.
    ///
    /// What is open stays open unless the rest decides without it, as Kleene has it.
    pub fn evaluate(
        &self,
        test: Certainty,
        option: &mut impl FnMut(&CfgOption) -> Certainty,
    ) -> Certainty {
        match self {
            Self::Test => test,
            Self::Constant(true) => Certainty::Yes,
            Self::Constant(false) => Certainty::No,
            Self::Option(found) => option(found),
            Self::Unknown => Certainty::Open,
            Self::All(each) => {
                let each = each.iter().map(|predicate| predicate.evaluate(test, option));
                each.min().unwrap_or(Certainty::Yes)
            }
            Self::Any(each) => {
                let each = each.iter().map(|predicate| predicate.evaluate(test, option));
                each.max().unwrap_or(Certainty::No)
            }
            Self::Not(predicate) => predicate.evaluate(test, option).not(),
        }
    }

    /// When it holds, as far as `test` alone decides.
    pub fn compiled(&self) -> Compiled {
        let mut open = |_: &CfgOption| Certainty::Open;
        Compiled {
            in_product: self.evaluate(Certainty::No, &mut open),
            in_tests: self.evaluate(Certainty::Yes, &mut open),
        }
    }

    /// Hands over every option that stands in it, in order.
    pub fn each_option<'p>(&'p self, found: &mut impl FnMut(&'p CfgOption)) {
        match self {
            Self::Test | Self::Constant(_) | Self::Unknown => {}
            Self::Option(option) => found(option),
            Self::All(each) | Self::Any(each) => {
                for predicate in each {
                    predicate.each_option(found);
                }
            }
            Self::Not(predicate) => predicate.each_option(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;

    fn option(name: &str) -> Predicate {
        Predicate::Option(CfgOption { name: name.to_owned(), value: None })
    }

    /// `y` is on, `n` is off, and nobody knows of `o`.
    fn of_names(found: &CfgOption) -> Certainty {
        match found.name.as_str() {
            "y" => Certainty::Yes,
            "n" => Certainty::No,
            _ => Certainty::Open,
        }
    }

    #[test]
    #[requirement("TOOL-33")]
    #[verifies("facts")]
    fn all_any_and_not_follow_kleene() {
        let order = [("n", Certainty::No), ("o", Certainty::Open), ("y", Certainty::Yes)];
        for (a, of_a) in order {
            for (b, of_b) in order {
                let pair = vec![option(a), option(b)];
                let all = Predicate::All(pair.clone()).evaluate(Certainty::No, &mut of_names);
                let any = Predicate::Any(pair).evaluate(Certainty::No, &mut of_names);
                assert_eq!(all, of_a.min(of_b), "all({a}, {b})");
                assert_eq!(any, of_a.max(of_b), "any({a}, {b})");
            }
        }
        let not = |name| option(name).not().evaluate(Certainty::No, &mut of_names);
        assert_eq!(
            [not("n"), not("o"), not("y")],
            [Certainty::Yes, Certainty::Open, Certainty::No]
        );
    }

    #[test]
    #[requirement("TOOL-33")]
    #[verifies("facts")]
    fn empty_lists_and_test_are_known() {
        let open = |predicate: Predicate| predicate.compiled();
        assert_eq!(open(Predicate::All(Vec::new())), Compiled::ALWAYS);
        assert_eq!(open(Predicate::Any(Vec::new())), Compiled::ALWAYS.not());
        assert_eq!(open(Predicate::Unknown), Compiled::OPEN);
        let in_tests = Compiled { in_product: Certainty::No, in_tests: Certainty::Yes };
        assert_eq!(open(Predicate::Test), in_tests);
        // What is open twice over is still open: nobody compares the two sides.
        let either = Predicate::Any(vec![option("o"), option("o").not()]);
        assert_eq!(open(either), Compiled::OPEN);
    }
}
