//! All outlines of a snapshot, joined along the modules of cargo's targets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use iec62304_macros::requirement;

use super::files::{FileContext, FileRequest, requests};
use super::{Settings, renamed_outline};
use crate::location::{FilePath, Located, Location, Span};
use crate::model::code::{
    Certainty, Code, CodeProblem, CodeProblemKind, CodeTarget, Compiled, Item, ItemIndex, Module,
    ModuleIndex, NoOwner, Tag, TagOwner, TargetIndex, Unread,
};
use crate::model::outline::{
    ItemKind, Outline, OutlineIndex, OutlineOwner, OutlineProblem, OutlineTag, Rename,
};
use crate::snapshot::{Package, Snapshot, Source, SourceState, Target};

/// Attributes that make a function a test, by their last segment.
const TEST_ATTRIBUTES: &[&str] = &[
    "case",
    "parameterized",
    "proptest",
    "property_test",
    "quickcheck",
    "rstest",
    "test",
    "test_case",
    "test_each",
    "test_matrix",
    "wasm_bindgen_test",
];

/// Macros whose input holds tests.
const TEST_MACROS: &[&str] = &["proptest", "quickcheck"];

/// Macros in whose input every function is a test, whatever its attributes.
const ALL_TESTS_MACROS: &[&str] = &["quickcheck"];

/// Macros that pass the items of their input on.
const ITEM_MACROS: &[&str] = &["cfg_if"];

/// Joins the outlines of a snapshot.
#[requirement("TOOL-3")]
pub(super) fn join(snapshot: &Snapshot, settings: &Settings) -> Code {
    let mut join = Join {
        snapshot,
        settings,
        code: Code::default(),
        renamed: renamed_files(snapshot, settings),
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
fn renamed_files(snapshot: &Snapshot, _: &Settings) -> Renamed {
    let sources = || {
        snapshot
            .sources
            .iter()
            .filter_map(|(path, state)| match state {
                SourceState::Read(source) => Some((path, source)),
                SourceState::Missing | SourceState::Unreadable(_) => None,
            })
    };
    let aliases: BTreeSet<(&str, &str)> = sources()
        .flat_map(|(_, source)| &source.outline.renames)
        .map(|rename| (rename.alias.as_str(), rename.name))
        .collect();
    if aliases.is_empty() {
        return Renamed::new();
    }
    let aliases: Vec<Rename> = super::names::all()
        .flat_map(|own| {
            aliases
                .iter()
                .filter(move |(_, name)| *name == own)
                .map(move |(alias, _)| (alias, own))
        })
        .map(|(alias, name)| Rename {
            name,
            alias: (*alias).to_owned(),
        })
        .collect();
    sources()
        .map(|(path, source)| {
            (
                path.clone(),
                renamed_outline(&source.bytes, aliases.clone()),
            )
        })
        .collect()
}

struct Join<'s> {
    snapshot: &'s Snapshot,
    settings: &'s Settings,
    code: Code,
    renamed: Renamed,
    /// Files that some target compiles.
    reached: BTreeSet<FilePath>,
    /// Problems that were written down, since one file can stand at several places.
    reported: BTreeSet<(Location, String)>,
    test_like: BTreeMap<String, usize>,
}

/// A file to join at one place.
struct Place {
    context: FileContext,
    module: ModuleIndex,
    compiled: Compiled,
    /// The files around it, to end a circle.
    around: Vec<FilePath>,
}

impl<'s> Join<'s> {
    fn target(&mut self, package: usize, target: usize) {
        let Target {
            root,
            name,
            needs_features,
            ..
        } = &self.snapshot.packages[package].targets[target];
        let index = TargetIndex(self.code.targets.len());
        let module = ModuleIndex(self.code.modules.len());
        self.code.targets.push(CodeTarget {
            package,
            target,
            root: module,
        });
        let declared_at = Location::new(root, Span::default());
        let compiled = if *needs_features {
            Compiled::OPEN
        } else {
            Compiled::ALWAYS
        };
        self.code.modules.push(Module {
            target: index,
            parent: None,
            path: name.replace('-', "_"),
            file: root.clone(),
            declared_at: declared_at.clone(),
            compiled,
        });
        let context = FileContext::root(root);
        let mut waiting = VecDeque::new();
        match self.snapshot.sources.get(root) {
            Some(SourceState::Read(_)) => {
                waiting.push_back(Place {
                    context,
                    module,
                    compiled,
                    around: Vec::new(),
                });
            }
            Some(SourceState::Unreadable(reason)) => {
                self.problem(declared_at, format!("the file cannot be read: {reason}"));
            }
            Some(SourceState::Missing) | None => {
                self.problem(declared_at, "the file of this target is missing".to_owned());
            }
        }
        while let Some(place) = waiting.pop_front() {
            self.place(&place, index, &mut waiting);
        }
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
        let source = self
            .source(file)
            .expect("only files that were read are placed");
        if self.reached.insert(file.clone()) {
            self.code.files += 1;
            self.code.bytes += source.bytes.len() as u64;
        }
        let renamed = self.renamed.remove(file);
        let outline = renamed.as_ref().unwrap_or(&source.outline);
        let mut file_join = FileJoin {
            join: self,
            outline,
            bytes: &source.bytes,
            place,
            target,
            states: Vec::with_capacity(outline.items.len()),
            items: BTreeMap::new(),
        };
        file_join.items();
        file_join.tags();
        file_join.problems();
        let asked = file_join.files();
        if let Some(outline) = renamed {
            self.renamed.insert(file.clone(), outline);
        }
        waiting.extend(asked);
    }

    fn problem(&mut self, at: Location, message: String) {
        let help = "make the file readable where cargo looks for it".to_owned();
        self.report(CodeProblem {
            kind: CodeProblemKind::File,
            at,
            message,
            help,
        });
    }

    fn report(&mut self, problem: CodeProblem) {
        if self
            .reported
            .insert((problem.at.clone(), problem.message.clone()))
        {
            self.code.problems.push(problem);
        }
    }

    fn unread(&mut self, at: Location, what: String) {
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
            let outline = self.renamed.get(file).unwrap_or(&source.outline);
            for found in &outline.tags {
                let owner = TagOwner::Nothing(NoOwner::OrphanFile);
                self.code.tags.push(tag(found, file, owner));
            }
        }
    }

    fn finish(mut self) -> Code {
        self.code
            .problems
            .sort_by(|a, b| (&a.at, &a.message).cmp(&(&b.at, &b.message)));
        self.code
            .unread
            .sort_by(|a, b| (&a.at, &a.what).cmp(&(&b.at, &b.what)));
        self.code.test_like_attributes = self.test_like.into_iter().collect();
        self.code
    }
}

fn tag(found: &OutlineTag, file: &FilePath, owner: TagOwner) -> Tag {
    let ids = found.ids.iter();
    Tag {
        kind: found.kind,
        ids: ids
            .map(|(id, span)| Located::new(id.clone(), Location::new(file, *span)))
            .collect(),
        level: found.level,
        at: Location::new(file, found.span),
        owner,
        compiled: found.compiled,
    }
}

/// One file at one place.
struct FileJoin<'j, 's> {
    join: &'j mut Join<'s>,
    outline: &'j Outline,
    bytes: &'s [u8],
    place: &'j Place,
    target: TargetIndex,
    /// What is known of each item of the outline, once the items before it are joined.
    states: Vec<State>,
    /// The items that stand in the code, by their index in the outline.
    items: BTreeMap<OutlineIndex, ItemIndex>,
}

/// What the items inside an item have to know of it.
#[derive(Clone)]
struct State {
    module: ModuleIndex,
    compiled: Compiled,
    /// The path in the module, with `::` behind it; empty right in a module.
    prefix: String,
    /// Whether it stands in the input of a macro that may drop it.
    in_unknown_macro: bool,
    /// Whether every function in it is a test.
    all_tests: bool,
    /// Whether it is a module, or a macro call right in one.
    is_module_level: bool,
}

impl<'s> FileJoin<'_, 's> {
    fn text(&self, span: Span) -> std::borrow::Cow<'s, str> {
        String::from_utf8_lossy(&self.bytes[span.range()])
    }

    fn at(&self, span: Span) -> Location {
        Location::new(&self.place.context.file, span)
    }

    fn top(&self) -> State {
        State {
            module: self.place.module,
            compiled: self.place.compiled.and(self.outline.compiled),
            prefix: String::new(),
            in_unknown_macro: false,
            all_tests: false,
            is_module_level: true,
        }
    }

    fn parent_state(&self, item: OutlineIndex) -> State {
        match self.outline.items[item as usize].parent {
            Some(parent) => self.states[parent as usize].clone(),
            None => self.top(),
        }
    }

    fn items(&mut self) {
        self.join.code.modules[self.place.module.0].compiled = self.top().compiled;
        let tagged: BTreeSet<OutlineIndex> = self
            .outline
            .tags
            .iter()
            .filter_map(|tag| match tag.owner {
                OutlineOwner::Item(item) => Some(item),
                OutlineOwner::File | OutlineOwner::Nothing(_) => None,
            })
            .collect();
        for (index, found) in (0..).zip(&self.outline.items) {
            let around = self.parent_state(index);
            let compiled = around.compiled.and(found.compiled);
            let state = match found.kind {
                ItemKind::Module => self.module(index, &around, compiled),
                ItemKind::MacroCall => self.macro_call(index, &around, compiled),
                _ => self.state_of(index, &around, compiled),
            };
            let stands = found.kind == ItemKind::Function || tagged.contains(&index);
            let is_module = matches!(found.kind, ItemKind::Module | ItemKind::MacroCall);
            if stands && !is_module && !state.in_unknown_macro {
                self.item(index, &around, compiled);
            }
            self.states.push(state);
        }
    }

    fn module(&mut self, index: OutlineIndex, around: &State, compiled: Compiled) -> State {
        let found = &self.outline.items[index as usize];
        let has_body = !found.body.is_empty();
        if !has_body || around.in_unknown_macro {
            return State {
                compiled,
                ..around.clone()
            };
        }
        let module = self.new_module(index, around, compiled, &self.place.context.file.clone());
        State {
            module,
            compiled,
            prefix: String::new(),
            is_module_level: true,
            ..around.clone()
        }
    }

    fn new_module(
        &mut self,
        index: OutlineIndex,
        around: &State,
        compiled: Compiled,
        file: &FilePath,
    ) -> ModuleIndex {
        let found = &self.outline.items[index as usize];
        let name = self.text(found.name);
        let name = name.strip_prefix("r#").unwrap_or(&name);
        let path = format!("{}::{name}", self.join.code.modules[around.module.0].path);
        let module = ModuleIndex(self.join.code.modules.len());
        let declared_at = self.at(found.name);
        self.join.code.modules.push(Module {
            target: self.target,
            parent: Some(around.module),
            path,
            file: file.clone(),
            declared_at,
            compiled,
        });
        module
    }

    /// The items in the input of a macro: real ones if it is known to pass them on. What
    /// it makes of its `cfg`s is its own affair.
    fn macro_call(&mut self, index: OutlineIndex, around: &State, compiled: Compiled) -> State {
        let found = &self.outline.items[index as usize];
        let name = self.text(found.name);
        let is_on = |list: &[&str], added: &[String]| {
            list.contains(&&*name) || added.iter().any(|added| added == &*name)
        };
        let is_tags = self
            .outline
            .tags
            .iter()
            .any(|tag| tag.owner == OutlineOwner::Item(index));
        let settings = self.join.settings;
        let holds_tests = is_on(TEST_MACROS, &settings.test_macros);
        let passes_items = is_on(ITEM_MACROS, &settings.item_macros);
        let depends = if passes_items {
            Compiled::OPEN
        } else {
            Compiled::ALWAYS
        };
        State {
            compiled: compiled.and(depends),
            in_unknown_macro: around.in_unknown_macro || !(is_tags || holds_tests || passes_items),
            all_tests: around.all_tests || ALL_TESTS_MACROS.contains(&&*name),
            ..around.clone()
        }
    }

    fn state_of(&self, index: OutlineIndex, around: &State, compiled: Compiled) -> State {
        let prefix = format!("{}{}::", around.prefix, self.segment(index));
        State {
            compiled,
            prefix,
            is_module_level: false,
            ..around.clone()
        }
    }

    /// What an item adds to the path of those in it.
    fn segment(&self, index: OutlineIndex) -> String {
        let found = &self.outline.items[index as usize];
        let name = normalised(&self.text(found.name));
        match found.kind {
            ItemKind::Impl if !found.of_trait.is_empty() => {
                format!("<{name} as {}>", normalised(&self.text(found.of_trait)))
            }
            ItemKind::Impl => name,
            _ if name.is_empty() => format!("{{{}}}", found.kind.word()),
            _ => name.strip_prefix("r#").map_or(name.clone(), str::to_owned),
        }
    }

    fn item(&mut self, index: OutlineIndex, around: &State, compiled: Compiled) {
        let found = &self.outline.items[index as usize];
        let at = if found.name.is_empty() {
            found.header
        } else {
            found.name
        };
        let test = (found.kind == ItemKind::Function)
            .then(|| self.test(index, around))
            .flatten();
        let depends = test
            .as_ref()
            .is_some_and(|(_, is_conditional)| *is_conditional);
        let compiled = if depends {
            compiled.and(Compiled::OPEN)
        } else {
            compiled
        };
        let item = Item {
            module: around.module,
            path: format!("{}{}", around.prefix, self.segment(index)),
            kind: found.kind.word(),
            at: self.at(at),
            span: found.span,
            body: (!found.body.is_empty()).then_some(found.body),
            compiled,
            test: test.map(|(attribute, _)| attribute),
        };
        self.items
            .insert(index, ItemIndex(self.join.code.items.len()));
        self.join.code.items.push(item);
    }

    /// The attribute or macro that makes a function a test, and whether a `cfg_attr`
    /// decides that.
    fn test(&mut self, index: OutlineIndex, around: &State) -> Option<(String, bool)> {
        let (from, to) = self.outline.items[index as usize].attributes;
        let attributes = &self.outline.attributes[from as usize..to as usize];
        let mut test_like = None;
        for attribute in attributes {
            let path = normalised(&self.text(attribute.path));
            let last = path.rsplit("::").next().unwrap_or(&path).to_owned();
            let added = &self.join.settings.test_attributes;
            let is_named = |added: &String| added.rsplit("::").next() == Some(&last);
            if TEST_ATTRIBUTES.contains(&last.as_str()) || added.iter().any(is_named) {
                return Some((path, attribute.conditional));
            }
            if last.ends_with("_test") || last.starts_with("test_") {
                test_like = Some(last);
            }
        }
        if around.all_tests {
            return Some(("quickcheck!".to_owned(), false));
        }
        if let Some(attribute) = test_like {
            *self.join.test_like.entry(attribute).or_default() += 1;
        }
        None
    }

    fn tags(&mut self) {
        for found in &self.outline.tags {
            let owner = match found.owner {
                OutlineOwner::Nothing(reason) => TagOwner::Nothing(reason),
                OutlineOwner::File => TagOwner::Module(self.place.module),
                OutlineOwner::Item(index) => self.owner(index),
            };
            let tag = tag(found, &self.place.context.file, owner);
            self.join.code.tags.push(tag);
        }
    }

    fn owner(&self, index: OutlineIndex) -> TagOwner {
        let state = &self.states[index as usize];
        if state.in_unknown_macro {
            return TagOwner::Nothing(NoOwner::MacroInput);
        }
        match (
            self.items.get(&index),
            self.outline.items[index as usize].kind,
        ) {
            (Some(item), _) => TagOwner::Item(*item),
            (None, ItemKind::Module) => TagOwner::Module(state.module),
            (None, _) if state.is_module_level => TagOwner::Module(state.module),
            (None, _) => TagOwner::Nothing(NoOwner::NotAnItem),
        }
    }

    fn problems(&mut self) {
        for OutlineProblem {
            kind,
            span,
            message,
            help,
        } in &self.outline.problems
        {
            let at = self.at(*span);
            let (message, help) = (message.clone(), help.clone());
            self.join.report(CodeProblem {
                kind: *kind,
                at,
                message,
                help,
            });
        }
        let Outline {
            tags_counted,
            tags_settled,
            ..
        } = *self.outline;
        if tags_counted != tags_settled {
            self.join.report(CodeProblem {
                kind: CodeProblemKind::Syntax,
                at: self.at(Span::default()),
                message: format!(
                    "{tags_counted} tags stand in this file, and {tags_settled} were accounted for"
                ),
                help: "this is a mistake of this tool: please report it".to_owned(),
            });
        }
    }

    /// The files that this one asks for, at the place of their modules.
    fn files(&mut self) -> Vec<Place> {
        for include in self
            .outline
            .includes
            .iter()
            .filter(|include| include.path.is_none())
        {
            let at = self.at(self.outline.items[include.item as usize].span);
            self.join.unread(
                at,
                "`include!` of a file whose path is computed, as in OUT_DIR".to_owned(),
            );
        }
        let asked = requests(self.outline, self.bytes, &self.place.context);
        let mut places = Vec::new();
        let mut missing: BTreeMap<OutlineIndex, Vec<&FileRequest>> = BTreeMap::new();
        let mut found_for = BTreeSet::new();
        for request in &asked {
            match self.answer(request) {
                Some(context) => {
                    found_for.insert(request.item);
                    places.extend(self.place_for(request, context));
                }
                None => missing.entry(request.item).or_default().push(request),
            }
        }
        for (item, requests) in missing {
            // Of several conditional files, those of other configurations may be absent.
            if !found_for.contains(&item) {
                self.missing(item, &requests);
            }
        }
        places
    }

    /// The first candidate that exists.
    fn answer(&self, request: &FileRequest) -> Option<FileContext> {
        let exists = |context: &&FileContext| {
            matches!(
                self.join.snapshot.sources.get(&context.file),
                Some(SourceState::Read(_) | SourceState::Unreadable(_))
            )
        };
        request.candidates.iter().find(exists).cloned()
    }

    fn place_for(&mut self, request: &FileRequest, context: FileContext) -> Option<Place> {
        let found = &self.outline.items[request.item as usize];
        let at = self.at(if found.name.is_empty() {
            found.span
        } else {
            found.name
        });
        if let Some(SourceState::Unreadable(reason)) = self.join.snapshot.sources.get(&context.file)
        {
            self.join
                .problem(at, format!("{} cannot be read: {reason}", context.file));
            return None;
        }
        let mut around = self.place.around.clone();
        around.push(self.place.context.file.clone());
        if around.contains(&context.file) {
            self.join
                .problem(at, format!("{} holds itself", context.file));
            return None;
        }
        let state = self.parent_state(request.item);
        let compiled = state.compiled.and(found.compiled).and(request.compiled);
        let module = match found.kind {
            ItemKind::Module => self.new_module(request.item, &state, compiled, &context.file),
            _ => state.module,
        };
        Some(Place {
            context,
            module,
            compiled,
            around,
        })
    }

    fn missing(&mut self, item: OutlineIndex, requests: &[&FileRequest]) {
        let found = &self.outline.items[item as usize];
        let candidates = requests.iter().flat_map(|request| &request.candidates);
        let names: Vec<&str> = candidates.map(|context| context.file.as_str()).collect();
        let at = self.at(if found.name.is_empty() {
            found.span
        } else {
            found.name
        });
        let what = match found.kind {
            ItemKind::Module => "the file of this module is missing",
            _ => "the file that this includes is missing",
        };
        let what = format!("{what}: {}", names.join(" or "));
        let state = &self.states[item as usize];
        let is_certain = |certainty| certainty == Certainty::Yes;
        let compiled = state.compiled;
        if is_certain(compiled.in_product) || is_certain(compiled.in_tests) {
            self.join.problem(at, what);
        } else if compiled.in_product != Certainty::No || compiled.in_tests != Certainty::No {
            self.join
                .unread(at, format!("{what}; a `cfg` decides whether it is needed"));
        }
    }
}

/// A path or type without white space that does not part two words.
fn normalised(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut normalised = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        let parts_words = normalised.chars().last().is_some_and(is_word)
            && part.chars().next().is_some_and(is_word);
        if parts_words {
            normalised.push(' ');
        }
        normalised.push_str(part);
    }
    normalised
}

impl Code {
    /// The key of a module: package, target kind, target name, module path.
    pub fn module_key(&self, module: ModuleIndex, packages: &[Package]) -> String {
        let Module { target, path, .. } = &self.modules[module.0];
        let CodeTarget {
            package, target, ..
        } = self.targets[target.0];
        let package = &packages[package];
        let target = &package.targets[target];
        format!(
            "{} {} {} {path}",
            package.name,
            target.kind.word(),
            target.name
        )
    }
}
