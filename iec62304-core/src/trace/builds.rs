//! Which code the declared product compiles: every `cfg`, answered for each of its builds.
//!
//! A build is a package for one of the product's targets, with the features that are on
//! there. What a build script, a compiler flag or a profile may set is known to nobody
//! before the build and stays open. Without a product everything stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use cfg_expr::Expression;
use cfg_expr::targets::{TargetInfo, get_builtin_target_by_triple};
use iec62304_macros::{requirement, risk_control};

use crate::config::Product;
use crate::model::cfg::{CfgOption, Predicate};
use crate::model::code::{Certainty, Cfg, CfgIndex, Code, Compiled, ItemIndex, ModuleIndex};
use crate::model::dependency::{Package as Resolved, PackageGraph, Resolution};
use crate::snapshot::Package;

/// The builds of the product, by package.
#[derive(Debug, Default)]
pub struct Builds<'s>(BTreeMap<&'s str, Vec<Build<'s>>>);

/// A package in the build for one target.
#[derive(Debug)]
struct Build<'s> {
    platform: Platform,
    /// The features that are on.
    features: &'s BTreeSet<String>,
}

/// What a build is for.
#[derive(Clone, Copy, Debug)]
enum Platform {
    /// A target that the product declares.
    Target(&'static TargetInfo),
    /// Every target, since the product declares none.
    Any,
    /// The machine that builds, which may be any, or a target that nobody knows.
    Unknown,
}

impl<'s> Builds<'s> {
    /// The builds of a declared product; none where there is none, or no graph of it.
    pub fn new(resolution: &'s Resolution, product: &Product) -> Self {
        match resolution {
            Resolution::Graph(graph) if product.is_declared => Self::of_graph(graph),
            _ => Self::default(),
        }
    }

    fn of_graph(graph: &'s PackageGraph) -> Self {
        let platform = |target: usize| match &graph.targets[target].triple {
            None => Some(Platform::Any),
            Some(triple) => get_builtin_target_by_triple(triple).map(Platform::Target),
        };
        let members = graph.packages.iter().filter(|package| package.is_member);
        let builds = |package: &'s Resolved| {
            let linked = package.linked.iter().map(|(target, features)| Build {
                platform: platform(*target).unwrap_or(Platform::Unknown),
                features,
            });
            let on_host = package.runs_on_host.values();
            let on_host = on_host.map(|features| Build { platform: Platform::Unknown, features });
            (package.key.name.as_str(), linked.chain(on_host).collect())
        };
        Self(members.map(builds).collect())
    }

    /// Whether there is no product to evaluate anything for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn of_cfg(&self, cfg: CfgIndex, code: &Code, packages: &[Package]) -> &[Build<'s>] {
        let target = &code.targets[code.cfgs[cfg.0].target.0];
        self.0.get(packages[target.package].name.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Answers for all code what `cfg`s leave open.
    ///
    /// Product code is compiled if one build compiles it. A test is never ruled out: it
    /// runs on a machine, and with features, that the product does not name.
    #[requirement("TOOL-33")]
    #[risk_control("GUARD-2")]
    pub fn settle(&self, code: &mut Code, packages: &[Package]) {
        if self.is_empty() {
            return;
        }
        let answers = self.answers(code, packages);
        let always = Answer::always();
        let of = |cfg: Option<CfgIndex>| cfg.map_or(&always, |cfg| &answers[cfg.0]);
        for at in 0..code.tags.len() {
            let tag = &code.tags[at];
            let (compiled, _) = of(tag.cfg).settled(tag.compiled);
            let (before, around) = code.compiled_of(tag).unwrap_or((Compiled::ALWAYS, None));
            let is_possible = before.in_product != Certainty::No && tag.is_there() != Certainty::No;
            let left_out = tag.cfg.is_some() && is_possible && !of(tag.cfg).meets(of(around));
            let tag = &mut code.tags[at];
            (tag.compiled, tag.left_out) = (compiled, left_out);
        }
        for module in &mut code.modules {
            (module.compiled, module.left_out) = of(module.cfg).settled(module.compiled);
        }
        for item in &mut code.items {
            (item.compiled, item.left_out) = of(item.cfg).settled(item.compiled);
        }
        leave_out_declarations(code);
    }

    /// What each predicate comes to together with those around it.
    fn answers(&self, code: &Code, packages: &[Package]) -> Vec<Answer> {
        let always = Answer::always();
        let mut answers: Vec<Answer> = Vec::with_capacity(code.cfgs.len());
        for (index, cfg) in code.cfgs.iter().enumerate() {
            let builds = self.of_cfg(CfgIndex(index), code, packages);
            let around = cfg.around.map_or(&always, |around| &answers[around.0]);
            let in_build = |(at, build): (usize, &Build<'_>)| {
                let mut option = |option: &CfgOption| build.answer(option);
                let own = Compiled {
                    in_product: cfg.predicate.evaluate(Certainty::No, &mut option),
                    in_tests: cfg.predicate.evaluate(Certainty::Yes, &mut option),
                };
                own.and(around.builds.get(at).copied().unwrap_or_default())
            };
            let mut option = |option: &CfgOption| in_tests(builds, option);
            let tests = cfg.predicate.evaluate(Certainty::Yes, &mut option).min(around.tests);
            let builds = builds.iter().enumerate().map(in_build).collect();
            answers.push(Answer { builds, tests });
        }
        answers
    }

    /// The options that leave code open, each with what would decide it.
    pub fn undecided(
        &self,
        cfg: Option<CfgIndex>,
        is_test: bool,
        code: &Code,
        packages: &[Package],
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut next = cfg;
        while let Some(cfg) = next {
            let builds = self.of_cfg(cfg, code, packages);
            let Cfg { predicate, around, .. } = &code.cfgs[cfg.0];
            if is_test {
                let answer = |option: &CfgOption| in_tests(builds, option);
                open_options(predicate, Certainty::Yes, answer, why_open_in_tests, &mut found);
            } else if builds.is_empty() {
                let why = |_: &CfgOption| "its package is no part of the product";
                open_options(predicate, Certainty::No, |_| Certainty::Open, why, &mut found);
            }
            for build in builds.iter().filter(|_| !is_test) {
                let answer = |option: &CfgOption| build.answer(option);
                let why = |option: &CfgOption| build.why_open(option);
                open_options(predicate, Certainty::No, answer, why, &mut found);
            }
            next = *around;
        }
        found
    }
}

/// The open options of a predicate, if they leave it open as a whole.
fn open_options(
    predicate: &Predicate,
    test: Certainty,
    mut answer: impl FnMut(&CfgOption) -> Certainty,
    why: impl Fn(&CfgOption) -> &'static str,
    found: &mut BTreeSet<String>,
) {
    if predicate.evaluate(test, &mut answer) == Certainty::Open {
        predicate.each_option(&mut |option| {
            if answer(option) == Certainty::Open {
                found.insert(format!("`{}`: {}", written(option), why(option)));
            }
        });
    }
}

/// What predicates come to.
struct Answer {
    /// In each build of the package; nothing where no build decides anything.
    builds: Vec<Compiled>,
    /// Where its tests run.
    tests: Certainty,
}

impl Answer {
    /// Without any predicate.
    fn always() -> Self {
        Self { builds: Vec::new(), tests: Certainty::Yes }
    }

    /// When code is compiled that depended on these predicates, and whether the product is
    /// what rules it out.
    fn settled(&self, before: Compiled) -> (Compiled, bool) {
        let in_product = self.builds.iter().map(|build| build.in_product).max();
        let in_product = match before.in_product {
            Certainty::No => Certainty::No,
            _ => in_product.unwrap_or(before.in_product),
        };
        let in_tests = match before.in_tests {
            Certainty::No => Certainty::No,
            _ => before.in_tests.max(self.tests),
        };
        let left_out = in_product == Certainty::No && before.in_product != Certainty::No;
        (Compiled { in_product, in_tests }, left_out)
    }

    /// Whether some build may compile code and have a tag on it, be it for tests: what is
    /// there for them alone may speak of code that ships.
    fn meets(&self, code: &Self) -> bool {
        let count = self.builds.len().max(code.builds.len());
        let in_build =
            |answer: &Self, at: usize| answer.builds.get(at).copied().unwrap_or_default();
        let may_be = |at: usize| {
            let (tag, code) = (in_build(self, at), in_build(code, at));
            tag.in_product.max(tag.in_tests).min(code.in_product) != Certainty::No
        };
        count == 0 || (0..count).any(may_be)
    }
}

/// What is declared in code that no build compiles is no part of the product. Of what is
/// no item of its own, as a type without a tag, the module decides alone.
fn leave_out_declarations(code: &mut Code) {
    let Code { modules, items, declarations, unsafe_code, .. } = code;
    let ships = |item: Option<ItemIndex>, module: ModuleIndex| {
        let compiled = item.map_or(modules[module.0].compiled, |item| items[item.0].compiled);
        compiled.in_product != Certainty::No
    };
    for declaration in declarations {
        declaration.is_product &= ships(declaration.item, declaration.module);
    }
    for found in unsafe_code {
        found.is_product &= ships(found.item, found.module);
    }
}

impl Build<'_> {
    /// Whether an option is set in this build.
    fn answer(&self, option: &CfgOption) -> Certainty {
        match (option.name.as_str(), &option.value) {
            ("feature", Some(name)) if !self.features.contains(name) => Certainty::No,
            ("feature", Some(_)) => match self.platform {
                // It may be on for some of all targets only.
                Platform::Any => Certainty::Open,
                Platform::Target(_) | Platform::Unknown => Certainty::Yes,
            },
            _ => match self.platform {
                Platform::Target(target) => of_target(target, option),
                Platform::Any | Platform::Unknown => Certainty::Open,
            },
        }
    }

    fn why_open(&self, option: &CfgOption) -> &'static str {
        match self.platform {
            Platform::Any if is_of_targets(option) => {
                "name the `targets` of the `[product]` in iec62304.toml"
            }
            Platform::Unknown if is_of_targets(option) => {
                "its target is not known: look whether it is set there"
            }
            _ => {
                "a build script, a flag or a profile sets it: look whether that of the product does"
            }
        }
    }
}

/// Whether an option is set where the tests run: on a machine that nobody names, and with
/// the features of the product at least.
fn in_tests(builds: &[Build<'_>], option: &CfgOption) -> Certainty {
    let is_feature = option.name == "feature";
    let is_on = |build: &Build<'_>| build.answer(option) == Certainty::Yes;
    if is_feature && !builds.is_empty() && builds.iter().all(is_on) {
        Certainty::Yes
    } else {
        Certainty::Open
    }
}

fn why_open_in_tests(option: &CfgOption) -> &'static str {
    if option.name == "feature" {
        "no feature of the product: look whether the tests are run with it, or name it in \
         `features` of the `[product]`"
    } else {
        "tests run on a machine of their own: look whether it is set there"
    }
}

/// What the compiler sets for a target by itself. Profiles may change how a panic ends.
fn of_target(target: &TargetInfo, option: &CfgOption) -> Certainty {
    if option.name == "panic" {
        return Certainty::Open;
    }
    let holds = Expression::parse(&written(option)).ok().and_then(|expression| {
        expression.eval(|predicate| match predicate {
            cfg_expr::Predicate::Target(predicate) => Some(predicate.matches(target)),
            _ => None,
        })
    });
    match holds {
        Some(true) => Certainty::Yes,
        Some(false) => Certainty::No,
        None => Certainty::Open,
    }
}

/// Whether targets decide an option: whether the answer differs from not knowing at all.
fn is_of_targets(option: &CfgOption) -> bool {
    let known = get_builtin_target_by_triple("x86_64-unknown-linux-gnu");
    option.name == "feature"
        || known.is_some_and(|target| of_target(target, option) != Certainty::Open)
}

/// An option as source code has it.
fn written(option: &CfgOption) -> String {
    match &option.value {
        Some(value) => format!("{} = \"{value}\"", option.name),
        None => option.name.clone(),
    }
}

#[cfg(test)]
mod tests;
