//! The inventory for people at a terminal.

use anstyle::{AnsiColor, Style};

use super::columns::{self, List};
use super::facts;
use crate::render::text::{WIDTH, fitted, one_line, width, wrapped};
use crate::render::{HumanOptions, Verbosity};
use crate::soup::{AdvisoryState, Inventory, Locked, Role, Row, RowKind};

/// Supporting items beyond this number are only counted, unless all are asked for.
const TOOLS_SHOWN: usize = 12;

/// Where the texts beside the names of facts start.
const INDENT: usize = 11;

/// A column of the terminal: its heading, the most it takes, and what it says.
type Narrow = (&'static str, usize, fn(&Row, &Inventory) -> String);

/// The last column of each list takes what the others leave.
const SOUP: [Narrow; 7] = [
    ("id", 24, |row, _| row.id.clone()),
    ("version", 13, |row, inventory| cell(List::Soup, "Version", row, inventory)),
    ("source", 9, |row, _| source(row)),
    ("class", 5, |row, _| row.class.class.to_string()),
    ("used by", 14, |row, inventory| cell(List::Soup, "Used by items", row, inventory)),
    ("anomalies", 11, anomalies),
    ("evaluation", WIDTH, |row, inventory| cell(List::Soup, "Evaluation", row, inventory)),
];

const TOOLS: [Narrow; 5] = [
    ("id", 24, |row, _| row.id.clone()),
    ("version", 13, |row, inventory| cell(List::Tools, "Version", row, inventory)),
    ("source", 9, |row, _| source(row)),
    ("role", 21, |row, _| row.role.to_string()),
    ("purpose", WIDTH, |row, inventory| cell(List::Tools, "Purpose", row, inventory)),
];

/// The inventory as text for people: what ships, its SOUP items, its supporting items,
/// and the census that accounts for every locked package. No line of it is wider than 100
/// columns, unless it holds a longer word.
pub fn table(inventory: &Inventory, options: &HumanOptions) -> String {
    let page = Page { inventory, options: *options };
    let mut out = String::new();
    page.warning(&mut out);
    if options.verbosity > Verbosity::Quiet {
        page.product(&mut out);
    }
    page.list(List::Soup, &SOUP, usize::MAX, &mut out);
    if options.verbosity > Verbosity::Quiet {
        page.list(List::Tools, &TOOLS, page.tools_shown(), &mut out);
    }
    page.census(&mut out);
    out
}

struct Page<'a> {
    inventory: &'a Inventory,
    options: HumanOptions,
}

impl Page<'_> {
    fn warning(&self, out: &mut String) {
        let style = self.options.color.style(AnsiColor::Yellow.on_default().bold());
        let lines = facts::warning(self.inventory);
        for (number, line) in lines.iter().enumerate() {
            let style = if number == 0 { style } else { Style::new() };
            for line in wrapped(line, WIDTH) {
                out.push_str(&format!("{style}{line}{style:#}\n"));
            }
        }
        if !lines.is_empty() {
            out.push('\n');
        }
    }

    fn product(&self, out: &mut String) {
        for (name, text) in facts::product(self.inventory) {
            self.fact(name, &text, out);
        }
        out.push('\n');
    }

    fn tools_shown(&self) -> usize {
        match self.options.verbosity {
            Verbosity::Verbose => usize::MAX,
            Verbosity::Normal | Verbosity::Quiet => TOOLS_SHOWN,
        }
    }

    fn list(&self, list: List, columns: &[Narrow], shown: usize, out: &mut String) {
        let rows = list.rows(self.inventory);
        self.heading(&facts::rows(rows.len(), list.name()), out);
        let texts: Vec<Vec<String>> =
            rows.iter().take(shown).map(|row| self.texts(columns, row)).collect();
        let widths = widths(columns, &texts);
        if !texts.is_empty() {
            let names: Vec<String> = columns.iter().map(|(name, ..)| (*name).to_owned()).collect();
            out.push_str(&joined(&names, &widths));
        }
        for texts in &texts {
            out.push_str(&joined(texts, &widths));
        }
        if rows.len() > shown {
            let more = rows.len() - shown;
            out.push_str(&format!("… and {more} more (all with -v or in any other format)\n"));
        }
        out.push('\n');
    }

    fn texts(&self, columns: &[Narrow], row: &Row) -> Vec<String> {
        columns.iter().map(|(_, _, text)| one_line(&text(row, self.inventory))).collect()
    }

    fn census(&self, out: &mut String) {
        self.heading("census", out);
        for line in wrapped(&facts::census(self.inventory), WIDTH - 2) {
            out.push_str(&format!("  {line}\n"));
        }
        for (role, number) in self.inventory.counts() {
            let meaning = facts::meaning(role);
            out.push_str(&format!("  {number:>5} {:<21} {meaning}\n", role.words()));
            if self.options.verbosity == Verbosity::Verbose {
                self.packages(role, out);
            }
        }
    }

    fn packages(&self, role: Role, out: &mut String) {
        for locked in self.inventory.census.iter().filter(|locked| locked.role == role) {
            let mut indent = 8;
            for line in wrapped(&package(locked), WIDTH - 10) {
                out.push_str(&format!("{:indent$}{line}\n", ""));
                indent = 10;
            }
        }
    }

    fn heading(&self, text: &str, out: &mut String) {
        let bold = self.options.color.style(Style::new().bold());
        out.push_str(&format!("{bold}{text}{bold:#}\n"));
    }

    fn fact(&self, name: &str, text: &str, out: &mut String) {
        let green = self.options.color.style(AnsiColor::Green.on_default().bold());
        let mut name = name;
        for line in wrapped(text, WIDTH - INDENT) {
            out.push_str(&format!("{green}{name:>10}{green:#} {line}\n"));
            name = "";
        }
    }
}

/// What the full list says in a column.
fn cell(list: List, name: &str, row: &Row, inventory: &Inventory) -> String {
    let column = columns::of(list).find(|column| column.name == name);
    let column = column.expect("the terminal's columns are columns of the list");
    column.cell(list, row, inventory).to_string()
}

fn source(row: &Row) -> String {
    row.package.as_ref().map_or("-", |key| key.source.word()).to_owned()
}

fn anomalies(row: &Row, inventory: &Inventory) -> String {
    let open = row.advisories.iter().filter(|hit| hit.verdict.is_none()).count();
    let is_covered = row.is_known_to_rustsec() || row.kind == RowKind::StandardLibrary;
    match (row.advisories.len(), &inventory.advisories) {
        (0, AdvisoryState::Read { .. }) if is_covered => "none found".to_owned(),
        (0, _) => "not checked".to_owned(),
        (found, _) => format!("{found}, {open} open"),
    }
}

fn widths(columns: &[Narrow], rows: &[Vec<String>]) -> Vec<usize> {
    let mut left = WIDTH;
    let mut widths = Vec::new();
    for (index, (name, most, _)) in columns.iter().enumerate() {
        let wanted = rows.iter().map(|row| width(&row[index])).max().unwrap_or(0);
        let taken = wanted.max(name.len()).min(*most).min(left);
        widths.push(taken);
        left = left.saturating_sub(taken + 2);
    }
    widths
}

fn joined(texts: &[String], widths: &[usize]) -> String {
    let cells = texts.iter().zip(widths).map(|(text, width)| fitted(text, *width));
    format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
}

fn package(locked: &Locked) -> String {
    let host = if locked.also_on_host { "; also runs while the device is built" } else { "" };
    let way = match locked.path.as_slice() {
        [] => String::new(),
        path => format!("; {}", path.join(" → ")),
    };
    format!("{}: {}{host}{way}", locked.key, locked.reason)
}
