//! Rows that no package of the lock file stands for: native code, what toolchain and
//! targets bring along, and what only a record tells of.

use std::collections::BTreeMap;

use super::{Parts, blank, items, judgement};
use crate::location::Location;
use crate::model::record::Record;
use crate::model::vocabulary::soup::SOUP_KINDS;
use crate::soup::native::{self, Platform};
use crate::soup::records::{self, Match};
use crate::soup::{Licence, Manufacturer, ManufacturerBasis, RecordRef, Role, Row, RowKind};

pub(super) fn native_row(
    owner: &Row,
    at: usize,
    parts: &Parts<'_, '_>,
    index: usize,
) -> Option<(usize, Row)> {
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

/// By order and id: what it is, its title, and the targets that bring it along.
type Found = BTreeMap<(u8, &'static str), (RowKind, &'static str, Vec<String>)>;

/// What toolchain and targets bring along, each once for all targets that do.
pub(super) fn platform_rows(parts: &Parts<'_, '_>, users: &[&str]) -> Vec<Row> {
    let items = items(parts, users);
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
        let record = record_named(parts, id, kind).or_else(|| alone_of_kind(parts, id, kind));
        let recorded = record.and_then(records::stated_version);
        let seen = parts.toolchain.clone().filter(|_| is_rust);
        let version = seen.or_else(|| recorded.as_ref().map(|version| version.value.clone()));
        let stated = version.as_deref().unwrap_or("version unknown");
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
            items: items.clone(),
            is_direct: true,
            version,
            ..blank(parts)
        };
        Row { stated_version: recorded.filter(|_| is_rust), ..with_record(row, record, parts) }
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
    // Without a triple nothing says which of Rust's libraries ship.
    let is_open = parts.graph.targets.iter().all(|target| target.triple.is_none());
    let may_mean = |name| match kind {
        RowKind::StandardLibrary if is_open => native::is_rust(name) || !native::is_certain(name),
        _ => !native::is_certain(name),
    };
    let first = soup.next().filter(|it| is_free && may_mean(records::name(it)));
    first.filter(|_| soup.next().is_none())
}

fn is_of_kind(record: &Record, kind: RowKind) -> bool {
    records::kind(record) == kind.words()
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
pub(super) fn declared_rows(parts: &Parts<'_, '_>, soup: &[Row]) -> Vec<Row> {
    let is_known = |record: &&&Record| {
        let known = soup.iter().filter_map(|row| row.record.as_ref());
        known.into_iter().any(|known| known.covers.is_none() && known.id.at == record.id.at)
    };
    let beside = parts.records.soup().iter().filter(|record| !is_known(record));
    let declared = beside.filter(|record| !records::is_of_package(record));
    declared.map(|record| declared_row(record, parts)).collect()
}

fn declared_row(record: &Record, parts: &Parts<'_, '_>) -> Row {
    let word =
        SOUP_KINDS.into_iter().find(|kind| records::kind(record) == *kind).unwrap_or("package");
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

pub(super) fn declared_tools(parts: &Parts<'_, '_>, tools: &[Row]) -> Vec<Row> {
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
