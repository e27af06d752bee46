//! What changed since a baseline: for people, and as a change record for the file (8.2).

use std::fmt::Write;

use iec62304_macros::requirement;

use crate::soup::{Baseline, Change};

/// The changes as text for a terminal, a line each.
#[requirement("TOOL-21")]
pub fn changes_text(before: &Baseline, after: &Baseline, changes: &[Change]) -> String {
    let mut text = format!("{}\n", heading(before, after));
    for change in changes {
        let mark = if change.needs_decision { "decide" } else { "note" };
        writeln!(text, "  {mark:>6}  {}: {}: {}", change.subject, change.kind.words(), change.what)
            .expect("a string takes all");
    }
    text + &result(changes)
}

/// The changes as a Markdown record with a row for each decision.
#[requirement("TOOL-21")]
pub fn changes_markdown(before: &Baseline, after: &Baseline, changes: &[Change]) -> String {
    let mut text = format!("# SOUP change record\n\n{}\n\n", heading(before, after));
    let (decide, note): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.needs_decision);
    text += "## To be decided\n\n";
    if decide.is_empty() {
        text += "Nothing.\n";
    } else {
        text += "| item | change | before -> after | decision, by, date |\n";
        text += "| --- | --- | --- | --- |\n";
    }
    for change in decide {
        writeln!(text, "| {} |  |", cells(change).join(" | ")).expect("a string takes all");
    }
    text += "\n## Other changes\n\n";
    if note.is_empty() {
        text += "None.\n";
    }
    for change in note {
        let [subject, kind, what] = cells(change);
        writeln!(text, "- {subject}: {kind}: {what}").expect("a string takes all");
    }
    text
}

fn heading(before: &Baseline, after: &Baseline) -> String {
    let moment = |baseline: &Baseline| {
        let day = baseline.as_of.as_deref().unwrap_or("no date");
        let advisories = baseline.advisories.as_deref().unwrap_or("no advisories");
        format!("{} {} ({day}, {advisories})", baseline.product.0, baseline.product.1)
    };
    format!("From {} to {}.", moment(before), moment(after))
}

fn result(changes: &[Change]) -> String {
    let decide = changes.iter().filter(|change| change.needs_decision).count();
    match (changes.len(), decide) {
        (0, _) => "nothing changed\n".to_owned(),
        (all, 0) => format!("{all} changes, none of which touches the device\n"),
        (all, decide) => format!("{all} changes, {decide} of which need a decision\n"),
    }
}

fn cells(change: &Change) -> [String; 3] {
    [&*change.subject.to_string(), change.kind.words(), &*change.what].map(cell)
}

/// A text that ends no cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soup::{changes, sample};

    fn change() -> (Baseline, Baseline, Vec<Change>) {
        let before = Baseline::of(&sample::inventory());
        let mut after = before.clone();
        after.product.1 = "1.4.0".to_owned();
        after.packages[1].checksum = Some("a|b".to_owned());
        let found = changes(&before, &after);
        (before, after, found)
    }

    #[test]
    #[requirement("TOOL-21")]
    fn what_needs_a_decision_stands_apart() {
        let (before, after, found) = change();
        let text = changes_text(&before, &after, &found);
        let marks: Vec<&str> =
            text.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(marks, ["From", "decide", "note", "2"]);
        assert!(text.ends_with("2 changes, 1 of which need a decision\n"), "{text}");
        assert!(changes_text(&before, &before, &[]).ends_with("nothing changed\n"));
    }

    #[test]
    fn a_change_record_has_a_cell_for_each_decision() {
        let (before, after, found) = change();
        let record = changes_markdown(&before, &after, &found);
        let row = record.lines().find(|line| line.contains("ALARM")).unwrap();
        assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        assert!(row.contains("a\\|b"));
        assert!(record.contains("## Other changes\n\n- version of the product"), "{record}");
    }
}
