//! What a tag means at the place where it stands: the predicates *implements* and
//! *verifies*, in the one place where they are decided.
//!
//! On a test that cargo runs a tag verifies. On product code (library and binary
//! targets, compiled without `cfg(test)`) it implements. Anywhere else it means
//! nothing, and says so.

use iec62304_macros::{requirement, risk_control};

use crate::location::FilePath;
use crate::model::code::{
    Certainty, Code, Compiled, Item, Level, ModuleIndex, NoOwner, Tag, TagKind, TagOwner,
};
use crate::snapshot::{Package, Target};

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Product code realises what the tag names.
    Implements,
    /// A test verifies what the tag names.
    Verifies,
    /// The tag puts its code into a software unit.
    AssignsUnit,
    /// The tag means nothing here.
    Misplaced(Misplaced),
}

/// Why a tag means nothing at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misplaced {
    /// It stands on nothing that can carry it.
    NoOwner(NoOwner),
    /// It stands in a target that is neither product nor run as a test.
    OutsideProduct,
    /// It stands on code that is compiled for tests only and is no test.
    TestHelper,
    /// No configuration compiles it.
    NeverCompiled,
    /// It stands on a test of a target that `cargo test` does not run.
    TestNotRun,
    /// The declared product does not compile its code, or has no such tag on it.
    LeftOut,
    /// `software_unit` on a test: a test names its unit with `verifies`.
    UnitOnTest,
    /// `verifies` on code that is no test.
    VerifiesOnProduct,
    /// `level` on code that is no test.
    LevelOnProduct,
}

/// The code that a tag stands on, with all that decides its role.
struct Place<'c> {
    target: &'c Target,
    compiled: Compiled,
    /// Whether the declared product is what keeps it out of product code.
    left_out: bool,
    item: Option<&'c Item>,
}

/// What `tag` means where it stands.
#[requirement("TOOL-7")]
#[risk_control("GUARD-2")]
pub fn role(tag: &Tag, code: &Code, packages: &[Package]) -> Role {
    let place = match tag.owner {
        TagOwner::Nothing(reason) => return Role::Misplaced(Misplaced::NoOwner(reason)),
        TagOwner::Module(module) => Place {
            target: target_of(module, code, packages),
            compiled: code.modules[module.0].compiled,
            left_out: code.modules[module.0].left_out,
            item: None,
        },
        TagOwner::Item(index) => {
            let item = &code.items[index.0];
            let target = target_of(item.module, code, packages);
            let Item { compiled, left_out, .. } = *item;
            Place { target, compiled, left_out, item: Some(item) }
        }
    };
    if tag.is_there() == Certainty::No {
        return Role::Misplaced(Misplaced::NeverCompiled);
    }
    let is_test = place.item.is_some_and(|item| item.test.is_some());
    let role = if is_test { role_on_test(tag, &place) } else { role_on_code(tag, &place) };
    role.unwrap_or_else(Role::Misplaced)
}

fn role_on_test(tag: &Tag, place: &Place<'_>) -> Result<Role, Misplaced> {
    if place.compiled.in_tests == Certainty::No {
        return Err(Misplaced::NeverCompiled);
    }
    if !place.target.tested {
        return Err(Misplaced::TestNotRun);
    }
    match tag.kind {
        TagKind::SoftwareUnit => Err(Misplaced::UnitOnTest),
        TagKind::Requirement | TagKind::RiskControl | TagKind::Verifies => Ok(Role::Verifies),
    }
}

fn role_on_code(tag: &Tag, place: &Place<'_>) -> Result<Role, Misplaced> {
    if !place.target.kind.is_product() {
        return Err(Misplaced::OutsideProduct);
    }
    let left_out = place.left_out || tag.left_out;
    if place.compiled.in_product == Certainty::No && !left_out {
        let never = place.compiled.in_tests == Certainty::No;
        return Err(if never { Misplaced::NeverCompiled } else { Misplaced::TestHelper });
    }
    match tag.kind {
        TagKind::Verifies => Err(Misplaced::VerifiesOnProduct),
        _ if tag.level.is_some() => Err(Misplaced::LevelOnProduct),
        _ if left_out => Err(Misplaced::LeftOut),
        TagKind::SoftwareUnit => Ok(Role::AssignsUnit),
        TagKind::Requirement | TagKind::RiskControl => Ok(Role::Implements),
    }
}

/// The target that compiles a module.
pub fn target_of<'c>(module: ModuleIndex, code: &Code, packages: &'c [Package]) -> &'c Target {
    let target = &code.targets[code.modules[module.0].target.0];
    &packages[target.package].targets[target.target]
}

/// The package that a module belongs to.
pub fn package_of<'c>(module: ModuleIndex, code: &Code, packages: &'c [Package]) -> &'c Package {
    &packages[code.targets[code.modules[module.0].target.0].package]
}

/// The module that a tag's code stands in.
pub fn module_of(tag: &Tag, code: &Code) -> Option<ModuleIndex> {
    match tag.owner {
        TagOwner::Item(item) => Some(code.items[item.0].module),
        TagOwner::Module(module) => Some(module),
        TagOwner::Nothing(_) => None,
    }
}

/// The level of the test that a tag stands on: its own word, else that of its path.
pub fn level(
    tag: &Tag,
    code: &Code,
    packages: &[Package],
    patterns: &[(Level, &str)],
) -> Option<Level> {
    tag.level.or_else(|| {
        let package = package_of(module_of(tag, code)?, code, packages);
        level_of_path(&tag.at.file, package, patterns)
    })
}

/// The level that the first path pattern which matches gives to the tests of a file, by its
/// path below the package or below the workspace root.
pub fn level_of_path(
    file: &FilePath,
    package: &Package,
    patterns: &[(Level, &str)],
) -> Option<Level> {
    let whole = file.as_str();
    let below = file.below(&package.folder);
    let matches = |pattern: &str| {
        let one = |path: &str| fast_glob::glob_match(pattern, path);
        one(whole) || below.is_some_and(one)
    };
    patterns.iter().find(|(_, pattern)| matches(pattern)).map(|(level, _)| *level)
}
