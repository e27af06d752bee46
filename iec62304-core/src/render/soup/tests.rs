//! The formats on the sample inventory, and on inventories made to hurt.

mod expect;
mod facts;
mod hostile;

use expect::expect;

use crate::render::soup::{
    csv, csv_of_tools, json_v1, markdown, markdown_of_tools, support_csv, support_markdown, table,
    xlsx,
};
use crate::render::{Color, HumanOptions, Verbosity};
use crate::soup::Inventory;
use crate::soup::sample::inventory;

/// The text for people, without colours.
fn plain(inventory: &Inventory, verbosity: Verbosity) -> String {
    table(inventory, &HumanOptions { color: Color::Plain, verbosity })
}

/// Every format that is text, by name.
fn texts(inventory: &Inventory) -> Vec<(&'static str, String)> {
    vec![
        ("table", plain(inventory, Verbosity::Normal)),
        ("verbose table", plain(inventory, Verbosity::Verbose)),
        ("Markdown", markdown(inventory)),
        ("Markdown of tools", markdown_of_tools(inventory)),
        ("CSV", csv(inventory)),
        ("CSV of tools", csv_of_tools(inventory)),
        ("JSON", json_v1(inventory)),
        ("support in Markdown", support_markdown(inventory)),
        ("support in CSV", support_csv(inventory)),
    ]
}

#[test]
fn the_pump_looks_like_its_files() {
    let pump = inventory();
    expect("pump.soup.txt", &plain(&pump, Verbosity::Normal));
    expect("pump.soup.verbose.txt", &plain(&pump, Verbosity::Verbose));
    expect("pump.soup.md", &markdown(&pump));
    expect("pump.soup.csv", &csv(&pump));
    expect("pump.soup.json", &json_v1(&pump));
    expect("pump.tools.md", &markdown_of_tools(&pump));
    expect("pump.tools.csv", &csv_of_tools(&pump));
    expect("pump.support.md", &support_markdown(&pump));
    expect("pump.support.csv", &support_csv(&pump));
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert_eq!(texts(&inventory()), texts(&inventory()));
    assert_eq!(xlsx(&inventory()), xlsx(&inventory()));
}

#[test]
fn the_spreadsheet_is_dated_by_the_day_of_judgement() {
    let day = |inventory: &Inventory| {
        let core = expect::unpacked(&xlsx(inventory), "docProps/core.xml");
        let (_, rest) = core.split_once("<dcterms:created").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(day(&inventory()), "2026-06-01T00:00:00Z");
    let undated = Inventory { as_of: None, ..inventory() };
    assert_eq!(day(&undated), "2000-01-01T00:00:00Z");
    let ancient = Inventory { as_of: Some(jiff::civil::date(-1, 2, 3)), ..inventory() };
    assert_eq!(day(&ancient), "2000-01-01T00:00:00Z");
}

#[test]
fn no_line_of_the_table_is_wider_than_a_hundred_columns() {
    let mut pump = inventory();
    pump.soup[0].id = "a-very-long-id-".repeat(9);
    pump.soup[1].version = Some("1.2.3+".repeat(30));
    pump.soup[2].items = vec!["漢字".repeat(40)];
    for verbosity in [Verbosity::Quiet, Verbosity::Normal, Verbosity::Verbose] {
        for line in plain(&pump, verbosity).lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "{line}");
        }
    }
}

#[test]
fn colours_change_nothing_but_the_looks() {
    let styled =
        table(&inventory(), &HumanOptions { color: Color::Styled, verbosity: Verbosity::Verbose });
    assert!(styled.contains("\u{1b}["));
    let mut stripped = String::new();
    for (number, part) in styled.split("\u{1b}[").enumerate() {
        stripped.push_str(if number == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain(&inventory(), Verbosity::Verbose));
}
