//! What the advisories mean for the product: a VEX document beside the list, as CycloneDX
//! and as OpenVEX. It changes by the day, the list does not.
//!
//! Vulnerabilities belong here, unsound code, and advisories for a package of the same name
//! from another source, which somebody has to look at. That a version was withdrawn, that
//! nobody looks after a package, or some other notice is no vulnerability: such entries are
//! counted at the head of the CycloneDX document and stand in the SOUP list.

use crate::soup::{Hit, HitKind, Inventory, Row};

mod cyclonedx;
mod openvex;

pub use cyclonedx::cyclonedx_vex;
pub use openvex::openvex;

/// Whether an entry belongs into a VEX document.
fn is_vulnerability(kind: HitKind) -> bool {
    match kind {
        HitKind::Vulnerability | HitKind::Unsound | HitKind::SameNameOtherSource => true,
        HitKind::Yanked | HitKind::Unmaintained | HitKind::Notice => false,
    }
}

/// The entries that belong into the document, each with its row and the row's reference.
fn entries<'a>(
    inventory: &'a Inventory,
    references: &'a super::cyclonedx::identity::References,
) -> impl Iterator<Item = (&'a Row, &'a str, &'a Hit)> {
    references.rows(inventory).flat_map(|(row, reference)| {
        let hits = row.advisories.iter().filter(|hit| is_vulnerability(hit.kind));
        hits.map(move |hit| (row, reference, hit))
    })
}

/// A BOM-Link: a component of the list, from outside of it.
fn link(serial: &str, reference: &str) -> String {
    let uuid = serial.trim_start_matches("urn:uuid:");
    format!("urn:cdx:{uuid}/1#{reference}")
}

/// A justification in CycloneDX's spelling; `None` for a word that it does not have.
fn justification(hit: &Hit) -> Option<&'static str> {
    const WORDS: [&str; 9] = [
        "code_not_present",
        "code_not_reachable",
        "requires_configuration",
        "requires_dependency",
        "requires_environment",
        "protected_by_compiler",
        "protected_at_runtime",
        "protected_at_perimeter",
        "protected_by_mitigating_control",
    ];
    let verdict = hit.verdict.as_ref().filter(|verdict| verdict.word == "not affected")?;
    let word = verdict.justification.as_ref()?.replace(' ', "_");
    WORDS.into_iter().find(|known| *known == word)
}
