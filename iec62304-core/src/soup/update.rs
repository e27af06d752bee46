//! Records for what has none: every field that can be known is filled in, every field
//! that a person must judge stands as a comment, so that nothing is taken for judged.

use std::fmt::Write;

use iec62304_macros::requirement;

use super::{Inventory, Row, RowKind};
use crate::records::{quoted, table_key};

/// Which rows get a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateScope {
    /// Every row without one.
    All,
    /// Only what own packages depend on directly, and what no lock file lists.
    Direct,
}

/// The records that are missing, as TOML to be added to a record file; empty where none
/// is.
#[requirement("TOOL-20")]
pub fn missing_records(inventory: &Inventory, scope: UpdateScope) -> String {
    let wanted = |row: &&Row| {
        let is_package = row.kind == RowKind::Package;
        row.record.is_none() && (scope == UpdateScope::All || row.is_direct || !is_package)
    };
    let mut text = String::new();
    for row in inventory.soup.iter().filter(wanted) {
        soup(&mut text, row, inventory);
    }
    for row in inventory.tools.iter().filter(wanted).filter(|row| row.role.shapes_the_device()) {
        tool(&mut text, row);
    }
    text
}

fn soup(text: &mut String, row: &Row, inventory: &Inventory) {
    let key = table_key(&row.id);
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("\n# {}", one_line(&row.designator)));
    line(format!("[soup.{key}]"));
    automatic(row).into_iter().for_each(&mut line);
    human(row).into_iter().for_each(&mut line);
    if let Some(covers) = covers(row, inventory) {
        line(format!("# covers        = {}", list(&covers)));
        line(
            "# covers_reason = \"…\"   # these come in by it alone: judge them with it?".to_owned(),
        );
    }
    line(format!("# [soup.{key}.support]"));
    line("# level          = \"…\"   # actively maintained, no longer maintained, abandoned, unknown".to_owned());
    line("# end            = YYYY-MM-DD".to_owned());
    line("# reason         = \"…\"".to_owned());
    line(
        "# responsibility = \"…\"   # maintained, supported or required: IEC 81001-5-1, 4.3"
            .to_owned(),
    );
    evaluation(row, &key).into_iter().for_each(&mut line);
}

/// Fields that follow from the graph.
fn automatic(row: &Row) -> Vec<String> {
    let mut lines = Vec::new();
    let mut field = |name: &str, value: String| lines.push(format!("{name} = {value}"));
    if row.kind != RowKind::Package {
        field("kind", quoted(row.kind.words()));
        field("title", quoted(&row.title));
    }
    if let Some(package) = row.package.as_ref().filter(|_| row.kind == RowKind::Package) {
        if row.id != package.name {
            field("package", quoted(&package.name));
        }
        if row.id.matches('@').count() > 1 {
            field("source", quoted(package.source.word()));
        }
    }
    if let Some(version) = &row.version {
        field("version", quoted(version));
    }
    if !row.items.is_empty() {
        field("used_by", list(&row.items));
    }
    lines
}

/// Fields that a person must judge, as comments with what is known.
fn human(row: &Row) -> Vec<String> {
    let name = row.manufacturer.name.as_deref().unwrap_or("…");
    let mut lines = vec![
        "# To be judged by a person, then without the `#`:".to_owned(),
        format!(
            "# manufacturer = {}   # {}: confirm",
            quoted(name),
            row.manufacturer.basis.words()
        ),
    ];
    if let Some(licence) = &row.licence.declared {
        lines.push(format!("# license      = {}   # declared: conclude", quoted(licence)));
    }
    if let Some(modified) = &row.modified {
        lines.push(format!("# modified     = \"…\"   # {}", one_line(modified)));
    }
    if row.version.is_none() {
        lines.push("# version      = \"…\"".to_owned());
    }
    let environment = match &row.rust_version {
        Some(version) => format!("Rust {version} or newer, …"),
        None => "…".to_owned(),
    };
    lines.extend([
        "# functional   = [\"…\"]   # 5.3.3: what the device needs of it".to_owned(),
        "# performance  = [\"…\"]   # 5.3.3: how well".to_owned(),
        format!(
            "# environment  = {}   # 5.3.4: hardware and software that it needs",
            quoted(&environment)
        ),
        "# not_a_cause  = \"…\"   # 7.1.2: or name it in the `soup` of a cause".to_owned(),
        "# verified_by  = [\"…\"]   # 5.3.6: tests or reviews".to_owned(),
    ]);
    lines
}

fn evaluation(row: &Row, key: &str) -> Vec<String> {
    let binding = &row.evaluation.binding;
    let version = row.version.as_deref().unwrap_or("…");
    let mut lines = vec![
        format!("# [soup.{key}.anomalies]   # 7.1.3"),
        "# source     = \"…\"   # which list of known anomalies was read".to_owned(),
        format!("# version    = {}", quoted(version)),
        "# reviewed   = YYYY-MM-DD".to_owned(),
        "# by         = \"…\"".to_owned(),
        "# verdict    = \"…\"".to_owned(),
        format!("# package    = {}", quoted(&binding.package)),
        format!("# advisories = {}", quoted(&binding.advisories)),
        format!("# paths      = {}", quoted(&binding.paths)),
    ];
    for hit in row.advisories.iter().filter(|hit| hit.withdrawn.is_none()) {
        lines.extend([
            format!("# [[soup.{key}.anomalies.entry]]   # {}", one_line(&hit.title)),
            format!("# id      = {}", quoted(&hit.ids[0])),
            "# verdict = \"under investigation\"   # not affected, affected, fixed".to_owned(),
            "# reason  = \"…\"".to_owned(),
        ]);
    }
    lines
}

fn tool(text: &mut String, row: &Row) {
    let kind = match row.role {
        super::Role::GeneratesDeviceCode => "code generator",
        _ => "build tool",
    };
    let key = table_key(&row.id);
    let name = row.manufacturer.name.as_deref().unwrap_or("…");
    writeln!(text, "\n# {}\n[tool.{key}]", one_line(&row.designator)).expect("a string takes all");
    if let Some(package) = row.package.as_ref().filter(|package| package.name != row.id) {
        writeln!(text, "package = {}", quoted(&package.name)).expect("a string takes all");
    }
    let lines = [
        format!("kind = {}", quoted(kind)),
        "# To be judged by a person, then without the `#`:".to_owned(),
        format!(
            "# manufacturer = {}   # {}: confirm",
            quoted(name),
            row.manufacturer.basis.words()
        ),
        "# purpose      = \"…\"".to_owned(),
        "# validation   = \"…\"   # what shows that it is fit for that".to_owned(),
    ];
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
}

/// What only this row brings in, of what has no record of its own.
fn covers(row: &Row, inventory: &Inventory) -> Option<Vec<String>> {
    if !row.is_direct || row.kind != RowKind::Package {
        return None;
    }
    let name = format!("{} {}", row.package.as_ref()?.name, row.version.as_ref()?);
    let brings = |other: &&Row| {
        let is_open = other.record.is_none() && !other.is_direct && other.kind == RowKind::Package;
        is_open && !other.paths.is_empty() && other.paths.iter().all(|path| path.contains(&name))
    };
    let covered: Vec<String> =
        inventory.soup.iter().filter(brings).map(|other| other.id.clone()).collect();
    (!covered.is_empty()).then_some(covered)
}

fn list(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A text that ends no comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;
    use crate::soup::sample;

    fn without_records() -> Inventory {
        let mut inventory = sample::inventory();
        let binding = inventory.soup[0].evaluation.binding.clone();
        for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
            row.record = None;
            row.evaluation.binding = binding.clone();
        }
        let brought_in = &mut inventory.soup[1];
        brought_in.is_direct = false;
        brought_in.paths[0].insert(1, "ring-queue 0.8.0".to_owned());
        inventory
    }

    #[test]
    #[requirement("TOOL-20")]
    #[verifies("soup.AC-2")]
    fn what_a_person_must_judge_stands_as_a_comment() {
        let text = missing_records(&without_records(), UpdateScope::All);
        let fields: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains('='))
            .filter_map(|line| line.split(" = ").next())
            .collect();
        for human in ["manufacturer", "functional", "environment", "verdict", "by", "covers"] {
            assert!(!fields.contains(&human), "{human} is filled in: {text}");
            assert!(text.contains(&format!("# {human}")), "{human} is not marked: {text}");
        }
        toml::de::DeTable::parse(&text).unwrap();
    }

    #[test]
    #[requirement("TOOL-20")]
    fn uncommented_it_is_toml_that_the_vocabulary_knows() {
        let text = missing_records(&without_records(), UpdateScope::All);
        let text = text.replace("YYYY-MM-DD", "2026-01-01");
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(field) if field.contains(" = ") || field.starts_with('[') => field,
            _ => line,
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let file = crate::snapshot::TextFile {
            path: crate::location::FilePath::new("records/soup.toml"),
            content: crate::snapshot::Content::Bytes(text.as_bytes().into()),
        };
        let document = crate::records::read(&file, crate::records::FileRole::Records);
        let words = ["must be one of", "…"];
        let problems = document.problems.iter().map(|problem| problem.message.as_str());
        let unknown: Vec<&str> =
            problems.filter(|message| !words.iter().any(|word| message.contains(word))).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn nothing_is_missing_where_every_row_has_a_record() {
        let mut inventory = without_records();
        let record = sample::inventory().soup[0].record.clone();
        for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
            row.record = record.clone();
        }
        assert_eq!(missing_records(&inventory, UpdateScope::All), "");
    }
}
