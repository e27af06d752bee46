//! A baseline: what an inventory was at one moment, small enough to be read in a diff of
//! version control and complete enough to see what changed since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Hit, Inventory, Locked, Role, Row, SinceBaseline, changes};
use crate::location::{Located, Location};
use crate::model::dependency::PackageKey;
use crate::snapshot::TextFile;

/// The name in the `format` field.
const FORMAT: &str = "cargo-iec62304 SOUP baseline";
/// The one version of the format there is.
const VERSION: u32 = 1;

/// An inventory as it was. The fields are the format: they are never renamed or given
/// another meaning within the version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    format: String,
    version: u32,
    /// The day of judgement.
    pub as_of: Option<String>,
    /// The product and its version.
    pub product: (String, String),
    /// What it is built for; "any target" where it declares none.
    pub targets: Vec<String>,
    /// The channel of the toolchain file.
    pub toolchain: Option<String>,
    /// The fingerprint of the advisory database.
    pub advisories: Option<String>,
    /// Every package of the lock file, by name and source, sorted.
    pub packages: Vec<BaselinePackage>,
    /// Items that no lock file lists: id and designator.
    pub others: BTreeMap<String, String>,
}

/// A package in a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselinePackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its source, as output shows it.
    pub source: String,
    /// The checksum in the lock file.
    pub checksum: Option<String>,
    /// Its role, in words.
    pub role: String,
    /// The highest class of what uses it, for what ships.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class: Option<String>,
    /// The features that are on, each with the target that it is on for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub features: Vec<String>,
    /// Advisories that name it: id and the fingerprint of the entry.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub advisories: BTreeMap<String, String>,
    /// Whether the evaluation of its anomalies was open, for what ships in class B and C.
    #[serde(skip_serializing_if = "is_false", default)]
    pub evaluation_open: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it skips by reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Baseline {
    /// The baseline of an inventory.
    pub fn of(inventory: &Inventory) -> Self {
        let targets = &inventory.product.targets;
        let rows: BTreeMap<&PackageKey, &Row> =
            inventory.rows().filter_map(|row| Some((row.package.as_ref()?, row))).collect();
        let others = inventory.soup.iter().filter(|row| row.package.is_none());
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            as_of: inventory.as_of.map(|day| day.to_string()),
            product: (inventory.product.name.clone(), inventory.product.version.clone()),
            targets: targets.iter().map(|target| target.name().to_owned()).collect(),
            toolchain: inventory.toolchain.channel.clone(),
            advisories: match &inventory.advisories {
                super::AdvisoryState::None => None,
                super::AdvisoryState::Read { digest, .. } => Some(digest.clone()),
            },
            packages: inventory
                .census
                .iter()
                .map(|locked| package(locked, rows.get(&locked.key).copied(), inventory))
                .collect(),
            others: others.map(|row| (row.id.clone(), row.designator.clone())).collect(),
        }
    }

    /// The baseline as text, a line for each fact.
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("a baseline has no other keys");
        text + "\n"
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// When it is none of this format and version; the text says at which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.format != FORMAT || baseline.version != VERSION {
            return Err(format!(
                "it is `{}`, version {}; this tool reads `{FORMAT}`, version {VERSION}",
                baseline.format, baseline.version
            ));
        }
        Ok(baseline)
    }

    /// Whether it was written from the lock file alone, so that no role is known.
    pub fn is_partial(&self) -> bool {
        self.packages.iter().any(|package| package.role == Role::Unknown.words())
    }
}

/// What changed since the baseline in a file that is named at `at`.
pub(super) fn since(inventory: &Inventory, file: &TextFile, at: &Location) -> SinceBaseline {
    match read(file) {
        Err(why) => SinceBaseline::Unusable(Located::new(why, at.clone())),
        Ok(before) => SinceBaseline::Compared {
            at: at.clone(),
            as_of: before.as_of.as_ref().and_then(|day| day.parse().ok()),
            changes: changes(&before, &Baseline::of(inventory)),
        },
    }
}

fn read(file: &TextFile) -> Result<Baseline, String> {
    let baseline = Baseline::parse(file.content.text()?)?;
    if baseline.is_partial() {
        return Err("it was written from the lock file alone and knows no roles".to_owned());
    }
    Ok(baseline)
}

fn package(locked: &Locked, row: Option<&Row>, inventory: &Inventory) -> BaselinePackage {
    let ships = locked.role <= Role::OwnDeclaredSoup;
    let features = row.into_iter().flat_map(|row| &row.features).flat_map(|(target, features)| {
        let target = inventory.product.targets[*target].name();
        features.iter().map(move |feature| format!("{target}: {feature}"))
    });
    BaselinePackage {
        name: locked.key.name.clone(),
        version: locked.key.version.clone(),
        source: locked.key.source.to_string(),
        checksum: locked.checksum.clone(),
        role: locked.role.words().to_owned(),
        class: row.filter(|_| ships).map(|row| row.class.class.letter().to_owned()),
        features: features.collect(),
        advisories: locked.advisories.iter().map(entry).collect(),
        evaluation_open: ships && row.is_some_and(|row| !row.evaluation.open.is_empty()),
    }
}

fn entry(hit: &Hit) -> (String, String) {
    let withdrawn = if hit.withdrawn.is_some() { " (withdrawn)" } else { "" };
    (hit.ids[0].clone(), format!("{}{withdrawn}", hit.digest))
}
