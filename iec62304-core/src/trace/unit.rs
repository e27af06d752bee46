//! Software units: the declared ones, and the modules that stand in for units as long
//! as nothing is declared; which code belongs to which.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::{Located, Location};
use crate::model::code::{
    Certainty, Code, Declaration, Item, ItemIndex, ModuleIndex, Tag, TagOwner, UnsafeCode,
};
use crate::model::record::{Record, RecordKind};
use crate::snapshot::Package;
use crate::trace::Trace;
use crate::trace::class::{ClassTree, Classed, Effective, highest};
use crate::trace::link::Link;
use crate::trace::role::{Role, package_of, target_of};

/// A software unit, or a module that stands in for one.
#[derive(Clone, Debug)]
pub struct Unit<'m> {
    /// Its id, or the path of the module.
    pub id: String,
    /// Where it is declared.
    pub at: Location,
    /// What declares it.
    pub origin: Origin<'m>,
    /// The software item it belongs to, if that is known.
    pub item: Option<&'m str>,
    /// By which class it is judged.
    pub class: Effective,
    /// Its modules.
    pub modules: BTreeSet<ModuleIndex>,
    /// Items of other modules that `software_unit` puts into it.
    pub items: BTreeSet<ItemIndex>,
    /// The names of the packages that hold its code.
    pub packages: BTreeSet<&'m str>,
    /// Links of product code in it.
    pub implements: Vec<Link<'m>>,
    /// Links of tests that name it or one of its criteria.
    pub named_by: Vec<Link<'m>>,
    /// What its code declares in the product.
    pub declarations: Vec<&'m Declaration>,
    /// The unsafe places in its code.
    pub unsafe_code: Vec<&'m UnsafeCode>,
}

/// Where a unit comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'m> {
    /// A `[unit.…]` record.
    Declared(&'m Record),
    /// A module of an item that declares no unit.
    StandIn,
    /// A module of an item that declares units, none of which claims it.
    Leftover,
}

impl Classed for Unit<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

impl Unit<'_> {
    /// Whether a record declares it; otherwise it is one module.
    pub fn is_declared(&self) -> bool {
        matches!(self.origin, Origin::Declared(_))
    }

    /// The word for it in messages.
    pub fn word(&self) -> &'static str {
        match self.origin {
            Origin::Declared(_) => "unit",
            Origin::StandIn | Origin::Leftover => "module",
        }
    }
}

/// What units are built from.
pub struct Parts<'m, 'a> {
    /// The code.
    pub code: &'m Code,
    /// The packages.
    pub packages: &'m [Package],
    /// The records.
    pub records: &'a [&'m Record],
    /// The classes.
    pub classes: &'a ClassTree,
    /// The links of all tags.
    pub links: &'a [Link<'m>],
}

/// The units of a project, and the questions about code and units.
#[derive(Clone, Debug, Default)]
pub struct Units<'m> {
    /// Declared units first, in the order of their records, then modules by path.
    pub all: Vec<Unit<'m>>,
    /// Paths of `modules` fields that name no module of the product.
    pub unknown_modules: Vec<(&'m Record, &'m Located<String>)>,
    /// Product packages that belong to no item although items are declared.
    pub packages_without_item: Vec<&'m str>,
    holders: BTreeMap<&'m Location, Vec<usize>>,
    /// Every module that is part of the product.
    pub(super) product_modules: Vec<ModuleIndex>,
    /// Which declared units claim which module.
    pub(super) claims: Claims,
    /// Which items `software_unit` moves to which declared units.
    pub(super) moved: Moved,
}

impl<'m> Units<'m> {
    /// The units whose product code carries a tag.
    pub fn holding(&self, tag: &Tag) -> impl Iterator<Item = &Unit<'m>> {
        self.holders.get(&tag.at).into_iter().flatten().map(|index| &self.all[*index])
    }
}

impl<'m> Trace<'m> {
    /// The public functions of a unit that no link implements: none on them, on what they
    /// stand in, or on a module of the unit around them.
    pub fn untraced_functions(&self, unit: &Unit<'m>) -> Vec<&'m Declaration> {
        let code = &self.project().code;
        let owners = || unit.implements.iter().map(|link| link.tag.owner);
        let items: BTreeSet<ItemIndex> = owners().filter_map(TagOwner::item).collect();
        let modules: BTreeSet<ModuleIndex> = owners().filter_map(TagOwner::module).collect();
        let around: Vec<&Item> =
            items.iter().map(|item| &code.items[item.0]).filter(|item| item.kind != "fn").collect();
        let is_in = |declaration: &Declaration, item: &&&Item| {
            let (at, start) = (&declaration.at, declaration.at.span.start as usize);
            item.at.file == at.file && item.span.range().contains(&start)
        };
        let is_traced = |declaration: &Declaration| {
            declaration.item.is_some_and(|item| items.contains(&item))
                || code.with_parents(declaration.module).any(|module| modules.contains(&module))
                || around.iter().any(|item| is_in(declaration, &item))
        };
        let public = |it: &&&Declaration| it.kind == "fn" && it.is_public && it.is_product;
        let functions = unit.declarations.iter().filter(public).copied();
        functions.filter(|declaration| !is_traced(declaration)).collect()
    }
}

/// Works out every unit.
pub fn units<'m>(parts: &Parts<'m, '_>) -> Units<'m> {
    let declared: Vec<&'m Record> =
        parts.records.iter().filter(|record| record.kind == RecordKind::Unit).copied().collect();
    let items: Vec<&'m Record> =
        parts.records.iter().filter(|record| record.kind == RecordKind::Item).copied().collect();
    let owners = Owners { parts, items: &items, declared: &declared };
    let claims = owners.claims();
    let mut units: Vec<Unit<'m>> =
        declared.iter().map(|record| declared_unit(record, parts)).collect();
    let by_id: BTreeMap<&str, usize> = declared
        .iter()
        .enumerate()
        .map(|(index, record)| (record.id.value.as_str(), index))
        .collect();
    for (module, owner) in &claims {
        for index in owner {
            units[*index].modules.insert(*module);
        }
    }
    let moved = moved_items(parts.links, &by_id);
    attach_links(&mut units, &claims, &moved, &by_id, parts);
    for unit in &mut units {
        settle_class(unit, parts);
    }
    let (stand_ins, packages_without_item) = owners.stand_ins(&claims, &moved);
    units.extend(stand_ins);
    attach_code(&mut units, &claims, &moved, parts.code);
    Units {
        holders: holders(&units),
        all: units,
        unknown_modules: owners.unknown_modules(),
        packages_without_item,
        product_modules: owners.product_modules().collect(),
        claims,
        moved,
    }
}

/// Which declared units claim a module; several only where two claim the same path.
pub(super) type Claims = BTreeMap<ModuleIndex, Vec<usize>>;

/// Which items `software_unit` moves out of their module's unit.
pub(super) type Moved = BTreeMap<ItemIndex, Vec<usize>>;

/// Who owns which module.
struct Owners<'m, 'a> {
    parts: &'a Parts<'m, 'a>,
    items: &'a [&'m Record],
    declared: &'a [&'m Record],
}

impl<'m> Owners<'m, '_> {
    fn product_modules(&self) -> impl Iterator<Item = ModuleIndex> {
        let Parts { code, packages, .. } = *self.parts;
        (0..code.modules.len()).map(ModuleIndex).filter(move |module| {
            code.modules[module.0].compiled.in_product != Certainty::No
                && target_of(*module, code, packages).kind.is_product()
        })
    }

    /// The longest claimed path wins, be it from a record or from a tag on a module.
    fn claims(&self) -> Claims {
        let code = self.parts.code;
        let paths = self.claimed_paths();
        let mut claims = Claims::new();
        for module in self.product_modules() {
            let path = &code.modules[module.0].path;
            let package = package_of(module, code, self.parts.packages).name.as_str();
            let fitting = ancestors(path).find_map(|ancestor| {
                let claimants = paths.get(ancestor)?;
                let units: Vec<usize> = claimants
                    .iter()
                    .filter(|claim| claim.package.is_none_or(|name| name == package))
                    .filter(|claim| self.may_own(claim.unit, package))
                    .map(|claim| claim.unit)
                    .collect();
                (!units.is_empty()).then_some(units)
            });
            if let Some(units) = fitting {
                claims.insert(module, units);
            }
        }
        claims
    }

    fn claimed_paths(&self) -> BTreeMap<&str, BTreeSet<Claim<'m>>> {
        let mut paths: BTreeMap<&str, BTreeSet<Claim<'m>>> = BTreeMap::new();
        for (unit, record) in self.declared.iter().enumerate() {
            for path in record.fields.list("modules") {
                paths.entry(&path.value).or_default().insert(Claim { unit, package: None });
            }
        }
        let code = self.parts.code;
        for link in self.parts.links.iter().filter(|link| link.role == Role::AssignsUnit) {
            let TagOwner::Module(module) = link.tag.owner else {
                continue;
            };
            let Some(unit) = self.declared.iter().position(|record| record.id == link.record.id)
            else {
                continue;
            };
            let package = Some(package_of(module, code, self.parts.packages).name.as_str());
            paths.entry(&code.modules[module.0].path).or_default().insert(Claim { unit, package });
        }
        paths
    }

    /// A unit owns code in the packages of its item only, as far as the item names any.
    fn may_own(&self, unit: usize, package: &str) -> bool {
        let item = item_of(self.declared[unit]);
        let item = item.and_then(|id| self.items.iter().find(|item| item.id.value == id));
        let crates = item.map_or(&[][..], |item| item.fields.list("crates"));
        crates.is_empty() || crates.iter().any(|name| name.value == package)
    }

    fn unknown_modules(&self) -> Vec<(&'m Record, &'m Located<String>)> {
        let known: BTreeSet<&str> = self
            .product_modules()
            .map(|module| self.parts.code.modules[module.0].path.as_str())
            .collect();
        let paths = |record: &&'m Record| {
            let record = *record;
            record.fields.list("modules").iter().map(move |path| (record, path))
        };
        let all = self.declared.iter().flat_map(paths);
        all.filter(|(_, path)| !known.contains(path.value.as_str())).collect()
    }

    /// Modules with functions or unsafe code that no declared unit claims, each on its own.
    fn stand_ins(&self, claims: &Claims, moved: &Moved) -> (Vec<Unit<'m>>, Vec<&'m str>) {
        let with_code = modules_with_code(self.parts.code, moved);
        let links = links_by_module(self.parts, moved);
        let mut units = Vec::new();
        let mut without_item = BTreeSet::new();
        for module in self.product_modules() {
            if claims.contains_key(&module) {
                continue;
            }
            let package = package_of(module, self.parts.code, self.parts.packages);
            let item = self.item_of_package(&package.name);
            if item.is_none() && !self.items.is_empty() {
                without_item.insert(package.name.as_str());
            } else if with_code.contains(&module) || links.contains_key(&module) {
                let links = links.get(&module).cloned().unwrap_or_default();
                units.push(self.stand_in(module, package, item, links));
            }
        }
        units.sort_by(|a, b| (&a.id, &a.at).cmp(&(&b.id, &b.at)));
        (units, without_item.into_iter().collect())
    }

    fn stand_in(
        &self,
        module: ModuleIndex,
        package: &'m Package,
        item: Option<&'m Record>,
        implements: Vec<Link<'m>>,
    ) -> Unit<'m> {
        let declares_units = |item: &Record| {
            self.declared.iter().any(|unit| item_of(unit) == Some(item.id.value.as_str()))
        };
        let found = &self.parts.code.modules[module.0];
        Unit {
            id: found.path.clone(),
            at: found.declared_at.clone(),
            origin: if item.is_some_and(declares_units) {
                Origin::Leftover
            } else {
                Origin::StandIn
            },
            item: item.map(|item| item.id.value.as_str()),
            class: self.parts.classes.package(&package.name),
            modules: BTreeSet::from([module]),
            items: BTreeSet::new(),
            packages: BTreeSet::from([package.name.as_str()]),
            implements,
            named_by: Vec::new(),
            declarations: Vec::new(),
            unsafe_code: Vec::new(),
        }
    }

    /// The item that names a package; of several, the one of the highest class.
    fn item_of_package(&self, package: &str) -> Option<&'m Record> {
        let names = |item: &&&'m Record| {
            item.fields.list("crates").iter().any(|name| name.value == package)
        };
        let class = |item: &Record| self.parts.classes.item(&item.id.value).class;
        let items = self.items.iter().filter(names).copied();
        items.reduce(|best, next| if class(next) > class(best) { next } else { best })
    }
}

/// A path that a unit claims, everywhere or in one package only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim<'m> {
    unit: usize,
    package: Option<&'m str>,
}

/// `a::b::c`, `a::b`, `a`.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once("::").map(|(parent, _)| parent))
}

/// The id of the item that a unit names.
fn item_of(unit: &Record) -> Option<&str> {
    unit.fields.text("item").map(|item| item.value.as_str())
}

fn declared_unit<'m>(record: &'m Record, parts: &Parts<'m, '_>) -> Unit<'m> {
    let item = item_of(record);
    Unit {
        id: record.id.value.clone(),
        at: record.id.at.clone(),
        origin: Origin::Declared(record),
        item,
        class: item.map_or_else(|| parts.classes.system().clone(), |item| parts.classes.item(item)),
        modules: BTreeSet::new(),
        items: BTreeSet::new(),
        packages: BTreeSet::new(),
        implements: Vec::new(),
        named_by: Vec::new(),
        declarations: Vec::new(),
        unsafe_code: Vec::new(),
    }
}

/// What a unit shares with a higher class raises it.
fn settle_class<'m>(unit: &mut Unit<'m>, parts: &Parts<'m, '_>) {
    let packages =
        unit.modules.iter().map(|module| package_of(*module, parts.code, parts.packages));
    unit.packages.extend(packages.map(|package| package.name.as_str()));
    let shared = unit.packages.iter().map(|package| parts.classes.package(package));
    let all = std::iter::once(unit.class.clone()).chain(shared);
    unit.class = highest(all).expect("the unit's own class is always there");
}

fn moved_items(links: &[Link<'_>], by_id: &BTreeMap<&str, usize>) -> Moved {
    let mut moved = Moved::new();
    for link in links.iter().filter(|link| link.role == Role::AssignsUnit) {
        if let (TagOwner::Item(item), Some(unit)) =
            (link.tag.owner, by_id.get(link.record.id.value.as_str()))
        {
            moved.entry(item).or_default().push(*unit);
        }
    }
    moved
}

/// Gives each unit the links of its code and of the tests that name it.
fn attach_links<'m>(
    units: &mut [Unit<'m>],
    claims: &Claims,
    moved: &Moved,
    by_id: &BTreeMap<&str, usize>,
    parts: &Parts<'m, '_>,
) {
    let package = |item: &Item| package_of(item.module, parts.code, parts.packages).name.as_str();
    for (item, owners) in moved {
        for unit in owners {
            units[*unit].packages.insert(package(&parts.code.items[item.0]));
            units[*unit].items.insert(*item);
        }
    }
    for link in parts.links {
        match link.role {
            Role::Implements => {
                for unit in owners_of(link, claims, moved, parts.code) {
                    units[*unit].implements.push(*link);
                }
            }
            Role::Verifies if link.record.kind == RecordKind::Unit => {
                let unit = by_id[link.record.id.value.as_str()];
                units[unit].named_by.push(*link);
            }
            _ => {}
        }
    }
}

/// Gives each unit what it declares in the product, and what is unsafe in it.
fn attach_code<'m>(units: &mut [Unit<'m>], claims: &Claims, moved: &Moved, code: &'m Code) {
    let modules_alone = units.iter().enumerate().filter(|(_, unit)| !unit.is_declared());
    let mut owners = claims.clone();
    for (index, unit) in modules_alone {
        owners.extend(unit.modules.iter().map(|module| (*module, vec![index])));
    }
    let owners = |item: Option<ItemIndex>, module| {
        let moved = item.and_then(|item| moved.get(&item));
        moved.or_else(|| owners.get(&module)).map_or(&[][..], Vec::as_slice)
    };
    for declaration in code.declarations.iter().filter(|declaration| declaration.is_product) {
        for unit in owners(declaration.item, declaration.module) {
            units[*unit].declarations.push(declaration);
        }
    }
    for found in code.unsafe_code.iter().filter(|found| found.is_product) {
        for unit in owners(found.item, found.module) {
            units[*unit].unsafe_code.push(found);
        }
    }
}

fn owners_of<'a>(
    link: &Link<'_>,
    claims: &'a Claims,
    moved: &'a Moved,
    code: &Code,
) -> &'a [usize] {
    let owners = match link.tag.owner {
        TagOwner::Item(item) => moved.get(&item).or_else(|| claims.get(&code.items[item.0].module)),
        TagOwner::Module(module) => claims.get(&module),
        TagOwner::Nothing(_) => None,
    };
    owners.map_or(&[], Vec::as_slice)
}

/// Unsafe code counts wherever it stands: an `impl`, a constant and a macro can hold it too.
fn modules_with_code(code: &Code, moved: &Moved) -> BTreeSet<ModuleIndex> {
    let is_moved = |item| moved.contains_key(&item);
    let functions = code.items.iter().enumerate().filter(|(index, item)| {
        item.kind == "fn"
            && item.body.is_some()
            && item.test.is_none()
            && item.compiled.in_product != Certainty::No
            && !is_moved(ItemIndex(*index))
    });
    let unsafe_code = code.unsafe_code.iter();
    let unsafe_code =
        unsafe_code.filter(|found| found.is_product && !found.item.is_some_and(is_moved));
    let modules = functions.map(|(_, item)| item.module);
    modules.chain(unsafe_code.map(|found| found.module)).collect()
}

/// The units by the places of the tags on their code, as indices.
fn holders<'m>(units: &[Unit<'m>]) -> BTreeMap<&'m Location, Vec<usize>> {
    let mut holders: BTreeMap<&Location, Vec<usize>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        for link in &unit.implements {
            holders.entry(&link.tag.at).or_default().push(index);
        }
    }
    holders
}

/// The implementing links by the module of their code, moved items left out.
fn links_by_module<'m>(
    parts: &Parts<'m, '_>,
    moved: &Moved,
) -> BTreeMap<ModuleIndex, Vec<Link<'m>>> {
    let mut links: BTreeMap<ModuleIndex, Vec<Link<'m>>> = BTreeMap::new();
    for link in parts.links.iter().filter(|link| link.role == Role::Implements) {
        let module = match link.tag.owner {
            TagOwner::Item(item) if moved.contains_key(&item) => continue,
            TagOwner::Item(item) => parts.code.items[item.0].module,
            TagOwner::Module(module) => module,
            TagOwner::Nothing(_) => continue,
        };
        links.entry(module).or_default().push(*link);
    }
    links
}
