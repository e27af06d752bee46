//! The rows of both lists: one for each package, one for each piece of native code, one
//! for each library that toolchain and target bring along, one for each record beside them.

use std::collections::BTreeMap;

use iec62304_macros::requirement;
use jiff::civil::Date;

use super::census::{Ways, names};
use super::native::{self, Platform};
use super::records::{self, Match, SoupRecords};
use super::{
    Digests, Evaluation, Inventory, Judgement, Licence, Locked, Manufacturer, ManufacturerBasis,
    RecordRef, Role, Row, RowKind, identity,
};
use crate::location::{Located, Location};
use crate::model::dependency::{Package, PackageGraph, PackageSource};
use crate::model::record::{Fields, Record, RecordKind};
use crate::trace::Trace;
use crate::trace::class::highest;
use crate::trace::evidence::passed;

/// What rows are made from.
pub(super) struct Parts<'m, 'a> {
    pub(super) trace: &'a Trace<'m>,
    pub(super) graph: &'a PackageGraph,
    pub(super) records: &'a SoupRecords<'m>,
    pub(super) toolchain: Option<String>,
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
                tools.push(tool_row(locked, at, parts));
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
    soup.extend(platform_rows(parts));
    soup.extend(declared_rows(parts, &soup));
    tools.extend(declared_tools(parts, &tools));
    (inventory.soup, inventory.tools) = (soup, tools);
}

/// Which packages that ship reach a package, by which way, and in which class.
struct Users {
    /// Every own package that is linked, with the ways from it.
    own: Vec<(usize, Ways)>,
    /// Every package that ships, with the ways from it.
    product: Vec<Ways>,
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
        }
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
        features: package
            .linked
            .iter()
            .map(|(target, features)| (*target, features.iter().cloned().collect()))
            .collect(),
        is_direct: is_direct(at, graph),
        class,
        ..package_row(locked, package, found, parts)
    }
}

fn tool_row(locked: &Locked, at: usize, parts: &Parts<'_, '_>) -> Row {
    let package = &parts.graph.packages[at];
    let found = parts.records.tool_of(&locked.key);
    let features = package.runs_on_host.iter();
    Row {
        features: features
            .map(|(target, features)| (*target, features.iter().cloned().collect()))
            .collect(),
        paths: vec![locked.path.clone()],
        is_direct: is_direct(at, parts.graph),
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
    let published = package.files.as_ref()?.published_from.as_ref()?;
    Some(published.0.clone())
}

/// Why a package counts as changed by somebody else than its maker.
fn modified(package: &Package) -> Option<String> {
    if package.is_patched {
        return Some("[patch] puts it in the place of the package of that name".to_owned());
    }
    match &package.key.source {
        PackageSource::Path(Some(folder)) if !package.is_member => {
            Some(format!("it is a copy in the folder {folder}, which nobody delivers"))
        }
        PackageSource::Path(_)
        | PackageSource::CratesIo
        | PackageSource::Registry(_)
        | PackageSource::Git { .. } => {
            let published = package.files.as_ref()?.published_from.as_ref()?;
            published.1.then(|| "it was published from a tree with uncommitted changes".to_owned())
        }
    }
}

fn is_direct(at: usize, graph: &PackageGraph) -> bool {
    let members = graph.packages.iter().filter(|package| package.is_member);
    members
        .flat_map(|package| &package.dependencies)
        .any(|edge| edge.to == at && !(edge.linked.is_empty() && edge.on_host.is_empty()))
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

fn native_row(owner: &Row, at: usize, parts: &Parts<'_, '_>, index: usize) -> Option<(usize, Row)> {
    let package = &parts.graph.packages[at];
    let native = native::native(package, parts.graph)?;
    let id = format!("{}.native", owner.id);
    let record = record_named(parts, &id, RowKind::NativeLibrary);
    let row = Row {
        kind: RowKind::NativeLibrary,
        title: native.title,
        version: native.version.filter(|_| is_bundled(record)),
        designator: format!("in {} {}: {}", package.key.name, package.key.version, native.seen),
        package: Some(package.key.clone()),
        at: owner.at.clone(),
        role: owner.role,
        paths: owner.paths.clone(),
        features: owner.features.clone(),
        items: owner.items.clone(),
        class: owner.class.clone(),
        id,
        ..blank(parts)
    };
    let stated = record.filter(|_| is_bundled(record)).and_then(records::stated_version);
    Some((index, Row { stated_version: stated, ..with_record(row, record, parts) }))
}

/// Whether a record speaks of the copy that a package bundles. One that gives a designator
/// speaks of another copy, as that of the system, whose version it states itself.
fn is_bundled(record: Option<&Record>) -> bool {
    record.is_none_or(|record| record.text("designator").is_none())
}

/// What toolchain and targets bring along, each once for all targets that do.
fn platform_rows(parts: &Parts<'_, '_>) -> Vec<Row> {
    type Found = BTreeMap<(u8, &'static str), (RowKind, &'static str, Vec<String>)>;
    let mut found = Found::new();
    for target in &parts.graph.targets {
        let Platform { rust, runtime, system } = native::platform(target.triple.as_deref());
        let kinds = [
            (RowKind::StandardLibrary, Some(rust)),
            (RowKind::Runtime, runtime),
            (RowKind::Declared("operating system"), system),
        ];
        for ((kind, part), order) in kinds.into_iter().zip(0..) {
            if let Some((id, title)) = part {
                let entry = found.entry((order, id)).or_insert((kind, title, Vec::new()));
                entry.2.push(target.name().to_owned());
            }
        }
    }
    let rows = found.into_iter().map(|((_, id), (kind, title, targets))| {
        let is_rust = kind == RowKind::StandardLibrary;
        let version = parts.toolchain.clone().filter(|_| is_rust);
        let stated = version.as_deref().unwrap_or("version not pinned");
        let row = Row {
            id: id.to_owned(),
            kind,
            title: title.to_owned(),
            manufacturer: if is_rust { rust_project() } else { Manufacturer::default() },
            designator: format!("{stated}, for {}", targets.join(", ")),
            licence: Licence {
                declared: is_rust.then(|| "MIT OR Apache-2.0".to_owned()),
                ..Licence::default()
            },
            at: target_at(parts, &targets[0]),
            is_direct: true,
            version,
            ..blank(parts)
        };
        let record = record_named(parts, id, kind).or_else(|| alone_of_kind(parts, id, kind));
        let stated = record.and_then(records::stated_version).filter(|_| is_rust);
        Row { stated_version: stated, ..with_record(row, record, parts) }
    });
    rows.collect()
}

/// Where a triple is declared.
fn target_at(parts: &Parts<'_, '_>, target: &str) -> Location {
    let configuration = &parts.trace.project().configuration;
    let declared = configuration.product.targets.iter().find(|triple| triple.value == target);
    declared.map_or_else(|| configuration.at.clone(), |triple| triple.at.clone())
}

fn rust_project() -> Manufacturer {
    Manufacturer {
        name: Some("The Rust Project".to_owned()),
        basis: ManufacturerBasis::RustProject,
        contact: Some("https://www.rust-lang.org".to_owned()),
    }
}

/// The record of a row that no package stands behind: one of its kind that names it, by
/// `package` or by its id.
fn record_named<'m>(parts: &Parts<'m, '_>, id: &str, kind: RowKind) -> Option<&'m Record> {
    let mut soup = parts.records.soup().iter().copied().filter(|it| is_of_kind(it, kind));
    soup.find(|record| records::name(record) == id)
}

/// The record that speaks of what the target brings along by its kind, under any name.
///
/// Only where nothing else of the kind can be meant: a record of one C library must not
/// pass for that of another, or one system's for that of the other target.
fn alone_of_kind<'m>(parts: &Parts<'m, '_>, id: &str, kind: RowKind) -> Option<&'m Record> {
    let is_free = match kind {
        RowKind::StandardLibrary => true,
        RowKind::Runtime => id == native::SOME_C_LIBRARY,
        _ => native::systems(&parts.graph.targets).len() == 1,
    };
    let mut soup = parts.records.soup().iter().copied().filter(|it| is_of_kind(it, kind));
    let first = soup.next().filter(|it| is_free && !native::is_certain(records::name(it)));
    first.filter(|_| soup.next().is_none())
}

fn is_of_kind(record: &Record, kind: RowKind) -> bool {
    record.text("kind") == Some(kind.words())
}

/// A row with what its record says in the place of what was guessed.
fn with_record(row: Row, record: Option<&Record>, parts: &Parts<'_, '_>) -> Row {
    let Some(record) = record else {
        return row;
    };
    let text = |field| record.text(field).map(str::to_owned);
    let manufacturer = match text("manufacturer") {
        Some(name) => Manufacturer {
            name: Some(name),
            basis: ManufacturerBasis::Record,
            ..row.manufacturer.clone()
        },
        None => row.manufacturer.clone(),
    };
    let version = version(&row, record);
    Row {
        id: record.id.value.clone(),
        record: Some(reference(record)),
        title: text("title").unwrap_or(row.title),
        version,
        designator: records::text(record, "designator").unwrap_or(row.designator),
        licence: Licence { concluded: records::text(record, "license"), ..row.licence },
        judgement: judgement(record, parts),
        manufacturer,
        ..row
    }
}

/// The version that was seen goes before the one that a record states.
fn version(row: &Row, record: &Record) -> Option<String> {
    let stated = || records::stated_version(record).map(|version| version.value);
    row.version.clone().or_else(stated)
}

fn reference(record: &Record) -> RecordRef {
    Match { record, covers: false }.reference()
}

/// What only a record tells of: services, firmware, an operating system.
fn declared_rows(parts: &Parts<'_, '_>, soup: &[Row]) -> Vec<Row> {
    let is_known = |record: &&&Record| {
        let known = soup.iter().filter_map(|row| row.record.as_ref());
        known.into_iter().any(|known| known.covers.is_none() && known.id.at == record.id.at)
    };
    let beside = parts.records.soup().iter().filter(|record| !is_known(record));
    let declared = beside.filter(|record| !records::is_of_package(record));
    declared.map(|record| declared_row(record, parts)).collect()
}

fn declared_row(record: &Record, parts: &Parts<'_, '_>) -> Row {
    let word = crate::model::vocabulary::soup::SOUP_KINDS
        .into_iter()
        .find(|kind| record.text("kind") == Some(kind))
        .unwrap_or("package");
    let used_by = record.fields.list("used_by");
    let class = parts.trace.classes().of_items(used_by.iter().map(|item| item.value.as_str()));
    let row = Row {
        kind: match word {
            "native library" => RowKind::NativeLibrary,
            "standard library" => RowKind::StandardLibrary,
            "runtime" => RowKind::Runtime,
            other => RowKind::Declared(other),
        },
        title: record.id.value.clone(),
        at: record.at().clone(),
        items: used_by.iter().map(|item| item.value.clone()).collect(),
        is_direct: true,
        class,
        ..blank(parts)
    };
    with_record(row, Some(record), parts)
}

fn declared_tools(parts: &Parts<'_, '_>, tools: &[Row]) -> Vec<Row> {
    let mut rows = Vec::new();
    let is_known = |record: &Record| {
        let known = tools.iter().filter_map(|row| row.record.as_ref());
        known.into_iter().any(|known| known.covers.is_none() && known.id.at == record.id.at)
    };
    for record in parts.records.tools().iter().filter(|record| !is_known(record)) {
        let text = |field: &str| record.text(field).map(str::to_owned);
        rows.push(Row {
            id: record.id.value.clone(),
            kind: RowKind::Declared("tool"),
            record: Some(reference(record)),
            title: text("title").unwrap_or_else(|| record.id.value.clone()),
            manufacturer: Manufacturer {
                basis: match record.text("manufacturer") {
                    Some(_) => ManufacturerBasis::Record,
                    None => ManufacturerBasis::Unknown,
                },
                name: text("manufacturer"),
                contact: None,
            },
            version: text("version"),
            designator: text("version").unwrap_or_else(|| "no version is written".to_owned()),
            at: record.at().clone(),
            role: Role::BuildTool,
            judgement: judgement(record, parts),
            is_direct: true,
            ..blank(parts)
        });
    }
    rows
}

/// What people have written.
fn judgement(record: &Record, parts: &Parts<'_, '_>) -> Judgement {
    if record.kind == RecordKind::Tool {
        return Judgement {
            purpose: record.text("purpose").map(str::to_owned),
            validation: record.text("validation").map(str::to_owned),
            ..Judgement::default()
        };
    }
    let fields = &record.fields;
    let list = |field| fields.list(field).iter().map(|text| text.value.clone()).collect();
    let support = |field| {
        let support = fields.table("support");
        support.and_then(|support| support.text(field)).map(|text| text.value.clone())
    };
    let text = |field| record.text(field).map(str::to_owned);
    Judgement {
        functional: list("functional"),
        performance: list("performance"),
        environment: text("environment"),
        architecture: text("architecture"),
        causes: causes(&record.id.value, parts),
        not_a_cause: text("not_a_cause"),
        verified_by: list("verified_by"),
        not_verified_by: not_verified_by(fields.list("verified_by"), parts),
        support_level: support("level"),
        support_end: fields.table("support").and_then(|support| date(support, "end")),
        support_reason: support("reason"),
        responsibility: support("responsibility"),
        purpose: None,
        validation: None,
    }
}

/// Entries of `verified_by` that show nothing: reviews that did not pass, and ids that
/// name nothing.
fn not_verified_by(names: &[Located<String>], parts: &Parts<'_, '_>) -> Vec<String> {
    let open = |name: &Located<String>| {
        if parts.trace.unresolved().iter().any(|it| it.id.at == name.at) {
            return Some(format!("{} names nothing", name.value));
        }
        let mut records = parts.trace.project().records();
        let review =
            records.find(|it| it.kind == RecordKind::Review && it.id.value == name.value)?;
        let result = review.text("result").unwrap_or("without a result");
        (!passed(review)).then(|| format!("review {} is {result}", name.value))
    };
    names.iter().filter_map(open).collect()
}

/// The causes of hazardous situations that name a SOUP item.
fn causes(id: &str, parts: &Parts<'_, '_>) -> Vec<String> {
    let records = parts.trace.project().records();
    let situations = records.filter(|record| record.kind == RecordKind::HazardousSituation);
    let causes = situations.flat_map(|situation| situation.fields.tables("cause"));
    let naming = causes.filter(|cause| cause.list("soup").iter().any(|soup| soup.value == id));
    naming.filter_map(|cause| cause.text("id")).map(|id| id.value.clone()).collect()
}

/// The date of a field; the records were read with it as a valid one.
pub(super) fn date(fields: &Fields, name: &str) -> Option<Date> {
    fields.text(name)?.value.parse().ok()
}
