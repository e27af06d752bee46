//! Packages choose their own names and texts: none of them breaks a format.

use super::expect::unpacked;
use super::{plain, texts};
use crate::render::Verbosity;
use crate::render::soup::{csv, csv_of_tools, json_v1, markdown, xlsx};
use crate::soup::Inventory;
use crate::soup::sample::inventory;

const NASTY: [&str; 7] = [
    "a | b || c\\| d",
    "one\ntwo\r\nthree",
    "he said \"no\", twice",
    "=HYPERLINK(\"http://evil.example\")",
    "<script>alert(1)</script> [click](http://evil.example) `code` *bold* &lt;",
    "\u{1b}[31mred\u{7}\u{202e}txet",
    "@SUM(A1)\t漢字 \u{1f600}",
];

fn with(text: &str) -> Inventory {
    let mut pump = inventory();
    pump.product.name = text.to_owned();
    pump.census[1].reason = text.to_owned();
    for row in pump.soup.iter_mut().chain(&mut pump.tools) {
        row.id = text.to_owned();
        row.title = text.to_owned();
        row.description = Some(text.to_owned());
        row.manufacturer.name = Some(text.to_owned());
        row.judgement.purpose = Some(text.to_owned());
        for hit in &mut row.advisories {
            hit.title = text.to_owned();
        }
    }
    pump
}

#[test]
fn a_line_of_a_markdown_table_has_as_many_cells_as_its_heading() {
    for nasty in NASTY {
        let text = markdown(&with(nasty));
        let mut expected = 0;
        for line in text.lines() {
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            if !line.starts_with('|') {
                expected = 0;
            } else if expected == 0 {
                expected = bars;
            }
            assert_eq!(bars, expected, "{line}");
        }
        assert!(!text.contains("<script") && !text.contains("[click]"), "{text}");
    }
}

#[test]
fn csv_reads_back_with_its_quotes_and_breaks() {
    for nasty in NASTY {
        let pump = with(nasty);
        for (text, rows) in [(csv(&pump), pump.soup.len()), (csv_of_tools(&pump), 1)] {
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let lines: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(lines.len(), rows);
            for line in lines {
                assert_eq!(line[2].trim_start_matches('\''), nasty);
            }
        }
    }
}

#[test]
fn no_cell_of_csv_starts_a_formula() {
    for start in ["=", "+", "-", "@", "\t", "\r"] {
        let text = csv(&with(&format!("{start}1+1")));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        for line in reader.records().map(Result::unwrap) {
            assert!(line.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
            assert_eq!(line[1], format!("'{start}1+1"));
        }
    }
}

#[test]
fn one_csv_file_can_hold_both_lists() {
    let (soup, tools) = (csv(&inventory()), csv_of_tools(&inventory()));
    assert_eq!(soup.lines().next(), tools.lines().next());
    let (_, rows) = tools.split_once("\r\n").unwrap();
    assert!(rows.starts_with("supporting items,"));
    let mut reader = ::csv::Reader::from_reader(soup.as_bytes());
    assert!(reader.records().all(|line| &line.unwrap()[0] == "SOUP"));
}

#[test]
fn no_formula_gets_into_the_spreadsheet() {
    for nasty in NASTY {
        for number in 1..=5 {
            let name = format!("xl/worksheets/sheet{number}.xml");
            assert!(!unpacked(&xlsx(&with(nasty)), &name).contains("<f>"));
        }
    }
}

#[test]
fn a_cell_that_is_too_long_for_a_spreadsheet_says_so() {
    let strings = unpacked(&xlsx(&with(&"漢\u{1f600}".repeat(20_000))), "xl/sharedStrings.xml");
    assert!(strings.contains("(cut: see the other formats)"));
}

#[test]
fn nothing_moves_the_cursor_or_turns_the_direction_of_writing() {
    for nasty in NASTY {
        let text = plain(&with(nasty), Verbosity::Verbose);
        let is_harmless = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(text.chars().all(is_harmless), "{text:?}");
    }
}

#[test]
fn json_keeps_every_text_as_it_is() {
    for nasty in NASTY {
        let json: serde_json::Value = serde_json::from_str(&json_v1(&with(nasty))).unwrap();
        assert_eq!(json["soup"][0]["title"], nasty);
        assert_eq!(json["product"]["name"], nasty);
    }
}

#[test]
fn a_text_in_another_format_stands_in_every_format() {
    for (format, text) in texts(&with("plain words")) {
        assert!(text.contains("plain words"), "{format}");
    }
}
