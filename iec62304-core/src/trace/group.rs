//! Code that runs together: which items have code in one crate, and which in one build.
//!
//! Nothing here knows a class; what a group means for its items is decided in `class`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::code::TagOwner;
use crate::model::dependency::{Package, PackageGraph, PackageSource, Resolution};
use crate::model::record::{Record, RecordKind};
use crate::snapshot;
use crate::snapshot::TargetKind;
use crate::trace::Project;
use crate::trace::link::Link;
use crate::trace::role::{Role, module_of, package_of};

/// Which items have code in which package, and what of it runs together.
#[derive(Clone, Debug, Default)]
pub struct Holdings<'m> {
    /// Ids of items and systems with code in a package, by its name; those that name the
    /// package come first.
    pub by_package: BTreeMap<&'m str, Vec<&'m str>>,
    /// Crates first, then builds, both only where they hold code of several items.
    pub groups: Vec<Group<'m>>,
    /// Everybody with code, where nobody knows what is linked with what.
    pub perhaps_together: Vec<&'m str>,
}

/// Code that nothing but a segregation keeps apart, since it runs in one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'m> {
    /// The package.
    pub package: &'m str,
    /// How much of it and around it.
    pub extent: Extent,
    /// Ids of the items and systems with code in it.
    pub items: Vec<&'m str>,
}

/// How much code a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One package.
    Crate,
    /// The programs of a package, with all that cargo links into them.
    Binary,
    /// A library that ships, with all that cargo links with it.
    Library,
}

impl Group<'_> {
    /// What it is called in messages.
    pub fn name(&self) -> String {
        match self.extent {
            Extent::Crate => format!("crate {}", self.package),
            Extent::Binary => format!("the binary of package {}", self.package),
            Extent::Library => format!("library {} with what it links", self.package),
        }
    }
}

/// Works out who has code where, and what runs together as far as that is known.
pub fn holdings<'m>(
    project: &'m Project<'m>,
    records: &[&'m Record],
    links: &[Link<'m>],
) -> Holdings<'m> {
    let mut by_package: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut hold = |package, item| {
        let items = by_package.entry(package).or_default();
        if !items.contains(&item) {
            items.push(item);
        }
    };
    for item in records.iter().filter(|record| record.kind == RecordKind::Item) {
        for package in item.fields.list("crates") {
            hold(&package.value, &item.id.value);
        }
    }
    for (package, item) in held_by_units(project, records).chain(held_by_tags(project, links)) {
        hold(package, item);
    }
    let mut groups: Vec<Group<'m>> = by_package
        .iter()
        .filter(|(_, items)| items.len() > 1)
        .map(|(package, items)| Group { package, extent: Extent::Crate, items: items.clone() })
        .collect();
    let mut perhaps_together = BTreeSet::new();
    match project.resolution {
        Resolution::Graph(graph) => groups.extend(builds(graph, project.packages, &by_package)),
        Resolution::NotAsked | Resolution::Failed(_) => {
            perhaps_together.extend(by_package.values().flatten().copied());
        }
    }
    let perhaps_together = perhaps_together.into_iter().collect();
    Holdings { by_package, groups, perhaps_together }
}

/// The packages that units reach into by their modules.
fn held_by_units<'m>(
    project: &'m Project<'m>,
    records: &[&'m Record],
) -> impl Iterator<Item = (&'m str, &'m str)> {
    let items = crates_of_items(records);
    let units = records.iter().copied().filter(|record| record.kind == RecordKind::Unit);
    let claims = units.flat_map(|unit| {
        let item = unit.fields.text("item").map(|item| item.value.as_str());
        unit.fields.list("modules").iter().filter_map(move |path| {
            let name = path.value.split("::").next().unwrap_or_default();
            Some((name, item?))
        })
    });
    claims.flat_map(move |(name, item)| {
        let named = items.get(item).cloned().unwrap_or_default();
        let packages = project.packages.iter().filter(move |package| has_crate(package, name));
        let packages = packages.map(|package| package.name.as_str());
        // A unit owns code in the packages of its item only, as far as that names any.
        let owned = packages.filter(move |name| named.is_empty() || named.contains(name));
        owned.map(move |package| (package, item))
    })
}

/// The packages with code that a tag gives to a unit.
fn held_by_tags<'m>(
    project: &'m Project<'m>,
    links: &[Link<'m>],
) -> impl Iterator<Item = (&'m str, &'m str)> {
    let assigning = links.iter().filter(|link| {
        link.role == Role::AssignsUnit && matches!(link.tag.owner, TagOwner::Item(_))
    });
    assigning.filter_map(|link| {
        let module = module_of(link.tag, &project.code)?;
        let package = package_of(module, &project.code, project.packages);
        Some((package.name.as_str(), link.record.fields.text("item")?.value.as_str()))
    })
}

fn crates_of_items<'m>(records: &[&'m Record]) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let items = records.iter().filter(|record| record.kind == RecordKind::Item);
    let crates = |item: &'m Record| {
        item.fields.list("crates").iter().map(|package| package.value.as_str()).collect()
    };
    items.map(|item| (item.id.value.as_str(), crates(item))).collect()
}

fn has_crate(package: &snapshot::Package, name: &str) -> bool {
    let targets = package.targets.iter().filter(|target| target.kind.is_product());
    let mut names = targets.map(|target| target.name.replace('-', "_"));
    names.any(|target| target == name)
}

/// What each package that ships links on each platform, where several items meet in it.
fn builds<'m>(
    graph: &'m PackageGraph,
    packages: &[snapshot::Package],
    by_package: &BTreeMap<&'m str, Vec<&'m str>>,
) -> Vec<Group<'m>> {
    let mut builds: Vec<Group<'m>> = Vec::new();
    for root in &graph.product {
        let package = graph.packages[*root].key.name.as_str();
        let has_program = packages
            .iter()
            .filter(|member| member.name == package)
            .any(|member| member.targets.iter().any(|target| target.kind == TargetKind::Binary));
        let extent = if has_program { Extent::Binary } else { Extent::Library };
        for target in graph.packages[*root].linked.keys() {
            let items = items_linked(graph, *root, *target, by_package);
            let group = Group { package, extent, items };
            if group.items.len() > 1 && !builds.contains(&group) {
                builds.push(group);
            }
        }
    }
    builds
}

/// The items with code in what a package links for a target, itself included.
fn items_linked<'m>(
    graph: &'m PackageGraph,
    root: usize,
    target: usize,
    by_package: &BTreeMap<&'m str, Vec<&'m str>>,
) -> Vec<&'m str> {
    let mut reached = BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(package) = open.pop() {
        let edges = graph.packages[package].dependencies.iter();
        for edge in edges.filter(|edge| edge.linked.contains(&target)) {
            if reached.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    let own = reached
        .into_iter()
        .map(|package| &graph.packages[package])
        .filter(|package| is_own(package));
    let items: BTreeSet<&str> = own
        .filter_map(|package| by_package.get(package.key.name.as_str()))
        .flatten()
        .copied()
        .collect();
    items.into_iter().collect()
}

/// An item consists of packages in folders; one of the same name from a registry is none.
fn is_own(package: &Package) -> bool {
    matches!(package.key.source, PackageSource::Path(_))
}
