//! Which units name a SOUP item in their source. A place that names it is a fact; that
//! none does proves nothing, since code also arrives through traits, macros and other
//! crates.

use std::collections::BTreeMap;

use iec62304_macros::requirement;
use rayon::prelude::*;

use super::{Inventory, UnitReference};
use crate::location::{FilePath, Location, Span};
use crate::model::code::{Certainty, Code, Item, ModuleIndex};
use crate::model::dependency::{PackageGraph, PackageKey, PackageSource, Resolution};
use crate::scan;
use crate::snapshot::{self, Snapshot, SourceState};
use crate::trace::Trace;

/// The places that name a package, by package and unit: the first, and how many.
type Places = BTreeMap<PackageKey, BTreeMap<String, (Location, usize)>>;

/// Where our source names packages, and each path as it is written.
#[derive(Default)]
struct Found {
    places: Places,
    paths: BTreeMap<String, Vec<Location>>,
}

/// Fills in the references of every row, and where our source names affected functions.
#[requirement("TOOL-18")]
pub(super) fn fill(inventory: &mut Inventory, snapshot: &Snapshot, trace: &Trace<'_>) {
    let Resolution::Graph(graph) = &snapshot.resolution else {
        return;
    };
    let found = found(snapshot, trace, graph);
    for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
        let Some(package) = &row.package else {
            continue;
        };
        let of_row = found.places.get(package).into_iter().flatten();
        row.references = of_row
            .map(|(unit, (at, places))| UnitReference {
                unit: unit.clone(),
                at: at.clone(),
                places: *places,
            })
            .collect();
        for hit in &mut row.advisories {
            let named = hit.functions.iter().filter_map(|function| found.paths.get(function));
            hit.function_references = named.flatten().cloned().collect();
        }
    }
}

fn found(snapshot: &Snapshot, trace: &Trace<'_>, graph: &PackageGraph) -> Found {
    let code = &trace.project().code;
    let units = units_of_modules(trace);
    let items = items_of_files(code);
    let tests = test_modules_of_files(code);
    let names: Vec<_> =
        trace.project().packages.iter().map(|package| extern_names(package, graph)).collect();
    let files: Vec<_> = modules_of_files(code).into_iter().collect();
    let read = files.par_iter().map(|(file, modules)| {
        let Some(SourceState::Read(source)) = snapshot.sources.get(*file) else {
            return Vec::new();
        };
        let Ok(text) = std::str::from_utf8(&source.bytes) else {
            return Vec::new();
        };
        let crates = &names[package_of(modules[0], code)].keys().copied().collect();
        scan::references(text, crates, tests.get(file).map_or(&[][..], Vec::as_slice))
    });
    let read: Vec<_> = read.collect();
    let mut found = Found::default();
    for ((file, modules), references) in files.iter().zip(read) {
        let names = &names[package_of(modules[0], code)];
        let around = items.get(file).map_or(&[][..], Vec::as_slice);
        for reference in references {
            let module = module_at(around, reference.span).unwrap_or(modules[0]);
            if let Some(unit) = units.get(&module) {
                let key = &names[reference.name.as_str()];
                found.add(key, unit, reference.path, Location::new(file, reference.span));
            }
        }
    }
    found
}

fn package_of(module: ModuleIndex, code: &Code) -> usize {
    code.targets[code.modules[module.0].target.0].package
}

impl Found {
    fn add(&mut self, key: &PackageKey, unit: &str, path: String, at: Location) {
        self.paths.entry(path).or_default().push(at.clone());
        if !self.places.contains_key(key) {
            self.places.insert(key.clone(), BTreeMap::new());
        }
        let units = self.places.get_mut(key).expect("it was just put there");
        units.entry(unit.to_owned()).or_insert((at, 0)).1 += 1;
    }
}

/// The unit of each module of the product.
fn units_of_modules(trace: &Trace<'_>) -> BTreeMap<ModuleIndex, String> {
    let units = trace.units().iter();
    units.flat_map(|unit| unit.modules.iter().map(|module| (*module, unit.id.clone()))).collect()
}

/// The product modules whose body stands in a file, by file.
fn modules_of_files(code: &Code) -> BTreeMap<&FilePath, Vec<ModuleIndex>> {
    let mut files: BTreeMap<&FilePath, Vec<ModuleIndex>> = BTreeMap::new();
    for (index, module) in code.modules.iter().enumerate() {
        if module.compiled.in_product != Certainty::No {
            files.entry(&module.file).or_default().push(ModuleIndex(index));
        }
    }
    files
}

/// Inline modules that only tests compile, by file.
fn test_modules_of_files(code: &Code) -> BTreeMap<&FilePath, Vec<Span>> {
    let mut files: BTreeMap<&FilePath, Vec<Span>> = BTreeMap::new();
    let inline = code
        .modules
        .iter()
        .filter(|module| module.parent.is_some() && module.declared_at.file == module.file);
    for module in inline.filter(|module| module.compiled.in_product == Certainty::No) {
        files.entry(&module.file).or_default().push(module.declared_at.span);
    }
    files
}

/// What a package calls the packages that it depends on.
fn extern_names<'g>(
    own: &snapshot::Package,
    graph: &'g PackageGraph,
) -> BTreeMap<&'g str, PackageKey> {
    let source = PackageSource::Path(Some(own.folder.clone()));
    let mut packages = graph.packages.iter();
    let Some(package) = packages.find(|it| it.key.name == own.name && it.key.source == source)
    else {
        return BTreeMap::new();
    };
    let used = package
        .dependencies
        .iter()
        .filter(|edge| !edge.linked.is_empty() || !edge.on_host.is_empty());
    used.map(|edge| (edge.extern_name.as_str(), graph.packages[edge.to].key.clone())).collect()
}

/// The functions and tagged items of each file.
fn items_of_files(code: &Code) -> BTreeMap<&FilePath, Vec<&Item>> {
    let mut files: BTreeMap<&FilePath, Vec<&Item>> = BTreeMap::new();
    for item in &code.items {
        files.entry(&item.at.file).or_default().push(item);
    }
    files
}

/// The module of the item around a place.
fn module_at(items: &[&Item], span: Span) -> Option<ModuleIndex> {
    let is_around = |item: &&&Item| item.span.start <= span.start && span.end <= item.span.end;
    items.iter().find(is_around).map(|item| item.module)
}
