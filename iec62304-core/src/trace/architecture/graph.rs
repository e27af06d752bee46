//! The packages that cargo resolved, by the items with code in them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::dependency::{Dependency, Package, PackageGraph, PackageSource};
use crate::trace::architecture::SharedFeatures;
use crate::trace::group::Holdings;

/// A dependency: who has code at its start, who at its end, and the packages between.
pub(super) type ItemDependence<'g, 'm> = (&'g [&'m str], &'g [&'m str], Vec<&'m str>);

/// The graph, and who has code in which of its packages.
pub(super) struct ItemGraph<'m> {
    graph: &'m PackageGraph,
    holders: Vec<Vec<&'m str>>,
}

impl<'m> ItemGraph<'m> {
    pub(super) fn of(graph: &'m PackageGraph, holdings: &Holdings<'m>) -> Self {
        let holders = graph.packages.iter().map(|package| match package.key.source {
            // An item consists of packages in folders; one of its name from a registry is none.
            PackageSource::Path(_) => {
                holdings.by_package.get(package.key.name.as_str()).cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        });
        Self { graph, holders: holders.collect() }
    }

    /// Each way from a package of items to the next package of items, in the product or
    /// in what runs while it is built.
    pub(super) fn dependences(&self) -> Vec<ItemDependence<'_, 'm>> {
        let is_held = |at: usize| !self.holders[at].is_empty();
        let follow = |edge: &Dependency| !edge.linked.is_empty() || !edge.on_host.is_empty();
        let mut found = Vec::new();
        for start in (0..self.holders.len()).filter(|at| is_held(*at)) {
            let reached = self.search(&[start], follow, |at| !is_held(at));
            for end in reached.keys().copied().filter(|at| *at != start && is_held(*at)) {
                let path = self.names(&reached, end);
                found.push((self.holders[start].as_slice(), self.holders[end].as_slice(), path));
            }
        }
        found
    }

    /// A shortest way along which the product links from a package with code of one side
    /// to one with code of the other.
    pub(super) fn path(
        &self,
        from: &dyn Fn(&str) -> bool,
        to: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<&'m str>> {
        let of = |side: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let is_of = |at: &usize| self.holders[*at].iter().any(|item| side(item));
            (0..self.holders.len()).filter(is_of).collect()
        };
        let ends = of(to);
        let reached = self.search(&of(from), |edge| !edge.linked.is_empty(), |_| true);
        let paths = ends.iter().filter(|end| reached.contains_key(end));
        paths.map(|end| self.names(&reached, *end)).min_by_key(Vec::len)
    }

    /// The features that a package of one side turns on for one of the other, where cargo
    /// builds both in one command: of the first package that has such.
    pub(super) fn features(
        &self,
        one: &dyn Fn(&str) -> bool,
        other: &dyn Fn(&str) -> bool,
    ) -> Option<SharedFeatures<'m>> {
        let of = |side: &dyn Fn(&str) -> bool| -> Vec<&str> {
            let packages = self.graph.packages.iter().zip(&self.holders);
            let held = packages.filter(|(_, items)| items.iter().any(|item| side(item)));
            held.map(|(package, _)| package.key.name.as_str()).collect()
        };
        let (one, other) = (of(one), of(other));
        let pairs = |by: &[&'m str], to: &[&'m str]| -> Vec<(&'m str, &'m str)> {
            by.iter().flat_map(|by| to.iter().map(move |to| (*by, *to))).collect()
        };
        let pairs = [pairs(&one, &other), pairs(&other, &one)].concat();
        self.graph.packages.iter().find_map(|package| {
            pairs.iter().find_map(|(by, to)| {
                let features = turned_on(package, by, to);
                let package = package.key.name.as_str();
                (!features.is_empty()).then_some(SharedFeatures { package, by, to, features })
            })
        })
    }

    /// Every package that is reached, by the one before it; the first ones have none.
    fn search(
        &self,
        starts: &[usize],
        follow: impl Fn(&Dependency) -> bool,
        goes_on: impl Fn(usize) -> bool,
    ) -> BTreeMap<usize, Option<usize>> {
        let mut reached: BTreeMap<usize, Option<usize>> =
            starts.iter().map(|start| (*start, None)).collect();
        let mut open: VecDeque<usize> = starts.iter().copied().collect();
        while let Some(at) = open.pop_front() {
            if !starts.contains(&at) && !goes_on(at) {
                continue;
            }
            for edge in self.graph.packages[at].dependencies.iter().filter(|edge| follow(edge)) {
                reached.entry(edge.to).or_insert_with(|| {
                    open.push_back(edge.to);
                    Some(at)
                });
            }
        }
        reached
    }

    fn names(&self, reached: &BTreeMap<usize, Option<usize>>, end: usize) -> Vec<&'m str> {
        let before = |at: &usize| reached.get(at).copied().flatten();
        let mut path: Vec<&str> = std::iter::successors(Some(end), before)
            .map(|at| self.graph.packages[at].key.name.as_str())
            .collect();
        path.reverse();
        path
    }
}

/// The features of a package that the build of `by` has and that of `to` has not, if both
/// link it for one target.
fn turned_on<'m>(package: &'m Package, by: &str, to: &str) -> Vec<&'m str> {
    let of_target = |alone: &'m BTreeMap<String, BTreeSet<String>>| {
        let (by, to) = (alone.get(by)?, alone.get(to)?);
        Some(by.difference(to).map(String::as_str).collect::<BTreeSet<_>>())
    };
    let features: BTreeSet<&str> = package.alone.values().filter_map(of_target).flatten().collect();
    features.into_iter().collect()
}
