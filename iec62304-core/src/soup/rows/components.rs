//! The rows of what is inside a delivered part, from its supplier's bill of materials.

use std::collections::BTreeMap;

use iec62304_macros::requirement;

use super::{Parts, blank};
use crate::bill::{self, Component};
use crate::location::Located;
use crate::model::record::Record;
use crate::soup::{
    Digests, Judgement, Licence, ListedIn, Manufacturer, ManufacturerBasis, RecordRef, Row, RowKind,
};

/// Adds a row for every component that a bill lists, behind the rows of what it is part of.
///
/// Whoever wrote the record of a part judges all of it: its components are rows of their
/// own under the same record.
#[requirement("TOOL-31")]
pub(super) fn add(soup: &mut Vec<Row>, parts: &Parts<'_, '_>) {
    let named = parts.records.soup().iter();
    for (record, path) in named.filter_map(|it| Some((*it, it.fields.text("sbom")?))) {
        let is_own = |row: &Row| {
            row.record.as_ref().is_some_and(|it| it.covers.is_none() && it.id.at == *record.at())
        };
        let Some(whole) = soup.iter().position(is_own) else {
            continue;
        };
        match read(path, parts) {
            Ok(components) => add_to(soup, whole, &components, record, path, parts),
            Err(why) => {
                soup[whole].unusable_bill = Some(Located::new(why, path.at.clone()));
            }
        }
    }
}

fn read(path: &Located<String>, parts: &Parts<'_, '_>) -> Result<Vec<Component>, String> {
    let file = parts.bills.iter().find(|file| file.path.as_str() == path.value);
    bill::read(file.ok_or_else(|| "it was not looked for".to_owned())?)
}

fn add_to(
    soup: &mut Vec<Row>,
    whole: usize,
    components: &[Component],
    record: &Record,
    path: &Located<String>,
    parts: &Parts<'_, '_>,
) {
    let first = soup.len();
    let by_reference: BTreeMap<&str, usize> = components
        .iter()
        .enumerate()
        .filter_map(|(at, component)| Some((component.reference.as_deref()?, first + at)))
        .collect();
    let needs = |component: &Component| -> Vec<usize> {
        let known = component.depends_on.iter().filter_map(|it| by_reference.get(&**it).copied());
        known.collect()
    };
    let mut is_needed = vec![false; components.len()];
    for (at, component) in components.iter().enumerate() {
        let others = needs(component).into_iter().filter(|to| *to != first + at);
        others.for_each(|to| is_needed[to - first] = true);
    }
    let ids = ids(&soup[whole].id, components);
    for (id, component) in ids.into_iter().zip(components) {
        let mut row = row(id, component, &soup[whole], record, path, parts);
        row.depends_on = needs(component);
        soup.push(row);
    }
    let outermost = (0..components.len()).filter(|at| !is_needed[*at]);
    soup[whole].depends_on.extend(outermost.map(|at| first + at));
}

fn row(
    id: String,
    component: &Component,
    whole: &Row,
    record: &Record,
    path: &Located<String>,
    parts: &Parts<'_, '_>,
) -> Row {
    let listed = format!("listed in {}, the bill of materials of {}", path.value, whole.id);
    Row {
        id,
        kind: kind(&component.kind),
        record: Some(RecordRef { table: "soup", id: record.id.clone(), covers: Some(listed) }),
        listed_in: Some(ListedIn { whole: whole.id.clone(), bill: path.value.clone() }),
        title: component.name.clone(),
        manufacturer: Manufacturer {
            basis: match component.manufacturer {
                Some(_) => ManufacturerBasis::BillOfMaterials,
                None => ManufacturerBasis::Unknown,
            },
            name: component.manufacturer.clone(),
            contact: None,
        },
        version: component.version.clone(),
        designator: designator(component, &path.value),
        at: path.at.clone(),
        role: whole.role,
        description: component.description.clone(),
        purl: component.purl.clone(),
        digests: Digests {
            sha256: component.sha256.clone(),
            sha512: component.sha512.clone(),
            ..Digests::default()
        },
        licence: Licence { declared: component.licence.clone(), ..Licence::default() },
        items: whole.items.clone(),
        class: whole.class.clone(),
        // What identifies the whole does not identify its parts.
        judgement: Judgement { designator: None, ..whole.judgement.clone() },
        ..blank(parts)
    }
}

/// What identifies it: its package URL or version, and a digest where the bill has one.
fn designator(component: &Component, bill: &str) -> String {
    let version = component.version.as_ref().map(|version| format!("{version}, in {bill}"));
    let named = component.purl.clone().or(version).unwrap_or_else(|| format!("in {bill}"));
    match component.sha256.as_ref().or(component.sha512.as_ref()) {
        Some(digest) => format!("{named}, {digest}"),
        None => named,
    }
}

/// Ids that no other component has: the name below that of the whole, with the version
/// where several have the name, and a number where they have that in common too.
fn ids(whole: &str, components: &[Component]) -> Vec<String> {
    let plain = |component: &Component| format!("{whole}/{}", component.name);
    let versioned = |component: &Component| {
        let version = component.version.as_deref().unwrap_or("unknown");
        format!("{whole}/{}@{version}", component.name)
    };
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for component in components {
        *names.entry(plain(component)).or_default() += 1;
    }
    let id = |component: &Component| {
        let name = plain(component);
        let id = if names[&name] > 1 { versioned(component) } else { name };
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 { format!("{id} ({times})") } else { id }
    };
    components.iter().map(id).collect()
}

fn kind(word: &str) -> RowKind {
    RowKind::Declared(match word {
        "library" | "framework" => "native library",
        "operating-system" => "operating system",
        "firmware" => "firmware",
        "device" => "hardware",
        "platform" => "runtime",
        _ => "application",
    })
}
