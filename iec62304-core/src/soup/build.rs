//! The inventory of a snapshot, put together in one go.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluation::{Judge, binding, evaluate, verdict};
use super::records::SoupRecords;
use super::rows::{self, Parts};
use super::{
    AdvisoryState, Basis, Inventory, Product, SinceBaseline, Toolchain, baseline, causes, census,
    hits, usage,
};
use crate::config::{Anomalies, Configuration};
use crate::location::Location;
use crate::lock_file::{self, LockFile};
use crate::model::dependency::{BuildTarget, PackageGraph, Resolution};
use crate::model::record::{Record, RecordKind};
use crate::records::Document;
use crate::snapshot::Snapshot;
use crate::trace::Trace;

/// Whether a project declares anything that needs an inventory: a product, a SOUP item
/// or a tool.
pub fn is_asked_for(configuration: &Configuration, documents: &[Document]) -> bool {
    let records = documents.iter().flat_map(|document| &document.records);
    configuration.product.is_declared
        || records
            .into_iter()
            .any(|record| matches!(record.kind, RecordKind::Soup | RecordKind::Tool))
}

/// The files with suppliers' bills of materials that SOUP records name.
pub fn bills(documents: &[Document]) -> BTreeSet<&str> {
    let records = documents.iter().flat_map(|document| &document.records);
    let soup = records.filter(|record| record.kind == RecordKind::Soup);
    soup.filter_map(|record| record.text("sbom")).collect()
}

/// The packages that ship where `[product]` names none: those of the software items,
/// else every package of the workspace. Their names, and why.
pub fn shipped_packages(
    documents: &[Document],
    packages: &[crate::snapshot::Package],
) -> (Vec<String>, &'static str) {
    let records = documents.iter().flat_map(|document| &document.records);
    let items = records.filter(|record| record.kind == RecordKind::Item);
    let named: Vec<&str> =
        items.flat_map(|item| item.fields.list("crates")).map(|name| name.value.as_str()).collect();
    let mut shipped: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
    let because = if named.is_empty() {
        "every package of the workspace, since nothing says which ship"
    } else {
        shipped.retain(|name| named.contains(&name.as_str()));
        "those that software items name, since [product] names none"
    };
    (shipped, because)
}

impl Inventory {
    /// Builds the inventory of a project. What is missing is said in `basis`.
    pub fn build(snapshot: &Snapshot, trace: &Trace<'_>) -> Self {
        let mut inventory = Self {
            product: product(snapshot, trace),
            basis: Basis::NotAsked,
            census: Vec::new(),
            soup: Vec::new(),
            tools: Vec::new(),
            advisories: AdvisoryState::None,
            toolchain: snapshot
                .toolchain_file
                .as_ref()
                .map_or_else(Toolchain::default, Toolchain::read),
            build_inputs: snapshot.build_inputs.clone(),
            unused: Vec::new(),
            items_of_causes: BTreeSet::new(),
            since_baseline: SinceBaseline::NoBaseline,
            as_of: snapshot.as_of,
        };
        if snapshot.resolution == Resolution::NotAsked {
            return inventory;
        }
        let lock = match snapshot.lock_file.as_ref().map(lock_file::read) {
            None => {
                inventory.basis = Basis::NoLockFile;
                return inventory;
            }
            Some(Err(unreadable)) => {
                inventory.basis = Basis::UnreadableLockFile(unreadable);
                return inventory;
            }
            Some(Ok(lock)) => lock,
        };
        match &snapshot.resolution {
            Resolution::NotAsked => unreachable!("returned above"),
            Resolution::Failed(refusal) => {
                inventory.basis = Basis::LockFile {
                    cause: refusal.cause.clone(),
                    lock_file_misfits: refusal.lock_file_misfits,
                };
                inventory.census = census::of_lock_file(&lock);
                hits::fill(&mut inventory, snapshot.advisories.as_ref(), &BTreeMap::new());
            }
            Resolution::Graph(graph) => inventory.fill(snapshot, trace, &lock, graph),
        }
        inventory
    }

    fn fill(
        &mut self,
        snapshot: &Snapshot,
        trace: &Trace<'_>,
        lock: &LockFile,
        graph: &PackageGraph,
    ) {
        let records = SoupRecords::new(trace.project().records(), graph);
        self.basis = Basis::Graph;
        self.census = census::of_graph(lock, graph, &records);
        let toolchain = self.toolchain.release.clone();
        rows::fill(
            self,
            &Parts { trace, graph, records: &records, toolchain, bills: &snapshot.bills },
        );
        let packages = graph.packages.iter().map(|package| (&package.key, package)).collect();
        hits::fill(self, snapshot.advisories.as_ref(), &packages);
        usage::fill(self, snapshot, trace);
        self.unused = records.unused(&self.census);
        self.items_of_causes = causes::items(trace);
        self.evaluate(trace);
        let named = trace.project().configuration.product.baseline.as_ref();
        if let (Some(named), Some(file)) = (named, &snapshot.baseline) {
            self.since_baseline = baseline::since(self, file, &named.at);
        }
    }

    /// Gives every row with a record the evaluation of the group that its record covers.
    fn evaluate(&mut self, trace: &Trace<'_>) {
        let mut groups: BTreeMap<Location, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.soup.iter().enumerate() {
            if let Some(record) = &row.record {
                groups.entry(record.id.at.clone()).or_default().push(at);
            }
        }
        for (place, group) in groups {
            let mut records = trace.project().records();
            if let Some(record) = records.find(|record| *record.at() == place) {
                self.evaluate_group(record, &group, &trace.project().configuration.anomalies);
            }
        }
        for at in 0..self.soup.len() {
            if self.soup[at].record.is_none() {
                self.soup[at].evaluation.binding = binding(&[at], &self.soup);
            }
        }
    }

    fn evaluate_group(&mut self, record: &Record, group: &[usize], limits: &Anomalies) {
        for at in group {
            for hit in &mut self.soup[*at].advisories {
                hit.verdict = verdict(record, hit);
            }
        }
        let judge = Judge { as_of: self.as_of, limits, soup: &self.soup };
        let evaluation = evaluate(record, group, &judge);
        for at in group {
            self.soup[*at].evaluation = evaluation.clone();
        }
    }
}

fn product(snapshot: &Snapshot, trace: &Trace<'_>) -> Product {
    let project = trace.project();
    let declared = &project.configuration.product;
    let text = |value: &Option<crate::location::Located<String>>| {
        value.as_ref().map(|value| value.value.clone())
    };
    let (packages, targets) = match &snapshot.resolution {
        Resolution::Graph(graph) => {
            let keys = graph.product.iter().map(|at| graph.packages[*at].key.clone());
            (keys.collect::<Vec<_>>(), graph.targets.clone())
        }
        Resolution::NotAsked | Resolution::Failed(_) => (Vec::new(), declared_targets(declared)),
    };
    let (_, because) = shipped_packages(&project.documents, &snapshot.packages);
    let first = packages.first();
    Product {
        name: text(&declared.name)
            .or_else(|| text(&project.configuration.name))
            .or_else(|| first.map(|key| key.name.clone()))
            .unwrap_or_else(|| "product".to_owned()),
        version: text(&declared.version)
            .or_else(|| first.map(|key| key.version.clone()))
            .unwrap_or_else(|| "unknown".to_owned()),
        manufacturer: text(&declared.manufacturer),
        contact: text(&declared.contact),
        because: if declared.packages.is_empty() { because } else { "declared in [product]" }
            .to_owned(),
        features: declared.features.iter().map(|feature| feature.value.clone()).collect(),
        packages,
        targets,
    }
}

fn declared_targets(declared: &crate::config::Product) -> Vec<BuildTarget> {
    let triples = declared.targets.iter();
    triples.map(|triple| BuildTarget { triple: Some(triple.value.clone()) }).collect()
}
