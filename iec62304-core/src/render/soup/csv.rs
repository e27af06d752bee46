//! CSV as RFC 4180 has it: comma, CRLF, quotes doubled, one heading line.
//!
//! Both lists have the same columns, with the name of the list in the first, so that one
//! file can hold both.
//!
//! A cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe
//! in front: spreadsheets would run it as a formula, and packages choose their own texts.

use super::columns::{COLUMNS, Column, List};
use crate::soup::Inventory;
use iec62304_macros::requirement;

/// The SOUP items, one row each.
#[requirement("TOOL-22")]
pub fn csv(inventory: &Inventory) -> String {
    write(List::Soup, &of_either(), inventory)
}

/// The supporting items, one row each, in the columns of [`csv()`].
pub fn csv_of_tools(inventory: &Inventory) -> String {
    write(List::Tools, &of_either(), inventory)
}

fn of_either() -> Vec<&'static Column> {
    let is_of = |column: &&Column, list| column.lists.contains(&list);
    let columns = COLUMNS.iter();
    columns.filter(|column| is_of(column, List::Soup) || is_of(column, List::Tools)).collect()
}

/// The rows of a list in these columns, the name of the list in front.
pub(super) fn write(list: List, columns: &[&Column], inventory: &Inventory) -> String {
    let names = columns.iter().map(|column| column.name.to_owned());
    let mut lines: Vec<Vec<String>> = vec![["List".to_owned()].into_iter().chain(names).collect()];
    for row in list.rows(inventory) {
        let cells = columns.iter().map(|column| column.cell(list, row, inventory).to_string());
        lines.push([list.name().to_owned()].into_iter().chain(cells.map(harmless)).collect());
    }
    let terminator = csv::Terminator::CRLF;
    let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    for line in &lines {
        writer.write_record(line).expect("writing to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("every cell is text")
}

/// The text as no spreadsheet takes it for a formula.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
