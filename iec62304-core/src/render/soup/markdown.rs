//! The SOUP list as Markdown, for the file.

use super::columns::{self, List};
use super::facts;
use crate::soup::{Hit, Inventory, Locked, Row, Verdict};
use iec62304_macros::requirement;

/// The SOUP list: an overview, a section for each item, the supporting items, the census,
/// and what the list is and is not.
#[requirement("TOOL-22")]
pub fn markdown(inventory: &Inventory) -> String {
    let mut out = String::new();
    title("SOUP list", inventory, &mut out);
    out.push_str("\n## SOUP items\n\n");
    overview(List::SoupOverview, inventory, &mut out);
    for row in &inventory.soup {
        section(List::Soup, row, inventory, &mut out);
    }
    out.push_str("\n## Supporting items (5.1.10)\n\n");
    overview(List::ToolsOverview, inventory, &mut out);
    census(inventory, &mut out);
    footer(&mut out);
    out
}

/// The list of supporting items (5.1.10), with a section for each.
pub fn markdown_of_tools(inventory: &Inventory) -> String {
    let mut out = String::new();
    title("Supporting items", inventory, &mut out);
    out.push_str("\n## Overview\n\n");
    overview(List::ToolsOverview, inventory, &mut out);
    for row in &inventory.tools {
        section(List::Tools, row, inventory, &mut out);
    }
    footer(&mut out);
    out
}

/// The heading, what is missing, and the product.
pub(super) fn title(title: &str, inventory: &Inventory, out: &mut String) {
    let name = format!("{} {}", inventory.product.name, inventory.product.version);
    out.push_str(&format!("# {title} of {}\n\n", escaped(name.trim())));
    for (number, line) in facts::warning(inventory).iter().enumerate() {
        let bold = if number == 0 { "**" } else { "" };
        out.push_str(&format!("> {bold}{}{bold}\\\n", escaped(line)));
    }
    if out.ends_with("\\\n") {
        out.truncate(out.len() - 2);
        out.push_str("\n\n");
    }
    heads(["What", "Value"].into_iter(), out);
    for (name, text) in facts::product(inventory) {
        line([name.to_owned(), text].into_iter(), out);
    }
}

/// The rows of a list in one table.
pub(super) fn overview(list: List, inventory: &Inventory, out: &mut String) {
    let rows = list.rows(inventory);
    if rows.is_empty() {
        out.push_str("None.\n");
        return;
    }
    heads(columns::of(list).map(|column| column.name), out);
    for row in rows {
        line(columns::of(list).map(|column| column.cell(list, row, inventory).to_string()), out);
    }
}

fn section(list: List, row: &Row, inventory: &Inventory, out: &mut String) {
    out.push_str(&format!("\n### {}: {}\n\n", escaped(&row.id), escaped(&row.title)));
    heads(["What", "Asked for by", "Value"].into_iter(), out);
    for column in columns::of(list) {
        let text = column.cell(list, row, inventory).to_string();
        line([column.name.to_owned(), column.driver.to_owned(), text].into_iter(), out);
    }
    for hit in &row.advisories {
        advisory(hit, out);
    }
}

fn advisory(hit: &Hit, out: &mut String) {
    let ids = hit.ids.join(", ");
    out.push_str(&format!("\nAdvisory {}: {}\n\n", escaped(&ids), escaped(&hit.title)));
    let mut item = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            out.push_str(&format!("- {name}: {}\n", escaped(text)));
        }
    };
    item("kind", hit.kind.words());
    item("published", &hit.date.map(|day| day.to_string()).unwrap_or_default());
    item("withdrawn", &hit.withdrawn.map(|day| day.to_string()).unwrap_or_default());
    item("to be read at", hit.url.as_deref().unwrap_or_default());
    item("CVSS", hit.cvss.as_deref().unwrap_or("unknown"));
    item("not affected", &hit.patched.join("; "));
    item("affected functions", &hit.functions.join("; "));
    item("named by our source in", &places(hit));
    hit.remarks.iter().for_each(|remark| item("remark", remark));
    item("entry", &format!("sha256:{}", hit.digest));
    match &hit.verdict {
        None => item("verdict", "to be filled in"),
        Some(Verdict { word, justification, reason, action, at }) => {
            item("verdict", word);
            item("justification", justification.as_deref().unwrap_or_default());
            item("reason", reason);
            item("action", action.as_deref().unwrap_or_default());
            item("written in", at.file.as_str());
        }
    }
}

fn places(hit: &Hit) -> String {
    let files: std::collections::BTreeSet<&str> =
        hit.function_references.iter().map(|at| at.file.as_str()).collect();
    files.into_iter().collect::<Vec<_>>().join("; ")
}

fn census(inventory: &Inventory, out: &mut String) {
    out.push_str("\n## Census of the lock file\n\n");
    out.push_str(&format!("{}.\n", escaped(&facts::census(inventory))));
    if inventory.census.is_empty() {
        return;
    }
    out.push('\n');
    heads(["Role", "Packages", "Meaning"].into_iter(), out);
    for (role, number) in inventory.counts() {
        let meaning = facts::meaning(role).to_owned();
        line([role.to_string(), number.to_string(), meaning].into_iter(), out);
    }
    let total = inventory.census.len().to_string();
    line(["total".to_owned(), total, "every package of the lock file".to_owned()].into_iter(), out);
    out.push('\n');
    heads(["Package", "Role", "Reason", "Included by"].into_iter(), out);
    inventory.census.iter().for_each(|locked| line(locked_cells(locked).into_iter(), out));
}

/// A package of the census: what, role, reason, way.
pub(super) fn locked_cells(locked: &Locked) -> [String; 4] {
    let Locked { key, role, reason, path, also_on_host, .. } = locked;
    let host = if *also_on_host { "; also runs while the device is built" } else { "" };
    let way = if path.is_empty() { "none".to_owned() } else { path.join(" → ") };
    [key.to_string(), role.to_string(), format!("{reason}{host}"), way]
}

/// What the document is and is not.
pub(super) fn footer(out: &mut String) {
    out.push_str("\n## What this list is and is not\n\n");
    for limit in facts::LIMITS {
        out.push_str(&format!("- {}\n", escaped(limit)));
    }
}

fn heads<'t>(names: impl Iterator<Item = &'t str>, out: &mut String) {
    let names: Vec<&str> = names.collect();
    out.push_str(&format!("| {} |\n", names.join(" | ")));
    out.push_str(&format!("|{}\n", " --- |".repeat(names.len())));
}

fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    let cells: Vec<String> = cells.map(|cell| escaped(&facts::known(&cell))).collect();
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
}

/// The text as Markdown shows it letter by letter, in one line: packages choose their own
/// texts, which must not end a cell, open a tag or draw a link.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut previous = ' ';
    let mut rest = text.trim().chars().peekable();
    while let Some(character) = rest.next() {
        let is_inside = |other: char| other.is_alphanumeric() || other == '_';
        let next = rest.peek().copied().unwrap_or(' ');
        match character {
            '\r' if next == '\n' => {}
            '\n' | '\r' => out.push_str("<br>"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_inside(previous) && is_inside(next) => out.push('_'),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' => out.extend(['\\', character]),
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
        previous = character;
    }
    out
}
