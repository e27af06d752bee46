//! Which record speaks of which package, and which packages one record covers.

use std::collections::{BTreeMap, BTreeSet};

use super::RecordRef;
use crate::location::Located;
use crate::model::dependency::{Package, PackageGraph, PackageKey, PackageSource};
use crate::model::record::{Record, RecordKind};

/// The `[soup.…]` and `[tool.…]` records, and the packages that items name as their own.
pub(super) struct SoupRecords<'m> {
    soup: Vec<&'m Record>,
    tools: Vec<&'m Record>,
    own_packages: BTreeSet<&'m str>,
    /// How many packages of the lock file have a name.
    locked: BTreeMap<String, usize>,
}

/// A record and how it comes to speak of a row.
#[derive(Clone, Copy)]
pub(super) struct Match<'m> {
    pub(super) record: &'m Record,
    /// Whether it covers the package beside its own.
    pub(super) covers: bool,
}

impl<'m> SoupRecords<'m> {
    pub(super) fn new(
        records: impl Iterator<Item = &'m Record>,
        keys: impl Iterator<Item = &'m PackageKey>,
    ) -> Self {
        let mut found = Self {
            soup: Vec::new(),
            tools: Vec::new(),
            own_packages: BTreeSet::new(),
            locked: BTreeMap::new(),
        };
        for record in records {
            match record.kind {
                RecordKind::Soup => found.soup.push(record),
                RecordKind::Tool => found.tools.push(record),
                RecordKind::Item => {
                    let crates = record.fields.list("crates").iter();
                    found.own_packages.extend(crates.map(|name| name.value.as_str()));
                }
                _ => {}
            }
        }
        for key in keys {
            *found.locked.entry(key.name.clone()).or_default() += 1;
        }
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

    /// Names in records that no package of the device, and no tool, answers to.
    pub(super) fn unused(&self, graph: &PackageGraph) -> Vec<(&'static str, Located<String>)> {
        let used: Vec<&PackageKey> = graph
            .packages
            .iter()
            .filter(|package| !package.linked.is_empty() || !package.runs_on_host.is_empty())
            .map(|package| &package.key)
            .collect();
        let mut unused = Vec::new();
        for record in self.soup.iter().chain(&self.tools).filter(|record| is_of_package(record)) {
            let speaks = used.iter().any(|key| self.is_about(record, key) || covers(record, key));
            let is_tool_alone = record.kind == RecordKind::Tool && record.text("package").is_none();
            if !speaks && !is_tool_alone {
                unused.push((record.kind.table(), record.id.clone()));
            }
            for name in record.fields.list("covers") {
                if speaks && !used.iter().any(|key| covers_as(&name.value, key)) {
                    unused.push((record.kind.table(), name.clone()));
                }
            }
        }
        unused
    }

    /// A record about this very package goes before one that covers it.
    fn find(&self, records: &[&'m Record], key: &PackageKey) -> Option<Match<'m>> {
        let about = records.iter().find(|record| self.is_about(record, key));
        let about = about.map(|record| Match { record, covers: false });
        about.or_else(|| {
            let covering = records.iter().find(|record| covers(record, key));
            covering.map(|record| Match { record, covers: true })
        })
    }

    /// Whether a record is about a package: by name, and by version and source where it
    /// states them and name alone leaves a choice.
    fn is_about(&self, record: &Record, key: &PackageKey) -> bool {
        if package_name(record) != key.name || !is_of_package(record) {
            return false;
        }
        let source = text(record, "source");
        if source.as_ref().is_some_and(|source| source != key.source.word()) {
            return false;
        }
        let several = self.locked.get(&key.name).is_some_and(|count| *count > 1);
        match record.text("version") {
            Some(version) if several => version == key.version,
            None if several => source.is_some(),
            _ => true,
        }
    }
}

/// Whether a record may be about a package of the lock file.
pub(super) fn is_of_package(record: &Record) -> bool {
    match record.kind {
        RecordKind::Soup => record.text("kind").is_none_or(|kind| kind == "package"),
        _ => true,
    }
}

/// The text of a field that not every kind of record has.
pub(super) fn text(record: &Record, field: &str) -> Option<String> {
    record.fields.shape().field(field)?;
    record.text(field).map(str::to_owned)
}

/// The package that a record is about, if it is about one.
pub(super) fn package_name(record: &Record) -> &str {
    record.text("package").unwrap_or_else(|| {
        let id = record.id.value.as_str();
        id.split_once('@').map_or(id, |(name, _)| name)
    })
}

/// Whether a record covers a package beside its own: by name, or as `name@version`.
pub(super) fn covers(record: &Record, key: &PackageKey) -> bool {
    let covered = record.fields.list("covers").iter();
    covered.map(|name| name.value.as_str()).any(|name| covers_as(name, key))
}

fn covers_as(name: &str, key: &PackageKey) -> bool {
    match name.split_once('@') {
        Some((name, version)) => name == key.name && version == key.version,
        None => name == key.name,
    }
}

impl Match<'_> {
    /// The reference to the record, for a row.
    pub(super) fn reference(&self) -> RecordRef {
        let reason = || {
            let reason = self.record.text("covers_reason");
            reason.unwrap_or("no reason is written").to_owned()
        };
        RecordRef {
            table: self.record.kind.table(),
            id: self.record.id.clone(),
            covers: self.covers.then(reason),
        }
    }
}
