//! The builds that cargo would do: of the product for each of its targets, and outwards
//! from it, so that every package has the build that is closest to the device.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use guppy::graph::cargo::{CargoOptions, CargoResolverVersion, CargoSet};
use guppy::graph::feature::{FeatureLabel, FeatureSet, StandardFeatures, feature_id_filter};
use guppy::graph::{DependencyDirection, PackageGraph, PackageLink};
use guppy::platform::{Platform, PlatformSpec, TargetFeatures};
use guppy::{DependencyKind as Kind, PackageId};
use iec62304_core::model::dependency::{Beyond, BuildTarget, Dependency, DependencyKind, Package};

use super::{Question, build_targets, manifest};

/// The build of the product for one target.
pub(super) struct Build<'g> {
    pub(super) target: BuildTarget,
    set: CargoSet<'g>,
    /// Ends of the edges along which the device links.
    linked: Edges<'g>,
    /// Ends of the edges along which tools and procedural macros are reached.
    on_host: Edges<'g>,
    /// The build of each package of the product by itself, by name.
    alone: Vec<(&'g str, CargoSet<'g>)>,
}

/// Both ends of some edges.
type Edges<'g> = BTreeSet<(&'g PackageId, &'g PackageId)>;

/// All builds.
pub(super) struct Builds<'g> {
    pub(super) product: Vec<&'g PackageId>,
    pub(super) targets: Vec<Build<'g>>,
    /// The first build outwards from the device that compiles a package.
    beyond: BTreeMap<&'g PackageId, Beyond>,
}

impl<'g> Builds<'g> {
    /// Simulates them all.
    pub(super) fn simulate(
        graph: &'g PackageGraph,
        question: &Question<'_>,
    ) -> Result<Self, String> {
        let resolver = manifest::resolver(question.root);
        let product = product(graph, question)?;
        let features = features(graph, &product, question)?;
        let parts =
            if question.segregates { each(graph, &product, &features)? } else { Vec::new() };
        let targets: Vec<Build<'g>> = build_targets(question.product)
            .into_iter()
            .map(|target| Build::simulate(target, &features, &parts, graph, resolver))
            .collect::<Result<_, _>>()?;
        let beyond = beyond(graph, question, &product, &features, resolver)?;
        Ok(Self { product, targets, beyond })
    }

    /// Fills in for which targets a package is linked or runs on the host.
    pub(super) fn describe(&self, package: &mut Package, id: &PackageId) {
        for (index, build) in self.targets.iter().enumerate() {
            if let Some(features) = features_of(build.set.target_features(), id) {
                package.linked.insert(index, features);
            }
            if let Some(features) = features_of(build.set.host_features(), id) {
                package.runs_on_host.insert(index, features);
            }
            let alone = build.alone.iter().filter_map(|(name, set)| {
                Some(((*name).to_owned(), features_of(set.target_features(), id)?))
            });
            package.alone.insert(index, alone.collect());
        }
        package.beyond = self.beyond.get(id).copied();
    }

    /// The edges that leave a package.
    pub(super) fn dependencies(
        &self,
        graph: &'g PackageGraph,
        id: &PackageId,
        index: &BTreeMap<&PackageId, usize>,
    ) -> Vec<Dependency> {
        let found = graph.metadata(id).expect("the id comes from this graph");
        let mut dependencies: Vec<Dependency> =
            found.direct_links().map(|link| self.dependency(&link, index)).collect();
        dependencies.sort_by(|a, b| (a.to, &a.extern_name).cmp(&(b.to, &b.extern_name)));
        dependencies
    }

    fn dependency(
        &self,
        link: &PackageLink<'g>,
        index: &BTreeMap<&PackageId, usize>,
    ) -> Dependency {
        let ends = (link.from().id(), link.to().id());
        let builds = || self.targets.iter().enumerate();
        let linked = builds().filter(|(_, build)| build.linked.contains(&ends));
        let on_host = builds().filter(|(_, build)| build.on_host.contains(&ends));
        let kinds = [
            (Kind::Normal, DependencyKind::Normal),
            (Kind::Build, DependencyKind::Build),
            (Kind::Development, DependencyKind::Development),
        ];
        let listed = kinds.iter().filter(|(kind, _)| link.req_for_kind(*kind).is_present());
        let listed: Vec<&(Kind, DependencyKind)> = listed.collect();
        Dependency {
            to: index[ends.1],
            extern_name: link.resolved_name().to_owned(),
            linked: linked.map(|(at, _)| at).collect(),
            on_host: on_host.map(|(at, _)| at).collect(),
            optional: listed
                .iter()
                .all(|(kind, _)| link.req_for_kind(*kind).status().required_status().is_never()),
            kinds: listed.into_iter().map(|(_, kind)| *kind).collect(),
        }
    }
}

impl<'g> Build<'g> {
    fn simulate(
        target: BuildTarget,
        features: &FeatureSet<'g>,
        parts: &[(&'g str, FeatureSet<'g>)],
        graph: &'g PackageGraph,
        resolver: CargoResolverVersion,
    ) -> Result<Self, String> {
        let mut options = CargoOptions::new();
        options.set_resolver(resolver).set_target_platform(platform(&target)?);
        let set = cargo_set(graph, features.clone(), &options)?;
        let linked = set.target_links().map(|link| ends(&link)).collect();
        let mut on_host: Edges<'g> = set.host_links().map(|link| ends(&link)).collect();
        on_host.extend(set.proc_macro_links().map(|link| ends(&link)));
        on_host.extend(set.build_dep_links().map(|link| ends(&link)));
        let alone = parts
            .iter()
            .map(|(name, features)| Ok((*name, cargo_set(graph, features.clone(), &options)?)));
        let alone = alone.collect::<Result<_, String>>()?;
        Ok(Self { target, set, linked, on_host, alone })
    }
}

fn ends<'g>(link: &PackageLink<'g>) -> (&'g PackageId, &'g PackageId) {
    (link.from().id(), link.to().id())
}

fn cargo_set<'g>(
    graph: &'g PackageGraph,
    features: FeatureSet<'g>,
    options: &CargoOptions<'_>,
) -> Result<CargoSet<'g>, String> {
    let nothing = graph.feature_graph().resolve_none();
    CargoSet::new(features, nothing, options)
        .map_err(|error| format!("the build cannot be simulated: {error}"))
}

fn platform(target: &BuildTarget) -> Result<PlatformSpec, String> {
    let Some(triple) = &target.triple else {
        return Ok(PlatformSpec::Any);
    };
    let platform = Platform::new(triple.clone(), TargetFeatures::Unknown).map_err(|_| {
        format!("`{triple}` in `product.targets` is no target triple known to rustc")
    })?;
    Ok(PlatformSpec::Platforms(vec![Arc::new(platform)]))
}

/// The packages that ship.
fn product<'g>(
    graph: &'g PackageGraph,
    question: &Question<'_>,
) -> Result<Vec<&'g PackageId>, String> {
    let declared: Vec<&str> =
        question.product.packages.iter().map(|name| name.value.as_str()).collect();
    let names: BTreeSet<&str> = if declared.is_empty() {
        question.shipped.iter().map(String::as_str).collect()
    } else {
        declared.into_iter().collect()
    };
    let member = |name: &str| {
        graph
            .workspace()
            .member_by_name(name)
            .map(|member| member.id())
            .map_err(|_| format!("`{name}` is no package of this workspace"))
    };
    names.into_iter().map(member).collect()
}

/// The features that are on for the packages that ship.
fn features<'g>(
    graph: &'g PackageGraph,
    product: &[&'g PackageId],
    question: &Question<'_>,
) -> Result<FeatureSet<'g>, String> {
    let packages = graph
        .resolve_ids(product.iter().copied())
        .map_err(|error| format!("the build cannot be simulated: {error}"))?;
    let standard = match (question.product.all_features, question.product.no_default_features) {
        (true, _) => StandardFeatures::All,
        (false, true) => StandardFeatures::None,
        (false, false) => StandardFeatures::Default,
    };
    let mut features = Vec::new();
    for feature in &question.product.features {
        features.extend(named_feature(graph, product, &feature.value)?);
    }
    Ok(packages.to_feature_set(feature_id_filter(standard, features)))
}

/// What of these features belongs to each package of the product, by name.
fn each<'g>(
    graph: &'g PackageGraph,
    product: &[&'g PackageId],
    features: &FeatureSet<'g>,
) -> Result<Vec<(&'g str, FeatureSet<'g>)>, String> {
    let of_one = |id: &&'g PackageId| {
        let failed = |error| format!("the build cannot be simulated: {error}");
        let one = graph.resolve_ids([*id]).map_err(failed)?;
        let name = graph.metadata(id).map_err(failed)?.name();
        Ok((name, features.intersection(&one.to_feature_set(StandardFeatures::All))))
    };
    product.iter().map(of_one).collect()
}

/// A feature as cargo takes it: `wifi`, of every package that has it, or `pump/wifi`.
fn named_feature<'g>(
    graph: &'g PackageGraph,
    product: &[&'g PackageId],
    text: &str,
) -> Result<Vec<guppy::graph::feature::FeatureId<'g>>, String> {
    let (package, name) = text.split_once('/').map_or((None, text), |(p, f)| (Some(p), f));
    let mut found = Vec::new();
    for id in product {
        let metadata = graph.metadata(id).expect("the id comes from this graph");
        if package.is_some_and(|package| package != metadata.name()) {
            continue;
        }
        let label = metadata.named_features().find(|feature| *feature == name);
        found.extend(
            label.map(|name| guppy::graph::feature::FeatureId::new(id, FeatureLabel::Named(name))),
        );
    }
    if found.is_empty() {
        return Err(format!(
            "no package that ships has the feature `{text}` of `product.features`"
        ));
    }
    Ok(found)
}

fn features_of(set: &FeatureSet<'_>, id: &PackageId) -> Option<BTreeSet<String>> {
    let features = set.features_for(id).expect("the id comes from this graph")?;
    Some(features.named_features().map(str::to_owned).collect())
}

/// Outwards from the device: its tests, other targets, features that are off, the other
/// members of the workspace. The first that compiles a package is closest to the device.
fn beyond<'g>(
    graph: &'g PackageGraph,
    question: &Question<'_>,
    product: &[&'g PackageId],
    features: &FeatureSet<'g>,
    resolver: CargoResolverVersion,
) -> Result<BTreeMap<&'g PackageId, Beyond>, String> {
    let mut outwards = Outwards { graph, resolver, found: BTreeMap::new() };
    for target in build_targets(question.product) {
        outwards.go(features, platform(&target)?, Tests::With, Beyond::Tests)?;
    }
    let any = || PlatformSpec::Any;
    outwards.go(features, any(), Tests::Without, Beyond::OtherTarget)?;
    outwards.go(features, any(), Tests::With, Beyond::Tests)?;
    let packages = graph
        .resolve_ids(product.iter().copied())
        .map_err(|error| format!("the build cannot be simulated: {error}"))?;
    let all = packages.to_feature_set(StandardFeatures::All);
    outwards.go(&all, any(), Tests::With, Beyond::FeatureOff)?;
    let workspace = graph.resolve_workspace().to_feature_set(StandardFeatures::All);
    outwards.go(&workspace, any(), Tests::With, Beyond::OtherMember)?;
    Ok(outwards.found)
}

/// Whether a build is one with its tests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tests {
    With,
    Without,
}

/// What wider and wider builds compile.
struct Outwards<'g> {
    graph: &'g PackageGraph,
    resolver: CargoResolverVersion,
    found: BTreeMap<&'g PackageId, Beyond>,
}

impl<'g> Outwards<'g> {
    /// Notes what a build compiles that no build before it did.
    fn go(
        &mut self,
        features: &FeatureSet<'g>,
        platform: PlatformSpec,
        tests: Tests,
        beyond: Beyond,
    ) -> Result<(), String> {
        let mut options = CargoOptions::new();
        options.set_resolver(self.resolver).set_target_platform(platform);
        options.set_include_dev(tests == Tests::With);
        let set = cargo_set(self.graph, features.clone(), &options)?;
        for (_, features) in set.all_features() {
            for package in features.to_package_set().packages(DependencyDirection::Forward) {
                self.found.entry(package.id()).or_insert(beyond);
            }
        }
        Ok(())
    }
}
