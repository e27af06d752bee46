//! The registry of rules is complete, and every rule's page is what it says.
//!
//! Each example of a page is a workspace in memory, analysed in full; its `findings`
//! block is what the page's rule says of it. `UPDATE_SPECS=1 cargo test` rewrites these
//! blocks from what the rules say; review the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "reads this crate's own source folder")]

use std::fs;
use std::path::PathBuf;

use iec62304_macros::{requirement, risk_control, verifies};

use super::workspace::Workspace;
use crate::analyze;
use crate::finding::Severity;
use crate::location::LineIndex;
use crate::rules::{Check, RULES, Rule};
use crate::standard::{Classes, Clause, Edition, SafetyClass};

const SECTIONS: [&str; 5] = ["Clause", "What it checks", "Why", "Examples", "How to resolve"];

/// Rules that rest on a clause in one edition and on none in the other.
const OF_THE_TOOL: [(&str, Edition); 1] = [("legacy-edition-mismatch", Edition::First)];

fn rules_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

fn stems(extension: &str) -> Vec<String> {
    let files = fs::read_dir(rules_folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut stems: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .collect();
    stems.sort();
    stems
}

#[test]
fn every_rule_file_is_listed_and_has_a_page() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(
        stems("rs"),
        names,
        "add the rule to `RULES` in src/rules.rs, under its file's name"
    );
    assert_eq!(stems("md"), names, "every rule has a page of its own name beside it");
}

#[test]
fn the_registry_is_sorted() {
    assert!(RULES.is_sorted_by(|a, b| a.name < b.name), "sort `RULES` in src/rules.rs by name");
}

#[test]
fn every_rule_names_clauses_that_exist_and_bind() {
    for rule in RULES {
        for edition in Edition::ALL {
            let clauses: Vec<&Clause> = rule
                .clauses
                .of(edition)
                .iter()
                .map(|number| {
                    Clause::find(number)
                        .unwrap_or_else(|| panic!("{}: no clause {number}", rule.name))
                })
                .collect();
            if rule.is_of_the_tool() {
                assert_eq!(rule.classes.of(edition), Classes::ABC, "{}", rule.name);
            }
            for class in SafetyClass::ALL {
                let some_clause =
                    clauses.iter().any(|clause| clause.classes(edition).contains(class));
                let of_the_tool =
                    rule.is_of_the_tool() || OF_THE_TOOL.contains(&(rule.name, edition));
                assert!(
                    !rule.binds(edition, class)
                        || some_clause
                        || of_the_tool
                        || rule.severity_in(edition) == Severity::Note,
                    "{}: binds class {class} in {edition}, and no clause of it does",
                    rule.name,
                );
            }
        }
    }
}

#[test]
fn every_page_is_complete() {
    for rule in RULES {
        let mut lines = rule.page.lines();
        assert_eq!(lines.next(), Some(format!("# {}", rule.name).as_str()));
        let sections: Vec<&str> =
            rule.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "{}: the sections of its page", rule.name);
        for section in SECTIONS {
            let (_, text) = rule.page.split_once(&format!("## {section}\n")).unwrap();
            let body = text.split("\n## ").next().unwrap().trim();
            assert!(!body.is_empty(), "{}: nothing under {section}", rule.name);
        }
        let clause = rule.page.split("## Clause\n").nth(1).unwrap().split("\n## ").next().unwrap();
        for edition in Edition::ALL {
            for number in rule.clauses.of(edition) {
                assert!(clause.contains(number), "{}: its page does not name {number}", rule.name);
            }
        }
    }
}

#[test]
fn every_page_has_an_example_without_and_one_with_a_finding() {
    for rule in RULES {
        let findings: Vec<String> =
            examples(rule).into_iter().map(|example| example.findings).collect();
        assert_eq!(findings[0], "", "{}: the first example has no gap", rule.name);
        assert_ne!(findings[1], "", "{}: the second example has a gap", rule.name);
    }
}

#[test]
#[requirement(
    "TOOL-7", "TOOL-8", "TOOL-9", "TOOL-10", "TOOL-11", "TOOL-12", "TOOL-23", "TOOL-24", "TOOL-25",
    "TOOL-40", "TOOL-26", "TOOL-27", "TOOL-28", "TOOL-33", "TOOL-62", "TOOL-63"
)]
#[risk_control("GUARD-2", "GUARD-3")]
#[verifies("rules.AC-1")]
fn every_example_finds_what_its_page_says() {
    let update = std::env::var_os("UPDATE_SPECS").is_some();
    for rule in RULES {
        let page = executed(rule);
        if update {
            let path = rules_folder().join(format!("{}.md", rule.name.replace('-', "_")));
            fs::write(path, &page).unwrap();
        } else {
            assert_eq!(rule.page, page, "{}: rewrite with UPDATE_SPECS=1 and review", rule.name);
        }
    }
}

/// A rule that asks for the class or the edition can forget it; the runner cannot.
#[test]
#[risk_control("GUARD-2")]
fn no_rule_on_subjects_asks_for_class_or_edition() {
    for rule in RULES.iter().filter(|rule| !matches!(rule.check, Check::Project(_))) {
        let path = rules_folder().join(format!("{}.rs", rule.name.replace('-', "_")));
        let source = fs::read_to_string(path).unwrap();
        let (_, check) = source.split_once("fn check(").unwrap();
        for word in ["SafetyClass", "Edition", ".class", "edition()"] {
            assert!(!check.contains(word), "{}: mentions `{word}`", rule.name);
        }
    }
}

struct Example {
    title: String,
    workspace: Workspace,
    findings: String,
}

/// The examples of a page: a heading, files in fenced blocks, a `findings` block.
fn examples(rule: &Rule) -> Vec<Example> {
    let (_, section) = rule.page.split_once("## Examples\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut examples = Vec::new();
    for part in section.split("### ").skip(1) {
        let title = part.lines().next().unwrap().to_owned();
        let mut files = Vec::new();
        let mut findings = None;
        let mut blocks = part.split("```");
        blocks.next();
        while let Some(block) = blocks.next() {
            let (header, text) = block.split_once('\n').unwrap();
            match header.split_once(' ') {
                Some((_, path)) => files.push((path, text)),
                None if header == "findings" => findings = Some(text.to_owned()),
                None => panic!("{}: a block without a path in {title:?}", rule.name),
            }
            blocks.next();
        }
        let findings =
            findings.unwrap_or_else(|| panic!("{}: no findings in {title:?}", rule.name));
        examples.push(Example { title, workspace: Workspace::new(files), findings });
    }
    examples
}

/// The page with the findings that its examples really have.
fn executed(rule: &Rule) -> String {
    let mut page = String::new();
    let mut rest = rule.page;
    for example in examples(rule) {
        let (before, after) = rest.split_once(&format!("### {}\n", example.title)).unwrap();
        let (files, after) = after.split_once("```findings\n").unwrap();
        let (_, after) = after.split_once("```").unwrap();
        let found = findings(rule, &example.workspace);
        page += &format!("{before}### {}\n{files}```findings\n{found}```", example.title);
        rest = after;
    }
    page + rest
}

/// What the rule says of a workspace, a line each.
fn findings(rule: &Rule, workspace: &Workspace) -> String {
    let analysis = analyze(&workspace.snapshot());
    let mut text = String::new();
    for finding in analysis.findings().into_iter().filter(|finding| finding.rule == rule.name) {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let place = finding.gap.at.as_ref().map_or_else(
            || "-".to_owned(),
            |label| {
                let source = workspace.0.get(label.at.file.as_str()).map_or("", String::as_str);
                let start = LineIndex::new(source.as_bytes())
                    .position(source.as_bytes(), label.at.span.start);
                format!("{}:{}:{}", label.at.file, start.line, start.column)
            },
        );
        text += &format!("{severity}: {place}: {}\n", finding.gap.message);
    }
    text
}
