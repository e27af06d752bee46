//! What stands in one Rust file, as spans into its bytes. Knows neither where the file
//! stands nor what a project's settings say.

use crate::location::Span;
use crate::model::cfg::Predicate;
use crate::model::code::{CodeProblemKind, Compiled, Level, NoOwner, TagKind};

/// What stands in one Rust file.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Every item, an enclosing item before those in it.
    pub items: Vec<OutlineItem>,
    /// The attributes of all items, those of one item side by side.
    pub attributes: Vec<Attribute>,
    /// When the whole file is compiled, by its inner attributes.
    pub compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub cfgs: Vec<Predicate>,
    /// Every well-formed tag.
    pub tags: Vec<OutlineTag>,
    /// Every `mod x;`, and every inline module with a `#[path]`.
    pub modules: Vec<ModuleDeclaration>,
    /// Every `include!` at the place of an item.
    pub includes: Vec<Include>,
    /// Every `include!` of a Rust file in the middle of code, whose items are not seen.
    pub included_code: Vec<Span>,
    /// `use … requirement as req`: our names under others.
    pub renames: Vec<Rename>,
    /// What could not be followed.
    pub problems: Vec<OutlineProblem>,
    /// Whether the file's own doc comments, `//!`, say something.
    pub documented: bool,
    /// Every unsafe block, and every item that its keyword makes unsafe.
    pub unsafe_code: Vec<UnsafeCode>,
    /// What functions call that do not fail themselves, by name. Only of functions with an
    /// attribute: others are no tests.
    pub calls: Vec<(OutlineIndex, String)>,
    /// How many tags the text holds, counted apart from the items.
    pub tags_counted: u32,
    /// How many of them ended as a tag or as a problem.
    pub tags_settled: u32,
}

/// Index of an item in its outline.
pub type OutlineIndex = u32;

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// What it is.
    pub kind: ItemKind,
    /// Its name; for `impl` the type, empty where there is none.
    pub name: Span,
    /// For `impl Trait for Type`: the trait.
    pub of_trait: Span,
    /// The item around it.
    pub parent: Option<OutlineIndex>,
    /// Who may use it.
    pub visibility: Visibility,
    /// Where its attributes stand in [`Outline::attributes`].
    pub attributes: (u32, u32),
    /// What its documentation holds.
    pub docs: Docs,
    /// What its signature says, if it is a function.
    pub returns: Returns,
    /// Whether `unsafe` is one of the keywords in front of it.
    pub is_unsafe: bool,
    /// Whether something in a function's body can make a test fail: an assertion, a panic,
    /// or a call to a function of the file that can.
    pub can_fail: bool,
    /// Whether such a thing stands in that body itself, or in front of it: `#[should_panic]`.
    pub fails_itself: bool,
    /// The first place in a function's body that panics by what is written there; empty
    /// where none does.
    pub panics: Span,
    /// When it is compiled, by its own attributes.
    pub compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub cfgs: Vec<Predicate>,
    /// All of it, attributes and body.
    pub span: Span,
    /// From its first keyword to its body.
    pub header: Span,
    /// Its body with the brackets; empty where there is none.
    pub body: Span,
}

/// Kinds of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// `mod`
    Module,
    /// `fn`
    Function,
    /// `struct`
    Struct,
    /// `enum`
    Enum,
    /// `union`
    Union,
    /// `trait`, of any sort
    Trait,
    /// `impl`
    Impl,
    /// `const`
    Constant,
    /// `static`
    Static,
    /// `type`
    TypeAlias,
    /// `use`
    Use,
    /// `extern crate`
    ExternCrate,
    /// `extern { … }`
    ExternBlock,
    /// `macro_rules!` or `macro`
    MacroDefinition,
    /// A macro called where an item may stand.
    MacroCall,
}

impl ItemKind {
    /// The keyword.
    pub fn word(self) -> &'static str {
        match self {
            Self::Module => "mod",
            Self::Function => "fn",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Trait => "trait",
            Self::Impl => "impl",
            Self::Constant => "const",
            Self::Static => "static",
            Self::TypeAlias => "type",
            Self::Use => "use",
            Self::ExternCrate => "extern crate",
            Self::ExternBlock => "extern",
            Self::MacroDefinition => "macro",
            Self::MacroCall => "macro call",
        }
    }
}

/// Who may use an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Only the module around it, or whoever the trait says.
    #[default]
    Private,
    /// `pub(…)`
    Restricted,
    /// `pub`
    Public,
}

/// What the documentation of an item holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Whether it says anything, tags aside.
    pub has_text: bool,
    /// Which headings stand in it.
    sections: [bool; 3],
}

/// The headings that the documentation of an interface has to have where they apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// `# Errors`
    Errors,
    /// `# Panics`
    Panics,
    /// `# Safety`
    Safety,
}

impl Docs {
    /// Whether it has this section.
    pub fn has(&self, section: Section) -> bool {
        self.sections[section as usize]
    }

    /// Notes that it has this section.
    pub fn add(&mut self, section: Section) {
        self.sections[section as usize] = true;
    }
}

/// What a function gives back, by the words of its signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Returns {
    /// Nothing, or `()`.
    #[default]
    Nothing,
    /// A type whose path ends in `Result`.
    Result,
    /// Something else.
    Other,
}

/// A place where the compiler's guarantees are the author's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsafeCode {
    /// The keyword.
    pub span: Span,
    /// The item that it makes unsafe, or in which the block stands; `None` in no item.
    pub item: Option<OutlineIndex>,
    /// Whether it is a block, not an item.
    pub is_block: bool,
    /// Whether a comment with `SAFETY:` stands at it.
    pub explained: bool,
}

/// An attribute of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its path.
    pub path: Span,
    /// Whether it stands in a `cfg_attr`.
    pub conditional: bool,
}

/// A well-formed tag in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineTag {
    /// What it says.
    pub kind: TagKind,
    /// The ids it names.
    pub ids: Vec<(String, Span)>,
    /// `level = "…"`, if given.
    pub level: Option<Level>,
    /// The whole tag.
    pub span: Span,
    /// When it is there, if it stands in a `cfg_attr`.
    pub compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub cfgs: Vec<Predicate>,
    /// What it stands on.
    pub owner: OutlineOwner,
}

/// What a tag stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineOwner {
    /// An item, a module included.
    Item(OutlineIndex),
    /// The module in which this `tags!` stands.
    ModuleAround(OutlineIndex),
    /// The module that the file is.
    File,
    /// Nothing that can carry it.
    Nothing(NoOwner),
    /// No item, in the input of this macro call.
    MacroInput(OutlineIndex),
}

/// A module whose files depend on its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDeclaration {
    /// The module.
    pub item: OutlineIndex,
    /// Its `path` attributes.
    pub paths: Vec<ConditionalPath>,
    /// Whether its body stands elsewhere: `mod x;`.
    pub in_a_file: bool,
}

/// A `path` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionalPath {
    /// Its value.
    pub path: String,
    /// When it is there, if it stands in a `cfg_attr`.
    pub compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub cfgs: Vec<Predicate>,
}

/// An `include!` where items may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The macro call.
    pub item: OutlineIndex,
    /// The path, if it is a literal.
    pub path: Option<String>,
}

/// A name of ours under another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rename {
    /// Our name, one of the attributes' or `tags`.
    pub name: &'static str,
    /// What the file calls it.
    pub alias: String,
}

/// What could not be followed in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineProblem {
    /// What kind of problem it is.
    pub kind: CodeProblemKind,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}
