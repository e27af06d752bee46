//! The modules of the product, and which units they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::Location;
use crate::model::code::ModuleIndex;
use crate::trace::class::{ClassTree, Classed, Effective, highest};
use crate::trace::item::Item;
use crate::trace::role::package_of;
use crate::trace::unit::{Unit, Units};
use crate::trace::{Project, Trace};

/// A module of the product, by its path: one that several targets compile counts once.
#[derive(Clone, Debug)]
pub struct Module<'m> {
    /// Its path.
    pub path: &'m str,
    /// The package that holds it.
    pub package: &'m str,
    /// Where it is declared.
    pub at: &'m Location,
    /// By which class it is judged.
    pub class: Effective,
    /// The item that names its package.
    pub item: Option<&'m str>,
    /// The declared units that claim it, in the order of their records.
    pub units: Vec<usize>,
    /// The declared units that claim the module around it.
    pub units_around: Vec<usize>,
    /// Whether it declares more than modules and imports, and not all of it is moved to
    /// units by `software_unit`.
    pub holds_code: bool,
    /// Whether its item has begun to declare units, or the project where it has no items.
    pub is_to_be_claimed: bool,
}

impl Classed for Module<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// Every module of the product, by package and path.
pub fn modules<'m>(
    project: &'m Project<'m>,
    units: &Units<'m>,
    items: &[Item<'m>],
    classes: &ClassTree,
) -> Vec<Module<'m>> {
    let holding = holding_code(project, units);
    let finder = Finder { project, units, items, classes, holding: &holding };
    let mut modules: BTreeMap<(&str, &str), Module<'m>> = BTreeMap::new();
    for index in &units.product_modules {
        let module = finder.module(*index);
        match modules.get_mut(&(module.package, module.path)) {
            Some(known) => known.holds_code |= module.holds_code,
            None => {
                modules.insert((module.package, module.path), module);
            }
        }
    }
    modules.into_values().collect()
}

/// The modules with a declaration of their own in the product.
fn holding_code(project: &Project<'_>, units: &Units<'_>) -> BTreeSet<ModuleIndex> {
    let is_moved = |item| units.moved.contains_key(&item);
    let own =
        project.code.declarations.iter().filter(|declaration| {
            declaration.is_product && !declaration.item.is_some_and(is_moved)
        });
    own.map(|declaration| declaration.module).collect()
}

struct Finder<'m, 'a> {
    project: &'m Project<'m>,
    units: &'a Units<'m>,
    items: &'a [Item<'m>],
    classes: &'a ClassTree,
    holding: &'a BTreeSet<ModuleIndex>,
}

impl<'m> Finder<'m, '_> {
    fn module(&self, index: ModuleIndex) -> Module<'m> {
        let module = &self.project.code.modules[index.0];
        let package = &package_of(index, &self.project.code, self.project.packages).name;
        let claiming = |module| self.units.claims.get(&module).cloned().unwrap_or_default();
        let units: Vec<usize> = claiming(index);
        let items: Vec<&Item<'m>> =
            self.items.iter().filter(|item| names_package(item, package)).collect();
        let of_units = units.iter().map(|unit| self.units.all[*unit].class.clone());
        let classes = std::iter::once(self.classes.package(package)).chain(of_units);
        Module {
            path: &module.path,
            package,
            at: &module.declared_at,
            class: highest(classes).expect("the class of the package is always there"),
            item: items.first().map(|item| item.record.id.value.as_str()),
            units,
            units_around: module.parent.map(claiming).unwrap_or_default(),
            holds_code: self.holding.contains(&index),
            is_to_be_claimed: items.iter().any(|item| !item.units.is_empty())
                || (self.items.is_empty() && self.units.all.iter().any(Unit::is_declared)),
        }
    }
}

fn names_package(item: &Item<'_>, package: &str) -> bool {
    item.record.fields.list("crates").iter().any(|name| name.value == package)
}

impl<'m> Trace<'m> {
    /// Every module of the product, by package and path.
    pub fn modules(&self) -> &[Module<'m>] {
        &self.modules
    }

    /// The declared units that claim a module.
    pub fn units_of<'t>(&'t self, module: &'t Module<'m>) -> impl Iterator<Item = &'t Unit<'m>> {
        module.units.iter().map(|unit| &self.units()[*unit])
    }

    /// The outermost modules of a unit, by path, that have no documentation.
    pub fn undocumented_modules(&self, unit: &Unit<'m>) -> Vec<ModuleIndex> {
        let modules = &self.project().code.modules;
        let is_inner = |module: &ModuleIndex| {
            let parent = modules[module.0].parent;
            parent.is_some_and(|parent| unit.modules.contains(&parent))
        };
        let outermost = unit.modules.iter().filter(|module| !is_inner(module)).copied();
        outermost.filter(|module| !modules[module.0].documented).collect()
    }
}
