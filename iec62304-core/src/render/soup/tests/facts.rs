//! All formats say the same, everything, and leave no cell blank.

use std::collections::BTreeSet;

use iec62304_macros::requirement;

use super::expect::unpacked;
use super::{plain, texts};
use crate::location::{FilePath, Located, Location, Span};
use crate::render::Verbosity;
use crate::render::soup::columns::{self, COLUMNS, Cell, List};
use crate::render::soup::{
    csv, csv_of_tools, facts, json_v1, markdown, markdown_of_tools, support_csv, support_markdown,
    xlsx,
};
use crate::soup::sample::inventory;
use crate::soup::{
    AdvisoryState, Basis, Evaluation, Inventory, Judgement, Manufacturer, Product, Role, Row,
    Toolchain,
};
use crate::standard::{Clause, Edition, SafetyClass};

const LISTS: [List; 5] =
    [List::Soup, List::SoupOverview, List::Tools, List::ToolsOverview, List::Support];

fn empty() -> Inventory {
    Inventory {
        product: Product::default(),
        basis: Basis::NotAsked,
        census: Vec::new(),
        soup: Vec::new(),
        tools: Vec::new(),
        advisories: AdvisoryState::None,
        toolchain: Toolchain::default(),
        build_inputs: None,
        unused: Vec::new(),
        items_of_causes: BTreeSet::new(),
        since_baseline: crate::soup::SinceBaseline::NoBaseline,
        as_of: None,
    }
}

/// Every row with everything taken away that can be taken away.
fn bare() -> Inventory {
    let mut bare = inventory();
    for row in bare.soup.iter_mut().chain(&mut bare.tools) {
        *row = Row {
            manufacturer: Manufacturer::default(),
            judgement: Judgement::default(),
            evaluation: Evaluation::default(),
            title: " ".to_owned(),
            designator: String::new(),
            version: Some(String::new()),
            package: None,
            paths: Vec::new(),
            items: vec![String::new()],
            ..row.clone()
        };
        row.advisories.iter_mut().for_each(|hit| hit.title.clear());
    }
    bare.census.iter_mut().for_each(|locked| locked.reason.clear());
    bare
}

fn cell(name: &str, row: &Row, inventory: &Inventory) -> Cell {
    let list = if inventory.soup.contains(row) { List::Soup } else { List::Tools };
    let column = columns::of(list).find(|column| column.name == name).unwrap();
    column.cell(list, row, inventory)
}

/// A list in CSV, read again.
fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn no_cell_is_blank() {
    for inventory in [inventory(), bare()] {
        for list in LISTS {
            for row in list.rows(&inventory) {
                for column in columns::of(list) {
                    let text = column.cell(list, row, &inventory).to_string();
                    assert!(!text.trim().is_empty(), "{} of {}", column.name, row.id);
                }
            }
        }
        for text in [csv(&inventory), csv_of_tools(&inventory), support_csv(&inventory)] {
            assert!(read(&text).iter().flatten().all(|cell| !cell.trim().is_empty()));
        }
        let documents =
            [markdown(&inventory), markdown_of_tools(&inventory), support_markdown(&inventory)];
        assert!(documents.iter().all(|text| !text.contains("|  |")));
        for number in 1..=5 {
            let sheet = unpacked(&xlsx(&inventory), &format!("xl/worksheets/sheet{number}.xml"));
            let cells = sheet.matches("<c ").count();
            assert_eq!(cells, sheet.matches("<v>").count(), "sheet {number} has a blank cell");
        }
    }
}

#[test]
fn a_person_is_asked_only_for_what_the_class_asks_for() {
    let asked = ["Functional requirements", "Hardware and software it needs", "Verdict"];
    let mut bare = bare();
    for (class, expected) in [
        (SafetyClass::A, Cell::NotRequired(SafetyClass::A)),
        (SafetyClass::B, Cell::ToBeFilledIn),
        (SafetyClass::C, Cell::ToBeFilledIn),
    ] {
        bare.soup[0].class.class = class;
        for name in asked {
            assert_eq!(cell(name, &bare.soup[0], &bare), expected, "{name} in class {class}");
        }
        assert_eq!(cell("Evaluation", &bare.soup[0], &bare), expected);
    }
    assert_eq!(cell("Manufacturer", &bare.soup[0], &bare), Cell::Unknown);
    assert_eq!(cell("Package URL", &inventory().soup[1], &inventory()), Cell::None);
}

#[test]
fn both_editions_ask_the_same_of_soup() {
    for number in ["5.1.10", "5.3.3", "5.3.4", "5.3.6", "7.1.2", "7.1.3"] {
        let clause = Clause::find(number).unwrap();
        assert_eq!(clause.classes(Edition::First), clause.classes(Edition::Amended), "{number}");
    }
}

#[test]
fn every_column_has_its_own_name_and_a_list() {
    let mut names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), COLUMNS.len());
    assert!(COLUMNS.iter().all(|column| !column.lists.is_empty() && !column.driver.is_empty()));
}

#[test]
#[requirement("TOOL-22")]
fn every_format_tells_title_version_and_designator_of_every_row() {
    let pump = inventory();
    let strings = unpacked(&xlsx(&pump), "xl/sharedStrings.xml");
    let json: serde_json::Value = serde_json::from_str(&json_v1(&pump)).unwrap();
    let json = json.to_string();
    let formats = [
        (&pump.soup, markdown(&pump), csv(&pump)),
        (&pump.soup, support_markdown(&pump), support_csv(&pump)),
        (&pump.tools, markdown_of_tools(&pump), csv_of_tools(&pump)),
    ];
    for (rows, markdown, csv) in formats {
        for row in rows {
            for fact in [&row.title, row.version.as_ref().unwrap(), &row.designator] {
                assert!(markdown.contains(fact.as_str()), "Markdown lacks {fact}");
                assert!(csv.contains(fact.as_str()), "CSV lacks {fact}");
                assert!(strings.contains(fact.as_str()), "the spreadsheet lacks {fact}");
                assert!(json.contains(fact.as_str()), "JSON lacks {fact}");
            }
        }
    }
}

#[test]
fn the_table_tells_id_and_version_of_every_row() {
    let pump = inventory();
    let table = plain(&pump, Verbosity::Normal);
    for row in pump.rows() {
        let version = row.version.as_ref().unwrap();
        let is_told = |line: &str| line.starts_with(&row.id) && line.contains(version);
        assert!(table.lines().any(is_told), "{} is missing", row.id);
    }
}

#[test]
fn the_counts_add_up_to_the_census() {
    let mut pump = inventory();
    pump.census[1].role = Role::TestTool;
    let sum = facts::census(&pump);
    assert_eq!(sum, "5 locked = 2 in the device + 1 own + 1 generates device code + 1 test tool");
    let (total, parts) = sum.split_once(" locked = ").unwrap();
    let number = |text: &str| text.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert_eq!(number(total), parts.split(" + ").map(number).sum::<usize>());
    assert!(plain(&pump, Verbosity::Quiet).contains(&sum));
    let json: serde_json::Value = serde_json::from_str(&json_v1(&pump)).unwrap();
    let counts = json["counts"].as_array().unwrap().iter();
    let counted: u64 = counts.map(|count| count["packages"].as_u64().unwrap()).sum();
    assert_eq!(counted, json["census"].as_array().unwrap().len() as u64);
    for locked in &pump.census {
        assert!(plain(&pump, Verbosity::Verbose).contains(&locked.key.name));
        assert!(markdown(&pump).contains(&format!("| {} | {} |", locked.key, locked.role)));
    }
}

#[test]
fn without_a_database_no_format_says_that_there_is_no_anomaly() {
    let mut blind = Inventory { advisories: AdvisoryState::None, ..bare() };
    blind.soup[0].advisories.clear();
    for (format, text) in texts(&blind) {
        assert!(!text.contains("none found"), "{format}");
    }
    assert!(plain(&blind, Verbosity::Normal).contains("anomalies were not checked"));
    assert_eq!(
        cell("Advisories", &blind.soup[0], &blind),
        Cell::Known("not checked: no advisory database".to_owned())
    );
}

#[test]
fn an_empty_inventory_has_every_format() {
    for (format, text) in texts(&empty()) {
        assert!(text.ends_with('\n'), "{format}");
    }
    assert!(plain(&empty(), Verbosity::Normal).contains("0 locked"));
    assert_eq!(read(&csv(&empty())).len(), 1);
    assert!(!xlsx(&empty()).is_empty());
}

#[test]
fn an_incomplete_list_says_so_first_and_why_and_what_would_complete_it() {
    let at = Location::new(&FilePath::new("Cargo.lock"), Span { start: 7, end: 9 });
    let cause = "the network | cannot be reached".to_owned();
    let wanted = "another version is wanted".to_owned();
    let misfit = Basis::LockFile { cause: wanted, lock_file_misfits: true };
    for (basis, word, says) in [
        (Basis::NotAsked, "NOT MADE", "nothing in the project asks"),
        (Basis::NoLockFile, "NO LOCK FILE", "there is no Cargo.lock"),
        (
            Basis::UnreadableLockFile(Located::new("no version".to_owned(), at)),
            "UNREADABLE LOCK FILE",
            "Cargo.lock: no version",
        ),
        (Basis::LockFile { cause, lock_file_misfits: false }, "PARTIAL", "the network"),
        (misfit, "PARTIAL", "another version is wanted"),
    ] {
        let partial = Inventory { basis, ..inventory() };
        for verbosity in [Verbosity::Quiet, Verbosity::Normal, Verbosity::Verbose] {
            let table = plain(&partial, verbosity);
            assert!(table.starts_with(word), "{table}");
            assert!(table.contains(&format!("cause: {says}")), "{table}");
            assert!(table.contains("to complete it: "), "{table}");
        }
        let documents =
            [markdown(&partial), markdown_of_tools(&partial), support_markdown(&partial)];
        for document in documents {
            assert!(document.lines().nth(2).unwrap().starts_with(&format!("> **{word}")));
        }
        assert!(json_v1(&partial).contains("\"complete\": false"));
        assert!(unpacked(&xlsx(&partial), "xl/sharedStrings.xml").contains(word));
    }
    assert!(plain(&inventory(), Verbosity::Normal).starts_with("   product Example pump"));
    assert!(json_v1(&inventory()).contains("\"complete\": true"));
}
