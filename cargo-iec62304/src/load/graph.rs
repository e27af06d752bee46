//! The packages that cargo links for the product, by a simulation of cargo's build.
//!
//! The only user of `guppy`. `cargo metadata` resolves features for the whole workspace
//! at once and over-reports; the simulation gives what is really compiled. It runs
//! `--locked --offline`, so it changes no file and touches no network.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread::{self, JoinHandle};

use guppy::graph::PackageGraph as Resolved;
use guppy::{CargoMetadata, MetadataCommand, PackageId};
use iec62304_core::config::Product;
use iec62304_core::model::dependency::{
    BuildTarget, Manifest, Package, PackageGraph, PackageKey, PackageSource, Refusal, Resolution,
};
use iec62304_macros::requirement;

use super::workspace::relative;

mod builds;
mod manifest;
mod refusals;

use builds::Builds;

/// A graph, and where each of its packages stands on this machine.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) resolution: Resolution,
    /// The manifests, in the order of the graph's packages.
    pub(super) manifests: Vec<PathBuf>,
}

/// What the graph is asked for.
pub(super) struct Question<'q> {
    pub(super) root: &'q Path,
    pub(super) product: &'q Product,
    /// The packages that ship where the product names none.
    pub(super) shipped: Vec<String>,
    /// Whether it matters which features one package of the product turns on for another.
    pub(super) segregates: bool,
}

/// A `cargo metadata` that runs beside everything else.
pub(super) struct Metadata(JoinHandle<io::Result<Output>>);

impl Metadata {
    /// Starts it for the workspace of a manifest, or of this folder.
    pub(super) fn start(manifest: Option<&Path>) -> Self {
        let mut command = MetadataCommand::new();
        if let Some(manifest) = manifest {
            command.manifest_path(manifest);
        }
        command.other_options(["--locked", "--offline"]);
        let mut command = command.cargo_command();
        command.env("RUSTUP_AUTO_INSTALL", "0").env_remove("RUST_BACKTRACE");
        Self(thread::spawn(move || command.output()))
    }

    fn graph(self, root: &Path) -> Result<Resolved, Refusal> {
        let output = self.0.join().expect("waiting for a program does not panic");
        let output = output.map_err(|error| refusal(format!("cargo cannot be run: {error}")))?;
        if !output.status.success() {
            return Err(refusals::in_plain_words(&String::from_utf8_lossy(&output.stderr), root));
        }
        let json = String::from_utf8(output.stdout)
            .map_err(|_| refusal("the answer of `cargo metadata` is not UTF-8".to_owned()))?;
        CargoMetadata::parse_json(json).and_then(CargoMetadata::build_graph).map_err(|error| {
            refusal(format!("the answer of `cargo metadata` cannot be used: {error}"))
        })
    }
}

/// Waits for cargo and simulates the product's build. What keeps it from that is in the
/// answer.
#[requirement("TOOL-18")]
pub(super) fn load(metadata: Metadata, question: &Question<'_>) -> Loaded {
    match metadata.graph(question.root).and_then(|resolved| simulate(&resolved, question)) {
        Ok(loaded) => loaded,
        Err(cause) => Loaded { resolution: Resolution::Failed(cause), manifests: Vec::new() },
    }
}

fn refusal(cause: String) -> Refusal {
    Refusal { cause, lock_file_misfits: false }
}

fn simulate(resolved: &Resolved, question: &Question<'_>) -> Result<Loaded, Refusal> {
    let builds = Builds::simulate(resolved, question).map_err(refusal)?;
    let replaced = manifest::replaced_packages(question.root);
    let mut packages: Vec<(Package, PathBuf, &PackageId)> = resolved
        .packages()
        .map(|found| {
            let mut package = package(&found, question.root);
            package.is_patched = !package.is_member && replaced.contains(&package.key.name);
            (package, found.manifest_path().as_std_path().to_owned(), found.id())
        })
        .collect();
    packages.sort_by(|(a, ..), (b, ..)| a.key.cmp(&b.key));
    let index: BTreeMap<&PackageId, usize> =
        packages.iter().enumerate().map(|(index, (.., id))| (*id, index)).collect();
    for (package, _, id) in &mut packages {
        builds.describe(package, id);
        package.dependencies = builds.dependencies(resolved, id, &index);
    }
    let mut product: Vec<usize> = builds.product.iter().map(|id| index[id]).collect();
    product.sort_unstable();
    let targets = builds.targets.iter().map(|build| build.target.clone()).collect();
    let (packages, manifests) =
        packages.into_iter().map(|(package, manifest, _)| (package, manifest)).unzip();
    let graph = PackageGraph { targets, product, packages };
    Ok(Loaded { resolution: Resolution::Graph(Box::new(graph)), manifests })
}

fn package(found: &guppy::graph::PackageMetadata<'_>, root: &Path) -> Package {
    let source = if let Some(source) = found.source().external_source() {
        PackageSource::parse(Some(source))
    } else {
        let manifest = relative(root, found.manifest_path().as_std_path());
        PackageSource::Path(Some(manifest.parent()))
    };
    Package {
        key: PackageKey {
            name: found.name().to_owned(),
            version: found.version().to_string(),
            source,
        },
        is_member: found.in_workspace(),
        is_proc_macro: found.is_proc_macro(),
        has_build_script: found.has_build_script(),
        manifest: manifest(found),
        ..Package::default()
    }
}

fn manifest(found: &guppy::graph::PackageMetadata<'_>) -> Manifest {
    let library = found
        .build_targets()
        .find(|target| matches!(target.id(), guppy::graph::BuildTargetId::Library));
    Manifest {
        description: found
            .description()
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        authors: found.authors().to_vec(),
        repository: found.repository().map(str::to_owned),
        homepage: found.homepage().map(str::to_owned),
        license: found.license().map(str::to_owned),
        license_file: found.license_file().map(|file| file.as_str().replace('\\', "/")),
        rust_version: found.rust_version().map(ToString::to_string),
        links: found.links().map(str::to_owned),
        library: library.map(|target| target.name().replace('-', "_")),
    }
}

/// The targets that a product is built for; one that stands for all where it names none.
fn build_targets(product: &Product) -> Vec<BuildTarget> {
    let triples = product.targets.iter().map(|triple| Some(triple.value.clone()));
    let triples: Vec<Option<String>> =
        if product.targets.is_empty() { vec![None] } else { triples.collect() };
    triples.into_iter().map(|triple| BuildTarget { triple }).collect()
}
