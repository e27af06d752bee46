//! Links between records, code and tests, and the questions that rules ask of them.
//!
//! Everything that decides what a link means stands in this folder, once: roles of
//! tags, effective classes, units, evidence. Nothing here judges or prints.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Scope;
use crate::location::Location;
use crate::model::code::{ItemIndex, Level, ModuleIndex, Tag};
use crate::model::record::{Record, RecordKind};
use crate::records::Index;
use crate::snapshot::Package;
use crate::standard::Edition;

pub mod architecture;
pub mod builds;
pub mod class;
pub mod confirmation;
pub mod content;
pub mod criterion;
pub mod evidence;
pub mod group;
pub mod hazard;
pub mod item;
pub mod link;
pub mod module;
pub mod nesting;
pub mod plan;
pub mod project;
pub mod realisation;
pub mod requirement;
pub mod result;
pub mod review;
pub mod role;
mod state;
pub mod statements;
pub mod test;
pub mod unit;
pub mod withdrawn;

use architecture::Architecture;
use class::ClassTree;
pub use class::Effective;
use confirmation::Confirmations;
use content::Contents;
pub use criterion::TopicState;
use hazard::Hazards;
pub use hazard::{Cause, ContributingItem, HazardousSituation};
pub use item::Item;
use link::{Link, Unresolved};
pub use module::Module;
pub use project::Project;
pub use requirement::{Requirement, RiskControl};
use requirement::{evidence_for, requirements, risk_controls};
pub use result::{Results, TestStanding};
use review::{AllReviewed, Judgements};
use role::{Misplaced, Role};
use statements::Statements;
pub use test::LinkedTest;
pub use unit::{Origin, Unit};
use unit::{Parts, Units};
use withdrawn::WithdrawnLink;

/// A tag that means nothing at its place.
#[derive(Clone, Copy, Debug)]
pub struct MisplacedTag<'m> {
    /// The tag.
    pub tag: &'m Tag,
    /// Why.
    pub why: Misplaced,
}

/// A project with all its links.
#[derive(Debug)]
pub struct Trace<'m> {
    project: &'m Project<'m>,
    index: Index,
    classes: ClassTree,
    statements: Statements<'m>,
    links: Vec<Link<'m>>,
    by_record: LinksByRecord<'m>,
    by_test: LinksByTest<'m>,
    hazards: Hazards<'m>,
    unresolved: Vec<Unresolved>,
    withdrawn_links: Vec<WithdrawnLink<'m>>,
    misplaced: Vec<MisplacedTag<'m>>,
    judgements: Judgements<'m>,
    reviewed: AllReviewed<'m>,
    confirmations: Confirmations<'m>,
    requirements: Vec<Requirement<'m>>,
    risk_controls: Vec<RiskControl<'m>>,
    units: Units<'m>,
    items: Vec<Item<'m>>,
    modules: Vec<Module<'m>>,
    tests: Vec<LinkedTest<'m>>,
    results: Results,
    reviewed_criteria: BTreeSet<Location>,
    architecture: Architecture<'m>,
    /// The fields that some record of a kind has.
    written: BTreeSet<(RecordKind, &'m str)>,
}

/// What links lead from and to, before anything is asked of them.
struct Ends<'m> {
    index: Index,
    records: Vec<&'m Record>,
    /// What each tag means at its place.
    roles: Vec<Role>,
    links: Vec<Link<'m>>,
    unresolved: Vec<Unresolved>,
    holdings: group::Holdings<'m>,
    classes: ClassTree,
    units: Units<'m>,
}

impl<'m> Ends<'m> {
    fn of(project: &'m Project<'m>) -> Self {
        let index = Index::build(&project.documents);
        let records: Vec<&Record> = project.records().collect();
        let roles = link::roles(project);
        let (links, mut unresolved) = link::links(project, &index, &roles);
        let holdings = group::holdings(project, &records, &links);
        let classes = ClassTree::build(&records, &holdings);
        let units = unit::units(&Parts {
            code: &project.code,
            packages: project.packages,
            records: &records,
            classes: &classes,
            links: &links,
        });
        unresolved.extend(link::unresolved_references(project, &index));
        unresolved.extend(link::unresolved_code(project, &units));
        Self { index, records, roles, links, unresolved, holdings, classes, units }
    }

    fn architecture(&self, project: &'m Project<'m>) -> (Vec<Item<'m>>, Architecture<'m>) {
        let parts = architecture::Parts {
            project,
            records: &self.records,
            classes: &self.classes,
            holdings: &self.holdings,
            units: &self.units.all,
        };
        let tree = architecture::Tree::of(&parts);
        let items = item::items(&self.records, &self.classes, &tree);
        (items, architecture::architecture(&parts, &tree))
    }
}

impl<'m> Trace<'m> {
    /// Links a project.
    pub fn link(project: &'m Project<'m>) -> Self {
        let ends = Ends::of(project);
        let (items, architecture) = ends.architecture(project);
        let Ends { index, records, roles, links, mut unresolved, holdings, classes, units } = ends;
        let by_record = links_by_record(&links);
        let contents = Contents::new(project, &index, &units.all);
        let mut judgements = Judgements::build(project, &index, &contents);
        let results = Results::of(project, &links, &contents);
        let requirements = requirements(&records, &classes, &by_record, &judgements);
        let hazards = Hazards::build(&index, &records, &classes);
        let risk_controls = risk_controls(&hazards, &requirements, |record| {
            evidence_for(record, &by_record, &judgements)
        });
        let reviewed = AllReviewed::build(&records, &units.all, &classes, &judgements);
        let confirmations = Confirmations::build(project, &index, &units.all, &judgements);
        unresolved.append(&mut judgements.unresolved);
        let statements = statements::statements(&statements::Parts {
            project,
            records: &records,
            index: &index,
            classes: &classes,
            holdings: &holdings,
            requirements: &requirements,
            risk_controls: &risk_controls,
        });
        unresolved.sort_by(|a, b| a.id.at.cmp(&b.id.at));
        let misplaced = link::misplaced(project, &roles);
        let withdrawn_links = withdrawn::links(project, &index);
        let modules = module::modules(project, &units, &items, &classes);
        let ends = test::Ends {
            links: &links,
            requirements: &requirements,
            controls: &risk_controls,
            units: &units,
            results: &results,
        };
        let tests = test::linked_tests(project, &ends);
        let reviewed_criteria = criterion::reviewed(project, &index, &judgements);
        Self {
            project,
            index,
            classes,
            statements,
            by_test: links_by_test(&links),
            links,
            by_record,
            hazards,
            unresolved,
            withdrawn_links,
            misplaced,
            judgements,
            reviewed,
            confirmations,
            requirements,
            risk_controls,
            units,
            items,
            modules,
            tests,
            results,
            reviewed_criteria,
            architecture,
            written: written_fields(&records),
        }
    }

    /// The facts behind the links.
    pub fn project(&self) -> &'m Project<'m> {
        self.project
    }

    /// Every record by its id, and the ids that stand twice.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The edition to judge by.
    pub fn edition(&self) -> Edition {
        self.project.edition()
    }

    /// The highest class of the software systems.
    pub fn system_class(&self) -> &Effective {
        self.classes.system()
    }

    /// The classes of systems, items and packages.
    pub fn classes(&self) -> &ClassTree {
        &self.classes
    }

    /// What the records say about classes and legacy software.
    pub fn statements(&self) -> &Statements<'m> {
        &self.statements
    }

    /// Every id of every tag that names a record and means something.
    pub fn links(&self) -> &[Link<'m>] {
        &self.links
    }

    /// Every id in a tag or record that names nothing, by place.
    pub fn unresolved(&self) -> &[Unresolved] {
        &self.unresolved
    }

    /// Every tag that means nothing at any of the places where its code is compiled.
    pub fn misplaced(&self) -> &[MisplacedTag<'m>] {
        &self.misplaced
    }

    /// Every software requirement, in the order of the records.
    pub fn requirements(&self) -> &[Requirement<'m>] {
        &self.requirements
    }

    /// Every risk control realised in software, in the order of the records.
    pub fn risk_controls(&self) -> &[RiskControl<'m>] {
        &self.risk_controls
    }

    /// Every hazardous situation with its causes, and the items that they name.
    pub fn hazards(&self) -> &Hazards<'m> {
        &self.hazards
    }

    /// The risk controls in software that are against a cause.
    pub fn controls_of(&self, cause: &Cause<'m>) -> impl Iterator<Item = &RiskControl<'m>> {
        let is_against = |control: &&RiskControl<'m>| {
            cause.controls.iter().any(|known| known.at() == control.record.at())
        };
        self.risk_controls.iter().filter(is_against)
    }

    /// What a test verifies, by the function that it is.
    pub fn links_of_test(&self, test: ItemIndex) -> &[Link<'m>] {
        self.by_test.get(&test).map_or(&[], Vec::as_slice)
    }

    /// Every unit, and every module that stands in for one.
    pub fn units(&self) -> &[Unit<'m>] {
        &self.units.all
    }

    /// What the records say about the architecture, and what is seen of it.
    pub fn architecture(&self) -> &Architecture<'m> {
        &self.architecture
    }

    /// Whether the project has begun to write a field into records of a kind, or is held
    /// to the whole standard. Where it has not, the field is no gap yet.
    pub fn has_begun(&self, kind: RecordKind, field: &str) -> bool {
        self.project.configuration.scope == Scope::Full || self.written.contains(&(kind, field))
    }

    /// The record of a software item.
    pub fn item(&self, id: &str) -> Option<&'m Record> {
        let entry = self.index.get_kind(RecordKind::Item, id)?;
        Some(entry.record_in(&self.project.documents))
    }

    /// Product packages that no item names although there are items.
    pub fn packages_without_item(&self) -> &[&'m str] {
        &self.units.packages_without_item
    }

    /// The requirements that name a risk control as their source.
    pub fn requirements_of(
        &self,
        control: &RiskControl<'m>,
    ) -> impl Iterator<Item = &Requirement<'m>> {
        control.requirements.iter().map(|index| &self.requirements[*index])
    }

    /// Whether product code carries the control's id, or implements every requirement
    /// that names it as source.
    pub fn is_implemented(&self, control: &RiskControl<'m>) -> bool {
        control.evidence.missing_implementation(&[]).is_none()
            || self.all_requirements(control, |requirement| {
                requirement.evidence.missing_implementation(&requirement.parts).is_none()
            })
    }

    /// Whether a verification names the control's id, or every requirement that names
    /// it as source is verified. Where results are stored, only tests that passed count.
    pub fn is_verified(&self, control: &RiskControl<'m>) -> bool {
        control.evidence.missing_verification_by(&[], |link| self.results.counts(link)).is_none()
            || self.all_requirements(control, |requirement| self.has_passed(requirement))
    }

    /// Whether a requirement is verified: by passed tests, where results are stored.
    pub fn has_passed(&self, requirement: &Requirement<'m>) -> bool {
        let Requirement { evidence, parts, .. } = requirement;
        evidence.missing_verification_by(parts, |link| self.results.counts(link)).is_none()
    }

    /// The tests of some links that do not count, by place, where results are stored.
    pub fn failing<'t>(
        &'t self,
        links: impl IntoIterator<Item = &'t Link<'m>>,
    ) -> Vec<&'t LinkedTest<'m>> {
        let open = links.into_iter().filter(|link| !self.results.counts(link));
        let items = open.filter_map(|link| link.tag.owner.item());
        let places: BTreeSet<&Location> =
            items.map(|item| &self.project.code.items[item.0].at).collect();
        self.tests.iter().filter(|test| places.contains(test.at)).collect()
    }

    fn all_requirements(
        &self,
        control: &RiskControl<'m>,
        holds: impl Fn(&Requirement<'m>) -> bool,
    ) -> bool {
        !control.requirements.is_empty() && self.requirements_of(control).all(holds)
    }

    /// Whether a linked test verifies a unit: it names the unit and does not say that it
    /// works at a higher level, or it is a unit-level test of one of the unit's packages
    /// and shares a requirement or risk control with the unit's code. Where results are
    /// stored, it has passed on what stands there now.
    pub fn has_unit_test(&self, unit: &Unit<'m>) -> bool {
        let counts = |link: &&Link<'m>| self.results.counts(link);
        self.unit_tests(unit).iter().any(counts)
    }

    /// Links of tests that would verify a unit once they pass.
    pub fn unit_tests<'t>(&'t self, unit: &'t Unit<'m>) -> Vec<&'t Link<'m>> {
        let naming = unit.named_by.iter().filter(|link| at_unit_level_or_open(link));
        let sharing = self.sharing_tests(unit).filter(|link| {
            link.level == Some(Level::Unit) && self.stands_in_package_of(unit, link)
        });
        naming.chain(sharing).collect()
    }

    /// Links of tests that name a unit or share an id with its code, whether or not they
    /// verify it.
    pub fn near_tests<'t>(&'t self, unit: &'t Unit<'m>) -> Vec<&'t Link<'m>> {
        unit.named_by.iter().chain(self.sharing_tests(unit)).collect()
    }

    fn sharing_tests<'t>(&'t self, unit: &'t Unit<'m>) -> impl Iterator<Item = &'t Link<'m>> {
        let named: BTreeSet<&Location> =
            unit.implements.iter().map(|link| link.record.at()).collect();
        let links = named.into_iter().filter_map(|record| self.by_record.get(record)).flatten();
        links.filter(|link| link.role == Role::Verifies && shares_part(unit, link))
    }

    /// Whether the code of a link stands in a package that also holds the unit.
    pub fn stands_in_package_of(&self, unit: &Unit<'m>, link: &Link<'m>) -> bool {
        let module = role::module_of(link.tag, &self.project.code);
        module.is_some_and(|module| unit.packages.contains(self.package(module).name.as_str()))
    }

    /// Whether a passed review of one of these kinds names a unit.
    pub fn has_unit_review(&self, unit: &Unit<'m>, kinds: &[&str]) -> bool {
        let Origin::Declared(record) = unit.origin else {
            return false;
        };
        let reviews = self.judgements.evidence(record, evidence::passed);
        reviews.into_iter().any(|review| evidence::kind_is_one_of(review, kinds))
    }

    /// The package that a module belongs to.
    pub fn package(&self, module: ModuleIndex) -> &'m Package {
        role::package_of(module, &self.project.code, self.project.packages)
    }

    /// The key of a module, which no other module of the workspace has.
    pub fn module_key(&self, module: ModuleIndex) -> String {
        self.project.code.module_key(module, self.project.packages)
    }

    /// How many references tags and records hold.
    pub fn references(&self) -> usize {
        let in_tags: usize = self.project.code.tags.iter().map(|tag| tag.ids.len()).sum();
        let in_records: usize =
            self.project.documents.iter().map(|document| document.references.len()).sum();
        in_tags + in_records
    }
}

/// Whether a test's link names the whole, or a part that the unit's code names too.
fn shares_part(unit: &Unit<'_>, test: &Link<'_>) -> bool {
    unit.implements.iter().any(|link| {
        link.record.at() == test.record.at()
            && (link.part.is_none() || test.part.is_none() || link.part == test.part)
    })
}

fn at_unit_level_or_open(link: &Link<'_>) -> bool {
    matches!(link.level, None | Some(Level::Unit))
}

/// The links of tags by the place of the record they name.
type LinksByRecord<'m> = BTreeMap<&'m Location, Vec<Link<'m>>>;

fn written_fields<'m>(records: &[&'m Record]) -> BTreeSet<(RecordKind, &'m str)> {
    let of = |record: &&'m Record| {
        let (kind, fields) = (record.kind, record.fields.iter());
        fields.map(move |field| (kind, field.name.value.as_str())).collect::<Vec<_>>()
    };
    records.iter().flat_map(of).collect()
}

fn links_by_record<'m>(links: &[Link<'m>]) -> LinksByRecord<'m> {
    grouped(links.iter().map(|link| (link.record.at(), *link)))
}

/// The verifying links of each test.
type LinksByTest<'m> = BTreeMap<ItemIndex, Vec<Link<'m>>>;

fn links_by_test<'m>(links: &[Link<'m>]) -> LinksByTest<'m> {
    let verifying = links.iter().filter(|link| link.role == Role::Verifies);
    grouped(verifying.filter_map(|link| Some((link.tag.owner.item()?, *link))))
}

/// Links by what they are asked for by, without the spare room of lists that grew: most
/// tests have one link, and a list makes room for four.
fn grouped<'m, K: Ord>(links: impl Iterator<Item = (K, Link<'m>)>) -> BTreeMap<K, Vec<Link<'m>>> {
    let mut groups: BTreeMap<K, Vec<Link<'m>>> = BTreeMap::new();
    for (key, link) in links {
        groups.entry(key).or_default().push(link);
    }
    groups.values_mut().for_each(Vec::shrink_to_fit);
    groups
}

#[cfg(test)]
mod tests;
