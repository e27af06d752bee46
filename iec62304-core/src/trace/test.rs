//! Tests that are linked to records, and whether anything in them can fail.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::Location;
use crate::model::code::{Certainty, Code, Item, ItemIndex, Level, TagOwner};
use crate::model::record::RecordKind;
use crate::snapshot::Package;
use crate::trace::class::{Classed, Effective, highest};
use crate::trace::link::{Link, level_patterns};
use crate::trace::role::{Role, level_of_path, package_of, target_of};
use crate::trace::unit::Unit;
use crate::trace::{Project, Requirement, Results, RiskControl, TestStanding, Trace};

/// A test function that verifies something.
#[derive(Clone, Debug)]
pub struct LinkedTest<'m> {
    /// Its path, as `cargo test` names it, with the crate in front.
    pub path: String,
    /// Where its name stands.
    pub at: &'m Location,
    /// By which class it is judged: the highest of what it verifies.
    pub class: Effective,
    /// The ids that it names.
    pub ids: Vec<&'m str>,
    /// Its level; `None` where nothing declares it.
    pub level: Option<Level>,
    /// What is known of its result.
    pub standing: TestStanding,
    /// Whether something in it, or in a function that it calls and that could be seen, can
    /// make it fail.
    pub can_fail: bool,
}

impl Classed for LinkedTest<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// A test of the system level.
#[derive(Clone, Debug)]
pub struct SystemTest<'m> {
    /// Its path, as `cargo test` names it, with the crate in front.
    pub path: String,
    /// Where its name stands.
    pub at: &'m Location,
    /// Whether it names a requirement or a risk control.
    pub is_traced: bool,
}

/// What linked tests are linked to, and what became of them.
pub(super) struct Ends<'m, 'e> {
    pub(super) links: &'e [Link<'m>],
    pub(super) requirements: &'e [Requirement<'m>],
    pub(super) controls: &'e [RiskControl<'m>],
    pub(super) units: &'e super::Units<'m>,
    pub(super) results: &'e Results,
}

/// Every linked test once, by place, though several targets may compile it.
pub(super) fn linked_tests<'m>(
    project: &'m Project<'m>,
    ends: &Ends<'m, '_>,
) -> Vec<LinkedTest<'m>> {
    let classes = classes_of_records(ends.requirements, ends.controls, &ends.units.all);
    let helpers = failing_helpers(&project.code, project.packages);
    let mut tests: BTreeMap<&Location, LinkedTest<'m>> = BTreeMap::new();
    let mut items: BTreeMap<&Location, BTreeSet<ItemIndex>> = BTreeMap::new();
    for link in ends.links.iter().filter(|link| link.role == Role::Verifies) {
        let (TagOwner::Item(index), Some(class)) =
            (link.tag.owner, classes.get(link.record.at()).cloned())
        else {
            continue;
        };
        let item = &project.code.items[index.0];
        let test = tests.entry(&item.at).or_insert_with(|| LinkedTest {
            path: project.code.path_of(item),
            at: &item.at,
            class: class.clone(),
            ids: Vec::new(),
            level: None,
            standing: TestStanding::NotStored,
            can_fail: item.fails_itself || calls_one_of(index, project, &helpers),
        });
        items.entry(&item.at).or_default().insert(index);
        test.level = test.level.max(link.level);
        test.ids.extend(link.tag.ids.iter().map(|id| id.value.as_str()));
        test.class = highest([test.class.clone(), class].into_iter()).expect("there are two");
    }
    let mut tests: Vec<LinkedTest<'m>> = tests.into_values().collect();
    for test in &mut tests {
        test.ids.sort_unstable();
        test.ids.dedup();
        test.standing = ends.results.worst(&items[test.at]);
    }
    tests
}

/// The class of every record that a test can verify. A risk control outside software has
/// none: no test of software verifies it.
fn classes_of_records<'m>(
    requirements: &[Requirement<'m>],
    controls: &[RiskControl<'m>],
    units: &[Unit<'m>],
) -> BTreeMap<&'m Location, Effective> {
    let requirements = requirements.iter().map(|found| (found.record.at(), found.class.clone()));
    let controls = controls.iter().map(|found| (found.record.at(), found.class.clone()));
    let units = units.iter().filter_map(|unit| match unit.origin {
        super::Origin::Declared(record) => Some((record.at(), unit.class.clone())),
        super::Origin::StandIn | super::Origin::Leftover => None,
    });
    requirements.chain(controls).chain(units).collect()
}

/// The functions that only tests use and that can fail, by package and name. Product code
/// is left out, also that of the file of a test: that it can panic makes no assertion.
fn failing_helpers<'m>(code: &'m Code, packages: &'m [Package]) -> BTreeSet<(&'m str, &'m str)> {
    let helpers = code.items.iter().filter(|item| {
        let is_product = target_of(item.module, code, packages).kind.is_product()
            && item.compiled.in_product != Certainty::No;
        item.can_fail && (item.test.is_some() || !is_product)
    });
    let named = helpers.map(|item| {
        let name = item.path.rsplit("::").next().unwrap_or(&item.path);
        (package_of(item.module, code, packages).name.as_str(), name)
    });
    named.collect()
}

fn calls_one_of(test: ItemIndex, project: &Project<'_>, helpers: &BTreeSet<(&str, &str)>) -> bool {
    let item = &project.code.items[test.0];
    let package = package_of(item.module, &project.code, project.packages).name.as_str();
    item.calls.iter().any(|name| helpers.contains(&(package, name.as_str())))
}

impl<'m> Trace<'m> {
    /// Every test that says, in a tag or by its path, that it is one of the system.
    pub fn system_tests(&self) -> Vec<SystemTest<'m>> {
        let project = self.project();
        let patterns = level_patterns(project);
        let of_path =
            |item: &Item| level_of_path(&item.at.file, self.package(item.module), &patterns);
        let mut tests: BTreeMap<&Location, SystemTest<'m>> = BTreeMap::new();
        let items = project.code.items.iter().enumerate();
        for (index, item) in items.filter(|(_, item)| item.test.is_some()) {
            let links = self.links_of_test(ItemIndex(index));
            let stated = links.iter().filter_map(|link| link.level).max();
            if stated.or_else(|| of_path(item)) != Some(Level::System) {
                continue;
            }
            let kinds = [RecordKind::Requirement, RecordKind::RiskControl];
            let is_traced = links.iter().any(|link| kinds.contains(&link.record.kind));
            let path = project.code.path_of(item);
            let test = SystemTest { path, at: &item.at, is_traced: false };
            tests.entry(&item.at).or_insert(test).is_traced |= is_traced;
        }
        tests.into_values().collect()
    }

    /// Every linked test, by place.
    pub fn linked_tests(&self) -> &[LinkedTest<'m>] {
        &self.tests
    }
}
