//! Which record speaks of which package, and which packages one record covers.
//!
//! A record is about one package at most, and an entry of `covers` means one at most:
//! where several fit, none is meant, so that no package passes for listed by accident.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::risk_control;

use super::{Locked, NO_REASON, RecordRef, Unused, native};
use crate::location::{Located, Location};
use crate::model::dependency::{Beyond, Package, PackageGraph, PackageKey, PackageSource};
use crate::model::record::{Record, RecordKind};

/// The `[soup.…]` and `[tool.…]` records, and the packages that items name as their own.
pub(super) struct SoupRecords<'m> {
    soup: Vec<&'m Record>,
    tools: Vec<&'m Record>,
    own_packages: BTreeSet<&'m str>,
    packages: Packages,
    /// The package that a record is about, by the place of the record.
    about: BTreeMap<Location, PackageKey>,
    /// The package that an entry of a `covers` means, by the place of the entry.
    covered: BTreeMap<Location, PackageKey>,
}

/// What records can speak of.
#[derive(Default)]
struct Packages {
    /// Linked into the device, members of the workspace among them.
    device: Vec<PackageKey>,
    /// Builds or tests it, and is not linked.
    tools: Vec<PackageKey>,
    members: BTreeSet<PackageKey>,
}

/// A record and how it comes to speak of a row.
#[derive(Clone, Copy)]
pub(super) struct Match<'m> {
    pub(super) record: &'m Record,
    /// Whether it covers the package beside its own.
    pub(super) covers: bool,
}

/// What a record says of the package that it means: `NAME`, `NAME@VERSION` or
/// `NAME@VERSION@SOURCE`.
#[derive(Clone, Copy)]
struct Wanted<'r> {
    name: &'r str,
    version: Option<&'r str>,
    source: Option<&'r str>,
}

impl<'m> SoupRecords<'m> {
    pub(super) fn new(records: impl Iterator<Item = &'m Record>, graph: &PackageGraph) -> Self {
        let (mut soup, mut tools, mut own_packages) = (Vec::new(), Vec::new(), BTreeSet::new());
        for record in records {
            match record.kind {
                RecordKind::Soup => soup.push(record),
                RecordKind::Tool => tools.push(record),
                RecordKind::Item => {
                    let crates = record.fields.list("crates").iter();
                    own_packages.extend(crates.map(|name| name.value.as_str()));
                }
                _ => {}
            }
        }
        let (about, covered) = (BTreeMap::new(), BTreeMap::new());
        let packages = Packages::default();
        let mut found = Self { soup, tools, own_packages, packages, about, covered };
        found.packages = Packages::of(graph, &found);
        found.resolve();
        found
    }

    /// The records of SOUP items.
    pub(super) fn soup(&self) -> &[&'m Record] {
        &self.soup
    }

    /// The records of tools.
    pub(super) fn tools(&self) -> &[&'m Record] {
        &self.tools
    }

    /// Whether a software item names a package from outside the workspace as its own.
    pub(super) fn is_own(&self, package: &Package) -> bool {
        matches!(package.key.source, PackageSource::Path(_))
            && self.own_packages.contains(package.key.name.as_str())
    }

    /// Whether a SOUP record is about this very package.
    pub(super) fn declares(&self, package: &Package) -> bool {
        self.find(&self.soup, &package.key).is_some_and(|found| !found.covers)
    }

    /// The SOUP record that speaks of a package.
    pub(super) fn soup_of(&self, key: &PackageKey) -> Option<Match<'m>> {
        self.find(&self.soup, key)
    }

    /// The record that lists a tool: as a tool, or as SOUP where a team counts it so.
    pub(super) fn tool_of(&self, key: &PackageKey) -> Option<Match<'m>> {
        self.find(&self.tools, key).or_else(|| self.find(&self.soup, key))
    }

    /// Names in records that no package of the device, and no tool, answers to; also those
    /// that another record answers for.
    pub(super) fn unused(&self, census: &[Locked]) -> Vec<Unused> {
        let mut unused = Vec::new();
        for record in self.soup.iter().chain(&self.tools) {
            let is_tool_alone = record.kind == RecordKind::Tool && record.text("package").is_none();
            if is_of_package(record) && !is_tool_alone {
                let key = self.about.get(record.at());
                unused.extend(self.unused_name(record, Wanted::of(record), None, key, census));
            }
            for name in record.fields.list("covers") {
                let (wanted, key) = (Wanted::parse(&name.value), self.covered.get(&name.at));
                unused.extend(self.unused_name(record, wanted, Some(name), key, census));
            }
        }
        unused
    }

    /// A name that a record writes down, unless the record speaks of a package by it.
    fn unused_name(
        &self,
        record: &Record,
        wanted: Wanted<'_>,
        covered: Option<&Located<String>>,
        key: Option<&PackageKey>,
        census: &[Locked],
    ) -> Option<Unused> {
        let speaks = key.and_then(|key| {
            let is_soup = record.kind == RecordKind::Soup && self.packages.device.contains(key);
            if is_soup { self.soup_of(key) } else { self.tool_of(key) }
        });
        if speaks.is_some_and(|it| it.record.at() == record.at() && it.covers == covered.is_some())
        {
            return None;
        }
        let why = match speaks {
            Some(other) => {
                let table = super::table_key(&other.record.id.value);
                format!("[{}.{table}] lists it already", other.record.kind.table())
            }
            None => self.why_unused(wanted, census),
        };
        Some(Unused {
            table: record.kind.table(),
            record: record.id.value.clone(),
            name: covered.map_or_else(
                || Located::new(wanted.name.to_owned(), record.at().clone()),
                Clone::clone,
            ),
            covered: covered.is_some(),
            why,
        })
    }

    fn why_unused(&self, wanted: Wanted<'_>, census: &[Locked]) -> String {
        let named: Vec<&Locked> =
            census.iter().filter(|locked| locked.key.name == wanted.name).collect();
        let fitting = |keys: &[PackageKey]| keys.iter().filter(|key| wanted.fits(key)).count();
        if fitting(&self.packages.device) > 1 || fitting(&self.packages.tools) > 1 {
            let keys: Vec<String> = named.iter().map(|locked| locked.key.to_string()).collect();
            return format!("several packages fit: {}", keys.join(", "));
        }
        let others: Vec<String> = named
            .iter()
            .map(|it| {
                format!(
                    "{} {} from {}: {}",
                    it.key.name,
                    it.key.version,
                    it.key.source.word(),
                    it.reason
                )
            })
            .collect();
        if others.is_empty() {
            return "the lock file has no package of this name".to_owned();
        }
        format!("the lock file has {}", others.join("; "))
    }

    /// A record about this very package goes before one that covers it.
    fn find(&self, records: &[&'m Record], key: &PackageKey) -> Option<Match<'m>> {
        let is_about = |record: &&&Record| self.about.get(record.at()) == Some(key);
        let about = records.iter().find(is_about);
        let about = about.map(|record| Match { record, covers: false });
        about.or_else(|| {
            let covers = |record: &&&Record| {
                let mut names = record.fields.list("covers").iter();
                names.any(|name| self.covered.get(&name.at) == Some(key))
            };
            records.iter().find(covers).map(|record| Match { record, covers: true })
        })
    }

    /// Decides which package each record and each entry of `covers` means.
    #[risk_control("GUARD-4")]
    fn resolve(&mut self) {
        for records in [self.soup.clone(), self.tools.clone()] {
            self.resolve_own(&records);
            self.resolve_covered(&records);
        }
    }

    /// Records that name the very version come first: what they mean is taken, and a
    /// record that was written for another version cannot have it.
    fn resolve_own(&mut self, records: &[&Record]) {
        let of_packages = || records.iter().filter(|record| is_of_package(record));
        let mut taken = BTreeSet::new();
        for record in of_packages() {
            if let Some(key) = self.packages.exactly(Wanted::of(record), record.kind) {
                taken.insert(key.clone());
                self.about.insert(record.at().clone(), key.clone());
            }
        }
        for record in of_packages() {
            let only = self.packages.only(Wanted::of(record), record.kind);
            if let Some(key) = only.filter(|key| !taken.contains(*key)) {
                self.about.entry(record.at().clone()).or_insert_with(|| key.clone());
            }
        }
    }

    /// An entry with a version means that version alone; none means a member of the
    /// workspace, which is own software.
    fn resolve_covered(&mut self, records: &[&Record]) {
        for record in records {
            for name in record.fields.list("covers") {
                let wanted = Wanted::parse(&name.value);
                let key = match wanted.version {
                    Some(_) => self.packages.exactly(wanted, record.kind),
                    None => self.packages.only(wanted, record.kind),
                };
                if let Some(key) = key.filter(|key| !self.packages.members.contains(*key)) {
                    self.covered.insert(name.at.clone(), key.clone());
                }
            }
        }
    }
}

impl Packages {
    fn of(graph: &PackageGraph, records: &SoupRecords<'_>) -> Self {
        let mut found = Self::default();
        let is_outside_folder_of_item =
            |package: &Package| !package.is_member && records.is_own(package);
        for package in graph.packages.iter().filter(|it| !is_outside_folder_of_item(it)) {
            if package.is_member {
                found.members.insert(package.key.clone());
            }
            let is_tool = !package.runs_on_host.is_empty() || package.beyond == Some(Beyond::Tests);
            if !package.linked.is_empty() {
                found.device.push(package.key.clone());
            } else if is_tool {
                found.tools.push(package.key.clone());
            }
        }
        found
    }

    /// Those that a record of this kind looks among, in order.
    fn of_kind(&self, kind: RecordKind) -> [&[PackageKey]; 2] {
        match kind {
            RecordKind::Tool => [&self.tools, &self.device],
            _ => [&self.device, &self.tools],
        }
    }

    /// The only package of the name, version and source that are wanted.
    fn exactly(&self, wanted: Wanted<'_>, kind: RecordKind) -> Option<&PackageKey> {
        let version = wanted.version?;
        self.of_kind(kind).into_iter().find_map(|keys| {
            only(keys.iter().filter(|key| wanted.fits(key) && key.version == version))
        })
    }

    /// The only package of the name and source that are wanted, whatever its version.
    fn only(&self, wanted: Wanted<'_>, kind: RecordKind) -> Option<&PackageKey> {
        let fits = |key: &&PackageKey| wanted.fits(key);
        let pools = self.of_kind(kind).into_iter();
        let first = pools.into_iter().find(|keys| keys.iter().any(|key| fits(&key)))?;
        only(first.iter().filter(fits))
    }
}

/// What an iterator has if it has one thing.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

impl<'r> Wanted<'r> {
    /// What the fields of a record say, else its id. An `@` says something in the id of a
    /// package alone: that of native code follows the id of its package, `x@1.0.0.native`.
    fn of(record: &'r Record) -> Self {
        let name = record.text("package").unwrap_or(&record.id.value);
        let whole = Self { name, version: None, source: None };
        let wanted = if is_of_package(record) { Self::parse(name) } else { whole };
        let field = |name| {
            record.fields.shape().field(name)?;
            record.text(name)
        };
        Self {
            version: field("version").or(wanted.version),
            source: field("source").or(wanted.source),
            ..wanted
        }
    }

    fn parse(text: &'r str) -> Self {
        let mut parts = text.splitn(3, '@');
        let name = parts.next().unwrap_or_default();
        Self { name, version: parts.next(), source: parts.next() }
    }

    /// Whether name and source are those of a package.
    fn fits(&self, key: &PackageKey) -> bool {
        self.name == key.name && self.source.is_none_or(|source| source == key.source.word())
    }
}

/// Whether a record may be about a package of the lock file.
pub(super) fn is_of_package(record: &Record) -> bool {
    match record.kind {
        RecordKind::Soup => kind(record) == "package",
        _ => true,
    }
}

/// What a SOUP record says it is: without a word a package, or what its id stands for.
pub(super) fn kind(record: &Record) -> &str {
    let is_rust = || record.text("package").is_none() && native::is_rust(&record.id.value);
    let default = || if is_rust() { "standard library" } else { "package" };
    record.text("kind").unwrap_or_else(default)
}

/// The text of a field that not every kind of record has.
pub(super) fn text(record: &Record, field: &str) -> Option<String> {
    record.fields.shape().field(field)?;
    record.text(field).map(str::to_owned)
}

/// The name of what a record is about, without version and source.
pub(super) fn name(record: &Record) -> &str {
    Wanted::of(record).name
}

/// The version that a record was written for: its field, else what its id says.
pub(super) fn stated_version(record: &Record) -> Option<Located<String>> {
    let of_id = || {
        let version = Wanted::of(record).version?;
        Some(Located::new(version.to_owned(), record.at().clone()))
    };
    record.fields.text("version").cloned().or_else(of_id)
}

impl Match<'_> {
    /// The reference to the record, for a row.
    pub(super) fn reference(&self) -> RecordRef {
        let reason = || self.record.text("covers_reason").unwrap_or(NO_REASON).to_owned();
        RecordRef {
            table: self.record.kind.table(),
            id: self.record.id.clone(),
            covers: self.covers.then(reason),
        }
    }
}
