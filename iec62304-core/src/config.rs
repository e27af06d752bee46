//! What the settings of `iec62304.toml` mean for the analysis, resolved once.

use regex_lite::Regex;

use crate::location::{FilePath, Located, Location, Span};
use crate::model::code::Level;
use crate::model::record::{Fields, RecordKind, Value};
use crate::records::{Document, ID_KINDS, RecordProblem};
use crate::scan;
use crate::standard::Edition;

/// The name of the configuration file, at the workspace root.
pub const FILE_NAME: &str = "iec62304.toml";

/// The configuration as the core uses it.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// The start of `iec62304.toml`: the place of what it does not say.
    pub at: Location,
    /// The name of the project, for headers.
    pub name: Option<Located<String>>,
    /// The edition of the standard as written, and what it means; `None` where absent.
    pub edition: Option<Located<EditionSetting>>,
    /// Whether absent inputs are gaps.
    pub scope: Scope,
    /// Patterns of the record files, relative to the workspace root.
    pub records: Vec<Located<String>>,
    /// The pattern that the ids of a kind of record must match in full.
    pub ids: Vec<(RecordKind, Located<String>)>,
    /// Path patterns that declare the level of tests, in order of the file.
    pub levels: Vec<(Level, Located<String>)>,
    /// What the project adds to the scan's lists.
    pub scan: scan::Settings,
}

/// What `edition` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditionSetting {
    /// An edition that we know.
    Known(Edition),
    /// Something else, as written.
    Unknown(String),
}

/// How much of the standard a project wants to be held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// What is not declared yet is listed as not checked.
    #[default]
    Declared,
    /// What is not declared is a gap.
    Full,
}

impl Configuration {
    /// Resolves the settings of `iec62304.toml`; values that make no sense are problems.
    pub fn resolve(document: &Document) -> (Self, Vec<RecordProblem>) {
        let mut problems = Vec::new();
        let settings = &document.settings;
        let none = Fields::default();
        let table = |name| settings.table(name).unwrap_or(&none);
        let (project, tests, code) = (table("project"), table("tests"), table("code"));
        let names = |fields: &Fields, field| {
            fields
                .list(field)
                .iter()
                .map(|name| name.value.clone())
                .collect()
        };
        let mut records = settings.list("records").to_vec();
        records.retain(|pattern| is_path_pattern(pattern, &mut problems));
        let configuration = Self {
            at: Location::new(&FilePath::new(FILE_NAME), Span::default()),
            name: project.text("name").cloned(),
            edition: project.text("edition").map(edition),
            scope: match project.text("scope").map(|scope| scope.value.as_str()) {
                Some("full") => Scope::Full,
                _ => Scope::Declared,
            },
            records,
            ids: id_patterns(project.table("ids").unwrap_or(&none), &mut problems),
            levels: levels(tests.table("levels").unwrap_or(&none), &mut problems),
            scan: scan::Settings {
                test_attributes: names(tests, "attributes"),
                test_macros: names(tests, "macros"),
                item_macros: names(code, "item_macros"),
            },
        };
        (configuration, problems)
    }
}

fn edition(word: &Located<String>) -> Located<EditionSetting> {
    let setting = match Edition::parse(&word.value) {
        Some(edition) => EditionSetting::Known(edition),
        None => EditionSetting::Unknown(word.value.clone()),
    };
    Located::new(setting, word.at.clone())
}

fn id_patterns(
    ids: &Fields,
    problems: &mut Vec<RecordProblem>,
) -> Vec<(RecordKind, Located<String>)> {
    let mut patterns = Vec::new();
    for (field, kind) in ID_KINDS {
        let Some(pattern) = ids.text(field) else {
            continue;
        };
        match Regex::new(&format!("^(?:{})$", pattern.value)) {
            Ok(_) => patterns.push((*kind, pattern.clone())),
            Err(error) => problems.push(RecordProblem {
                at: pattern.at.clone(),
                message: format!("the pattern is no regular expression: {error}"),
                help: Some("write a pattern such as \"SRS-[0-9]+\"".to_owned()),
                related: None,
            }),
        }
    }
    patterns
}

fn levels(levels: &Fields, problems: &mut Vec<RecordProblem>) -> Vec<(Level, Located<String>)> {
    let mut patterns = Vec::new();
    for field in &levels.0 {
        let level = match field.name.value.as_str() {
            "unit" => Level::Unit,
            "integration" => Level::Integration,
            "system" => Level::System,
            _ => continue,
        };
        let Value::List(list) = &field.value else {
            continue;
        };
        let list = list
            .iter()
            .filter(|pattern| is_path_pattern(pattern, problems));
        patterns.extend(list.map(|pattern| (level, pattern.clone())));
    }
    patterns
}

/// A path pattern is relative and written with forward slashes.
fn is_path_pattern(pattern: &Located<String>, problems: &mut Vec<RecordProblem>) -> bool {
    let text = pattern.value.as_str();
    let message = if text.contains('\\') {
        "a path pattern is written with `/`"
    } else if text.starts_with('/') || text.get(1..2) == Some(":") {
        "a path pattern is relative to the workspace or package"
    } else {
        return true;
    };
    problems.push(RecordProblem {
        at: pattern.at.clone(),
        message: message.to_owned(),
        help: Some("write it like `records/*.toml` or `src/**`".to_owned()),
        related: None,
    });
    false
}
