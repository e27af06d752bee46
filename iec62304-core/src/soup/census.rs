//! Which role each package of the lock file plays, and why.

use std::collections::{BTreeMap, VecDeque};

use iec62304_macros::{requirement, risk_control};

use super::records::SoupRecords;
use super::{Locked, Role};
use crate::lock_file::{LockFile, LockedPackage};
use crate::model::dependency::{
    Beyond, Dependency, Package, PackageGraph, PackageKey, PackageSource,
};

/// The census of a lock file of which nothing else is known.
pub(super) fn of_lock_file(lock: &LockFile) -> Vec<Locked> {
    let row = |locked: &LockedPackage| {
        let (role, reason) = match locked.key.source {
            PackageSource::Path(_) => (Role::Own, "a folder, not a delivered package"),
            _ => (Role::Unknown, "only the lock file is known"),
        };
        Locked {
            key: locked.key.clone(),
            at: locked.at.clone(),
            checksum: locked.checksum.clone(),
            role,
            reason: reason.to_owned(),
            path: Vec::new(),
            linked: Vec::new(),
            also_on_host: false,
            advisories: Vec::new(),
        }
    };
    lock.packages.iter().map(row).collect()
}

/// The census of a lock file with the graph that cargo resolved from it.
///
/// Every package of the lock file is in it once, whatever the graph says.
#[requirement("TOOL-18")]
#[risk_control("GUARD-4")]
pub(super) fn of_graph(
    lock: &LockFile,
    graph: &PackageGraph,
    records: &SoupRecords<'_>,
) -> Vec<Locked> {
    let by_key: BTreeMap<PackageKey, usize> = graph
        .packages
        .iter()
        .enumerate()
        .map(|(at, package)| (lock_key(&package.key), at))
        .collect();
    let ways =
        Ways::from_product(graph, |edge| !edge.linked.is_empty() || !edge.on_host.is_empty());
    let wider = Ways::from_product(graph, |_| true);
    let generators = generators(graph);
    let mut census = Vec::new();
    for locked in &lock.packages {
        let found = by_key.get(&locked.key).copied();
        let package = found.map(|at| &graph.packages[at]);
        let (role, reason) = match (found, package) {
            (Some(at), Some(package)) => match role(package, generators[at], graph, records) {
                (Role::OutsideProduct | Role::Unreached, _) if wider.reach(at) => feature_off(),
                known => known,
            },
            _ => (Role::Unreached, "no manifest of the workspace asks for it".to_owned()),
        };
        let way = found.and_then(|at| ways.to(at).or_else(|| wider.to(at)));
        census.push(Locked {
            key: package.map_or_else(|| locked.key.clone(), |package| package.key.clone()),
            at: locked.at.clone(),
            checksum: locked.checksum.clone(),
            role,
            reason,
            path: way.map_or_else(Vec::new, |way| names(&way, graph)),
            linked: package
                .map_or_else(Vec::new, |package| package.linked.keys().copied().collect()),
            also_on_host: package.is_some_and(|package| !package.runs_on_host.is_empty()),
            advisories: Vec::new(),
        });
    }
    census
}

/// A package as the lock file knows it, where a path has no folder.
fn lock_key(key: &PackageKey) -> PackageKey {
    let source = match &key.source {
        PackageSource::Path(_) => PackageSource::Path(None),
        other => other.clone(),
    };
    PackageKey { source, ..key.clone() }
}

fn role(
    package: &Package,
    generates: bool,
    graph: &PackageGraph,
    records: &SoupRecords<'_>,
) -> (Role, String) {
    if package.is_member || records.is_own(package) {
        return own(package, records);
    }
    if !package.linked.is_empty() {
        return (Role::InDevice, linked(package, graph));
    }
    if !package.runs_on_host.is_empty() {
        return if generates {
            (Role::GeneratesDeviceCode, generating(package))
        } else {
            (Role::BuildTool, "runs in a build script or for one".to_owned())
        };
    }
    let (role, reason) = match package.beyond {
        Some(Beyond::Tests) => (Role::TestTool, "only tests of what ships use it"),
        Some(Beyond::OtherTarget) => {
            (Role::OtherTarget, "only targets that the product does not declare link it")
        }
        Some(Beyond::FeatureOff) => return feature_off(),
        Some(Beyond::OtherMember) => {
            (Role::OutsideProduct, "only members of the workspace that do not ship use it")
        }
        None => (Role::Unreached, "no build that cargo could do here compiles it"),
    };
    (role, reason.to_owned())
}

/// Of what the product could reach: cargo knows the edge, and no build of the product goes
/// along it.
fn feature_off() -> (Role, String) {
    let reason = "the product depends on it only with features that are off, or cargo locks it \
                  and never compiles it";
    (Role::FeatureOff, reason.to_owned())
}

fn own(package: &Package, records: &SoupRecords<'_>) -> (Role, String) {
    let ships = if package.linked.is_empty() { "does not ship" } else { "ships" };
    if package.is_member && records.declares(package) {
        return (Role::OwnDeclaredSoup, format!("a record declares it to be SOUP; it {ships}"));
    }
    let whose = if package.is_member {
        "a member of the workspace"
    } else {
        "a folder outside the workspace that a software item names as its own"
    };
    (Role::Own, format!("{whose}; it {ships}"))
}

fn linked(package: &Package, graph: &PackageGraph) -> String {
    let targets: Vec<&str> =
        package.linked.keys().map(|target| graph.targets[*target].name()).collect();
    if targets.len() == graph.targets.len() {
        return format!("cargo links it for {}", targets.join(", "));
    }
    format!("cargo links it for {} only", targets.join(", "))
}

fn generating(package: &Package) -> String {
    if package.is_proc_macro {
        "a procedural macro: its output is compiled into the device".to_owned()
    } else {
        "a procedural macro of the device runs it".to_owned()
    }
}

/// Which packages are procedural macros of the device, or what these depend on.
fn generators(graph: &PackageGraph) -> Vec<bool> {
    let mut is_generator = vec![false; graph.packages.len()];
    let of_device = graph.packages.iter().filter(|package| !package.linked.is_empty());
    let macros = of_device
        .flat_map(|package| &package.dependencies)
        .filter(|edge| !edge.on_host.is_empty() && graph.packages[edge.to].is_proc_macro);
    let members = graph.product.iter().copied().filter(|at| graph.packages[*at].is_proc_macro);
    let mut queue: VecDeque<usize> = macros.map(|edge| edge.to).chain(members).collect();
    while let Some(at) = queue.pop_front() {
        if !std::mem::replace(&mut is_generator[at], true) {
            let edges = graph.packages[at].dependencies.iter();
            queue.extend(edges.filter(|edge| !edge.on_host.is_empty()).map(|edge| edge.to));
        }
    }
    is_generator
}

/// Shortest ways from the packages that ship.
pub(super) struct Ways {
    /// The package before each on a shortest way; a start has itself.
    before: Vec<Option<usize>>,
}

impl Ways {
    /// Ways along some edges from every package that ships.
    pub(super) fn from_product(graph: &PackageGraph, along: impl Fn(&Dependency) -> bool) -> Self {
        Self::from(&graph.product, graph, along)
    }

    /// Ways along some edges from these packages. Where two are equally short, the one
    /// whose packages come first in the order of their keys is taken.
    pub(super) fn from(
        starts: &[usize],
        graph: &PackageGraph,
        along: impl Fn(&Dependency) -> bool,
    ) -> Self {
        let mut before = vec![None; graph.packages.len()];
        let mut queue: VecDeque<usize> = starts.iter().copied().collect();
        for start in starts {
            before[*start] = Some(*start);
        }
        while let Some(at) = queue.pop_front() {
            for edge in graph.packages[at].dependencies.iter().filter(|edge| along(edge)) {
                if before[edge.to].is_none() {
                    before[edge.to] = Some(at);
                    queue.push_back(edge.to);
                }
            }
        }
        Self { before }
    }

    /// A shortest way to a package, both ends included.
    pub(super) fn to(&self, end: usize) -> Option<Vec<usize>> {
        let mut way = vec![end];
        let mut at = end;
        loop {
            let before = self.before[at]?;
            if before == at {
                way.reverse();
                return Some(way);
            }
            way.push(before);
            at = before;
        }
    }

    /// Whether there is a way to a package.
    pub(super) fn reach(&self, end: usize) -> bool {
        self.before[end].is_some()
    }
}

/// The names of a way, as output shows them.
pub(super) fn names(way: &[usize], graph: &PackageGraph) -> Vec<String> {
    let name = |at: &usize| {
        let key = &graph.packages[*at].key;
        format!("{} {}", key.name, key.version)
    };
    way.iter().map(name).collect()
}
