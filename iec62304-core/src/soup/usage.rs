//! Which units name a SOUP item in their source. A place that names it is a fact; that
//! none does proves nothing, since code also arrives through traits, macros and other
//! crates.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use super::{Inventory, UnitReference};
use crate::location::{FilePath, Location, Span};
use crate::model::code::{Certainty, Code, Item, ModuleIndex};
use crate::model::dependency::{PackageGraph, PackageKey, PackageSource};
use crate::scan;
use crate::snapshot::{Snapshot, SourceState};
use crate::trace::Trace;
use crate::trace::role::package_of;

/// The places that name a package, by unit.
type Places = BTreeMap<(PackageKey, String), (Location, usize)>;

/// Fills in the references of every row, and where our source names affected functions.
#[requirement("TOOL-18")]
pub(super) fn fill(inventory: &mut Inventory, snapshot: &Snapshot, trace: &Trace<'_>) {
    let crate::model::dependency::Resolution::Graph(graph) = &snapshot.resolution else {
        return;
    };
    let code = &trace.project().code;
    let units = units_of_modules(trace);
    let mut places = Places::new();
    let mut functions: BTreeMap<String, Vec<Location>> = BTreeMap::new();
    let items = items_of_files(code);
    for (file, modules) in modules_of_files(code) {
        let Some(SourceState::Read(source)) = snapshot.sources.get(file) else {
            continue;
        };
        let Ok(text) = std::str::from_utf8(&source.bytes) else {
            continue;
        };
        let names = extern_names(modules[0], trace, graph);
        let crates: BTreeSet<&str> = names.keys().copied().collect();
        let tests = test_modules(code, file);
        for found in scan::references(text, &crates, &tests) {
            let around = items.get(file).map_or(&[][..], Vec::as_slice);
            let module = module_at(around, found.span).unwrap_or(modules[0]);
            let Some(unit) = units.get(&module) else {
                continue;
            };
            let at = Location::new(file, found.span);
            functions.entry(found.path).or_default().push(at.clone());
            let key = names[found.name.as_str()].clone();
            places.entry((key, unit.clone())).or_insert((at, 0)).1 += 1;
        }
    }
    for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
        let Some(package) = &row.package else {
            continue;
        };
        let of_row = places.iter().filter(|((key, _), _)| key == package);
        row.references = of_row
            .map(|((_, unit), (at, places))| UnitReference {
                unit: unit.clone(),
                at: at.clone(),
                places: *places,
            })
            .collect();
        for hit in &mut row.advisories {
            let named = hit.functions.iter().filter_map(|function| functions.get(function));
            hit.function_references = named.flatten().cloned().collect();
        }
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

/// Inline modules of a file that only tests compile.
fn test_modules(code: &Code, file: &FilePath) -> Vec<Span> {
    let modules = code.modules.iter().filter(|module| {
        module.file == *file
            && module.declared_at.file == *file
            && module.parent.is_some()
            && module.compiled.in_product == Certainty::No
    });
    modules.map(|module| module.declared_at.span).collect()
}

/// What the package of a module calls the packages that it depends on.
fn extern_names<'g>(
    module: ModuleIndex,
    trace: &Trace<'_>,
    graph: &'g PackageGraph,
) -> BTreeMap<&'g str, PackageKey> {
    let project = trace.project();
    let own = package_of(module, &project.code, project.packages);
    let is_own = |package: &&crate::model::dependency::Package| {
        package.key.name == own.name
            && package.key.source == PackageSource::Path(Some(own.folder.clone()))
    };
    let Some(package) = graph.packages.iter().find(is_own) else {
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
