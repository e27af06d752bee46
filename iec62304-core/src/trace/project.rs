//! The facts of a project: what its files say, before anything is linked.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Configuration, EditionSetting, Product, Waiver};
use crate::known_gaps::KnownGaps;
use crate::location::FilePath;
use crate::model::code::Code;
use crate::model::dependency::{self, PackageSource, Resolution};
use crate::model::record::Record;
use crate::records::{self, Document, FileRole, RecordProblem};
use crate::scan;
use crate::snapshot::{Content, EvidenceFiles, Package, Snapshot, SourceState};
use crate::standard::Edition;
use crate::trace::builds::Builds;

/// What the files of a project say.
#[derive(Debug)]
pub struct Project<'s> {
    /// The packages of the workspace.
    pub packages: &'s [Package],
    /// What cargo resolved, as far as it was asked and could.
    pub resolution: &'s Resolution,
    /// The Rust files.
    pub sources: &'s BTreeMap<FilePath, SourceState>,
    /// The files that records speak of, as far as anything is bound to their content.
    pub files: &'s BTreeMap<FilePath, Content>,
    /// Packages of the build in folders outside the workspace, by name.
    pub outside_folders: BTreeSet<&'s str>,
    /// Packages of the workspace that are no part of the declared product, by name.
    pub beyond_product: BTreeSet<&'s str>,
    /// Packages of the workspace that it links, where that is known.
    pub linked_members: BTreeSet<&'s str>,
    /// Stored results and what they may be of; `None` where the project stores none.
    pub evidence: Option<&'s EvidenceFiles>,
    /// In which builds of the product which `cfg` holds.
    pub builds: Builds<'s>,
    /// The settings.
    pub configuration: Configuration,
    /// The configuration file and every record file.
    pub documents: Vec<Document>,
    /// Every waiver that names a rule and a subject.
    pub waivers: Vec<Waiver>,
    /// The list of known gaps; empty where none was given.
    pub known_gaps: KnownGaps,
    /// Every mistake in these files, by place.
    pub record_problems: Vec<RecordProblem>,
    /// The code.
    pub code: Code,
}

fn outside_folders(resolution: &Resolution) -> BTreeSet<&str> {
    let Resolution::Graph(graph) = resolution else {
        return BTreeSet::new();
    };
    let outside = graph.packages.iter().filter(|package| {
        !package.is_member && matches!(package.key.source, PackageSource::Path(_))
    });
    outside.map(|package| package.key.name.as_str()).collect()
}

/// The packages of the workspace of which something holds, where a product is declared and
/// cargo has said what it links; else none.
fn members<'s>(
    resolution: &'s Resolution,
    product: &Product,
    holds: fn(&dependency::Package) -> bool,
) -> BTreeSet<&'s str> {
    let (Resolution::Graph(graph), false) = (resolution, product.packages.is_empty()) else {
        return BTreeSet::new();
    };
    let members = graph.packages.iter().filter(|package| package.is_member && holds(package));
    members.map(|package| package.key.name.as_str()).collect()
}

impl<'s> Project<'s> {
    /// Reads every file of a snapshot. What cannot be read becomes a problem in the result.
    pub fn read(snapshot: &'s Snapshot) -> Self {
        let mut documents = Vec::new();
        documents.extend(
            snapshot.configuration.iter().map(|file| records::read(file, FileRole::Configuration)),
        );
        let settings = documents.first().cloned().unwrap_or_default();
        let (configuration, unsettled) = Configuration::resolve(&settings);
        let kinds = configuration.kinds_of_ids();
        documents.extend(snapshot.records.iter().map(|file| records::read_records(file, &kinds)));
        let malformed = documents.iter().flat_map(|document| &document.problems).cloned();
        let listed = snapshot.known_gaps.as_ref();
        let known_gaps = listed.map_or_else(KnownGaps::default, KnownGaps::read);
        let unlisted = known_gaps.problems.iter().cloned();
        let mut record_problems: Vec<RecordProblem> =
            malformed.chain(unsettled).chain(unlisted).collect();
        record_problems
            .extend(unmatched_patterns(&configuration, &snapshot.unmatched_record_patterns));
        record_problems.sort_by(|a, b| (&a.at, &a.message).cmp(&(&b.at, &b.message)));
        let mut code = scan::code(snapshot, &configuration.scan);
        let builds = Builds::new(&snapshot.resolution, &configuration.product);
        builds.settle(&mut code, &snapshot.packages);
        Self {
            packages: &snapshot.packages,
            resolution: &snapshot.resolution,
            sources: &snapshot.sources,
            files: &snapshot.documents,
            outside_folders: outside_folders(&snapshot.resolution),
            beyond_product: members(&snapshot.resolution, &configuration.product, |package| {
                package.linked.is_empty() && package.runs_on_host.is_empty()
            }),
            linked_members: members(&snapshot.resolution, &configuration.product, |package| {
                !package.linked.is_empty()
            }),
            evidence: snapshot.evidence.as_ref(),
            builds,
            configuration,
            waivers: config::waivers(&documents),
            known_gaps,
            documents,
            record_problems,
            code,
        }
    }

    /// The edition to judge by: the configured one, else the amended one, which asks
    /// for more.
    pub fn edition(&self) -> Edition {
        match self.configuration.edition.as_ref().map(|edition| &edition.value) {
            Some(EditionSetting::Known(edition)) => *edition,
            Some(EditionSetting::Unknown(_)) | None => Edition::Amended,
        }
    }

    /// Every record that is not withdrawn, file by file.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.all_records().filter(|record| record.withdrawn().is_none())
    }

    /// Every withdrawn record, file by file.
    pub fn withdrawn(&self) -> impl Iterator<Item = &Record> {
        self.all_records().filter(|record| record.withdrawn().is_some())
    }

    /// Every record, file by file.
    pub fn all_records(&self) -> impl Iterator<Item = &Record> {
        self.documents.iter().flat_map(|document| &document.records)
    }
}

fn unmatched_patterns(
    configuration: &Configuration,
    unmatched: &[String],
) -> impl Iterator<Item = RecordProblem> {
    let patterns =
        configuration.records.iter().filter(|pattern| unmatched.contains(&pattern.value));
    patterns.map(|pattern| RecordProblem {
        at: pattern.at.clone(),
        message: format!("no record file matches `{}`", pattern.value),
        help: Some(
            "write a path or pattern below the workspace root, or create the file".to_owned(),
        ),
        related: None,
        nearest: None,
    })
}
