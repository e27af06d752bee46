//! Rows that no package of the lock file stands for: native code, what toolchain and
//! targets bring along, and what only a record tells of.

use std::collections::BTreeMap;

use super::{Parts, blank, items, judgement};
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
    let recorded = record.and_then(|record| record.text("version").map(str::to_owned));
    let row = Row {
        kind: RowKind::NativeLibrary,
        title: native.title,
        version: native.version.or(recorded),
        stated_version: record.and_then(|record| record.fields.text("version")).cloned(),
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
    Some((index, with_record(row, record, parts)))
}

/// What toolchain and targets bring along, each once for all targets that do.
pub(super) fn platform_rows(parts: &Parts<'_, '_>, users: &[&str]) -> Vec<Row> {
    let items = items(parts, users);
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
        let record = record_named(parts, id, kind);
        let recorded = record.and_then(|record| record.text("version")).map(str::to_owned);
        let version = parts.toolchain.clone().filter(|_| is_rust).or_else(|| recorded.clone());
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
            at: parts.trace.project().configuration.at.clone(),
            is_direct: true,
            items: items.clone(),
            stated_version: record.and_then(|record| record.fields.text("version")).cloned(),
            version,
            ..blank(parts)
        };
        with_record(row, record, parts)
    });
    rows.collect()
}

fn rust_project() -> Manufacturer {
    Manufacturer {
        name: Some("The Rust Project".to_owned()),
        basis: ManufacturerBasis::RustProject,
        contact: Some("https://www.rust-lang.org".to_owned()),
    }
}

/// The record of a row that no package stands behind: by its id, else the only one of
/// its kind.
fn record_named<'m>(parts: &Parts<'m, '_>, id: &str, kind: RowKind) -> Option<&'m Record> {
    let soup = parts.records.soup();
    let named = soup.iter().find(|record| record.id.value == id);
    let of_kind = || {
        let mut alike = soup.iter().filter(|record| record.text("kind") == Some(kind.words()));
        let first = alike.next().filter(|_| kind != RowKind::NativeLibrary);
        first.filter(|_| alike.next().is_none())
    };
    named.or_else(of_kind).copied()
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
    Row {
        id: record.id.value.clone(),
        record: Some(reference(record)),
        title: text("title").unwrap_or(row.title),
        version: row.version.or_else(|| text("version")),
        designator: records::text(record, "designator").unwrap_or(row.designator),
        licence: Licence { concluded: records::text(record, "license"), ..row.licence },
        judgement: judgement(record, parts),
        manufacturer,
        ..row
    }
}

fn reference(record: &Record) -> RecordRef {
    Match { record, covers: false }.reference()
}

/// What only a record tells of: services, firmware, an operating system.
pub(super) fn declared_rows(parts: &Parts<'_, '_>, soup: &[Row]) -> Vec<Row> {
    let is_known = |record: &&&Record| {
        let known = soup.iter().filter_map(|row| row.record.as_ref());
        known.into_iter().any(|known| known.id.at == record.id.at)
    };
    let beside = parts.records.soup().iter().filter(|record| !is_known(record));
    let declared = beside.filter(|record| !records::is_of_package(record));
    declared.map(|record| declared_row(record, parts)).collect()
}

fn declared_row(record: &Record, parts: &Parts<'_, '_>) -> Row {
    let word =
        SOUP_KINDS.into_iter().find(|kind| record.text("kind") == Some(kind)).unwrap_or("package");
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
        known.into_iter().any(|known| known.id.at == record.id.at)
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
