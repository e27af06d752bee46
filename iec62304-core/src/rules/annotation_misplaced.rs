//! A tag at a place where it means nothing, so that it links nothing.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::NoOwner;
use crate::standard::Classes;
use crate::trace::role::Misplaced;
use crate::trace::{MisplacedTag, Trace};

pub(super) static RULE: Rule = Rule {
    name: "annotation-misplaced",
    severity: Severity::Error,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("annotation_misplaced.md"),
    check: Check::Project(check),
};

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    for MisplacedTag { tag, why } in trace.misplaced() {
        let word = tag.kind.word();
        let Some((reason, help)) = explain(*why) else {
            continue;
        };
        let subject = Subject::new("tag", format!("{word} at {}", tag.at.file));
        let message = format!("this `{word}` tag links nothing: {reason}");
        gaps.push(Gap::new(subject, message).at(&tag.at, "").help(help));
    }
    trace.project().code.tags.len()
}

/// The reason and what to do; `None` where another rule says it.
fn explain(why: Misplaced) -> Option<(&'static str, &'static str)> {
    Some(match why {
        // `annotation-compiled-out` says so.
        Misplaced::LeftOut => return None,
        Misplaced::NoOwner(NoOwner::MacroDefinition) => (
            "it stands in the definition of a macro",
            "tag the code that calls the macro, or the module with `tags!`",
        ),
        Misplaced::NoOwner(NoOwner::MacroInput) => (
            "it stands in the input of a macro that may drop it",
            "if the macro passes its items on, name it in `iec62304.toml`: \
             `[code] item_macros`, or `[tests] macros` if it makes tests",
        ),
        Misplaced::NoOwner(NoOwner::NotAnItem) => {
            ("it stands on something that is no item", "tag the function or type around it")
        }
        Misplaced::NoOwner(NoOwner::OrphanFile) => (
            "no module declares the file, so cargo does not compile it",
            "declare the file with `mod`, or delete it",
        ),
        Misplaced::OutsideProduct => (
            "it stands on code that is neither product nor test",
            "tag product code where it implements, and `#[test]` functions where they verify",
        ),
        Misplaced::TestHelper => (
            "it stands on code that is compiled for tests only and is no test",
            "tag the `#[test]` functions that call it",
        ),
        Misplaced::NeverCompiled => {
            ("its code is never compiled", "correct the `cfg`, or delete the code")
        }
        Misplaced::TestNotRun => (
            "`cargo test` does not run the tests of this target",
            "move the test, or set `test = true` for the target in Cargo.toml",
        ),
        Misplaced::UnitOnTest => (
            "a test belongs to no software unit",
            "say which unit the test verifies: `#[verifies(\"UNIT\")]`",
        ),
        Misplaced::VerifiesOnProduct => (
            "only a test verifies",
            "put it on a `#[test]` function; if this is one, name its attribute in \
             `iec62304.toml`: `[tests] attributes`",
        ),
        Misplaced::LevelOnProduct => {
            ("`level` belongs on a test", "leave `level` out, or tag a `#[test]` function")
        }
    })
}
