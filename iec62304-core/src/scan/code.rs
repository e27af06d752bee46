//! All outlines of a snapshot, joined along the modules of cargo's targets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use iec62304_macros::requirement;

use super::files::FileContext;
use super::place::{FileJoin, Place, problem, tag};
use super::{Settings, renamed_outline};
use crate::location::{FilePath, Location, Span};
use crate::model::cfg::Predicate;
use crate::model::code::{
    Cfg, CfgIndex, Code, CodeProblem, CodeProblemKind, CodeTarget, Compiled, Item, Module,
    ModuleIndex, NoOwner, TagOwner, TargetIndex, Unread,
};
use crate::model::outline::{Outline, Rename};
use crate::snapshot::{Package, Snapshot, Source, SourceState};

/// Joins the outlines of a snapshot.
#[requirement("TOOL-3")]
pub(super) fn join(snapshot: &Snapshot, settings: &Settings) -> Code {
    let mut join = Join {
        snapshot,
        settings,
        code: Code::default(),
        renamed: renamed_files(snapshot),
        reached: BTreeSet::new(),
        reported: BTreeSet::new(),
        test_like: BTreeMap::new(),
    };
    for (package, found) in snapshot.packages.iter().enumerate() {
        for (target, _) in found.targets.iter().enumerate() {
            join.target(package, target);
        }
    }
    join.orphans();
    join.finish()
}

/// Files in which our names stand under aliases, outlined again with these.
type Renamed = BTreeMap<FilePath, Outline>;

/// An alias counts in all files of the workspace, since one file may export it to another.
/// It may get an alias of its own, so this goes on until no new one turns up.
fn renamed_files(snapshot: &Snapshot) -> Renamed {
    let sources = || {
        let states = snapshot.sources.iter();
        states.filter_map(|(path, state)| match state {
            SourceState::Read(source) => Some((path, source)),
            SourceState::Missing | SourceState::Unreadable(_) => None,
        })
    };
    let mut renamed = Renamed::new();
    let mut known: BTreeSet<Rename> = BTreeSet::new();
    let first = sources().flat_map(|(_, source)| source.outline.renames.clone());
    let mut aliases: BTreeSet<Rename> = first.collect();
    while known.len() < aliases.len() {
        known.clone_from(&aliases);
        for (path, source) in sources() {
            let text = String::from_utf8_lossy(&source.bytes);
            if known.iter().any(|rename| text.contains(&rename.alias)) {
                let outline = renamed_outline(&source.bytes, known.iter().cloned().collect());
                aliases.extend(outline.renames.clone());
                renamed.insert(path.clone(), outline);
            }
        }
    }
    renamed
}

/// One of a target's `required-features`; one of a dependency is no affair of `cfg`.
fn feature(name: &str) -> Predicate {
    if name.contains('/') { Predicate::Unknown } else { Predicate::feature(name) }
}

pub(super) struct Join<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) settings: &'s Settings,
    pub(super) code: Code,
    renamed: Renamed,
    /// Files that some target compiles.
    reached: BTreeSet<FilePath>,
    /// Problems that were written down, since one file can stand at several places.
    reported: BTreeSet<(Location, String)>,
    pub(super) test_like: BTreeMap<String, usize>,
}

impl<'s> Join<'s> {
    fn target(&mut self, package: usize, target: usize) {
        let built = &self.snapshot.packages[package].targets[target];
        let (root, name) = (&built.root, &built.name);
        let index = TargetIndex(self.code.targets.len());
        let module = ModuleIndex(self.code.modules.len());
        self.code.targets.push(CodeTarget { package, target, root: module });
        let declared_at = Location::new(root, Span::default());
        let needs = &built.required_features;
        let compiled = if needs.is_empty() { Compiled::ALWAYS } else { Compiled::OPEN };
        let needs: Vec<Predicate> = needs.iter().map(|name| feature(name)).collect();
        let cfg = self.cfgs(index, None, &needs);
        self.code.modules.push(Module {
            target: index,
            parent: None,
            path: name.replace('-', "_"),
            file: root.clone(),
            included: Vec::new(),
            declared_at: declared_at.clone(),
            compiled,
            documented: false,
            cfg,
            left_out: false,
        });
        let context = FileContext::root(root);
        let mut waiting = VecDeque::new();
        let what = match self.snapshot.sources.get(root) {
            Some(SourceState::Read(_)) => {
                waiting.push_back(Place {
                    context,
                    module,
                    is_module: true,
                    compiled,
                    cfg,
                    around: Vec::new(),
                });
                None
            }
            Some(SourceState::Unreadable(why)) => Some(format!("the file cannot be read: {why}")),
            Some(SourceState::Missing) | None => {
                Some("the file of this target is missing".to_owned())
            }
        };
        if let Some(what) = what {
            self.problem(declared_at, what);
        }
        while let Some(place) = waiting.pop_front() {
            self.place(&place, index, &mut waiting);
        }
    }

    /// Writes down predicates below those around them, and returns the innermost.
    pub(super) fn cfgs(
        &mut self,
        target: TargetIndex,
        mut around: Option<CfgIndex>,
        predicates: &[Predicate],
    ) -> Option<CfgIndex> {
        for predicate in predicates {
            let index = CfgIndex(self.code.cfgs.len());
            self.code.cfgs.push(Cfg { predicate: predicate.clone(), around, target });
            around = Some(index);
        }
        around
    }

    fn source(&self, file: &FilePath) -> Option<&'s Source> {
        match self.snapshot.sources.get(file) {
            Some(SourceState::Read(source)) => Some(source),
            Some(SourceState::Missing | SourceState::Unreadable(_)) | None => None,
        }
    }

    /// Joins one file at one place, and puts the files that it asks for on the list.
    fn place(&mut self, place: &Place, target: TargetIndex, waiting: &mut VecDeque<Place>) {
        let file = &place.context.file;
        let source = self.source(file).expect("only files that were read are placed");
        if self.reached.insert(file.clone()) {
            self.code.files += 1;
            self.code.bytes += source.bytes.len() as u64;
        }
        let renamed = self.renamed.remove(file);
        let outline = renamed.as_ref().unwrap_or(&source.outline);
        let asked = FileJoin::new(self, outline, &source.bytes, place, target).join();
        if let Some(outline) = renamed {
            self.renamed.insert(file.clone(), outline);
        }
        waiting.extend(asked);
    }

    pub(super) fn problem(&mut self, at: Location, message: String) {
        let help = "make the file readable where cargo looks for it".to_owned();
        self.report(CodeProblem { kind: CodeProblemKind::File, at, message, help });
    }

    pub(super) fn report(&mut self, problem: CodeProblem) {
        if self.reported.insert((problem.at.clone(), problem.message.clone())) {
            self.code.problems.push(problem);
        }
    }

    pub(super) fn unread(&mut self, at: Location, what: String) {
        if self.reported.insert((at.clone(), what.clone())) {
            self.code.unread.push(Unread { at, what });
        }
    }

    /// Files that no module declares, and the tags in them.
    fn orphans(&mut self) {
        for file in &self.snapshot.source_folder_files {
            if self.reached.contains(file) {
                continue;
            }
            self.code.orphans.push(file.clone());
            let Some(source) = self.source(file) else {
                continue;
            };
            let renamed = self.renamed.remove(file);
            let outline = renamed.as_ref().unwrap_or(&source.outline);
            for found in &outline.tags {
                let owner = TagOwner::Nothing(NoOwner::OrphanFile);
                self.code.tags.push(tag(found, file, owner));
            }
            // Nobody compiles it, so what is not about tags is of no interest.
            let problems = outline.problems.iter();
            for found in problems.filter(|found| found.kind == CodeProblemKind::Tag) {
                self.report(problem(found, file));
            }
            self.report_uncounted(outline, file);
        }
    }

    /// Compares the tags that were read in a file with those that stand in it.
    pub(super) fn report_uncounted(&mut self, outline: &Outline, file: &FilePath) {
        let (counted, settled) = (outline.tags_counted, outline.tags_settled);
        if counted != settled {
            self.report(CodeProblem {
                kind: CodeProblemKind::Syntax,
                at: Location::new(file, Span::default()),
                message: format!(
                    "{counted} tags stand in this file, and {settled} were accounted for"
                ),
                help: "this is a mistake of this tool: please report it".to_owned(),
            });
        }
    }

    fn finish(mut self) -> Code {
        self.code.problems.sort_by(|a, b| (&a.at, &a.message).cmp(&(&b.at, &b.message)));
        self.code.unread.sort_by(|a, b| (&a.at, &a.what).cmp(&(&b.at, &b.what)));
        self.code.test_like_attributes = self.test_like.into_iter().collect();
        self.code
    }
}

impl Code {
    /// The key of a module: package, target kind, target name, module path.
    pub fn module_key(&self, module: ModuleIndex, packages: &[Package]) -> String {
        let Module { target, path, .. } = &self.modules[module.0];
        let CodeTarget { package, target, .. } = self.targets[target.0];
        let package = &packages[package];
        let target = &package.targets[target];
        format!("{} {} {} {path}", package.name, target.kind.word(), target.name)
    }

    /// The keys of all items, in their order: that of the module and the item's own path.
    /// Of twins under different `cfg`s the later ones are numbered, from ` #2`.
    pub fn item_keys(&self, packages: &[Package]) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let key = |item: &Item| {
            let key = format!("{}::{}", self.module_key(item.module, packages), item.path);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            if *count == 1 { key } else { format!("{key} #{count}") }
        };
        self.items.iter().map(key).collect()
    }
}
