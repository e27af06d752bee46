//! The architecture as records declare it, beside what the code and cargo show of it:
//! which items have requirements and code, which depend on which, and what crosses a
//! segregation.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::model::dependency::Resolution;
use crate::model::record::{Fields, Record, RecordKind};
use crate::standard::SafetyClass;
use crate::trace::class::{ClassTree, Classed, Effective, Stated, stated};
use crate::trace::group::{Extent, Group, Holdings};
use crate::trace::{Project, Unit};
use graph::ItemGraph;

mod graph;

/// What the rules on the architecture look at.
#[derive(Clone, Debug, Default)]
pub struct Architecture<'m> {
    /// Each two items of which one depends on the other.
    pub dependences: Vec<Dependence<'m>>,
    /// Each segregation.
    pub segregations: Vec<Segregation<'m>>,
    /// Each item of lower class in a system of class C.
    pub lower: Vec<LowerItem<'m>>,
    /// Crates with code of several items; what passes between these inside is not seen.
    pub shared_crates: Vec<Group<'m>>,
    /// Whether it is known what cargo links with what.
    pub links_are_known: bool,
}

/// Code of one item that depends on code of another.
#[derive(Clone, Debug)]
pub struct Dependence<'m> {
    /// The item that depends; several where they share the package.
    pub from: Vec<&'m Record>,
    /// The item that it depends on; several where they share the package.
    pub to: Vec<&'m Record>,
    /// The packages from the one to the other, both included.
    pub path: Vec<&'m str>,
    /// Whether an interface is declared for them.
    pub is_declared: bool,
    class: Effective,
}

/// A segregation, and what crosses it.
#[derive(Clone, Debug)]
pub struct Segregation<'m> {
    /// Its record.
    pub record: &'m Record,
    /// For each two sides of it, what joins them.
    pub crossings: Vec<Crossing<'m>>,
    /// The SOUP items that it keeps apart, of which nothing is looked at.
    pub soup: Vec<&'m str>,
    class: Effective,
}

/// What joins two sides of a segregation.
#[derive(Clone, Debug)]
pub struct Crossing<'m> {
    /// One side, as the segregation names it.
    pub one: &'m str,
    /// The other.
    pub other: &'m str,
    /// What joins them.
    pub by: Joint<'m>,
}

/// How two sides of a segregation are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joint<'m> {
    /// A package holds code of both.
    Crate(&'m str),
    /// Packages from one side to the other, each depending on the next.
    Path(Vec<&'m str>),
    /// cargo links both into one build.
    Build(Group<'m>),
    /// Built together, one side turns on features of a package that both link.
    Features(SharedFeatures<'m>),
}

/// Features of a package that one package of the product turns on for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFeatures<'m> {
    /// The package that both link.
    pub package: &'m str,
    /// The package of the product that turns them on.
    pub by: &'m str,
    /// The one that would be built without them.
    pub to: &'m str,
    /// The features.
    pub features: Vec<&'m str>,
}

/// An item of lower class, and what nothing is recorded to keep it apart from.
#[derive(Clone, Debug)]
pub struct LowerItem<'m> {
    /// The item.
    pub record: &'m Record,
    /// Its class, as far as it is stated.
    pub states: SafetyClass,
    /// The items of class C in the same system from which no segregation keeps it apart.
    pub not_apart_from: Vec<&'m Record>,
    /// Whether one keeps it apart from another of them.
    pub is_apart_from_some: bool,
}

impl Classed for Dependence<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

impl Classed for Segregation<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// What the architecture is gathered from.
pub struct Parts<'m, 'a> {
    /// The project.
    pub project: &'m Project<'m>,
    /// Its records.
    pub records: &'a [&'m Record],
    /// The classes, and what is a part of what.
    pub classes: &'a ClassTree,
    /// Who has code where.
    pub holdings: &'a Holdings<'m>,
    /// The units.
    pub units: &'a [Unit<'m>],
}

/// What is asked of the items again and again, by their ids.
pub struct Tree<'m, 'a> {
    /// The items and software systems.
    by_id: BTreeMap<&'m str, &'m Record>,
    /// What is allocated a requirement, itself or in a part.
    pub(super) with_requirement: BTreeSet<&'a str>,
    /// What has code, itself or in a part.
    pub(super) with_code: BTreeSet<&'a str>,
    /// What has parts.
    wholes: BTreeSet<&'a str>,
}

impl<'m: 'a, 'a> Tree<'m, 'a> {
    /// Gathers it.
    pub fn of(parts: &'a Parts<'m, '_>) -> Self {
        let items = || parts.of_kind(RecordKind::Item);
        let nodes = items().chain(parts.of_kind(RecordKind::SoftwareSystem));
        let chain = |id: &'a str| parts.classes.chain(id);
        let requirements = parts.of_kind(RecordKind::Requirement);
        let allocated = requirements.flat_map(|requirement| requirement.fields.list("items"));
        let with_code = items().filter(|item| parts.has_own_code(item));
        Self {
            by_id: nodes.map(|record| (record.id.value.as_str(), record)).collect(),
            with_requirement: allocated.flat_map(|item| chain(&item.value)).collect(),
            with_code: with_code.flat_map(|item| chain(&item.id.value)).collect(),
            wholes: items().flat_map(|item| chain(&item.id.value).split_off(1)).collect(),
        }
    }
}

/// Gathers the architecture.
#[requirement("TOOL-25")]
pub fn architecture<'m>(parts: &Parts<'m, '_>, tree: &Tree<'m, '_>) -> Architecture<'m> {
    let segregations = parts.of_kind(RecordKind::Segregation);
    let graph = match parts.project.resolution {
        Resolution::Graph(graph) => Some(ItemGraph::of(graph, parts.holdings)),
        Resolution::NotAsked | Resolution::Failed(_) => None,
    };
    let dependences = graph.as_ref().map_or_else(Vec::new, |graph| parts.dependences(graph, tree));
    let is_crate = |group: &&Group<'_>| group.extent == Extent::Crate;
    Architecture {
        dependences,
        segregations: segregations.map(|it| parts.segregation(it, graph.as_ref())).collect(),
        lower: parts.lower(tree),
        shared_crates: parts.holdings.groups.iter().filter(is_crate).cloned().collect(),
        links_are_known: graph.is_some(),
    }
}

impl<'m> Parts<'m, '_> {
    fn of_kind(&self, kind: RecordKind) -> impl Iterator<Item = &'m Record> {
        self.records.iter().copied().filter(move |record| record.kind == kind)
    }

    /// Whether an item or system is another one or a part of it.
    fn is_in(&self, item: &str, whole: &str) -> bool {
        self.classes.chain(item).contains(&whole)
    }

    fn has_own_code(&self, item: &Record) -> bool {
        let project = self.project;
        let is_there = |name: &str| {
            project.packages.iter().any(|package| package.name == name)
                || project.outside_folders.contains(name)
        };
        let mut units = self.units.iter().filter(|unit| unit.item == Some(item.id.value.as_str()));
        item.fields.list("crates").iter().any(|name| is_there(&name.value))
            || units.any(|unit| !unit.modules.is_empty() || !unit.items.is_empty())
    }

    fn dependences(&self, graph: &ItemGraph<'m>, tree: &Tree<'m, '_>) -> Vec<Dependence<'m>> {
        let records = |ids: &[&str]| -> Vec<&'m Record> {
            ids.iter().filter_map(|id| tree.by_id.get(id).copied()).collect()
        };
        let mut seen = BTreeSet::new();
        let mut dependences = Vec::new();
        for (from, to, path) in graph.dependences() {
            if self.is_within_one(from, to) || !seen.insert((from, to)) {
                continue;
            }
            dependences.push(Dependence {
                from: records(from),
                to: records(to),
                path,
                is_declared: pairs(from, to).any(|(from, to)| self.has_interface(from, to)),
                class: self.classes.of_items(from.iter().chain(to).copied()),
            });
        }
        dependences.retain(|dependence| !dependence.from.is_empty() && !dependence.to.is_empty());
        dependences
    }

    /// Whether a dependency between holders of code may stay inside one of them.
    fn is_within_one(&self, from: &[&str], to: &[&str]) -> bool {
        pairs(from, to).any(|(from, to)| self.is_in(from, to) || self.is_in(to, from))
    }

    /// Whether an interface joins two items, or wholes that they are parts of.
    fn has_interface(&self, one: &str, other: &str) -> bool {
        let joins = |interface: &Fields, one: &str, other: &str| {
            let (Some(from), Some(to)) = (interface.text("from"), interface.text("to")) else {
                return false;
            };
            let (from, to) = (from.value.as_str(), to.value.as_str());
            self.is_in(one, from)
                && self.is_in(other, to)
                && !self.is_in(one, to)
                && !self.is_in(other, from)
        };
        self.of_kind(RecordKind::Interface).any(|interface| {
            joins(&interface.fields, one, other) || joins(&interface.fields, other, one)
        })
    }

    fn segregation(&self, record: &'m Record, graph: Option<&ItemGraph<'m>>) -> Segregation<'m> {
        let crossings = sides(record)
            .into_iter()
            .filter_map(|(one, other)| {
                let by = self.joint(one, other, graph)?;
                Some(Crossing { one, other, by })
            })
            .collect();
        let named = || record.fields.lists("keeps_apart").iter().flatten();
        let is_soup = |id: &&str| self.of_kind(RecordKind::Soup).any(|soup| soup.id.value == **id);
        let ids: BTreeSet<&str> = named().map(|id| id.value.as_str()).collect();
        let soup: Vec<&str> = ids.iter().copied().filter(is_soup).collect();
        let items = ids.into_iter().filter(|id| !soup.contains(id));
        Segregation { record, crossings, class: self.classes.of_items(items), soup }
    }

    fn joint(
        &self,
        one: &'m str,
        other: &'m str,
        graph: Option<&ItemGraph<'m>>,
    ) -> Option<Joint<'m>> {
        let on_one = |item: &str| self.is_on_side(item, one, other);
        let on_other = |item: &str| self.is_on_side(item, other, one);
        let has = |items: &[&str]| {
            items.iter().any(|item| on_one(item)) && items.iter().any(|item| on_other(item))
        };
        let shared = self.holdings.by_package.iter().find(|(_, items)| has(items));
        if let Some((package, _)) = shared {
            return Some(Joint::Crate(package));
        }
        let graph = graph?;
        let path = graph.path(&on_one, &on_other).or_else(|| graph.path(&on_other, &on_one));
        if let Some(path) = path {
            return Some(Joint::Path(path));
        }
        let build = self.holdings.groups.iter().find(|group| has(&group.items));
        let joint = build.cloned().map(Joint::Build);
        joint.or_else(|| graph.features(&on_one, &on_other).map(Joint::Features))
    }

    /// Whether an item is on the side `here`: it is that item or a part of it, and the
    /// other side is no smaller whole around it.
    fn is_on_side(&self, item: &str, here: &str, there: &str) -> bool {
        self.is_in(item, here) && !(self.is_in(there, here) && self.is_in(item, there))
    }

    fn lower(&self, tree: &Tree<'m, '_>) -> Vec<LowerItem<'m>> {
        // One that is more than a name for its parts.
        let is_high = |item: &&Record| {
            self.stated_class(item, tree) == SafetyClass::C
                && (self.has_own_code(item) || !tree.wholes.contains(item.id.value.as_str()))
        };
        let high: Vec<&'m Record> = self.of_kind(RecordKind::Item).filter(is_high).collect();
        let states = |item: &'m Record| match stated(item) {
            Stated::Class(class) if class < SafetyClass::C => Some((item, class)),
            _ => None,
        };
        let low = self.of_kind(RecordKind::Item).filter_map(states);
        low.map(|(record, states)| {
            let beside = high.iter().copied().filter(|high| self.is_beside(record, high));
            let (apart, not_apart_from): (Vec<_>, Vec<_>) =
                beside.partition(|high| self.classes.keeps_apart(&record.id.value, &high.id.value));
            LowerItem { record, states, not_apart_from, is_apart_from_some: !apart.is_empty() }
        })
        .collect()
    }

    /// The class that an item states or takes over, whatever raises it.
    fn stated_class(&self, item: &Record, tree: &Tree<'_, '_>) -> SafetyClass {
        let chain = self.classes.chain(&item.id.value);
        let records = chain.iter().filter_map(|id| tree.by_id.get(id));
        let mut classes = records.filter_map(|record| match stated(record) {
            Stated::Class(class) => Some(class),
            Stated::Unknown(_) => Some(SafetyClass::C),
            Stated::Absent => None,
        });
        classes.next().unwrap_or(SafetyClass::C)
    }

    /// Whether two items are of one system. What is part of an item of lower class and
    /// states a higher one is beside it as well.
    fn is_beside(&self, one: &Record, other: &Record) -> bool {
        self.classes.chain(&one.id.value).last() == self.classes.chain(&other.id.value).last()
    }
}

fn pairs<'a>(from: &'a [&'a str], to: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    from.iter().flat_map(move |from| to.iter().map(move |to| (*from, *to)))
}

/// Each two different ids in one list of `keeps_apart`, each pair once.
fn sides(record: &Record) -> Vec<(&str, &str)> {
    let mut sides = Vec::new();
    for list in record.fields.lists("keeps_apart") {
        for (at, one) in list.iter().enumerate() {
            for other in &list[at + 1..] {
                let pair = (one.value.as_str(), other.value.as_str());
                if pair.0 != pair.1 && !sides.contains(&pair) && !sides.contains(&(pair.1, pair.0))
                {
                    sides.push(pair);
                }
            }
        }
    }
    sides
}
