//! The order of the layers is true, not aspirational: each file's `use crate::…` is
//! compared with the table.
#![expect(clippy::disallowed_methods, reason = "reads this crate's own source folder")]

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// Which top-level modules a module may use, beside itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("location", &[]),
    ("words", &[]),
    ("standard", &[]),
    ("model", &["location"]),
    ("snapshot", &["location", "model"]),
    ("advisories", &["location", "snapshot", "words"]),
    ("bill", &["snapshot"]),
    ("records", &["location", "model", "snapshot"]),
    ("evidence", &["location", "snapshot"]),
    ("config", &["evidence", "location", "model", "records", "scan", "standard"]),
    ("scan", &["location", "model", "snapshot"]),
    ("known_gaps", &["location", "records", "snapshot"]),
    ("content", &["model", "snapshot"]),
    (
        "trace",
        &[
            "config",
            "content",
            "evidence",
            "known_gaps",
            "location",
            "model",
            "records",
            "scan",
            "snapshot",
            "standard",
            "words",
        ],
    ),
    ("review", &["location", "model", "records", "trace"]),
    ("lock_file", &["location", "model", "snapshot"]),
    (
        "soup",
        &[
            "advisories",
            "bill",
            "config",
            "location",
            "lock_file",
            "model",
            "records",
            "scan",
            "snapshot",
            "standard",
            "trace",
            "words",
        ],
    ),
    ("finding", &["location", "snapshot", "standard"]),
    ("policy", &["config", "content", "finding", "known_gaps", "location", "snapshot"]),
    ("remarks", &["config", "finding", "model", "standard", "trace", "words"]),
    ("not_checked", &["finding", "location", "model", "soup", "standard", "trace", "words"]),
    (
        "rules",
        &[
            "config",
            "evidence",
            "finding",
            "location",
            "model",
            "not_checked",
            "policy",
            "records",
            "remarks",
            "soup",
            "standard",
            "trace",
            "words",
        ],
    ),
    (
        "analysis",
        &[
            "config",
            "finding",
            "model",
            "known_gaps",
            "not_checked",
            "policy",
            "rules",
            "snapshot",
            "soup",
            "standard",
            "trace",
        ],
    ),
    ("explain", &["records", "rules", "standard"]),
    (
        "lineage",
        &[
            "analysis", "finding", "location", "model", "policy", "records", "snapshot", "soup",
            "standard", "trace",
        ],
    ),
    (
        "render",
        &[
            "analysis", "config", "explain", "finding", "lineage", "location", "model", "policy",
            "rules", "snapshot", "soup", "standard", "words",
        ],
    ),
];

#[derive(Default)]
struct Uses(Vec<String>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_use_tree(&mut self, tree: &'ast syn::UseTree) {
        if let syn::UseTree::Path(path) = tree
            && path.ident == "crate"
        {
            self.first_segments(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|segment| segment.ident == "crate")
            && let Some(module) = segments.next()
        {
            self.0.push(module.ident.to_string());
        }
        syn::visit::visit_path(self, path);
    }

    /// Inline test modules may use what they like.
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

impl Uses {
    fn first_segments(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.0.push(path.ident.to_string()),
            syn::UseTree::Name(name) => self.0.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => self.0.push(rename.ident.to_string()),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.first_segments(tree));
            }
            syn::UseTree::Glob(_) => self.0.push("*".to_owned()),
        }
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn modules_use_only_the_layers_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    let mut checked = 0;
    for path in files {
        let relative = path.strip_prefix(&source).unwrap().with_extension("");
        let layer = relative.iter().next().unwrap().to_str().unwrap().to_owned();
        if layer == "lib" || relative.iter().any(|part| part == "tests") {
            continue;
        }
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{layer} has no place in the order of the layers"));
        let mut uses = Uses::default();
        uses.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
        for used in uses.0 {
            assert!(
                used == layer || allowed.contains(&used.as_str()),
                "{} uses `crate::{used}`, which is not below it",
                relative.display(),
            );
        }
        checked += 1;
    }
    assert!(checked > 30, "only {checked} files were looked at");
}
