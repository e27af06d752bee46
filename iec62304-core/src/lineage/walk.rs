//! From a thing to those above and below it.
//!
//! Upwards lies what a thing comes from: requirements, risk controls, causes. Downwards
//! lies what follows: items, units, code, tests, reviews. Below a requirement or a risk
//! control only what it concerns is shown of an item and of a unit.

use std::collections::BTreeSet;

use super::mentions::{Mention, Mentions};
use super::node::{Part, Thing};
use super::{Branch, Lineage};
use crate::analysis::Analysis;
use crate::location::Location;
use crate::model::code::{ItemIndex, TagOwner};
use crate::model::record::{Record, RecordKind};
use crate::snapshot::Snapshot;
use crate::trace::link::Link;
use crate::trace::role::Role;
use crate::trace::{Origin, Trace, Unit};

/// What the walk needs to know.
pub(super) struct Walk<'m, 'a> {
    pub(super) trace: &'a Trace<'m>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) analysis: &'a Analysis,
    mentions: Mentions<'m>,
}

/// The next things, each with how it belongs to the one before.
type Steps<'m> = Vec<(&'static str, Thing<'m>)>;

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    From,
    To,
}

/// One tree while it grows.
struct Growth<'m> {
    direction: Direction,
    seen: BTreeSet<Location>,
    /// The requirement or risk control below which the walk is.
    below: Option<&'m Record>,
}

/// Fields whose references are followed by name, in one direction or the other.
const FOLLOWED: [&str; 6] = ["source", "items", "against", "item", "parent", "of"];

/// Relations to what is not walked on from.
const BESIDE: [&str; 6] =
    ["reviewed by", "has interface", "kept apart by", "uses", "named by", "can be the place of"];

impl<'m, 'a> Walk<'m, 'a> {
    pub(super) fn new(
        trace: &'a Trace<'m>,
        snapshot: &'a Snapshot,
        analysis: &'a Analysis,
    ) -> Self {
        let mentions = Mentions::of(trace.project(), trace.index());
        Self { trace, snapshot, analysis, mentions }
    }

    /// A thing with both its trees.
    pub(super) fn lineage(&self, thing: &Thing<'m>) -> Lineage {
        let tree = |direction| {
            let seen = BTreeSet::from([self.at(thing).clone()]);
            let mut growth = Growth { direction, seen, below: None };
            self.branches(thing, true, &mut growth)
        };
        Lineage { node: self.node(thing), from: tree(Direction::From), to: tree(Direction::To) }
    }

    fn branches(&self, thing: &Thing<'m>, is_root: bool, growth: &mut Growth<'m>) -> Vec<Branch> {
        let below = growth.below;
        if let Thing::Record(record) = thing
            && matches!(record.kind, RecordKind::Requirement | RecordKind::RiskControl)
        {
            growth.below = Some(record);
        }
        let steps = match growth.direction {
            Direction::From => self.from(thing, is_root),
            Direction::To => self.to(thing, growth.below),
        };
        let branches =
            steps.into_iter().map(|(relation, next)| self.branch(relation, &next, growth));
        let branches = branches.collect();
        growth.below = below;
        branches
    }

    /// A branch ends where the next thing is beside the chain from need to evidence.
    fn branch(&self, relation: &'static str, thing: &Thing<'m>, growth: &mut Growth<'m>) -> Branch {
        if BESIDE.contains(&relation) {
            let node = self.node(thing);
            return Branch { relation, node, branches: Vec::new(), is_repeated: false };
        }
        let is_new = growth.seen.insert(self.at(thing).clone());
        // Below two requirements an item and a unit show two different things.
        let depends = growth.below.is_some() && is_item_or_unit(thing);
        let branches =
            if is_new || depends { self.branches(thing, false, growth) } else { Vec::new() };
        let is_repeated = !is_new && !depends && self.has_more(thing, growth);
        Branch { relation, node: self.node(thing), branches, is_repeated }
    }

    fn has_more(&self, thing: &Thing<'m>, growth: &Growth<'m>) -> bool {
        match growth.direction {
            Direction::From => !self.from(thing, false).is_empty(),
            Direction::To => !self.to(thing, growth.below).is_empty(),
        }
    }

    fn from(&self, thing: &Thing<'m>, is_root: bool) -> Steps<'m> {
        match thing {
            Thing::Record(record) => self.above_record(record, is_root),
            Thing::Part(part) => {
                let relation = if part.table.is_some() { "can lead to" } else { "of" };
                vec![(relation, self.record(part.record))]
            }
            Thing::Unit(index) => self.above_unit(&self.trace.units()[*index], is_root),
            Thing::Code(item) => {
                let mut steps = self.above_tags(TagOwner::Item(*item));
                let module = self.trace.project().code.items[item.0].module;
                let units = self.trace.units().iter().enumerate();
                let holding = units.filter(|(_, unit)| {
                    unit.items.contains(item)
                        || (unit.modules.contains(&module) && !self.is_moved(*item))
                });
                if self.trace.project().code.items[item.0].test.is_none() {
                    steps.extend(holding.map(|(index, _)| ("in", Thing::Unit(index))));
                }
                steps
            }
            Thing::Module(module) => {
                let mut steps = self.above_tags(TagOwner::Module(*module));
                let units = self.trace.units().iter().enumerate();
                let holding = units.filter(|(_, unit)| unit.modules.contains(module));
                steps.extend(holding.map(|(index, _)| ("in", Thing::Unit(index))));
                steps
            }
        }
    }

    fn above_record(&self, record: &'m Record, is_root: bool) -> Steps<'m> {
        let mentions = self.mentions.by(record);
        let by = |relation, field: &str| {
            let named = mentions.iter().filter(|mention| mention.field == field);
            named.map(|mention| (relation, self.thing(mention))).collect::<Steps<'m>>()
        };
        match record.kind {
            RecordKind::Requirement => by("follows from", "source"),
            RecordKind::RiskControl => by("controls", "against"),
            RecordKind::Item => {
                let mut steps = by("in", "parent");
                if is_root {
                    let id = &record.id.value;
                    let naming = self.mentions.naming(id).iter();
                    let allocated = naming.filter(|mention| mention.field == "items");
                    steps.extend(allocated.map(|it| ("realises", self.thing(it))));
                }
                steps
            }
            RecordKind::SystemRequirement
            | RecordKind::HazardousSituation
            | RecordKind::SoftwareSystem => Vec::new(),
            _ if is_root => {
                self.once_each(mentions.iter().map(|mention| (mention.field, self.thing(mention))))
            }
            _ => Vec::new(),
        }
    }

    fn above_unit(&self, unit: &Unit<'m>, is_root: bool) -> Steps<'m> {
        let item = unit.item.and_then(|id| self.trace.item(id));
        let mut steps: Steps<'m> =
            item.map(|item| ("in", Thing::Record(item))).into_iter().collect();
        if is_root {
            let links = unit.implements.iter();
            steps.extend(
                self.once_each(links.map(|link| ("implements", Thing::Record(link.record)))),
            );
        }
        steps
    }

    fn above_tags(&self, owner: TagOwner) -> Steps<'m> {
        let links = self.links_of(|other| other == owner).into_iter();
        let steps = links.filter_map(|link| {
            let relation = match link.role {
                Role::Implements => "implements",
                Role::Verifies => "verifies",
                _ => return None,
            };
            let id = link.part.map(|part| format!("{}.{part}", link.record.id.value));
            let part = id.and_then(|id| Part::of(link.record, &id));
            Some((relation, part.map_or_else(|| self.record(link.record), Thing::Part)))
        });
        self.once_each(steps)
    }

    fn to(&self, thing: &Thing<'m>, below: Option<&'m Record>) -> Steps<'m> {
        match thing {
            Thing::Record(record) => self.below_record(record, below),
            Thing::Part(part) if part.table.is_some() => {
                self.naming(&part.id, "against", "controlled by")
            }
            Thing::Part(part) => self.below_links(part.record, Some(part.name())),
            Thing::Unit(index) => self.below_unit(&self.trace.units()[*index], below),
            Thing::Code(_) | Thing::Module(_) => Vec::new(),
        }
    }

    fn below_record(&self, record: &'m Record, below: Option<&'m Record>) -> Steps<'m> {
        let id = &record.id.value;
        let mut steps: Steps<'m> = Vec::new();
        match record.kind {
            RecordKind::HazardousSituation => {
                let parts = Part::all(record).into_iter();
                steps.extend(parts.map(|part| ("caused by", Thing::Part(part))));
            }
            RecordKind::SystemRequirement | RecordKind::Document => {
                steps.extend(self.naming(id, "source", "followed by"));
            }
            RecordKind::RiskControl => {
                steps.extend(self.naming(id, "source", "realised by"));
                steps.extend(self.below_links(record, None));
            }
            RecordKind::Requirement => {
                steps.extend(self.homes(record));
                steps.extend(self.below_links(record, None));
            }
            RecordKind::Item | RecordKind::SoftwareSystem => {
                steps.extend(self.below_item(record, below));
                if below.is_some() {
                    return steps;
                }
            }
            _ => {}
        }
        steps.extend(self.naming(id, "of", "reviewed by"));
        let others = self.mentions.naming(id).iter();
        let others = others.filter(|mention| !FOLLOWED.contains(&mention.field));
        steps.extend(others.map(|mention| (named_by(mention.field), self.thing(mention))));
        self.once_each(steps)
    }

    /// The items that a requirement is allocated to or implemented in, and the units that
    /// implement it and belong to no item.
    fn homes(&self, requirement: &'m Record) -> Steps<'m> {
        let allocated = self.mentions.by(requirement).iter();
        let allocated = allocated.filter(|mention| mention.field == "items");
        let mut steps: Steps<'m> =
            allocated.map(|mention| ("allocated to", self.thing(mention))).collect();
        for (index, unit) in self.implementing(requirement) {
            match unit.item.and_then(|id| self.trace.item(id)) {
                Some(item) => steps.push(("implemented in", Thing::Record(item))),
                None => steps.push(("implemented in", Thing::Unit(index))),
            }
        }
        self.once_each(steps)
    }

    /// Units with code that carries the id of a record.
    fn implementing(&self, record: &Record) -> impl Iterator<Item = (usize, &'a Unit<'m>)> {
        let at = record.at().clone();
        let units = self.trace.units().iter().enumerate();
        units.filter(move |(_, unit)| unit.implements.iter().any(|link| *link.record.at() == at))
    }

    fn below_item(&self, item: &'m Record, below: Option<&'m Record>) -> Steps<'m> {
        let id = item.id.value.as_str();
        let is_here = |unit: &Unit<'m>| unit.item == Some(id);
        if let Some(record) = below {
            let units = self.implementing(record).filter(|(_, unit)| is_here(unit));
            return units.map(|(index, _)| ("in", Thing::Unit(index))).collect();
        }
        let mut steps = self.naming(id, "parent", "consists of");
        let units = self.trace.units().iter().enumerate().filter(|(_, unit)| is_here(unit));
        steps.extend(units.map(|(index, _)| ("consists of", Thing::Unit(index))));
        let causes = self.mentions.naming(id).iter();
        let causes = causes.filter(|mention| mention.field == "item" && mention.part.is_some());
        steps.extend(causes.map(|mention| ("can be the place of", self.thing(mention))));
        steps
    }

    fn below_unit(&self, unit: &Unit<'m>, below: Option<&'m Record>) -> Steps<'m> {
        let concerns =
            |link: &&Link<'m>| below.is_none_or(|record| link.record.at() == record.at());
        let code = unit.implements.iter().filter(concerns);
        let code = code.filter_map(|link| Some(("implemented by", owner(link)?)));
        let mut steps = self.once_each(code);
        if below.is_none() {
            if let Origin::Declared(record) = unit.origin {
                let parts = Part::all(record).into_iter();
                steps.extend(parts.map(|part| ("criterion", Thing::Part(part))));
                steps.extend(self.naming(&record.id.value, "of", "reviewed by"));
            }
            let whole = unit.named_by.iter().filter(|link| link.part.is_none());
            steps.extend(whole.filter_map(|link| Some(("verified by", owner(link)?))));
        }
        self.once_each(steps)
    }

    /// The code in no unit and the tests that name a record, or one part of it.
    fn below_links(&self, record: &'m Record, part: Option<&str>) -> Steps<'m> {
        let links = self.trace.links().iter();
        let links = links.filter(|link| link.record.at() == record.at());
        let links = links.filter(|link| part.is_none_or(|part| link.part == Some(part)));
        let in_units = record.kind == RecordKind::Requirement && part.is_none();
        let steps = links.filter_map(|link| match link.role {
            Role::Implements if in_units && self.is_in_unit(link) => None,
            Role::Implements => Some(("implemented by", owner(link)?)),
            Role::Verifies => Some(("verified by", owner(link)?)),
            _ => None,
        });
        self.once_each(steps)
    }

    fn is_in_unit(&self, link: &Link<'m>) -> bool {
        let units = self.trace.units().iter();
        units.flat_map(|unit| &unit.implements).any(|other| other.tag.at == link.tag.at)
    }

    fn is_moved(&self, item: ItemIndex) -> bool {
        self.trace.units().iter().any(|unit| unit.items.contains(&item))
    }

    /// The steps without those to a place where an earlier one leads.
    fn once_each(&self, steps: impl IntoIterator<Item = (&'static str, Thing<'m>)>) -> Steps<'m> {
        let mut seen = BTreeSet::new();
        let steps = steps.into_iter();
        steps.filter(|(_, thing)| seen.insert(self.at(thing).clone())).collect()
    }

    fn naming(&self, id: &str, field: &str, relation: &'static str) -> Steps<'m> {
        let naming = self.mentions.naming(id).iter().filter(|mention| mention.field == field);
        let whole = |mention: &&Mention<'m>| field != "item" || mention.part.is_none();
        naming.filter(whole).map(|mention| (relation, self.thing(mention))).collect()
    }

    /// The links of the tags on some owners.
    pub(super) fn links_of(&self, is_owner: impl Fn(TagOwner) -> bool) -> Vec<&'a Link<'m>> {
        self.trace.links().iter().filter(|link| is_owner(link.tag.owner)).collect()
    }

    fn thing(&self, mention: &Mention<'m>) -> Thing<'m> {
        let part = mention.part.as_ref().and_then(|id| Part::of(mention.record, id));
        part.map_or_else(|| self.record(mention.record), Thing::Part)
    }

    /// A record as a thing: that of a unit is the unit.
    pub(super) fn record(&self, record: &'m Record) -> Thing<'m> {
        let is_its = |unit: &Unit<'m>| unit.at == *record.at();
        match self.trace.units().iter().position(is_its) {
            Some(index) if record.kind == RecordKind::Unit => Thing::Unit(index),
            _ => Thing::Record(record),
        }
    }
}

/// What a tag stands on.
fn owner<'m>(link: &Link<'m>) -> Option<Thing<'m>> {
    match link.tag.owner {
        TagOwner::Item(item) => Some(Thing::Code(item)),
        TagOwner::Module(module) => Some(Thing::Module(module)),
        TagOwner::Nothing(_) => None,
    }
}

fn is_item_or_unit(thing: &Thing<'_>) -> bool {
    match thing {
        Thing::Record(record) => record.kind == RecordKind::Item,
        Thing::Unit(_) => true,
        _ => false,
    }
}

/// How a record that names another one belongs to it, by the field that names it.
fn named_by(field: &str) -> &'static str {
    match field {
        "from" | "to" => "has interface",
        "keeps_apart" | "segregation" => "kept apart by",
        "used_by" => "uses",
        _ => "named by",
    }
}
