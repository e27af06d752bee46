//! What no rule has looked at, and the one line that would switch it on.
//!
//! A project may adopt the standard step by step; what it has not declared yet is
//! listed here and never taken for "no gap".

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};

use crate::finding::{Label, NotChecked};
use crate::location::{Location, Span};
use crate::model::code::Tag;
use crate::model::record::RecordKind;
use crate::soup::{AdvisoryState, Basis, Inventory, SinceBaseline};
use crate::standard::SafetyClass;
use crate::trace::role::Role;
use crate::trace::{Origin, Project, Trace};
use crate::words::{count, plural};

mod architecture;
mod builds;
mod classes;
mod requirements;
mod reviews;
mod risk;
mod units;

/// Everything that was not checked, in a fixed order.
#[requirement("TOOL-12")]
#[risk_control("GUARD-3")]
pub fn not_checked(trace: &Trace<'_>, inventory: &Inventory) -> Vec<NotChecked> {
    [
        no_requirements(trace),
        requirements::sources(trace),
        requirements::categories(trace),
        requirements::methods(trace),
        risk_controls(trace),
        risk::hazardous_situations(trace),
        risk::severities(trace),
        risk::kinds_of_causes(trace),
        risk::what_controls_are_against(trace),
        risk::failing_requirements(trace),
        packages_without_item(trace),
        architecture::allocations(trace),
        architecture::interfaces(trace),
        architecture::inside_crates(trace),
        architecture::crossings(trace),
        architecture::segregated_soup(trace),
        classes::severities(trace),
        classes::causes(trace),
        classes::lowering(trace),
        classes::builds(trace),
        units(trace),
        units::items_without_units(trace),
        units::unsafe_reviews(trace),
        levels(trace),
        results(trace),
        builds::tags_under_cfg(trace),
        test_like_attributes(trace),
        reviews::not_begun(trace),
        reviews::unbound(trace),
        unread(trace),
        orphans(trace),
        soup(inventory),
        advisories(trace, inventory),
        soup_targets(inventory),
        soup_baseline(inventory),
        version_control(inventory),
        rust_versions(inventory),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn undeclared(name: &'static str, what: String, switch_on: &str, places: Vec<Label>) -> NotChecked {
    NotChecked { name, what, switch_on: switch_on.to_owned(), places, undeclared: true }
}

fn declares(trace: &Trace<'_>, kind: RecordKind) -> bool {
    trace.project().records().any(|record| record.kind == kind)
}

fn no_requirements(trace: &Trace<'_>) -> Option<NotChecked> {
    let what = "rules on requirements: no requirement is declared".to_owned();
    let switch_on = "write `[requirement.SRS-1]` with a `text` into a record file";
    (!declares(trace, RecordKind::Requirement))
        .then(|| undeclared("requirements", what, switch_on, Vec::new()))
}

fn risk_controls(trace: &Trace<'_>) -> Option<NotChecked> {
    let binds = trace.system_class().class > SafetyClass::A;
    let what = "rules on risk controls: no risk control is declared".to_owned();
    let switch_on = "write `[risk_control.RC-1]` with a `text` into a record file";
    (binds && !declares(trace, RecordKind::RiskControl))
        .then(|| undeclared("risk-controls", what, switch_on, Vec::new()))
}

fn packages_without_item(trace: &Trace<'_>) -> Option<NotChecked> {
    let Project { beyond_product, linked_members, .. } = trace.project();
    // What the product links and no item names is a gap, once items name packages.
    let is_judged = trace.has_begun(RecordKind::Item, "crates");
    let is_open = |package: &&str| {
        let is_known = beyond_product.contains(package);
        !is_known && (!is_judged || !linked_members.contains(package))
    };
    let without = trace.packages_without_item().iter().copied();
    let packages: Vec<&str> = without.filter(is_open).collect();
    let what = format!(
        "{}: no software item names {}, so nothing says whether and in which class {} shipped",
        packages.join(", "),
        if packages.len() == 1 { "it" } else { "them" },
        if packages.len() == 1 { "it is" } else { "they are" },
    );
    let switch_on = "name each package that ships in the `crates` of an [item.…]";
    (!packages.is_empty()).then(|| undeclared("packages-without-item", what, switch_on, Vec::new()))
}

/// Where modules stand in for units, the rules on declared units have no subject.
fn units(trace: &Trace<'_>) -> Option<NotChecked> {
    let mut owners: BTreeMap<(&Location, String), usize> = BTreeMap::new();
    let binding = trace.units().iter().filter(|unit| unit.class.class > SafetyClass::A);
    for unit in binding.filter(|unit| matches!(unit.origin, Origin::StandIn)) {
        let item = unit.item.and_then(|id| trace.item(id));
        let owner = if let Some(item) = item {
            (item.at(), format!("of item {}", item.id.value))
        } else {
            let package = trace.package(*unit.modules.first().expect("it is a module"));
            (&trace.project().configuration.at, format!("of package {}", package.name))
        };
        *owners.entry(owner).or_default() += 1;
    }
    let modules: usize = owners.values().sum();
    let places = owners.iter().map(|((at, owner), modules)| {
        let text = format!("{} {owner}", count(*modules, "module"));
        Label { at: (*at).clone(), text }
    });
    let what = format!(
        "rules on declared units: {modules} {} in for units",
        if modules == 1 { "module stands" } else { "modules stand" }
    );
    let switch_on = "write `[unit.NAME]` with `item` and `modules` into a record file";
    (modules > 0).then(|| undeclared("units", what, switch_on, places.collect()))
}

fn levels(trace: &Trace<'_>) -> Option<NotChecked> {
    let open =
        trace.links().iter().filter(|link| link.role == Role::Verifies && link.level.is_none());
    let places = places(open.map(|link| link.tag));
    let what = format!(
        "the level of {} linked {}: nothing says whether unit, integration or system",
        places.len(),
        plural(places.len(), "test tag"),
    );
    let switch_on = "in iec62304.toml, `[tests.levels]` with `unit = [\"src/**\"]` and the like, \
                     or `level = \"unit\"` in the attribute";
    (!places.is_empty()).then(|| undeclared("levels", what, switch_on, places))
}

/// Without results a linked test counts as it stands.
fn results(trace: &Trace<'_>) -> Option<NotChecked> {
    let linked = trace.linked_tests().len();
    let what = format!(
        "whether {} passed: nothing says where results are stored",
        if linked == 1 { "the linked test".to_owned() } else { format!("{linked} linked tests") },
    );
    let switch_on = "in iec62304.toml, `[evidence]` with `folder = \"evidence\"`, then \
                     `cargo iec62304 verify`";
    (linked > 0 && !trace.results().are_stored())
        .then(|| undeclared("results", what, switch_on, Vec::new()))
}

fn test_like_attributes(trace: &Trace<'_>) -> Option<NotChecked> {
    let found = &trace.project().code.test_like_attributes;
    let list: Vec<String> =
        found.iter().map(|(name, count)| format!("#[{name}] ({count} times)")).collect();
    let what =
        format!("functions under {}: they look like tests and are taken for none", list.join(", "));
    let switch_on =
        "in iec62304.toml, `[tests] attributes = […]` with those that make a test".to_owned();
    (!list.is_empty()).then_some(NotChecked {
        name: "test-like-attributes",
        what,
        switch_on,
        places: Vec::new(),
        undeclared: false,
    })
}

fn unread(trace: &Trace<'_>) -> Option<NotChecked> {
    let found = &trace.project().code.unread;
    let places: BTreeSet<(&Location, &str)> =
        found.iter().map(|unread| (&unread.at, unread.what.as_str())).collect();
    let places: Vec<Label> = places
        .into_iter()
        .map(|(at, what)| Label { at: at.clone(), text: what.to_owned() })
        .collect();
    let what = format!("code at {} that was not read", count(places.len(), "place"));
    let switch_on = "nothing yet: keep tagged code out of it".to_owned();
    (!places.is_empty()).then_some(NotChecked {
        name: "unread-code",
        what,
        switch_on,
        places,
        undeclared: false,
    })
}

fn orphans(trace: &Trace<'_>) -> Option<NotChecked> {
    let found = &trace.project().code.orphans;
    let places: Vec<Label> = found
        .iter()
        .map(|file| Label { at: Location::new(file, Span::default()), text: String::new() })
        .collect();
    let what = format!("{} below `src` that no module declares", count(places.len(), "file"));
    let switch_on = "declare each with `mod`, or delete it".to_owned();
    (!places.is_empty()).then_some(NotChecked {
        name: "orphan-files",
        what,
        switch_on,
        places,
        undeclared: false,
    })
}

/// Rules on SOUP without an inventory, or with one that is not whole.
fn soup(inventory: &Inventory) -> Option<NotChecked> {
    let (what, switch_on, is_undeclared) = match &inventory.basis {
        Basis::Graph => return None,
        Basis::NotAsked => (
            "rules on SOUP: no product, SOUP item or tool is declared".to_owned(),
            "in iec62304.toml, `[product]` with `packages` and `targets`, then \
             `cargo iec62304 soup --update`",
            true,
        ),
        Basis::NoLockFile => (
            "rules on SOUP: there is no lock file".to_owned(),
            "run `cargo generate-lockfile`",
            false,
        ),
        Basis::UnreadableLockFile(_) => (
            "rules on SOUP: the lock file cannot be read".to_owned(),
            "resolve what is wrong in Cargo.lock",
            false,
        ),
        Basis::LockFile { cause, .. } => {
            (format!("rules on SOUP: {cause}"), "do what it says, then run this again", false)
        }
    };
    let switch_on = switch_on.to_owned();
    Some(NotChecked {
        name: "soup",
        what,
        switch_on,
        places: Vec::new(),
        undeclared: is_undeclared,
    })
}

/// Without a database no advisory can hit, and with an old one no new advisory can.
fn advisories(trace: &Trace<'_>, inventory: &Inventory) -> Option<NotChecked> {
    let limit = trace.project().configuration.anomalies.database_days.as_ref();
    let limit = limit.map_or(i64::MAX, |limit| limit.value);
    let what = match &inventory.advisories {
        _ if inventory.basis != Basis::Graph => return None,
        AdvisoryState::None => "published advisories: no RustSec database is at hand".to_owned(),
        AdvisoryState::Read { age: Some(age), .. } if *age < 0 => {
            "new advisories: the newest entry of the database is dated in the future".to_owned()
        }
        AdvisoryState::Read { age: Some(age), .. } if *age > limit => format!(
            "new advisories: the newest entry of the database is {age} days old; {limit} are allowed"
        ),
        AdvisoryState::Read { .. } => return None,
    };
    let switch_on = "`cargo iec62304 soup --fetch-advisories`, or `--advisory-db PATH`, or \
                     `[anomalies] database = \"…\"` in iec62304.toml"
        .to_owned();
    let places = Vec::new();
    Some(NotChecked { name: "advisories", what, switch_on, places, undeclared: false })
}

/// Without a triple nothing says what stands below the program.
fn soup_targets(inventory: &Inventory) -> Option<NotChecked> {
    let is_declared = inventory.product.targets.iter().any(|target| target.triple.is_some());
    let is_missing = inventory.basis == Basis::Graph && !is_declared;
    let what = "which of Rust's libraries ship, and which C library and operating system: no \
                target is declared"
        .to_owned();
    let switch_on = "in iec62304.toml, `[product] targets = [\"TRIPLE\"]`";
    is_missing.then(|| undeclared("soup-targets", what, switch_on, Vec::new()))
}

/// Without a baseline there is nothing to have changed since.
fn soup_baseline(inventory: &Inventory) -> Option<NotChecked> {
    let is_missing =
        inventory.basis == Basis::Graph && inventory.since_baseline == SinceBaseline::NoBaseline;
    let what = "whether changes of SOUP were analysed: no baseline is named";
    let switch_on = "at a release, `cargo iec62304 soup --format baseline --output \
                     records/soup-baseline.json`, and in iec62304.toml `[product] baseline = \
                     \"records/soup-baseline.json\"`"
        .to_owned();
    is_missing.then(|| NotChecked {
        name: "soup-baseline",
        what: what.to_owned(),
        switch_on,
        places: Vec::new(),
        undeclared: false,
    })
}

fn version_control(inventory: &Inventory) -> Option<NotChecked> {
    let is_missing = inventory.basis != Basis::NotAsked && inventory.build_inputs.is_none();
    let what = "whether version control tracks what the build reads: there is no git here";
    let switch_on = "run it in a git work tree, with git installed".to_owned();
    is_missing.then(|| NotChecked {
        name: "version-control",
        what: what.to_owned(),
        switch_on,
        places: Vec::new(),
        undeclared: false,
    })
}

/// What a package needs can be compared with a release, and with nothing else.
fn rust_versions(inventory: &Inventory) -> Option<NotChecked> {
    let bound = inventory.soup.iter().filter(|row| row.class.class > SafetyClass::A);
    let stating = bound.filter(|row| row.rust_version.is_some()).count();
    let channel = inventory.toolchain.channel.as_deref();
    let pinned = channel.map_or_else(
        || "nothing names a toolchain".to_owned(),
        |channel| format!("the toolchain file names `{channel}`, which tells no release"),
    );
    let what = format!(
        "whether the toolchain is new enough for {} with a `rust-version`: {pinned}",
        count(stating, "package"),
    );
    let is_open = stating > 0 && inventory.toolchain.newest_release().is_none();
    is_open.then(|| NotChecked {
        name: "rust-versions",
        what,
        switch_on: "pin a release in rust-toolchain.toml, or look at each package".to_owned(),
        places: Vec::new(),
        undeclared: false,
    })
}

/// The distinct places of tags, in order.
fn places<'m>(tags: impl Iterator<Item = &'m Tag>) -> Vec<Label> {
    let distinct: BTreeSet<&Location> = tags.map(|tag| &tag.at).collect();
    distinct.into_iter().map(|at| Label { at: at.clone(), text: String::new() }).collect()
}
