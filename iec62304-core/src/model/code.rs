//! The code of the workspace as modules, functions, tests and tags, each at every
//! module path at which cargo's targets compile it.
//!
//! Facts only: what a tag means is decided in `trace`.

use crate::location::{FilePath, Located, Location, Span};
use crate::model::cfg::Predicate;
use crate::model::outline::{Docs, Returns};

/// Index of a [`CodeTarget`] in [`Code::targets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetIndex(pub usize);

/// Index of a [`Module`] in [`Code::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleIndex(pub usize);

/// Index of an [`Item`] in [`Code::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIndex(pub usize);

/// Index of a [`Cfg`] in [`Code::cfgs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CfgIndex(pub usize);

/// The whole code of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// Every target, in the order of the snapshot's packages.
    pub targets: Vec<CodeTarget>,
    /// Every module of every target; a parent stands before its children.
    pub modules: Vec<Module>,
    /// Every function, method, and every other item that carries a tag.
    pub items: Vec<Item>,
    /// Everything that is declared in a module, beside its `mod`s and `use`s.
    pub declarations: Vec<Declaration>,
    /// Every unsafe block and unsafe item.
    pub unsafe_code: Vec<UnsafeCode>,
    /// Every tag at every place where it is compiled.
    pub tags: Vec<Tag>,
    /// Every predicate at every place where it stands; one around others before these.
    pub cfgs: Vec<Cfg>,
    /// Attributes, comments and files that could not be read as they stand.
    pub problems: Vec<CodeProblem>,
    /// Parts of the code that were not looked at, with the reason.
    pub unread: Vec<Unread>,
    /// Files in the packages' `src` folders that no module declares.
    pub orphans: Vec<FilePath>,
    /// Attributes that end in `test` by name but are on no list of test attributes,
    /// with how often each stands.
    pub test_like_attributes: Vec<(String, usize)>,
    /// How many Rust files were read.
    pub files: usize,
    /// How many bytes of Rust were read.
    pub bytes: u64,
}

/// A target and the package it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeTarget {
    /// Index in the snapshot's packages.
    pub package: usize,
    /// Index in that package's targets.
    pub target: usize,
    /// The crate's root module.
    pub root: ModuleIndex,
}

/// A predicate of `cfg` at one place of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cfg {
    /// The predicate.
    pub predicate: Predicate,
    /// The next one outwards, which has to hold too.
    pub around: Option<CfgIndex>,
    /// The target.
    pub target: TargetIndex,
}

/// A module at one module path of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The target that compiles it here.
    pub target: TargetIndex,
    /// The module around it; `None` for a crate root.
    pub parent: Option<ModuleIndex>,
    /// `crate_name::outer::inner`, as a `use` in another crate would write it.
    pub path: String,
    /// The file its body stands in.
    pub file: FilePath,
    /// Further files with items of it, by `include!`, as far as the product compiles them.
    pub included: Vec<FilePath>,
    /// Its declaration or, for a crate root, the start of the file.
    pub declared_at: Location,
    /// When it is compiled.
    pub compiled: Compiled,
    /// Whether it has documentation of its own, in it or at its `mod`.
    pub documented: bool,
    /// The innermost of the predicates that decide that.
    pub cfg: Option<CfgIndex>,
    /// Whether the declared product is what keeps it out of product code.
    pub left_out: bool,
}

/// A function, or another item with a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The module it stands in.
    pub module: ModuleIndex,
    /// Its path in that module: `Pump::start`, `<Pump as Drop>::drop`, `outer::nested`.
    pub path: String,
    /// What it is, in one word: `fn`, `struct`, `impl`.
    pub kind: &'static str,
    /// Where its name, or its first keyword, stands.
    pub at: Location,
    /// All of it, attributes and body.
    pub span: Span,
    /// Its body with the braces, if it has one.
    pub body: Option<Span>,
    /// When it is compiled, the module around it included.
    pub compiled: Compiled,
    /// The innermost of the predicates that decide that.
    pub cfg: Option<CfgIndex>,
    /// Whether the declared product is what keeps it out of product code.
    pub left_out: bool,
    /// The attribute or macro that makes it a test.
    pub test: Option<String>,
    /// Whether something in its file can make it fail, if it is a function.
    pub can_fail: bool,
    /// Whether something in its own body or signature can, or an attribute of it.
    pub fails_itself: bool,
    /// What it calls, by name, if it is a test and does not fail itself.
    pub calls: Vec<String>,
}

/// What a module declares for others or for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The module it stands in.
    pub module: ModuleIndex,
    /// Its entry in [`Code::items`], if it has one.
    pub item: Option<ItemIndex>,
    /// Its path in that module.
    pub path: String,
    /// What it is, in one word: `fn`, `struct`, `impl`, `macro call`.
    pub kind: &'static str,
    /// Where its name, or its first keyword, stands.
    pub at: Location,
    /// Whether it is `pub`, or a function of a trait that is.
    pub is_public: bool,
    /// What its documentation holds.
    pub docs: Docs,
    /// What its signature says that it gives back.
    pub returns: Returns,
    /// Whether `unsafe` stands in front of it.
    pub is_unsafe: bool,
    /// The first place in its body that panics by what is written there.
    pub panics: Option<Location>,
    /// Whether it is part of the product in some configuration.
    pub is_product: bool,
}

/// A place where the compiler's guarantees are the author's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsafeCode {
    /// The module it stands in.
    pub module: ModuleIndex,
    /// The function or tagged item that it is or in which it stands.
    pub item: Option<ItemIndex>,
    /// The keyword.
    pub at: Location,
    /// What it is: `unsafe block in Pump::start`, `unsafe fn start`.
    pub what: String,
    /// Whether a comment with `SAFETY:` or a section `# Safety` stands at it.
    pub explained: bool,
    /// Whether it is part of the product in some configuration.
    pub is_product: bool,
}

/// When code is compiled, as far as its `cfg`s say: without a product for `test` alone.
///
/// Every `cfg` around it counts: item, enclosing items, modules, files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Compiled {
    /// With `cfg(test)` off.
    pub in_product: Certainty,
    /// With `cfg(test)` on.
    pub in_tests: Certainty,
}

impl Code {
    /// A module and those around it, from the inside.
    pub fn with_parents(&self, module: ModuleIndex) -> impl Iterator<Item = ModuleIndex> {
        std::iter::successors(Some(module), |module| self.modules[module.0].parent)
    }

    /// The path of an item, its module in front.
    pub fn path_of(&self, item: &Item) -> String {
        format!("{}::{}", self.modules[item.module.0].path, item.path)
    }

    /// When the code that a tag stands on is compiled, and what decides that; `None` for a
    /// tag that stands on nothing.
    pub fn compiled_of(&self, tag: &Tag) -> Option<(Compiled, Option<CfgIndex>)> {
        match tag.owner {
            TagOwner::Item(at) => Some((self.items[at.0].compiled, self.items[at.0].cfg)),
            TagOwner::Module(at) => Some((self.modules[at.0].compiled, self.modules[at.0].cfg)),
            TagOwner::Nothing(_) => None,
        }
    }
}

/// Whether a path ends in some whole names.
pub fn ends_in(path: &str, name: &str) -> bool {
    !name.is_empty()
        && path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
}

impl Default for Compiled {
    fn default() -> Self {
        Self::ALWAYS
    }
}

impl Compiled {
    /// Whatever the configuration.
    pub const ALWAYS: Self = Self { in_product: Certainty::Yes, in_tests: Certainty::Yes };

    /// In some configuration that is not known.
    pub const OPEN: Self = Self { in_product: Certainty::Open, in_tests: Certainty::Open };

    /// When it is not.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a three-valued answer has no `!`")]
    pub fn not(self) -> Self {
        Self { in_product: self.in_product.not(), in_tests: self.in_tests.not() }
    }

    /// When both are compiled.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            in_product: self.in_product.min(other.in_product),
            in_tests: self.in_tests.min(other.in_tests),
        }
    }
}

/// Yes, no, or open until target and features are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Never.
    No,
    /// It depends on a `cfg` that was not evaluated.
    Open,
    /// Always.
    Yes,
}

impl Certainty {
    /// Yes for no, no for yes.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a three-valued answer has no `!`")]
    pub fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Open => Self::Open,
            Self::Yes => Self::No,
        }
    }
}

/// What a tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagKind {
    /// `requirement("SRS-1")`
    Requirement,
    /// `risk_control("RC-1")`
    RiskControl,
    /// `software_unit("rate-controller")`
    SoftwareUnit,
    /// `verifies("rate-controller.AC-1")`
    Verifies,
}

impl TagKind {
    /// The name of the attribute.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::RiskControl => "risk_control",
            Self::SoftwareUnit => "software_unit",
            Self::Verifies => "verifies",
        }
    }
}

/// The level a test declares for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Verifies one unit.
    Unit,
    /// Verifies items put together.
    Integration,
    /// Verifies the whole software system.
    System,
}

impl Level {
    /// The word as written in attributes, configuration and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Integration => "integration",
            Self::System => "system",
        }
    }
}

/// A well-formed tag at one place where its code is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it says.
    pub kind: TagKind,
    /// The ids it names, in order, each at its place.
    pub ids: Vec<Located<String>>,
    /// `level = "…"`, if given.
    pub level: Option<Level>,
    /// The whole tag.
    pub at: Location,
    /// What it stands on.
    pub owner: TagOwner,
    /// When the tag is there, if it stands in a `cfg_attr`.
    pub compiled: Compiled,
    /// The innermost of the predicates that decide that.
    pub cfg: Option<CfgIndex>,
    /// Whether the declared product is what keeps it out of product code.
    pub left_out: bool,
}

impl Tag {
    /// Whether the tag is there in some build. A tag may well be there for tests only,
    /// as in `cfg_attr(test, …)`: it speaks of the code, which is there without it.
    pub fn is_there(&self) -> Certainty {
        self.compiled.in_product.max(self.compiled.in_tests)
    }
}

/// What a tag stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagOwner {
    /// An item.
    Item(ItemIndex),
    /// A whole module.
    Module(ModuleIndex),
    /// Something that cannot carry a tag: a macro's body, a statement, a file that
    /// no module declares.
    Nothing(NoOwner),
}

impl TagOwner {
    /// The item that carries it.
    pub fn item(self) -> Option<ItemIndex> {
        match self {
            Self::Item(item) => Some(item),
            Self::Module(_) | Self::Nothing(_) => None,
        }
    }

    /// The module that carries it.
    pub fn module(self) -> Option<ModuleIndex> {
        match self {
            Self::Module(module) => Some(module),
            Self::Item(_) | Self::Nothing(_) => None,
        }
    }
}

/// Why a tag has no owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoOwner {
    /// It stands in the definition of a macro.
    MacroDefinition,
    /// It stands in the input of a macro that is on no list.
    MacroInput,
    /// It stands on a statement, expression, field, variant, parameter or the like.
    NotAnItem,
    /// It stands in a file that no module declares.
    OrphanFile,
}

/// Something in the code that cannot be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeProblem {
    /// What kind of problem it is.
    pub kind: CodeProblemKind,
    /// Where.
    pub at: Location,
    /// What is wrong: a lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Kinds of [`CodeProblem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeProblemKind {
    /// A tag that does not parse, or a comment that nearly is one.
    Tag,
    /// Rust that the scan could not follow: the file may hold more than was seen.
    Syntax,
    /// A file that is missing, unreadable, or not UTF-8.
    File,
}

/// A part of the code that was not looked at although nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it is asked for.
    pub at: Location,
    /// What and why, a lowercase phrase: `include! of a file in OUT_DIR`.
    pub what: String,
}

#[cfg(test)]
mod tests {
    use super::ends_in;

    #[test]
    fn a_path_is_known_by_its_end() {
        assert!(ends_in("pump::line::stop", "stop"));
        assert!(ends_in("pump::line::stop", "line::stop"));
        assert!(ends_in("pump::line::stop", "pump::line::stop"));
        assert!(!ends_in("pump::line::unstop", "stop"));
        assert!(!ends_in("pump::line::stop", ""));
    }
}
