//! Which file a `mod x;` means: rustc's rules, in file names alone.

use iec62304_macros::requirement;

use crate::location::FilePath;
use crate::model::cfg::Predicate;
use crate::model::code::Compiled;
use crate::model::outline::{ConditionalPath, ItemKind, Outline, OutlineIndex};

/// Where a file stands in the module tree, as far as the files it asks for depend on it.
///
/// The same file can stand at several places; each has its own context.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileContext {
    /// The file itself.
    pub file: FilePath,
    /// The folder in which `mod x;` at its top level looks for `x.rs` and `x/mod.rs`.
    pub children: FilePath,
}

impl FileContext {
    /// The context of a crate root, and of every file that a `path` attribute names: its
    /// children stand beside it.
    pub fn root(file: &FilePath) -> Self {
        Self { file: file.clone(), children: file.parent() }
    }
}

/// A file that an outline asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    /// Where it may stand, in order of preference; the first that exists is taken.
    pub candidates: Vec<FileContext>,
    /// The `mod x;` or `include!` that asks.
    pub item: OutlineIndex,
    /// When this request is the one that counts: `path` attributes may be conditional.
    pub compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub cfgs: Vec<Predicate>,
}

/// The text of an outline's names.
struct Names<'o> {
    outline: &'o Outline,
    bytes: &'o [u8],
}

/// The files that `outline` of `bytes`, standing at `context`, asks for.
#[requirement("TOOL-3")]
pub fn requests(outline: &Outline, bytes: &[u8], context: &FileContext) -> Vec<FileRequest> {
    let names = Names { outline, bytes };
    let mut requests = Vec::new();
    for declaration in outline.modules.iter().filter(|declaration| declaration.in_a_file) {
        let folders = names.folders(declaration.item, context);
        let mut is_named = false;
        for path in &declaration.paths {
            is_named |= path.compiled == Compiled::ALWAYS;
            let file = folders.of_paths.join(&path.path);
            requests.push(FileRequest {
                candidates: vec![FileContext::root(&file)],
                item: declaration.item,
                compiled: path.compiled,
                cfgs: path.cfgs.clone(),
            });
        }
        if !is_named {
            let candidates = default_files(&folders.of_modules, &names.name(declaration.item));
            let others = declaration.paths.iter().map(|path| path.compiled.not());
            let compiled = others.fold(Compiled::ALWAYS, Compiled::and);
            let none = |path: &ConditionalPath| Predicate::All(path.cfgs.clone()).not();
            let cfgs = declaration.paths.iter().map(none).collect();
            requests.push(FileRequest { candidates, item: declaration.item, compiled, cfgs });
        }
    }
    for include in &outline.includes {
        if let Some(path) = &include.path {
            let file = context.file.parent().join(path);
            let candidates = vec![FileContext::root(&file)];
            requests.push(FileRequest {
                candidates,
                item: include.item,
                compiled: Compiled::ALWAYS,
                cfgs: Vec::new(),
            });
        }
    }
    requests
}

fn default_files(folder: &FilePath, name: &str) -> Vec<FileContext> {
    let children = folder.join(name);
    [folder.join(&format!("{name}.rs")), children.join("mod.rs")]
        .map(|file| FileContext { file, children: children.clone() })
        .into()
}

/// Where `path` attributes and plain `mod x;` look, at some depth of inline modules.
#[derive(Clone)]
struct Folders {
    of_paths: FilePath,
    of_modules: FilePath,
}

impl Names<'_> {
    fn name(&self, item: OutlineIndex) -> String {
        let span = self.outline.items[item as usize].name;
        let name = String::from_utf8_lossy(&self.bytes[span.range()]).into_owned();
        name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
    }

    /// Goes down the inline modules around an item. A `path` on one of them names its
    /// folder; of several conditional ones the first is followed.
    fn folders(&self, item: OutlineIndex, context: &FileContext) -> Folders {
        let mut around = Vec::new();
        let mut current = self.outline.items[item as usize].parent;
        while let Some(index) = current {
            let parent = &self.outline.items[index as usize];
            if parent.kind != ItemKind::MacroCall {
                around.push(index);
            }
            current = parent.parent;
        }
        let mut folders =
            Folders { of_paths: context.file.parent(), of_modules: context.children.clone() };
        for module in around.into_iter().rev() {
            if self.outline.items[module as usize].kind != ItemKind::Module {
                // In a block the name of the file is forgotten: modules in it stand in the
                // file's own folder.
                folders.of_modules = folders.of_paths.clone();
                continue;
            }
            let modules = &self.outline.modules;
            let declared = modules.binary_search_by_key(&module, |declared| declared.item);
            let paths = declared.map_or(&[][..], |declared| &modules[declared].paths);
            let folder = match paths.first() {
                Some(path) => folders.of_paths.join(&path.path),
                None => folders.of_modules.join(&self.name(module)),
            };
            folders = Folders { of_paths: folder.clone(), of_modules: folder };
        }
        folders
    }
}
