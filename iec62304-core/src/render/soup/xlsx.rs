//! The inventory as a spreadsheet. Every cell is written as text, so none is a formula.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::columns::{self, List};
use super::facts;
use super::markdown::locked_cells;
use crate::render::text::one_line;
use crate::soup::{Hit, Inventory, Row};

/// Columns are no wider than this, in pixels; longer cells wrap.
const WIDEST: u32 = 420;

/// The longest text that a cell of a spreadsheet holds, in UTF-16 units.
const LONGEST: usize = 32_767;

/// The inventory as the bytes of a spreadsheet with the sheets "About", "SOUP", "Supporting
/// items", "Census" and "Advisories".
pub fn xlsx(inventory: &Inventory) -> Vec<u8> {
    workbook(inventory).expect("names, sizes and texts are within the limits of a spreadsheet")
}

fn workbook(inventory: &Inventory) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(inventory)?);
    sheet(&mut workbook, "About", &["What", "Value"], about(inventory))?;
    for (name, list) in [("SOUP", List::Soup), ("Supporting items", List::Tools)] {
        let names: Vec<&str> = columns::of(list).map(|column| column.name).collect();
        let cells = |row| columns::of(list).map(move |column| column.cell(list, row, inventory));
        let rows = list.rows(inventory).iter();
        let rows = rows.map(|row| cells(row).map(|cell| cell.to_string()).collect()).collect();
        sheet(&mut workbook, name, &names, rows)?;
    }
    let census = inventory.census.iter().map(|locked| locked_cells(locked).into()).collect();
    sheet(&mut workbook, "Census", &["Package", "Role", "Reason", "Included by"], census)?;
    sheet(&mut workbook, "Advisories", &ADVISORY, advisories(inventory))?;
    workbook.save_to_buffer()
}

/// The library reads the clock for the day of creation unless it is told one.
fn properties(inventory: &Inventory) -> Result<DocProperties, XlsxError> {
    let day = inventory.as_of.and_then(day);
    let created = day.map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    Ok(DocProperties::new()
        .set_title(one_line(&format!("SOUP list of {}", inventory.product.name)))
        .set_creation_datetime(&created))
}

/// The day as spreadsheets count; they know none before 1900.
fn day(day: Date) -> Option<ExcelDateTime> {
    let [month, day_of_month] = [day.month(), day.day()].map(|part| u8::try_from(part).ok());
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month?, day_of_month?).ok()
}

fn sheet(
    workbook: &mut Workbook,
    name: &str,
    heads: &[&str],
    rows: Vec<Vec<String>>,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    write(sheet, 0, heads.iter().map(|head| (*head).to_owned()), &bold)?;
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        write(sheet, row, cells.into_iter(), &wrapped)?;
        last = row;
    }
    let columns = u16::try_from(heads.len()).expect("a sheet has few columns");
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(WIDEST);
    sheet.autofit();
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = String>,
    format: &Format,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, column, shortened(facts::known(&cell)), format)?;
    }
    Ok(())
}

/// A cell that is too long for a spreadsheet ends in a word that says so.
fn shortened(text: String) -> String {
    const SAYS_SO: &str = " … (cut: see the other formats)";
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut units = SAYS_SO.encode_utf16().count();
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= LONGEST
    };
    text.chars().take_while(fits).chain(SAYS_SO.chars()).collect()
}

fn about(inventory: &Inventory) -> Vec<Vec<String>> {
    let missing = facts::warning(inventory).into_iter().map(|line| ("missing", line));
    let census = [("census", facts::census(inventory))];
    let limits = facts::LIMITS.map(|limit| ("limits", limit.to_owned()));
    let all = missing.chain(facts::product(inventory)).chain(census).chain(limits);
    all.map(|(name, text)| vec![name.to_owned(), text]).collect()
}

const ADVISORY: [&str; 13] = [
    "Item",
    "IDs",
    "Kind",
    "Title",
    "Published",
    "Withdrawn",
    "CVSS",
    "Not affected",
    "Affected functions",
    "Remarks",
    "Verdict",
    "Reason",
    "To be read at",
];

fn advisories(inventory: &Inventory) -> Vec<Vec<String>> {
    let hits = inventory.rows().flat_map(|row| row.advisories.iter().map(move |hit| (row, hit)));
    hits.map(|(row, hit)| advisory(row, hit)).collect()
}

fn advisory(row: &Row, hit: &Hit) -> Vec<String> {
    let none = || "none".to_owned();
    let list = |parts: &[String]| if parts.is_empty() { none() } else { parts.join("; ") };
    let (verdict, reason) = match &hit.verdict {
        None => ("to be filled in".to_owned(), "to be filled in".to_owned()),
        Some(verdict) => match &verdict.justification {
            Some(why) => (format!("{} ({why})", verdict.word), verdict.reason.clone()),
            None => (verdict.word.clone(), verdict.reason.clone()),
        },
    };
    vec![
        row.id.clone(),
        hit.ids.join(", "),
        hit.kind.words().to_owned(),
        hit.title.clone(),
        hit.date.map(|day| day.to_string()).unwrap_or_default(),
        hit.withdrawn.map_or_else(none, |day| day.to_string()),
        hit.cvss.clone().unwrap_or("unknown".to_owned()),
        list(&hit.patched),
        list(&hit.functions),
        list(&hit.remarks),
        verdict,
        reason,
        hit.url.clone().unwrap_or("unknown".to_owned()),
    ]
}
