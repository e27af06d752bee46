//! The rows of both lists: one for each package, one for each piece of native code, one
//! for each library that toolchain and target bring along, one for each record beside them.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use super::census::{Ways, names};
use super::records::{self, Match, SoupRecords};
use super::{
    Digests, Evaluation, Inventory, Judgement, Licence, Locked, Manufacturer, Role, Row, RowKind,
    identity,
};
use crate::location::Location;
use crate::model::dependency::{Package, PackageGraph, PackageSource};
use crate::model::record::{Record, RecordKind};
use crate::snapshot::TextFile;
use crate::trace::Trace;
use crate::trace::class::highest;

mod beside;
mod components;
mod judgement;

use beside::{declared_rows, declared_tools, native_row, platform_rows};
pub(super) use judgement::date;
use judgement::judgement;

/// What rows are made from.
pub(super) struct Parts<'m, 'a> {
    pub(super) trace: &'a Trace<'m>,
    pub(super) graph: &'a PackageGraph,
    pub(super) records: &'a SoupRecords<'m>,
    pub(super) toolchain: Option<String>,
    /// The bills of materials that records name.
    pub(super) bills: &'a [TextFile],
}

/// Fills both lists of an inventory whose census is known.
#[requirement("TOOL-18")]
pub(super) fn fill(inventory: &mut Inventory, parts: &Parts<'_, '_>) {
    let users = Users::new(parts);
    let by_key: BTreeMap<_, usize> =
        parts.graph.packages.iter().enumerate().map(|(at, package)| (&package.key, at)).collect();
    let (mut soup, mut tools, mut natives) = (Vec::new(), Vec::new(), Vec::new());
    let mut row_of: BTreeMap<usize, usize> = BTreeMap::new();
    for locked in &inventory.census {
        let Some(at) = by_key.get(&locked.key).copied() else {
            continue;
        };
        match locked.role {
            Role::InDevice | Role::OwnDeclaredSoup => {
                let row = soup_row(locked, at, parts, &users);
                natives.extend(native_row(&row, at, parts, soup.len()));
                row_of.insert(at, soup.len());
                soup.push(row);
            }
            Role::GeneratesDeviceCode | Role::BuildTool | Role::TestTool => {
                tools.push(tool_row(locked, at, parts, &users));
            }
            _ => {}
        }
    }
    connect(&mut soup, &row_of, parts.graph);
    for (owner, native) in natives {
        let index = soup.len();
        soup[owner].depends_on.push(index);
        soup.push(native);
    }
    soup.extend(platform_rows(parts, &users.names(parts.graph)));
    soup.extend(declared_rows(parts, &soup));
    components::add(&mut soup, parts);
    tools.extend(declared_tools(parts, &tools));
    (inventory.soup, inventory.tools) = (soup, tools);
}

/// Which packages that ship reach a package, by which way, and in which class.
struct Users {
    /// Every own package that is linked, with the ways from it.
    own: Vec<(usize, Ways)>,
    /// Every package that ships, with the ways from it.
    product: Vec<Ways>,
    /// The packages that a member of the workspace depends on itself.
    direct: BTreeSet<usize>,
}

impl Users {
    fn new(parts: &Parts<'_, '_>) -> Self {
        let graph = parts.graph;
        let is_own = |package: &Package| package.is_member || parts.records.is_own(package);
        let ways = |at: usize| Ways::from(&[at], graph, |edge| !edge.linked.is_empty());
        let own = (0..graph.packages.len()).filter(|at| {
            let package = &graph.packages[*at];
            is_own(package) && !package.linked.is_empty()
        });
        Self {
            own: own.map(|at| (at, ways(at))).collect(),
            product: graph.product.iter().map(|at| ways(*at)).collect(),
            direct: direct(graph),
        }
    }

    /// The names of all own packages that are linked.
    fn names<'g>(&self, graph: &'g PackageGraph) -> Vec<&'g str> {
        self.own.iter().map(|(at, _)| graph.packages[*at].key.name.as_str()).collect()
    }

    /// The names of own packages that reach a package; an own one that is declared to be
    /// SOUP reaches itself, and so counts in the class of its own item too.
    fn of<'g>(&self, at: usize, graph: &'g PackageGraph) -> Vec<&'g str> {
        let users = self.own.iter().filter(|(_, ways)| ways.reach(at));
        users.map(|(user, _)| graph.packages[*user].key.name.as_str()).collect()
    }
}

fn soup_row(locked: &Locked, at: usize, parts: &Parts<'_, '_>, users: &Users) -> Row {
    let graph = parts.graph;
    let package = &graph.packages[at];
    let found = parts.records.soup_of(&locked.key);
    let names_of_users = users.of(at, graph);
    let classes = names_of_users.iter().map(|name| parts.trace.classes().package(name));
    let class = highest(classes).unwrap_or_else(|| parts.trace.system_class().clone());
    let paths = users.product.iter().filter_map(|ways| ways.to(at));
    Row {
        items: items(parts, &names_of_users),
        paths: paths.map(|way| names(&way, graph)).collect(),
        features: in_order(&package.linked),
        is_direct: users.direct.contains(&at),
        class,
        ..package_row(locked, package, found, parts)
    }
}

/// The features of each target, as rows hold them.
fn in_order(features: &BTreeMap<usize, BTreeSet<String>>) -> BTreeMap<usize, Vec<String>> {
    features.iter().map(|(target, names)| (*target, names.iter().cloned().collect())).collect()
}

fn tool_row(locked: &Locked, at: usize, parts: &Parts<'_, '_>, users: &Users) -> Row {
    let package = &parts.graph.packages[at];
    let found = parts.records.tool_of(&locked.key);
    Row {
        features: in_order(&package.runs_on_host),
        paths: vec![locked.path.clone()],
        is_direct: users.direct.contains(&at),
        ..package_row(locked, package, found, parts)
    }
}

fn package_row(
    locked: &Locked,
    package: &Package,
    found: Option<Match<'_>>,
    parts: &Parts<'_, '_>,
) -> Row {
    let record = found.map(|found| found.record);
    // What a record says of its own package it does not say of those that it covers.
    let about = found.filter(|found| !found.covers).map(|found| found.record);
    let digests = identity::digests(package, locked.checksum.as_deref());
    let text = |field| about.and_then(|record: &Record| records::text(record, field));
    Row {
        id: id(locked, found, parts),
        kind: RowKind::Package,
        record: found.map(|found| found.reference()),
        title: text("title").unwrap_or_else(|| locked.key.name.clone()),
        manufacturer: identity::manufacturer(package, about),
        version: Some(locked.key.version.clone()),
        designator: identity::designator(&locked.key, &digests),
        package: Some(locked.key.clone()),
        at: locked.at.clone(),
        role: locked.role,
        description: package.manifest.description.clone(),
        purl: identity::purl(&locked.key),
        commit: commit(package),
        digests,
        repository: package.manifest.repository.clone(),
        homepage: package.manifest.homepage.clone(),
        licence: identity::licence(package, about),
        rust_version: package.manifest.rust_version.clone(),
        modified: modified(package),
        modified_because: text("modified"),
        stated_version: about.and_then(records::stated_version),
        yanked: package.yanked,
        judgement: record.map_or_else(Judgement::default, |record| judgement(record, parts)),
        ..blank(parts)
    }
}

/// A row of which nothing is known.
fn blank(parts: &Parts<'_, '_>) -> Row {
    Row {
        id: String::new(),
        kind: RowKind::Package,
        record: None,
        listed_in: None,
        unusable_bill: None,
        title: String::new(),
        manufacturer: Manufacturer::default(),
        version: None,
        designator: String::new(),
        package: None,
        at: Location::default(),
        role: Role::InDevice,
        description: None,
        purl: None,
        digests: Digests::default(),
        commit: None,
        repository: None,
        homepage: None,
        licence: Licence::default(),
        features: BTreeMap::new(),
        paths: Vec::new(),
        rust_version: None,
        modified: None,
        modified_because: None,
        stated_version: None,
        yanked: None,
        items: Vec::new(),
        references: Vec::new(),
        class: parts.trace.system_class().clone(),
        judgement: Judgement::default(),
        evaluation: Evaluation::default(),
        advisories: Vec::new(),
        depends_on: Vec::new(),
        is_direct: false,
    }
}

/// The id of the record, else one that no other row has: the name, with the version and
/// then the source where several packages share it.
fn id(locked: &Locked, found: Option<Match<'_>>, parts: &Parts<'_, '_>) -> String {
    if let Some(found) = found.filter(|found| !found.covers) {
        return found.record.id.value.clone();
    }
    let key = &locked.key;
    let same = |whole: bool| {
        let packages = parts.graph.packages.iter().map(|package| &package.key);
        let same = packages
            .filter(|other| other.name == key.name && (!whole || other.version == key.version));
        same.count() > 1
    };
    match (same(false), same(true)) {
        (false, _) => key.name.clone(),
        (true, false) => format!("{}@{}", key.name, key.version),
        (true, true) => format!("{}@{}@{}", key.name, key.version, key.source.word()),
    }
}

fn commit(package: &Package) -> Option<String> {
    if let PackageSource::Git { commit, .. } = &package.key.source {
        return Some(commit.clone());
    }
    let (commit, with_other_changes) = package.files.as_ref()?.published_from.as_ref()?;
    (!with_other_changes).then(|| commit.clone())
}

/// Why a package counts as changed by somebody else than its maker.
///
/// `[patch]` is known by name alone: of two versions, the one from crates.io is not it.
fn modified(package: &Package) -> Option<String> {
    let source = &package.key.source;
    if package.is_patched && *source != PackageSource::CratesIo {
        return Some("[patch] puts it in the place of the package of that name".to_owned());
    }
    match source {
        PackageSource::Path(Some(folder)) if !package.is_member => {
            Some(format!("it is a copy in the folder {folder}, which nobody delivers"))
        }
        PackageSource::Path(_)
        | PackageSource::CratesIo
        | PackageSource::Registry(_)
        | PackageSource::Git { .. } => None,
    }
}

/// What members of the workspace depend on themselves.
fn direct(graph: &PackageGraph) -> BTreeSet<usize> {
    let members = graph.packages.iter().filter(|package| package.is_member);
    let edges = members.flat_map(|package| &package.dependencies);
    edges
        .filter(|edge| !(edge.linked.is_empty() && edge.on_host.is_empty()))
        .map(|edge| edge.to)
        .collect()
}

/// The software items that name one of these packages.
fn items(parts: &Parts<'_, '_>, packages: &[&str]) -> Vec<String> {
    let records = parts.trace.project().records();
    let items = records.filter(|record| record.kind == RecordKind::Item).filter(|record| {
        record.fields.list("crates").iter().any(|name| packages.contains(&name.value.as_str()))
    });
    items.map(|item| item.id.value.clone()).collect()
}

fn connect(soup: &mut [Row], row_of: &BTreeMap<usize, usize>, graph: &PackageGraph) {
    for (at, row) in row_of {
        let linked = graph.packages[*at].dependencies.iter().filter(|edge| !edge.linked.is_empty());
        let mut rows: Vec<usize> =
            linked.filter_map(|edge| row_of.get(&edge.to)).copied().collect();
        rows.sort_unstable();
        rows.dedup();
        soup[*row].depends_on = rows;
    }
}
