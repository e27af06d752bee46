//! What IEC 62304 asks for and SPDX has no field for, as names and values.

use std::collections::BTreeMap;

use super::{Bill, Part, repository};
use crate::model::dependency::BuildTarget;
use crate::soup::{Basis, DigestCheck, Inventory, Role, Row};

/// What is said of a part beside the fields of SPDX.
pub(crate) fn facts(bill: &Bill<'_>, part: &Part<'_>) -> Vec<(&'static str, String)> {
    let Some(row) = part.row else {
        return vec![("iec62304:role", Role::Own.to_string())];
    };
    let mut facts = vec![
        ("iec62304:kind", row.kind.words().to_owned()),
        ("iec62304:role", row.role.to_string()),
        ("iec62304:class", row.class.class.letter().to_owned()),
        ("iec62304:class-reason", row.class.because.clone()),
        ("iec62304:manufacturer-basis", row.manufacturer.basis.words().to_owned()),
    ];
    facts.extend(row.items.iter().map(|item| ("iec62304:item", item.clone())));
    if let Some(record) = &row.record {
        facts.push(("iec62304:record", format!("{} {}", record.table, record.id.value)));
    }
    facts.extend(features(&row.features, &bill.inventory.product.targets));
    facts.extend(digests(row));
    facts.extend(judged(row));
    facts
}

fn features(
    features: &BTreeMap<usize, Vec<String>>,
    targets: &[BuildTarget],
) -> Vec<(&'static str, String)> {
    let on = features.iter().filter(|(_, on)| !on.is_empty());
    let name = |index: &usize| targets.get(*index).map_or("any target", BuildTarget::name);
    let words = |(index, on): (_, &Vec<String>)| format!("{}: {}", name(index), on.join(", "));
    on.map(|one| ("iec62304:features", words(one))).collect()
}

/// Digests that are none of the delivered archive.
fn digests(row: &Row) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(digest) = &row.digests.content {
        facts.push(("iec62304:content-digest", format!("sha256:{digest}")));
    }
    if let DigestCheck::Differs(digest) = &row.digests.check {
        facts.push(("iec62304:cached-archive-differs", format!("sha256:{digest}")));
    }
    if let Some((name, digest)) = &row.licence.file {
        let digest = digest
            .as_deref()
            .map_or("digest unknown".to_owned(), |digest| format!("sha256:{digest}"));
        facts.push(("iec62304:licence-file", format!("{name}, {digest}")));
    }
    facts
}

fn judged(row: &Row) -> Vec<(&'static str, String)> {
    let judgement = &row.judgement;
    let texts = [
        ("iec62304:support-level", &judgement.support_level),
        ("iec62304:support-reason", &judgement.support_reason),
        ("iec62304:responsibility", &judgement.responsibility),
        ("iec62304:purpose", &judgement.purpose),
    ];
    texts.into_iter().filter_map(|(name, text)| Some((name, text.clone()?))).collect()
}

/// Where the source of a part comes from and what was changed in it.
pub(crate) fn source_info(row: &Row) -> Option<String> {
    let texts = [
        row.modified.as_ref().map(|modified| format!("Modified: {modified}.")),
        repository(row).map(|address| format!("Repository: {address}.")),
        row.commit.as_ref().map(|commit| format!("Commit: {commit}.")),
    ];
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// What a reader of the document must know: what it rests on and what it leaves open.
pub(crate) fn limits(inventory: &Inventory) -> String {
    let product = &inventory.product;
    let targets = product.targets.iter().map(BuildTarget::name).collect::<Vec<_>>().join(", ");
    let mut texts = vec![basis(&inventory.basis).to_owned()];
    if !product.because.is_empty() {
        texts.push(format!("What ships is {}.", product.because));
    }
    if !targets.is_empty() {
        texts.push(format!("Built for {targets}."));
    }
    if !product.features.is_empty() {
        texts.push(format!("Features beside the default ones: {}.", product.features.join(", ")));
    }
    texts.push("NOASSERTION means that a value is not known; none is withheld.".to_owned());
    texts.join(" ")
}

/// The cause of a failure stays out of the document: it may name folders of a machine.
fn basis(basis: &Basis) -> &'static str {
    match basis {
        Basis::Graph => {
            "Generated before the build, from the lock file and from what cargo resolves."
        }
        Basis::LockFile { .. } => {
            "Generated before the build, from the lock file alone: no role is known, every \
             third-party package is listed, and the dependencies are incomplete."
        }
        Basis::UnreadableLockFile(_) => "Incomplete: the lock file cannot be read.",
        Basis::NoLockFile => "Incomplete: there is no lock file.",
        Basis::NotAsked => "Incomplete: nothing in the project asks for an inventory.",
    }
}
