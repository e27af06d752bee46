//! One file at one place of the module tree: its items, tags and problems, and the files
//! that it asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::code::Join;
use super::files::{FileContext, FileRequest, requests};
use crate::location::{FilePath, Located, Location, Span};
use crate::model::cfg::Predicate;
use crate::model::code::{
    Certainty, CfgIndex, CodeProblem, Compiled, Item, ItemIndex, Module, ModuleIndex, NoOwner, Tag,
    TagOwner, TargetIndex,
};
use crate::model::outline::{
    ItemKind, Outline, OutlineIndex, OutlineOwner, OutlineProblem, OutlineTag, Returns,
};
use crate::snapshot::SourceState;

mod declared;

/// Attributes that make a function a test, by their last segment.
const TEST_ATTRIBUTES: &[&str] = &[
    "case",
    "gtest",
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
const ITEM_MACROS: &[&str] = &["cfg_if", "cfg_match", "cfg_select"];

/// A path that is longer than this, in bytes, grows no further: where generated code nests
/// without end, the paths of all levels together would fill the memory.
const LONGEST_PATH: usize = 2_000;

/// More modules than this, and files that hold each other grow without end.
const MOST_MODULES: usize = 500_000;

/// A file to join at one place.
pub(super) struct Place {
    pub(super) context: FileContext,
    pub(super) module: ModuleIndex,
    /// Whether it is the module, not a part that another file includes.
    pub(super) is_module: bool,
    pub(super) compiled: Compiled,
    pub(super) cfg: Option<CfgIndex>,
    /// The files around it, to end a circle.
    pub(super) around: Vec<FilePath>,
}

/// One file at one place.
pub(super) struct FileJoin<'j, 's> {
    join: &'j mut Join<'s>,
    outline: &'j Outline,
    bytes: &'s [u8],
    place: &'j Place,
    target: TargetIndex,
    /// The innermost predicate around what stands at the top of the file.
    cfg: Option<CfgIndex>,
    /// What is known of each item of the outline, once the items before it are joined.
    states: Vec<State>,
    /// The items that stand in the code, by their index in the outline.
    items: BTreeMap<OutlineIndex, ItemIndex>,
    /// The modules that `mod x;` of the outline stand for, by its index: several where
    /// its path depends on a `cfg`.
    file_modules: BTreeMap<OutlineIndex, Vec<ModuleIndex>>,
}

/// What the items inside an item have to know of it.
#[derive(Clone)]
struct State {
    module: ModuleIndex,
    compiled: Compiled,
    cfg: Option<CfgIndex>,
    /// The path in the module, with `::` behind it; empty right in a module.
    prefix: Rc<str>,
    /// Whether it stands in the input of a macro that may drop it.
    in_unknown_macro: bool,
    /// Whether every function in it is a test.
    all_tests: bool,
    /// Whether it is a module, or a macro call right in one.
    is_module_level: bool,
}

impl<'j, 's> FileJoin<'j, 's> {
    /// The file of `outline` and `bytes` at `place`.
    pub(super) fn new(
        join: &'j mut Join<'s>,
        outline: &'j Outline,
        bytes: &'s [u8],
        place: &'j Place,
        target: TargetIndex,
    ) -> Self {
        let states = Vec::with_capacity(outline.items.len());
        Self {
            join,
            outline,
            bytes,
            place,
            target,
            cfg: place.cfg,
            states,
            items: BTreeMap::new(),
            file_modules: BTreeMap::new(),
        }
    }

    /// Joins it, and returns the files that it asks for.
    pub(super) fn join(mut self) -> Vec<Place> {
        self.cfg = self.below(self.place.cfg, &self.outline.cfgs);
        self.items();
        let asked = self.files();
        self.tags();
        self.problems();
        asked
    }

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
            cfg: self.cfg,
            prefix: Rc::default(),
            in_unknown_macro: false,
            all_tests: false,
            is_module_level: true,
        }
    }

    /// The innermost of some predicates below those around them.
    fn below(&mut self, around: Option<CfgIndex>, cfgs: &[Predicate]) -> Option<CfgIndex> {
        self.join.cfgs(self.target, around, cfgs)
    }

    fn parent_state(&self, item: OutlineIndex) -> State {
        match self.outline.items[item as usize].parent {
            Some(parent) => self.states[parent as usize].clone(),
            None => self.top(),
        }
    }

    fn items(&mut self) {
        let module = &mut self.join.code.modules[self.place.module.0];
        let compiled = self.place.compiled.and(self.outline.compiled);
        if self.place.is_module {
            module.compiled = compiled;
            module.documented |= self.outline.documented;
            module.cfg = self.cfg;
        } else if compiled.in_product != Certainty::No {
            module.included.push(self.place.context.file.clone());
        }
        let tagged: BTreeSet<OutlineIndex> = self
            .outline
            .tags
            .iter()
            .filter_map(|tag| match tag.owner {
                OutlineOwner::Item(item) => Some(item),
                OutlineOwner::ModuleAround(_)
                | OutlineOwner::File
                | OutlineOwner::Nothing(_)
                | OutlineOwner::MacroInput(_) => None,
            })
            .collect();
        for (index, found) in (0..).zip(&self.outline.items) {
            let around = self.parent_state(index);
            let compiled = around.compiled.and(found.compiled);
            let around = State { cfg: self.below(around.cfg, &found.cfgs), ..around };
            let state = match found.kind {
                ItemKind::Module => self.module(index, &around, compiled),
                ItemKind::MacroCall => self.macro_call(index, &around, compiled),
                _ => self.state_of(index, &around, compiled),
            };
            let stands = found.kind == ItemKind::Function || tagged.contains(&index);
            if stands && found.kind != ItemKind::Module && !around.in_unknown_macro {
                self.item(index, &around, compiled);
            }
            self.states.push(state);
        }
        self.calls();
        self.declarations();
    }

    /// What the tests of the file call that other files may have to answer for.
    fn calls(&mut self) {
        for (function, name) in &self.outline.calls {
            if let Some(item) = self.items.get(function) {
                let item = &mut self.join.code.items[item.0];
                if item.test.is_some() {
                    item.calls.push(name.clone());
                }
            }
        }
    }

    fn module(&mut self, index: OutlineIndex, around: &State, compiled: Compiled) -> State {
        let found = &self.outline.items[index as usize];
        let has_body = !found.body.is_empty();
        if !has_body || around.in_unknown_macro {
            return State { compiled, ..around.clone() };
        }
        let file = &self.place.context.file;
        let module = self.new_module(index, around, compiled, file);
        State { module, compiled, prefix: Rc::default(), is_module_level: true, ..around.clone() }
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
        let around_path = &self.join.code.modules[around.module.0].path;
        let path = if around_path.len() > LONGEST_PATH {
            around_path.clone()
        } else {
            format!("{around_path}::{name}")
        };
        let module = ModuleIndex(self.join.code.modules.len());
        let declared_at = self.at(found.name);
        self.join.code.modules.push(Module {
            target: self.target,
            parent: Some(around.module),
            path,
            file: file.clone(),
            included: Vec::new(),
            declared_at,
            compiled,
            documented: found.docs.has_text,
            cfg: around.cfg,
            left_out: false,
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
        let settings = self.join.settings;
        let holds_tests = is_on(TEST_MACROS, &settings.test_macros);
        let passes_items = is_on(ITEM_MACROS, &settings.item_macros);
        let depends = if passes_items { Compiled::OPEN } else { Compiled::ALWAYS };
        let depends_on: &[Predicate] = if passes_items { &[Predicate::Unknown] } else { &[] };
        State {
            compiled: compiled.and(depends),
            cfg: self.below(around.cfg, depends_on),
            in_unknown_macro: around.in_unknown_macro || !(holds_tests || passes_items),
            all_tests: around.all_tests || ALL_TESTS_MACROS.contains(&&*name),
            ..around.clone()
        }
    }

    fn state_of(&self, index: OutlineIndex, around: &State, compiled: Compiled) -> State {
        let prefix = if around.prefix.len() > LONGEST_PATH {
            Rc::clone(&around.prefix)
        } else {
            format!("{}{}::", around.prefix, self.segment(index)).into()
        };
        State { compiled, prefix, is_module_level: false, ..around.clone() }
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
            ItemKind::MacroCall => format!("{name}!"),
            _ if name.is_empty() => format!("{{{}}}", found.kind.word()),
            _ => name.strip_prefix("r#").map_or(name.clone(), str::to_owned),
        }
    }

    fn item(&mut self, index: OutlineIndex, around: &State, compiled: Compiled) {
        let found = &self.outline.items[index as usize];
        let at = if found.name.is_empty() { found.header } else { found.name };
        let test = (found.kind == ItemKind::Function).then(|| self.test(index, around)).flatten();
        let gives_back = test.is_some() && found.returns != Returns::Nothing;
        let depends = test.as_ref().is_some_and(|(_, is_conditional)| *is_conditional);
        let compiled = if depends { compiled.and(Compiled::OPEN) } else { compiled };
        let depends_on: &[Predicate] = if depends { &[Predicate::Unknown] } else { &[] };
        let item = Item {
            module: around.module,
            path: format!("{}{}", around.prefix, self.segment(index)),
            kind: found.kind.word(),
            at: self.at(at),
            span: found.span,
            body: (!found.body.is_empty()).then_some(found.body),
            compiled,
            cfg: self.below(around.cfg, depends_on),
            left_out: false,
            test: test.map(|(attribute, _)| attribute),
            can_fail: found.can_fail,
            fails_itself: found.fails_itself || gives_back,
            calls: Vec::new(),
        };
        self.items.insert(index, ItemIndex(self.join.code.items.len()));
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
            let (around, cfg) = match found.owner {
                OutlineOwner::ModuleAround(call) => {
                    let call = &self.states[call as usize];
                    (call.compiled, call.cfg)
                }
                OutlineOwner::File => (self.top().compiled, self.cfg),
                OutlineOwner::Item(_) | OutlineOwner::Nothing(_) | OutlineOwner::MacroInput(_) => {
                    (Compiled::ALWAYS, None)
                }
            };
            let cfg = self.below(cfg, &found.cfgs);
            for owner in self.owners(found.owner) {
                let mut tag = tag(found, &self.place.context.file, owner);
                tag.compiled = tag.compiled.and(around);
                tag.cfg = cfg;
                self.join.code.tags.push(tag);
            }
        }
    }

    /// What a tag stands on: one owner, or each of the files that a `mod x;` may mean.
    fn owners(&self, owner: OutlineOwner) -> Vec<TagOwner> {
        let is_unseen = |around: &State| around.in_unknown_macro;
        vec![match owner {
            OutlineOwner::Nothing(reason) => TagOwner::Nothing(reason),
            OutlineOwner::File => TagOwner::Module(self.place.module),
            OutlineOwner::MacroInput(call) if is_unseen(&self.states[call as usize]) => {
                TagOwner::Nothing(NoOwner::MacroInput)
            }
            OutlineOwner::MacroInput(_) => TagOwner::Nothing(NoOwner::NotAnItem),
            OutlineOwner::Item(item) | OutlineOwner::ModuleAround(item)
                if is_unseen(&self.parent_state(item)) =>
            {
                TagOwner::Nothing(NoOwner::MacroInput)
            }
            OutlineOwner::Item(item) => return self.item_owners(item),
            OutlineOwner::ModuleAround(call) => {
                let around = self.parent_state(call);
                if around.is_module_level {
                    TagOwner::Module(around.module)
                } else {
                    TagOwner::Nothing(NoOwner::NotAnItem)
                }
            }
        }]
    }

    fn item_owners(&self, index: OutlineIndex) -> Vec<TagOwner> {
        if let Some(item) = self.items.get(&index) {
            return vec![TagOwner::Item(*item)];
        }
        let found = &self.outline.items[index as usize];
        if found.kind == ItemKind::Module && !found.body.is_empty() {
            return vec![TagOwner::Module(self.states[index as usize].module)];
        }
        match self.file_modules.get(&index) {
            Some(modules) => modules.iter().copied().map(TagOwner::Module).collect(),
            // The file is missing, which is said at the same place.
            None => vec![TagOwner::Nothing(NoOwner::NotAnItem)],
        }
    }

    fn problems(&mut self) {
        let file = &self.place.context.file;
        for found in &self.outline.problems {
            self.join.report(problem(found, file));
        }
        self.join.report_uncounted(self.outline, file);
    }

    /// The files that this one asks for, at the place of their modules.
    fn files(&mut self) -> Vec<Place> {
        for include in self.outline.includes.iter().filter(|include| include.path.is_none()) {
            let at = self.at(self.outline.items[include.item as usize].span);
            self.join.unread(
                at,
                "`include!` of a file whose path is computed, as in OUT_DIR".to_owned(),
            );
        }
        for span in &self.outline.included_code {
            let what = "`include!` of Rust in the middle of code";
            self.join.unread(self.at(*span), what.to_owned());
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
        let at = self.at(if found.name.is_empty() { found.span } else { found.name });
        if let Some(SourceState::Unreadable(reason)) = self.join.snapshot.sources.get(&context.file)
        {
            self.join.problem(at, format!("{} cannot be read: {reason}", context.file));
            return None;
        }
        let mut around = self.place.around.clone();
        around.push(self.place.context.file.clone());
        if around.contains(&context.file) {
            self.join.problem(at, format!("{} holds itself", context.file));
            return None;
        }
        if self.join.code.modules.len() >= MOST_MODULES {
            let message = "there are too many modules to follow this one".to_owned();
            self.join.problem(at, message);
            return None;
        }
        let state = self.parent_state(request.item);
        let compiled = state.compiled.and(found.compiled).and(request.compiled);
        let is_module = found.kind == ItemKind::Module;
        let cfg = self.below(state.cfg, &found.cfgs);
        let cfg = self.below(cfg, &request.cfgs);
        let state = State { cfg, ..state };
        let module = if is_module {
            let module = self.new_module(request.item, &state, compiled, &context.file);
            self.file_modules.entry(request.item).or_default().push(module);
            module
        } else {
            state.module
        };
        Some(Place { context, module, is_module, compiled, cfg, around })
    }

    fn missing(&mut self, item: OutlineIndex, requests: &[&FileRequest]) {
        let found = &self.outline.items[item as usize];
        let candidates = requests.iter().flat_map(|request| &request.candidates);
        let names: Vec<&str> = candidates.map(|context| context.file.as_str()).collect();
        let at = self.at(if found.name.is_empty() { found.span } else { found.name });
        let what = match found.kind {
            ItemKind::Module => "the file of this module is missing",
            _ => "the file that this includes is missing",
        };
        let what = format!("{what}: {}", names.join(" or "));
        let state = &self.states[item as usize];
        let is_certain = |certainty| certainty == Certainty::Yes;
        let compiled = state.compiled;
        if state.in_unknown_macro {
            self.join.unread(at, format!("{what}; a macro decides whether it is needed"));
        } else if is_certain(compiled.in_product) || is_certain(compiled.in_tests) {
            self.join.problem(at, what);
        } else if compiled.in_product != Certainty::No || compiled.in_tests != Certainty::No {
            self.join.unread(at, format!("{what}; a `cfg` decides whether it is needed"));
        }
    }
}

pub(super) fn problem(found: &OutlineProblem, file: &FilePath) -> CodeProblem {
    CodeProblem {
        kind: found.kind,
        at: Location::new(file, found.span),
        message: found.message.clone(),
        help: found.help.clone(),
    }
}

pub(super) fn tag(found: &OutlineTag, file: &FilePath, owner: TagOwner) -> Tag {
    let ids = found.ids.iter();
    Tag {
        kind: found.kind,
        ids: ids.map(|(id, span)| Located::new(id.clone(), Location::new(file, *span))).collect(),
        level: found.level,
        at: Location::new(file, found.span),
        owner,
        compiled: found.compiled,
        cfg: None,
        left_out: false,
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
