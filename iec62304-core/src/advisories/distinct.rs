//! One anomaly has many names: advisories that share an id are counted once.

use std::collections::BTreeSet;

use super::Advisory;

/// An anomaly, with every advisory that reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly<'a> {
    /// All its ids: those of `RustSec` first, then CVE, then GHSA, then others.
    pub ids: Vec<String>,
    /// The advisories, in the order they were given, each once.
    pub advisories: Vec<&'a Advisory>,
}

/// Puts together the advisories that are aliases of each other, directly or through a
/// third, in the order in which each anomaly first appears.
///
/// Give it the advisories of one package to count per package.
pub fn distinct<'a>(hits: impl IntoIterator<Item = &'a Advisory>) -> Vec<Anomaly<'a>> {
    let mut anomalies: Vec<(BTreeSet<&str>, Vec<&Advisory>)> = Vec::new();
    for hit in hits {
        let mut ids: BTreeSet<&str> = names(hit).collect();
        let mut advisories = Vec::new();
        let mut place = anomalies.len();
        let mut at = 0;
        while at < anomalies.len() {
            if anomalies[at].0.is_disjoint(&ids) {
                at += 1;
                continue;
            }
            let (more_ids, more) = anomalies.remove(at);
            place = place.min(at);
            ids.extend(more_ids);
            advisories.extend(more);
        }
        if !advisories.contains(&hit) {
            advisories.push(hit);
        }
        anomalies.insert(place.min(anomalies.len()), (ids, advisories));
    }
    let anomaly = |(ids, advisories)| Anomaly { ids: in_order(ids), advisories };
    anomalies.into_iter().map(anomaly).collect()
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
