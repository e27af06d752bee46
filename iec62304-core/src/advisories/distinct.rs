//! One anomaly has many names: advisories that share an id are counted once.

use std::collections::BTreeSet;

use super::{Advisory, Kind};

/// An anomaly, with every advisory that reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly<'a> {
    /// All its ids: those of `RustSec` first, then CVE, then GHSA, then others.
    pub ids: Vec<String>,
    /// The advisories, each once.
    pub advisories: Vec<&'a Advisory>,
}

/// Puts together the advisories that are aliases of each other, directly or through a
/// third, in the order in which each anomaly first appears.
///
/// That nobody maintains a package is kept apart from what else is wrong with it, though
/// the database gives both the same aliases at times. Give it the advisories of one
/// package to count per package: one anomaly can be in many.
pub fn distinct<'a>(hits: impl IntoIterator<Item = &'a Advisory>) -> Vec<Anomaly<'a>> {
    let mut anomalies: Vec<(BTreeSet<&str>, Vec<&Advisory>)> = Vec::new();
    for hit in hits {
        let own_ids: BTreeSet<&str> = names(hit).collect();
        let is_same = |(ids, others): &(BTreeSet<&str>, Vec<&Advisory>)| {
            !ids.is_disjoint(&own_ids) && is_unmaintained(others[0]) == is_unmaintained(hit)
        };
        let place = anomalies.iter().position(is_same).unwrap_or(anomalies.len());
        let (mut ids, mut advisories) = (own_ids.clone(), Vec::new());
        for (more_ids, more) in anomalies.extract_if(place.., |anomaly| is_same(anomaly)) {
            ids.extend(more_ids);
            advisories.extend(more);
        }
        if !advisories.contains(&hit) {
            advisories.push(hit);
        }
        anomalies.insert(place, (ids, advisories));
    }
    let anomaly = |(ids, advisories)| Anomaly { ids: in_order(ids), advisories };
    anomalies.into_iter().map(anomaly).collect()
}

fn is_unmaintained(advisory: &Advisory) -> bool {
    advisory.kind == Kind::Unmaintained
}

fn names(advisory: &Advisory) -> impl Iterator<Item = &str> {
    std::iter::once(&advisory.id).chain(&advisory.aliases).map(String::as_str)
}

fn in_order(ids: BTreeSet<&str>) -> Vec<String> {
    let mut ids: Vec<&str> = ids.into_iter().collect();
    let kinds = ["RUSTSEC-", "CVE-", "GHSA-"];
    ids.sort_by_key(|id| kinds.iter().position(|kind| id.starts_with(kind)).unwrap_or(kinds.len()));
    ids.into_iter().map(str::to_owned).collect()
}
