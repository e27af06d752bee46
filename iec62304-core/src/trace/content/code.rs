//! The digests of code: of every module and of every item that counts on its own, each
//! file read once.
//!
//! A token belongs to the innermost region around it. What only tests compile, and our
//! own attributes, belong to nothing: they change nothing of what ships.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::content::{Bencoding, Parts};
use crate::location::{FilePath, Location, Span};
use crate::model::code::{Certainty, ItemIndex, ModuleIndex};
use crate::model::outline::{ItemKind, Outline, OutlineItem};
use crate::scan;
use crate::snapshot::SourceState;
use crate::trace::Project;
use crate::trace::unit::Unit;

/// A part of a file that has a digest of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Region {
    /// The file, as far as it belongs to nothing else.
    File,
    /// The body of the module with this name.
    Module(Span),
    /// The item that takes this span.
    Item(Span),
    /// What does not count.
    Nothing,
}

/// The digests of one file.
type FileDigests = BTreeMap<Region, String>;

/// The code of a project, ready to be digested file by file.
pub(super) struct CodeDigests<'m> {
    project: &'m Project<'m>,
    /// Tests, and items that belong to another unit than their module.
    items: BTreeMap<&'m FilePath, BTreeSet<Span>>,
    /// The names of the modules that stand in a file.
    modules: BTreeMap<&'m FilePath, BTreeSet<Span>>,
    tags: BTreeMap<&'m FilePath, BTreeSet<Span>>,
    files: RefCell<BTreeMap<FilePath, Rc<FileDigests>>>,
}

impl<'m> CodeDigests<'m> {
    /// `units` are those that may take items out of other modules.
    pub(super) fn new<'u>(
        project: &'m Project<'m>,
        units: impl Iterator<Item = &'u Unit<'m>>,
    ) -> Self
    where
        'm: 'u,
    {
        let code = &project.code;
        let moved = units.flat_map(|unit| &unit.items).map(|item| &code.items[item.0]);
        let tests = code.items.iter().filter(|item| item.test.is_some());
        let own = tests.chain(moved).map(|item| (&item.at.file, item.span));
        let inner = code.modules.iter().map(|module| &module.declared_at);
        Self {
            project,
            items: by_file(own),
            modules: by_file(inner.map(in_file)),
            tags: by_file(code.tags.iter().map(|tag| in_file(&tag.at))),
            files: RefCell::default(),
        }
    }

    /// The code of a unit: its modules and items by their paths, each with its digest.
    pub(super) fn unit(&self, unit: &Unit<'m>) -> Parts {
        let modules = unit.modules.iter().flat_map(|module| self.module(*module));
        let items = unit.items.iter().map(|item| self.item(*item));
        let mut parts: Parts = modules.chain(items).collect();
        parts.sort();
        parts.dedup();
        parts
    }

    /// One item with its path, and its digest.
    pub(super) fn item(&self, index: ItemIndex) -> (String, String) {
        let item = &self.project.code.items[index.0];
        (self.project.code.path_of(item), self.digest(&item.at.file, Region::Item(item.span)))
    }

    /// A module with its path, its digest, and those of the files that it includes.
    pub(super) fn module(&self, index: ModuleIndex) -> Parts {
        let module = &self.project.code.modules[index.0];
        // A module is a file, or stands in the one that declares it.
        let is_inner = module.parent.is_some() && module.declared_at.file == module.file;
        let region = if is_inner { Region::Module(module.declared_at.span) } else { Region::File };
        let own = (module.path.clone(), self.digest(&module.file, region));
        let included = module.included.iter();
        let included = included.map(|file| (module.path.clone(), self.digest(file, Region::File)));
        std::iter::once(own).chain(included).collect()
    }

    fn digest(&self, file: &FilePath, region: Region) -> String {
        let known = self.files.borrow().get(file).map(Rc::clone);
        let digests = known.unwrap_or_else(|| {
            let digests = Rc::new(self.file(file));
            self.files.borrow_mut().insert(file.clone(), Rc::clone(&digests));
            digests
        });
        digests.get(&region).cloned().unwrap_or_default()
    }

    /// Reads a file once; one that cannot be read has no digest.
    fn file(&self, file: &FilePath) -> FileDigests {
        let Some(SourceState::Read(source)) = self.project.sources.get(file) else {
            return FileDigests::new();
        };
        let Ok(text) = std::str::from_utf8(&source.bytes) else {
            return FileDigests::new();
        };
        let regions = self.regions(file, text, &source.outline);
        let names: BTreeSet<Region> = regions.iter().map(|(_, region)| *region).collect();
        let mut digests: BTreeMap<Region, Bencoding> = names
            .into_iter()
            .chain([Region::File])
            .map(|region| (region, Bencoding::default()))
            .collect();
        digests.values_mut().for_each(Bencoding::open);
        let tokens = scan::meaningful_tokens(text);
        let tokens = self.without_tags(file, text, &tokens);
        let mut walk = Walk { regions: &regions, next: 0, open: Vec::new() };
        for token in tokens {
            let region = walk.region_at(token);
            digests.get_mut(&region).expect("all are there").text(&text[token.range()]);
        }
        let close = |(region, mut digest): (Region, Bencoding)| {
            digest.close();
            (region, digest.digest())
        };
        digests.into_iter().map(close).collect()
    }

    /// The regions of a file, an outer one before those in it.
    fn regions(&self, file: &FilePath, text: &str, outline: &Outline) -> Vec<(Span, Region)> {
        let inner = self.modules.get(file);
        let is_module = |name: &Span| inner.is_some_and(|names| names.contains(name));
        let tags = self.tags.get(file);
        let holds_tag = |span: Span| {
            let first = |tags: &BTreeSet<Span>| tags.range(start(span.start)..).next().copied();
            tags.and_then(first).is_some_and(|tag| tag.start < span.end)
        };
        let mut regions: Vec<(Span, Region)> = Vec::new();
        for item in &outline.items {
            let is_tags = item.kind == ItemKind::MacroCall && &text[item.name.range()] == "tags";
            let never_ships = item.compiled.in_product == Certainty::No;
            if never_ships || (is_tags && holds_tag(item.span)) {
                regions.push((item.span, Region::Nothing));
            }
            if is_module(&item.name) && is_body(item, item.name) {
                regions.push((item.body, Region::Module(item.name)));
            }
        }
        let items = self.items.get(file).into_iter().flatten();
        regions.extend(items.map(|span| (*span, Region::Item(*span))));
        regions.sort_by_key(|(span, region)| (span.start, Reverse(span.end), Reverse(*region)));
        regions
    }

    /// The tokens without our own attributes, which leave no trace in what is compiled.
    fn without_tags(&self, file: &FilePath, text: &str, tokens: &[Span]) -> Vec<Span> {
        let Some(tags) = self.tags.get(file) else {
            return tokens.to_vec();
        };
        let is = |at: usize, sign: &str| {
            tokens.get(at).is_some_and(|token| &text[token.range()] == sign)
        };
        let mut kept = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            if let Some(tag) = tags.range(start(tokens[at].start)..).next()
                && tag.start == tokens[at].start
                && at >= 2
                && is(at - 2, "#")
                && is(at - 1, "[")
                && kept.ends_with(&tokens[at - 2..at])
            {
                let behind = at + tokens[at..].partition_point(|token| token.end <= tag.end);
                if is(behind, "]") {
                    kept.truncate(kept.len() - 2);
                    at = behind + 1;
                    continue;
                }
            }
            kept.push(tokens[at]);
            at += 1;
        }
        kept
    }
}

/// The first span that may start at an offset.
fn start(offset: u32) -> Span {
    Span { start: offset, end: 0 }
}

fn in_file(at: &Location) -> (&FilePath, Span) {
    (&at.file, at.span)
}

fn by_file<'m>(
    places: impl Iterator<Item = (&'m FilePath, Span)>,
) -> BTreeMap<&'m FilePath, BTreeSet<Span>> {
    let mut by_file: BTreeMap<&FilePath, BTreeSet<Span>> = BTreeMap::new();
    for (file, span) in places {
        by_file.entry(file).or_default().insert(span);
    }
    by_file
}

/// Whether an item is the module of this name, with a body.
fn is_body(item: &OutlineItem, name: Span) -> bool {
    item.kind == ItemKind::Module && item.name == name && !item.body.is_empty()
}

/// Goes through regions and tokens side by side.
struct Walk<'r> {
    regions: &'r [(Span, Region)],
    next: usize,
    /// The regions around the current token.
    open: Vec<(Span, Region)>,
}

impl Walk<'_> {
    /// The innermost region around a token.
    fn region_at(&mut self, token: Span) -> Region {
        while let Some((span, region)) = self.regions.get(self.next)
            && span.start <= token.start
        {
            self.next += 1;
            self.close(span.start);
            self.open.push((*span, *region));
        }
        self.close(token.start);
        self.open.last().map_or(Region::File, |(_, region)| *region)
    }

    fn close(&mut self, at: u32) {
        while self.open.last().is_some_and(|(span, _)| span.end <= at) {
            self.open.pop();
        }
    }
}
