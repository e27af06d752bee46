//! What `cargo metadata` leaves out of the root manifest: the resolver, and `[patch]`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guppy::graph::cargo::CargoResolverVersion;
use toml::{Table, Value};

/// The version of cargo's resolver that the workspace asks for, or that its edition does.
pub(super) fn resolver(root: &Path) -> CargoResolverVersion {
    let manifest = read(&root.join("Cargo.toml"));
    let stated = text(&manifest, &["workspace", "resolver"])
        .or_else(|| text(&manifest, &["package", "resolver"]));
    let edition = text(&manifest, &["package", "edition"])
        .or_else(|| text(&manifest, &["workspace", "package", "edition"]));
    match (stated, edition) {
        (Some("1"), _) | (None, None | Some("2015" | "2018")) => CargoResolverVersion::V1,
        (None, _) if !manifest.contains_key("package") => CargoResolverVersion::V1,
        (Some("2"), _) | (None, Some("2021")) => CargoResolverVersion::V2,
        (Some(_), _) | (None, Some(_)) => CargoResolverVersion::V3,
    }
}

/// The names of packages that `[patch]` or `[replace]` of the workspace puts in the place
/// of others, in its manifest or in its own cargo configuration.
pub(super) fn replaced_packages(root: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["Cargo.toml", ".cargo/config.toml", ".cargo/config"] {
        let manifest = read(&root.join(file));
        let patches = manifest.get("patch").and_then(Value::as_table);
        for table in patches.into_iter().flatten().filter_map(|(_, table)| table.as_table()) {
            names.extend(table.iter().map(|(name, entry)| {
                let package = entry.get("package").and_then(Value::as_str);
                package.unwrap_or(name).to_owned()
            }));
        }
        let replaced = manifest.get("replace").and_then(Value::as_table);
        for (name, _) in replaced.into_iter().flatten() {
            names.insert(name.split(':').next().unwrap_or(name).to_owned());
        }
    }
    names
}

/// A file of the workspace; empty where it is absent or cargo would refuse it anyway.
fn read(path: &Path) -> Table {
    fs::read_to_string(path).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn text<'t>(table: &'t Table, path: &[&str]) -> Option<&'t str> {
    let (last, tables) = path.split_last()?;
    let table = tables.iter().try_fold(table, |table, name| table.get(*name)?.as_table())?;
    table.get(*last)?.as_str()
}
