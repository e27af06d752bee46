//! The dependencies of a workspace in memory, from a lock file and a list of roles.
//!
//! Every package of the lock file is linked, along its dependencies as they stand there,
//! unless a line of `roles.txt` says otherwise: `NAME VERSION: WORDS`. The words are
//! those of a role, or `patched`, `yanked`, `needs Rust 1.90`, `bundles FILE`,
//! `with features NAME NAME`, `alone PACKAGE: NAME NAME; PACKAGE: NAME`.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Product;
use crate::location::FilePath;
use crate::lock_file::{self, LockedPackage};
use crate::model::dependency::{
    Beyond, BuildTarget, Dependency, DependencyKind, Package, PackageFiles, PackageGraph,
    PackageKey, PackageSource, Refusal, Resolution,
};
use crate::snapshot::{self, TextFile};

/// What cargo would resolve.
pub(super) fn resolution(
    lock: Option<&TextFile>,
    roles: Option<&str>,
    members: &[snapshot::Package],
    product: &Product,
) -> Resolution {
    let Some(lock) = lock else {
        return Resolution::Failed(Refusal::default());
    };
    if let Some(cause) = roles.and_then(|roles| roles.strip_prefix("refused: ")) {
        let lock_file_misfits = cause.contains("does not fit");
        return Resolution::Failed(Refusal { cause: cause.trim().to_owned(), lock_file_misfits });
    }
    let Ok(found) = lock_file::read(lock) else {
        return Resolution::Failed(Refusal::default());
    };
    let roles: BTreeMap<&str, &str> =
        roles.unwrap_or_default().lines().filter_map(|line| line.split_once(": ")).collect();
    let edges = edges(lock);
    let triples = product.targets.iter().map(|triple| Some(triple.value.clone()));
    let triples: Vec<_> = if product.targets.is_empty() { vec![None] } else { triples.collect() };
    let targets: Vec<BuildTarget> =
        triples.into_iter().map(|triple| BuildTarget { triple }).collect();
    let mut packages: Vec<Package> = found
        .packages
        .iter()
        .map(|locked| package(locked, members, &roles, targets.len()))
        .collect();
    connect(&mut packages, &found.packages, &edges);
    let shipping = |at: &usize| packages[*at].is_member && !packages[*at].linked.is_empty();
    let product = (0..packages.len()).filter(shipping).collect();
    Resolution::Graph(Box::new(PackageGraph { targets, product, packages }))
}

fn package(
    locked: &LockedPackage,
    members: &[snapshot::Package],
    roles: &BTreeMap<&str, &str>,
    targets: usize,
) -> Package {
    let LockedPackage { key, .. } = locked;
    let member = members.iter().find(|member| member.name == key.name);
    let mut package = Package { key: key.clone(), ..Package::default() };
    package.files = Some(PackageFiles::default());
    if let PackageSource::Path(None) = key.source {
        package.is_member = member.is_some();
        let outside = FilePath::new(&format!("../{}", key.name));
        let folder = member.map_or(outside, |member| member.folder.clone());
        package.key.source = PackageSource::Path(Some(folder));
    }
    let on = || (0..targets).map(|target| (target, BTreeSet::new())).collect();
    let role = roles.get(format!("{} {}", key.name, key.version).as_str()).copied();
    match role.unwrap_or_default() {
        "generates device code" => {
            package.is_proc_macro = true;
            package.runs_on_host = on();
        }
        "build tool" => package.runs_on_host = on(),
        "test tool" => package.beyond = Some(Beyond::Tests),
        "other target" => package.beyond = Some(Beyond::OtherTarget),
        "feature off" => package.beyond = Some(Beyond::FeatureOff),
        "outside the product" => package.beyond = Some(Beyond::OtherMember),
        word => {
            package.linked = on();
            mark(&mut package, word);
        }
    }
    package
}

fn mark(package: &mut Package, word: &str) {
    match word {
        "" => {}
        "patched" => package.is_patched = true,
        "yanked" => package.yanked = Some(true),
        word if word.starts_with("with features ") => {
            let features: BTreeSet<String> = word.split(' ').skip(2).map(str::to_owned).collect();
            package.linked.values_mut().for_each(|on| on.clone_from(&features));
        }
        word if word.starts_with("alone ") => {
            let parts = word["alone ".len()..].split("; ").filter_map(|part| part.split_once(':'));
            let features = |names: &str| names.split_whitespace().map(str::to_owned).collect();
            let parts = parts.map(|(name, names)| (name.to_owned(), features(names)));
            package.alone.insert(0, parts.collect());
        }
        word => match (word.strip_prefix("needs Rust "), word.strip_prefix("bundles ")) {
            (Some(version), _) => package.manifest.rust_version = Some(version.to_owned()),
            (_, Some(file)) => {
                package.files = Some(PackageFiles {
                    native_sources: vec![file.to_owned()],
                    ..PackageFiles::default()
                });
            }
            _ => panic!("roles.txt: nobody knows `{word}`"),
        },
    }
}

/// The `dependencies` of every package, by what tells it from the others.
fn edges(lock: &TextFile) -> BTreeMap<PackageKey, Vec<String>> {
    let snapshot::Content::Bytes(bytes) = &lock.content else {
        return BTreeMap::new();
    };
    let text = std::str::from_utf8(bytes).unwrap();
    let root = toml::de::DeTable::parse(text).unwrap();
    let packages = root.get_ref().get("package").and_then(|value| value.get_ref().as_array());
    let mut edges = BTreeMap::new();
    for package in packages.into_iter().flatten() {
        let table = package.get_ref().as_table().unwrap();
        let text = |name: &str| table[name].get_ref().as_str().unwrap().to_owned();
        let source = table.get("source").and_then(|source| source.get_ref().as_str());
        let source = PackageSource::parse(source);
        let names = table.get("dependencies").and_then(|value| value.get_ref().as_array());
        let names = names.into_iter().flatten();
        let names = names.map(|name| name.get_ref().as_str().unwrap().to_owned()).collect();
        let key = PackageKey { name: text("name"), version: text("version"), source };
        edges.insert(key, names);
    }
    edges
}

fn connect(
    packages: &mut [Package],
    locked: &[LockedPackage],
    edges: &BTreeMap<PackageKey, Vec<String>>,
) {
    let find = |name: &str| {
        let mut words = name.split(' ');
        let (name, version) = (words.next().unwrap(), words.next());
        let source = words.next().map(|it| PackageSource::parse(Some(it.trim_matches(['(', ')']))));
        let is = |package: &LockedPackage| {
            package.key.name == name
                && version.is_none_or(|it| it == package.key.version)
                && source.as_ref().is_none_or(|it| *it == package.key.source)
        };
        locked.iter().position(is).unwrap_or_else(|| panic!("Cargo.lock has no package {name}"))
    };
    for from in 0..packages.len() {
        for to in edges[&locked[from].key].iter().map(|name| find(name)) {
            let (linked, on_host) = {
                let (from, to) = (&packages[from], &packages[to]);
                let on = |to: &BTreeMap<usize, BTreeSet<String>>| to.keys().copied().collect();
                match (from.linked.is_empty(), to.linked.is_empty(), to.runs_on_host.is_empty()) {
                    (false, false, _) => (on(&to.linked), BTreeSet::new()),
                    (_, true, false) => (BTreeSet::new(), on(&to.runs_on_host)),
                    _ => (BTreeSet::new(), BTreeSet::new()),
                }
            };
            let extern_name = packages[to].key.name.replace('-', "_");
            packages[from].dependencies.push(Dependency {
                to,
                extern_name,
                linked,
                on_host,
                kinds: BTreeSet::from([DependencyKind::Normal]),
                optional: false,
            });
        }
    }
}
