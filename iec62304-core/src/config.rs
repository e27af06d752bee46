//! What the settings of `iec62304.toml` mean for the analysis, resolved once.

use regex_lite::Regex;

use crate::location::{FilePath, Located, Location, Span};
use crate::model::code::Level;
use crate::model::record::{Fields, RecordKind, Value};
use crate::records::{Document, RecordProblem, is_placeholder};
use crate::scan;
use crate::standard::Edition;

mod decisions;
mod evidence;

pub use decisions::{SeveritySetting, Waiver, waivers};
pub use evidence::EvidenceSettings;

const LEVELS: [Level; 3] = [Level::Unit, Level::Integration, Level::System];

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
    /// The risk management file that the project names.
    pub risk_file: Option<Located<String>>,
    /// Where the system requirements stand, if not in these records.
    pub system_requirements: Option<Located<String>>,
    /// The quality management system that the project names.
    pub quality_system: Option<Located<String>>,
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
    /// Why no requirement of a category of 5.2.2 is needed, by letter.
    pub not_applicable: Vec<Located<String>>,
    /// What ships, and for which targets.
    pub product: Product,
    /// Where published anomalies come from and how long their evaluation holds.
    pub anomalies: Anomalies,
    /// Where results of tests are stored; `None` where the project stores none.
    pub evidence: Option<EvidenceSettings>,
    /// Which rules weigh more or less here, in order of the file.
    pub severities: Vec<SeveritySetting>,
    /// The version of this tool that the project has validated.
    pub tool_version: Option<Located<String>>,
}

/// What ships, as the project declares it.
#[derive(Clone, Debug, Default)]
pub struct Product {
    /// Whether there is a `[product]` table at all.
    pub is_declared: bool,
    /// Its name.
    pub name: Option<Located<String>>,
    /// Its version.
    pub version: Option<Located<String>>,
    /// Who makes the device.
    pub manufacturer: Option<Located<String>>,
    /// An e-mail or web address of the manufacturer.
    pub contact: Option<Located<String>>,
    /// The packages that ship.
    pub packages: Vec<Located<String>>,
    /// The target triples that they are built for.
    pub targets: Vec<Located<String>>,
    /// Features that are on, as cargo takes them.
    pub features: Vec<Located<String>>,
    /// Whether default features are off.
    pub no_default_features: bool,
    /// Whether all features are on.
    pub all_features: bool,
    /// The file with the SOUP baseline, relative to the workspace root.
    pub baseline: Option<Located<String>>,
}

/// Where published anomalies come from, and the ages that are allowed.
#[derive(Clone, Debug, Default)]
pub struct Anomalies {
    /// The folder of the database, relative to the workspace root.
    pub database: Option<Located<String>>,
    /// How many days old its newest entry may be.
    pub database_days: Option<Located<i64>>,
    /// How many days old an evaluation may be.
    pub evaluation_days: Option<Located<i64>>,
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

/// Which whole ids a pattern allows.
#[derive(Clone, Debug)]
pub struct IdPattern(Regex);

impl Configuration {
    /// Resolves the settings of `iec62304.toml`; values that make no sense are problems.
    pub fn resolve(document: &Document) -> (Self, Vec<RecordProblem>) {
        let settings = &document.settings;
        let mut resolver = Resolver::default();
        let mut configuration = Self {
            at: Location::new(&FilePath::new(FILE_NAME), Span::default()),
            records: resolver.paths(settings.list("records")),
            ..Self::default()
        };
        if let Some(project) = settings.table("project") {
            configuration.name = project.text("name").cloned();
            configuration.edition = project.text("edition").map(edition);
            configuration.risk_file = resolver.reference(project, "risk_file");
            configuration.system_requirements = resolver.reference(project, "system_requirements");
            configuration.quality_system = resolver.reference(project, "quality_system");
            configuration.scope = scope(project);
            configuration.ids = resolver.ids(project);
            configuration.tool_version = project.text("tool_version").cloned();
        }
        if let Some(table) = settings.table("not_applicable") {
            configuration.not_applicable = table.iter().map(|field| field.name.clone()).collect();
        }
        if let Some(tests) = settings.table("tests") {
            configuration.scan.test_attributes = resolver.names(tests.list("attributes"));
            configuration.scan.test_macros = resolver.names(tests.list("macros"));
            configuration.levels = resolver.levels(tests);
        }
        if let Some(product) = settings.table("product") {
            configuration.product = resolver.product(product);
        }
        if let Some(anomalies) = settings.table("anomalies") {
            configuration.anomalies = resolver.anomalies(anomalies);
        }
        if let Some(evidence) = settings.table("evidence") {
            configuration.evidence = evidence::settings(evidence, &mut resolver);
        }
        if let Some(code) = settings.table("code") {
            configuration.scan.item_macros = resolver.names(code.list("item_macros"));
        }
        if let Some(policy) = settings.table("policy") {
            configuration.severities = resolver.severities(policy);
        }
        let mut problems = resolver.problems;
        problems.sort_by_key(|problem| problem.at.span.start);
        (configuration, problems)
    }

    /// The pattern that the ids of `kind` must match, if there is one.
    pub fn id_pattern(&self, kind: RecordKind) -> Option<IdPattern> {
        let (_, pattern) = self.ids.iter().find(|(of, _)| *of == kind)?;
        IdPattern::new(&pattern.value).ok()
    }

    /// The kinds of record whose patterns an id matches.
    pub fn kinds_of_ids(&self) -> impl Fn(&str) -> Vec<RecordKind> + use<> {
        let pattern = |kind: &RecordKind| Some((*kind, self.id_pattern(*kind)?));
        let patterns: Vec<_> = self.ids.iter().filter_map(|(kind, _)| pattern(kind)).collect();
        move |id| {
            let matching = patterns.iter().filter(|(_, pattern)| pattern.allows(id));
            matching.map(|(kind, _)| *kind).collect()
        }
    }
}

impl IdPattern {
    /// Compiles a regular expression; the error says what is wrong with it.
    fn new(pattern: &str) -> Result<Self, regex_lite::Error> {
        // Alone first: `a)|(b` is none, though it would be one between parentheses.
        Regex::new(pattern)?;
        Regex::new(&format!("^(?:{pattern})$")).map(Self)
    }

    /// Whether the whole of `id` fits.
    pub fn allows(&self, id: &str) -> bool {
        self.0.is_match(id)
    }
}

fn edition(word: &Located<String>) -> Located<EditionSetting> {
    let setting = match Edition::parse(&word.value) {
        Some(edition) => EditionSetting::Known(edition),
        None => EditionSetting::Unknown(word.value.clone()),
    };
    Located::new(setting, word.at.clone())
}

fn scope(project: &Fields) -> Scope {
    match project.text("scope") {
        Some(word) if word.value == "full" => Scope::Full,
        _ => Scope::Declared,
    }
}

fn kind_of_ids(name: &str) -> Option<RecordKind> {
    match name {
        "system" => Some(RecordKind::SystemRequirement),
        "software" => Some(RecordKind::Requirement),
        "hazard" => Some(RecordKind::HazardousSituation),
        "control" => Some(RecordKind::RiskControl),
        other => RecordKind::parse(other),
    }
}

/// What is wrong with a path pattern and what to write instead.
fn fault_of_path_pattern(pattern: &str) -> Option<(String, String)> {
    let drive = pattern.as_bytes().get(1) == Some(&b':');
    let (fault, help) = if pattern.contains('\\') {
        let help = format!("write `{}`", pattern.replace('\\', "/"));
        ("contains a backslash", help)
    } else if pattern.starts_with('/') || drive {
        let help = "write it relative to the workspace root";
        ("is absolute", help.to_owned())
    } else if pattern.starts_with("./") {
        let help = format!("write `{}`", pattern.trim_start_matches("./"));
        ("starts with `./` and would match nothing", help)
    } else if pattern.starts_with('!') {
        let help = "name what belongs to it instead";
        ("starts with `!`", help.to_owned())
    } else if let Err(error) = fast_glob::validate(pattern) {
        let message = format!("path pattern `{pattern}` is not valid: {error}");
        let help = "correct it; `*`, `**`, `?`, `[ab]` and `{a,b}` have a meaning";
        return Some((message, help.to_owned()));
    } else {
        return None;
    };
    Some((format!("path pattern `{pattern}` {fault}"), help))
}

/// Gathers what makes no sense on the way through the settings.
#[derive(Default)]
struct Resolver {
    problems: Vec<RecordProblem>,
}

impl Resolver {
    fn report(&mut self, at: &Location, message: String, help: String) {
        self.problems.push(RecordProblem {
            at: at.clone(),
            message,
            help: Some(help),
            related: None,
            nearest: None,
        });
    }

    /// The words without those that stand twice.
    fn distinct(&mut self, words: &[Located<String>]) -> Vec<Located<String>> {
        let mut distinct: Vec<Located<String>> = Vec::new();
        for word in words {
            match distinct.iter().find(|first| first.value == word.value) {
                None => distinct.push(word.clone()),
                Some(first) => {
                    let first = first.clone();
                    self.report(
                        &word.at,
                        format!("`{}` stands here twice", word.value),
                        "remove one of the two".to_owned(),
                    );
                    self.relate(first);
                }
            }
        }
        distinct
    }

    fn relate(&mut self, first: Located<String>) {
        if let Some(problem) = self.problems.last_mut() {
            problem.related = Some(first);
        }
    }

    /// A reference that is for people; one that is still to be written is none.
    fn reference(&mut self, project: &Fields, name: &str) -> Option<Located<String>> {
        let text = project.text(name)?;
        if !is_placeholder(&text.value) {
            return Some(text.clone());
        }
        let message =
            format!("`{name}` says only {:?}, which counts as not written", text.value.trim());
        let help = "write what it is, or leave it out until it is known".to_owned();
        self.report(&text.at, message, help);
        None
    }

    fn paths(&mut self, patterns: &[Located<String>]) -> Vec<Located<String>> {
        let mut patterns = self.distinct(patterns);
        patterns.retain(|pattern| match fault_of_path_pattern(&pattern.value) {
            None => true,
            Some((message, help)) => {
                self.report(&pattern.at, message, help);
                false
            }
        });
        patterns
    }

    /// Names of attributes and macros, which the scan knows by their last segment.
    fn names(&mut self, names: &[Located<String>]) -> Vec<String> {
        let mut names = self.distinct(names);
        names.retain(|name| {
            let text = &name.value;
            let sound = is_identifier(text);
            if !sound {
                let last = text.rsplit("::").next().unwrap_or_default();
                let last = last.trim_matches(|letter: char| !is_word_letter(letter));
                let help = if is_identifier(last) {
                    format!("write `{last}`: only the last segment of a path counts")
                } else {
                    "write the last segment of its path, without `#`, `!` or brackets".to_owned()
                };
                self.report(&name.at, format!("`{text}` is no single name"), help);
            }
            sound
        });
        names.into_iter().map(|name| name.value).collect()
    }

    fn product(&mut self, product: &Fields) -> Product {
        let is = |name, value: bool| product.bool(name).is_some_and(|set| set.value == value);
        Product {
            is_declared: true,
            name: product.text("name").cloned(),
            version: product.text("version").cloned(),
            manufacturer: product.text("manufacturer").cloned(),
            contact: product.text("contact").cloned(),
            packages: self.distinct(product.list("packages")),
            targets: self.distinct(product.list("targets")),
            features: self.distinct(product.list("features")),
            no_default_features: is("default_features", false),
            all_features: is("all_features", true),
            baseline: self.path(product, "baseline"),
        }
    }

    fn anomalies(&mut self, anomalies: &Fields) -> Anomalies {
        Anomalies {
            database: self.path(anomalies, "database"),
            database_days: self.days(anomalies, "database_days"),
            evaluation_days: self.days(anomalies, "evaluation_days"),
        }
    }

    /// The path in a field, where it is one.
    fn path(&mut self, fields: &Fields, name: &str) -> Option<Located<String>> {
        self.paths(fields.text(name).map(std::slice::from_ref).unwrap_or_default()).pop()
    }

    /// A number of days, which must be one that lets something pass.
    fn days(&mut self, anomalies: &Fields, name: &str) -> Option<Located<i64>> {
        let days = anomalies.integer(name)?;
        if days.value > 0 {
            return Some(days.clone());
        }
        let message = format!("`{name}` is {}: nothing is ever that young", days.value);
        self.report(&days.at, message, "write a number of days, as 90".to_owned());
        None
    }

    fn ids(&mut self, project: &Fields) -> Vec<(RecordKind, Located<String>)> {
        let mut ids = Vec::new();
        for field in project.table("ids").into_iter().flatten() {
            let (Some(kind), Value::Text(pattern)) = (kind_of_ids(&field.name.value), &field.value)
            else {
                continue;
            };
            match IdPattern::new(&pattern.value) {
                Ok(_) => ids.push((kind, pattern.clone())),
                Err(error) => self.report(
                    &pattern.at,
                    format!("`{}` is no regular expression: {error}", pattern.value),
                    "write one that whole ids match, as `SRS-[0-9]+`".to_owned(),
                ),
            }
        }
        ids
    }

    fn levels(&mut self, tests: &Fields) -> Vec<(Level, Located<String>)> {
        let mut levels: Vec<(Level, Located<String>)> = Vec::new();
        for field in tests.table("levels").into_iter().flatten() {
            let level = LEVELS.into_iter().find(|level| level.word() == field.name.value);
            let (Some(level), Value::List(patterns)) = (level, &field.value) else {
                continue;
            };
            for pattern in self.paths(patterns) {
                let same = levels.iter().find(|(_, first)| first.value == pattern.value);
                let Some((other, first)) = same.cloned() else {
                    levels.push((level, pattern));
                    continue;
                };
                let message = format!(
                    "`{}` declares both {} and {} tests",
                    pattern.value,
                    other.word(),
                    level.word()
                );
                let help = "leave it in one of the two lists".to_owned();
                self.report(&pattern.at, message, help);
                self.relate(first);
            }
        }
        levels
    }
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_identifier(text: &str) -> bool {
    text.chars().all(is_word_letter)
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && !text.is_empty()
}

#[cfg(test)]
mod tests;
