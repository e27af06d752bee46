//! The clause table as a page in Markdown: what each clause is about, whom it binds, and
//! how far rules look at it. It knows no project, and no share of a whole: a percentage
//! would be taken for a degree of compliance.

use iec62304_macros::requirement;

use crate::explain::rules_on;
use crate::rules::Rule;
use crate::standard::{CLAUSES, Classes, Clause, Edition, Extent, PROVENANCE};
use crate::words::count;

const HEAD: &str = "\
# The clauses of IEC 62304, and how far this version looks at them

`full`: each part of what the clause asks for has a rule.
`partial`: a part has one; the sentence says what is left to people or to later versions.
`none yet`: no rule looks at it.
Nowhere do rules judge whether what was written down is true and good enough: that stays with people.
And a rule looks only at what a project has declared; `check` lists what it did not look at.

";

const COLUMNS: &str = "\
| clause | about, in our words | 2006 | 2006+AMD1:2015 | how far | rules, and what is left |
| --- | --- | --- | --- | --- | --- |
";

/// The page `docs/clauses.md`.
#[requirement("TOOL-50")]
pub fn clause_table() -> String {
    let rows: String = CLAUSES.iter().map(row).collect();
    format!("{HEAD}{}\n{COLUMNS}{rows}", summary())
}

fn summary() -> String {
    let of = |is: fn(Extent) -> bool| CLAUSES.iter().filter(|clause| is(clause.extent())).count();
    format!(
        "Of {}: full {}, partial {}, none yet {}.\nThis is {PROVENANCE}.\n",
        count(CLAUSES.len(), "clause"),
        of(|extent| matches!(extent, Extent::Full)),
        of(|extent| matches!(extent, Extent::Partial(_))),
        of(|extent| matches!(extent, Extent::NoneYet(_))),
    )
}

fn row(clause: &Clause) -> String {
    let Clause { number, title, in_2006, in_2015 } = clause;
    let rules: Vec<String> = rules_on(clause).into_iter().map(|rule| link(rule, clause)).collect();
    let left = clause.extent().left();
    let parts = [(!rules.is_empty()).then(|| rules.join(", ")), left.map(str::to_owned)];
    let looks: Vec<String> = parts.into_iter().flatten().collect();
    format!(
        "| {number} | {title} | {} | {} | {} | {} |\n",
        letters(*in_2006),
        letters(*in_2015),
        clause.extent().word(),
        looks.join("<br>"),
    )
}

/// A rule by its page, with the edition in which it looks at the clause where that is one.
fn link(rule: &Rule, clause: &Clause) -> String {
    let looks = |edition: &Edition| rule.clauses.of(*edition).contains(&clause.number);
    let editions: Vec<Edition> = Edition::ALL.into_iter().filter(looks).collect();
    let only = match editions.as_slice() {
        [one] => format!(" ({})", one.word()),
        _ => String::new(),
    };
    let file = rule.name.replace('-', "_");
    format!("[{}](../iec62304-core/src/rules/{file}.md){only}", rule.name)
}

fn letters(classes: Classes) -> String {
    if classes.is_empty() { "–".to_owned() } else { classes.letters().join(", ") }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "reads the repository's own files")]

    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    #[requirement("TOOL-50")]
    fn the_committed_clause_table_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/clauses.md");
        if std::env::var_os("UPDATE_SPECS").is_some() {
            fs::write(&path, clause_table()).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let hint = "docs/clauses.md: rewrite with UPDATE_SPECS=1 and review";
        assert!(committed == clause_table(), "{hint}");
    }

    #[test]
    #[requirement("TOOL-50")]
    fn every_clause_has_its_row_and_no_share_is_given() {
        let page = clause_table();
        for clause in CLAUSES {
            let start = format!("\n| {} | {} |", clause.number, clause.title);
            assert_eq!(page.matches(&start).count(), 1, "{start}");
        }
        assert!(!page.contains('%'), "{page}");
    }

    #[test]
    fn a_rule_that_looks_in_one_edition_says_so() {
        let row = row(Clause::find("7.3.2").unwrap());
        assert!(row.starts_with("| 7.3.2 | "), "{row}");
        assert!(row.contains("| B, C | – | partial |"), "{row}");
        assert!(row.contains("control_side_effects_unreviewed.md) (2006)<br>"), "{row}");
    }
}
