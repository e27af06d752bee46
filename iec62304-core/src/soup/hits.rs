//! Which published advisories name which locked package, whatever its source and role.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};

use super::{AdvisoryState, Hit, HitKind, Inventory, Row, RowKind};
use crate::advisories::{self, Advisories, Advisory, Collection, Kind, distinct};
use crate::model::dependency::{Package, PackageKey, PackageSource};
use crate::snapshot::{AdvisoryFolder, hex};
use crate::soup::evaluation::days_between;
use sha2::{Digest, Sha256};

/// What RustSec is no source for.
const NOT_SUFFICIENT: &str = "RustSec lists few anomalies of the toolchain: read the release notes and open soundness \
     issues of Rust as well";

/// Fills in the advisories of every locked package and row, and the state of the database.
#[requirement("TOOL-19")]
#[risk_control("GUARD-4")]
pub(super) fn fill(
    inventory: &mut Inventory,
    folder: Option<&AdvisoryFolder>,
    yanked: &BTreeMap<&PackageKey, &Package>,
) {
    let locked = inventory.census.iter().map(|locked| locked.key.name.clone());
    let inside = inventory.soup.iter().filter_map(packaged).map(|key| key.name);
    let names: BTreeSet<String> = locked.chain(inside).collect();
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let found = folder.map(|folder| advisories::read(folder, &names));
    let triples: Vec<String> =
        inventory.product.targets.iter().filter_map(|target| target.triple.clone()).collect();
    for locked in &mut inventory.census {
        let of_database = found.iter().flat_map(|found| hits(found, &locked.key, &triples));
        let is_yanked = yanked.get(&locked.key).is_some_and(|package| package.yanked == Some(true));
        locked.advisories =
            of_database.chain(is_yanked.then(|| withdrawn_version(&locked.key))).collect();
    }
    inventory.advisories =
        found.as_ref().map_or(AdvisoryState::None, |found| state(found, inventory));
    let by_key: BTreeMap<PackageKey, Vec<Hit>> = inventory
        .census
        .iter()
        .map(|locked| (locked.key.clone(), locked.advisories.clone()))
        .collect();
    for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
        row.advisories = match (&row.package, row.kind) {
            (Some(key), RowKind::Package) => by_key.get(key).cloned().unwrap_or_default(),
            (_, RowKind::StandardLibrary) => {
                found.iter().flat_map(|found| hits_of_toolchain(found, row)).collect()
            }
            _ => {
                let inside = found.iter().zip(packaged(row));
                inside.flat_map(|(found, key)| hits(found, &key, &triples)).collect()
            }
        };
    }
}

impl Row {
    /// Whether RustSec would have an advisory on it: a package, or part of a delivered part
    /// that is a package of crates.io.
    pub fn is_known_to_rustsec(&self) -> bool {
        self.kind == RowKind::Package || packaged(self).is_some()
    }
}

/// The package of crates.io that a component of a bill of materials says it is.
fn packaged(row: &Row) -> Option<PackageKey> {
    row.listed_in.as_ref()?;
    let (name, rest) = row.purl.as_ref()?.strip_prefix("pkg:cargo/")?.split_once('@')?;
    let version = rest.split(['?', '#']).next()?.replace("%2B", "+").replace("%2b", "+");
    Some(PackageKey { name: name.to_owned(), version, source: PackageSource::CratesIo })
}

fn state(found: &Advisories, inventory: &Inventory) -> AdvisoryState {
    let unreadable = found.unreadable.iter();
    AdvisoryState::Read {
        digest: found.digest.clone(),
        entries: found.entries,
        newest: found.newest,
        age: found.newest.zip(inventory.as_of).map(|(newest, today)| days_between(newest, today)),
        unreadable: unreadable
            .map(|entry| (entry.path.clone(), entry.package.clone(), entry.reason.clone()))
            .collect(),
    }
}

/// The advisories that name a package in a version that they affect, aliases put together.
///
/// Versions and names alone do not make it the same package where its source is another.
fn hits(found: &Advisories, key: &PackageKey, triples: &[String]) -> Vec<Hit> {
    let of_package = found.read.iter().filter(|advisory| {
        advisory.collection == Collection::Crates && advisory.package == key.name
    });
    let affecting = of_package.filter(|advisory| advisory.affects(&key.version).unwrap_or(true));
    let anomalies = distinct(affecting);
    let mut hits: Vec<Hit> = anomalies
        .into_iter()
        .map(|anomaly| {
            let mut hit = hit(anomaly.ids, &anomaly.advisories, triples);
            if key.source != PackageSource::CratesIo {
                hit.remarks
                    .insert(0, format!("{} of crates.io has it: is it the same code?", key.name));
                hit.kind = HitKind::SameNameOtherSource;
            }
            hit
        })
        .collect();
    hits.sort_by(|a, b| {
        (a.withdrawn.is_some(), a.kind, &a.ids).cmp(&(b.withdrawn.is_some(), b.kind, &b.ids))
    });
    hits
}

fn hits_of_toolchain(found: &Advisories, row: &Row) -> Vec<Hit> {
    let Some(version) = &row.version else {
        return Vec::new();
    };
    let of_library = found
        .read
        .iter()
        .filter(|advisory| advisory.collection == Collection::Rust && advisory.package == "std");
    let affecting = of_library.filter(|advisory| advisory.affects(version).unwrap_or(true));
    let anomalies = distinct(affecting).into_iter();
    anomalies
        .map(|anomaly| {
            let mut hit = hit(anomaly.ids, &anomaly.advisories, &[]);
            hit.remarks.push(NOT_SUFFICIENT.to_owned());
            hit
        })
        .collect()
}

/// One anomaly. Where several advisories report it, the first speaks for all, and it is
/// withdrawn only when each of them is.
fn hit(ids: Vec<String>, advisories: &[&Advisory], triples: &[String]) -> Hit {
    let open: Vec<&&Advisory> =
        advisories.iter().filter(|advisory| advisory.withdrawn.is_none()).collect();
    let first = open.first().copied().unwrap_or(&advisories[0]);
    let mut remarks: Vec<String> = first.reason_not_for(triples).into_iter().collect();
    if !first.dropped.is_empty() {
        remarks.push(format!("not understood and left out: {}", first.dropped.join(", ")));
    }
    let digests: Vec<&str> = advisories.iter().map(|advisory| advisory.digest.as_str()).collect();
    Hit {
        kind: match first.kind {
            Kind::Vulnerability => HitKind::Vulnerability,
            Kind::Unsound => HitKind::Unsound,
            Kind::Unmaintained => HitKind::Unmaintained,
            Kind::Notice => HitKind::Notice,
        },
        title: first.title.clone(),
        date: Some(first.date),
        withdrawn: if open.is_empty() { first.withdrawn } else { None },
        url: Some(format!("https://rustsec.org/advisories/{}.html", first.id)),
        cvss: first.cvss.clone(),
        patched: first.patched.clone(),
        functions: first.functions.iter().map(|(function, _)| function.clone()).collect(),
        function_references: Vec::new(),
        verdict: None,
        digest: combined(&digests),
        remarks,
        ids,
    }
}

fn combined(digests: &[&str]) -> String {
    match digests {
        [one] => one.trim_start_matches("sha256:").to_owned(),
        several => hex(&Sha256::digest(several.join(" "))),
    }
}

/// A version that its registry has withdrawn, as its own kind of anomaly.
fn withdrawn_version(key: &PackageKey) -> Hit {
    Hit {
        ids: vec![format!("yanked-{}-{}", key.name, key.version)],
        kind: HitKind::Yanked,
        title: "the registry has withdrawn this version".to_owned(),
        date: None,
        withdrawn: None,
        url: None,
        cvss: None,
        patched: Vec::new(),
        functions: Vec::new(),
        function_references: Vec::new(),
        remarks: vec!["as the local copy of the index says".to_owned()],
        verdict: None,
        digest: String::new(),
    }
}
