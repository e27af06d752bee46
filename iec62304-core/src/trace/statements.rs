//! What the records say about classes, gathered for the rules of 4.3 and 4.4: each class
//! that is stated, what lowered it, which harm stands against it, which code runs with it.

use std::collections::BTreeSet;

use crate::location::{Located, Location};
use crate::model::record::{Fields, Record, RecordKind, Value};
use crate::records::Index;
use crate::standard::{Edition, SafetyClass};
use crate::trace::class::{self, ClassTree, Classed, Effective, Lacking, Stated, stated};
use crate::trace::group::{Group, Holdings};
use crate::trace::role::{module_of, package_of};
use crate::trace::{Project, Requirement, RiskControl};

/// Everything that the rules on classes and on legacy software look at.
#[derive(Clone, Debug, Default)]
pub struct Statements<'m> {
    /// Each class that a software system or item states.
    pub stated: Vec<StatedClass<'m>>,
    /// Each risk control without which a class would be higher.
    pub lowerings: Vec<Lowering<'m>>,
    /// Code of several items that runs together.
    pub shared: Vec<SharedCode<'m>>,
    /// Each system and item that is kept in use as legacy software.
    pub legacies: Vec<Legacy<'m>>,
}

/// A class that a software system or item states.
#[derive(Clone, Debug)]
pub struct StatedClass<'m> {
    /// The system or item.
    pub record: &'m Record,
    /// The class.
    pub states: SafetyClass,
    /// Where it states it.
    pub at: &'m Location,
    /// The class of what it is a part of; `None` for a software system.
    pub whole: Option<SafetyClass>,
    /// What it lacks to have another class than that.
    pub lacks: Vec<Lacking>,
    /// The hazardous situations that it may contribute to and that ask for a higher
    /// class, or do not say for which; the most severe first.
    pub asked: Vec<Asked<'m>>,
    effective: Effective,
}

/// A hazardous situation as something that asks for a class.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'m> {
    /// The hazardous situation.
    pub situation: &'m Record,
    /// The cause that leads to it.
    pub cause: &'m Fields,
    /// How severe the harm is; `None` where it does not say.
    pub severity: Option<&'m Located<String>>,
    /// The class that it asks for; the highest where it does not say.
    pub asks: SafetyClass,
}

/// A risk control that a class rests on.
#[derive(Clone, Debug)]
pub struct Lowering<'m> {
    /// The system or item that says so.
    pub record: &'m Record,
    /// Where it says so.
    pub at: &'m Location,
    /// The control.
    pub control: &'m Record,
    /// Whether the software system realises the control itself.
    pub is_inside: bool,
    effective: Effective,
}

/// Code of several items that runs together.
#[derive(Clone, Debug)]
pub struct SharedCode<'m> {
    /// Where it runs, and the items with code in it.
    pub group: Group<'m>,
    /// Two items of it that have different classes, and nothing keeps them apart.
    pub mixed: Vec<MixedPair<'m>>,
    effective: Effective,
}

/// Two items of different classes, with these classes.
#[derive(Clone, Copy, Debug)]
pub struct MixedPair<'m> {
    /// The one of the lower class.
    pub low: (&'m Record, SafetyClass),
    /// The one of the higher class.
    pub high: (&'m Record, SafetyClass),
}

/// A system or item that is kept in use as legacy software.
#[derive(Clone, Debug)]
pub struct Legacy<'m> {
    /// The system or item.
    pub record: &'m Record,
    /// Where it is declared legacy.
    pub at: &'m Location,
    /// What is recorded about that.
    pub fields: &'m Fields,
    /// Whether the edition has a path for it.
    pub has_path: bool,
    effective: Effective,
}

impl Classed for StatedClass<'_> {
    fn effective(&self) -> &Effective {
        &self.effective
    }
}

impl Classed for Lowering<'_> {
    fn effective(&self) -> &Effective {
        &self.effective
    }
}

impl Classed for SharedCode<'_> {
    fn effective(&self) -> &Effective {
        &self.effective
    }
}

impl Classed for Legacy<'_> {
    fn effective(&self) -> &Effective {
        &self.effective
    }
}

/// What the facts are gathered from.
pub struct Parts<'m, 'a> {
    /// The project.
    pub project: &'m Project<'m>,
    /// Its records.
    pub records: &'a [&'m Record],
    /// Every record by its id.
    pub index: &'a Index,
    /// The classes.
    pub classes: &'a ClassTree,
    /// Who has code where.
    pub holdings: &'a Holdings<'m>,
    /// The software requirements.
    pub requirements: &'a [Requirement<'m>],
    /// The risk controls realised in software.
    pub risk_controls: &'a [RiskControl<'m>],
}

/// Gathers everything.
pub fn statements<'m>(parts: &Parts<'m, '_>) -> Statements<'m> {
    let systems_and_items = || {
        let records = parts.records.iter().copied();
        records.filter(|record| is_system(record) || record.kind == RecordKind::Item)
    };
    Statements {
        stated: systems_and_items().filter_map(|record| parts.stated(record)).collect(),
        lowerings: systems_and_items().flat_map(|record| parts.lowerings(record)).collect(),
        shared: parts.shared(),
        legacies: systems_and_items().filter_map(|record| parts.legacy(record)).collect(),
    }
}

fn is_system(record: &Record) -> bool {
    record.kind == RecordKind::SoftwareSystem
}

impl<'m> Parts<'m, '_> {
    /// The class by which a system or item is judged.
    fn effective(&self, record: &Record) -> Effective {
        self.classes.of_record(&record.id.value)
    }

    fn stated(&self, record: &'m Record) -> Option<StatedClass<'m>> {
        let Stated::Class(states) = stated(record) else {
            return None;
        };
        let place = self.classes.place(&record.id.value);
        let mut asked = self.asked(record);
        asked.retain(|asked| asked.asks > states);
        asked.sort_by_key(|asked| (asked.severity.is_none(), std::cmp::Reverse(asked.asks)));
        Some(StatedClass {
            record,
            states,
            at: &record.fields.text("class")?.at,
            whole: place.map(|place| place.whole.class),
            lacks: place.map_or_else(Vec::new, |place| place.lacks.clone()),
            asked,
            effective: self.effective(record),
        })
    }

    /// Every hazardous situation with a cause in a system or item, by its first such cause.
    fn asked(&self, record: &Record) -> Vec<Asked<'m>> {
        let situations = self.records.iter().copied();
        let situations = situations.filter(|it| it.kind == RecordKind::HazardousSituation);
        let asked = situations.filter_map(|situation| {
            let mut causes = situation.fields.tables("cause").iter();
            let cause = causes.find(|cause| self.is_in(cause, record))?;
            let severity = situation.fields.text("severity");
            if severity.is_none() && !self.answers_for(record, cause) {
                return None;
            }
            let asked = severity.and_then(|word| SafetyClass::asked_by(&word.value));
            let asks = asked.unwrap_or(SafetyClass::C);
            Some(Asked { situation, cause, severity, asks })
        });
        asked.collect()
    }

    /// Whether a cause lies in a system or item or a part of it. One that names no item
    /// lies somewhere in the software.
    fn is_in(&self, cause: &Fields, record: &Record) -> bool {
        match cause.text("item") {
            Some(item) => self.classes.chain(&item.value).contains(&record.id.value.as_str()),
            None => is_system(record),
        }
    }

    /// Whether a system or item is the first, from the item of a cause upwards, whose
    /// class could be higher: what is missing once is said once.
    fn answers_for(&self, record: &Record, cause: &Fields) -> bool {
        let Some(item) = cause.text("item") else {
            return true;
        };
        let could_be_higher = |id: &&str| {
            let record = self.records.iter().find(|it| it.id.value == *id);
            record.is_some_and(
                |it| matches!(stated(it), Stated::Class(class) if class < SafetyClass::C),
            )
        };
        let first = self.classes.chain(&item.value).into_iter().find(could_be_higher);
        first == Some(record.id.value.as_str())
    }

    fn lowerings(&self, record: &'m Record) -> Vec<Lowering<'m>> {
        let named = record.fields.list("lowered_by").iter();
        let controls = named.flat_map(|id| self.controls(id).into_iter().map(move |it| (id, it)));
        let lowering = |(id, control): (&'m Located<String>, &'m Record)| Lowering {
            record,
            at: &id.at,
            control,
            is_inside: self.is_inside(control, record),
            effective: self.effective(record),
        };
        controls.map(lowering).collect()
    }

    /// The risk controls that an id or a range of ids names.
    fn controls(&self, id: &Located<String>) -> Vec<&'m Record> {
        let entries = self.index.entries(&id.value, &[RecordKind::RiskControl]);
        entries.into_iter().map(|entry| entry.record_in(&self.project.documents)).collect()
    }

    /// Whether a control in software lies in the same system as `record`, which is so
    /// unless all that realises it is known to lie in others.
    fn is_inside(&self, control: &Record, record: &Record) -> bool {
        let Some(control) = self.risk_controls.iter().find(|it| it.record.id == control.id) else {
            return false;
        };
        let systems = self.systems_of(control);
        systems.is_empty() || systems.contains(self.system_of(&record.id.value))
    }

    /// The software systems with requirements or code behind a control.
    fn systems_of(&self, control: &RiskControl<'m>) -> BTreeSet<&str> {
        let requirements =
            control.requirements.iter().map(|index| self.requirements[*index].record);
        let by_requirement = requirements.flat_map(|record| record.fields.list("items"));
        let by_code = control.evidence.implementations.iter().filter_map(|link| {
            let module = module_of(link.tag, &self.project.code)?;
            let package = package_of(module, &self.project.code, self.project.packages);
            self.holdings.by_package.get(package.name.as_str())
        });
        let by_requirement = by_requirement.map(|item| self.system_of(&item.value));
        by_requirement.chain(by_code.flatten().map(|item| self.system_of(item))).collect()
    }

    fn system_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.classes.chain(id).pop().expect("a chain holds what it starts with")
    }

    fn shared(&self) -> Vec<SharedCode<'m>> {
        let groups = self.holdings.groups.iter().enumerate();
        let shared = |(at, group): (usize, &Group<'m>)| SharedCode {
            group: group.clone(),
            mixed: self.mixed_in(at),
            effective: self.classes.of_items(group.items.iter().copied()),
        };
        groups.map(shared).collect()
    }

    fn mixed_in(&self, group: usize) -> Vec<MixedPair<'m>> {
        let record = |id: &str| self.records.iter().copied().find(|it| it.id.value == id);
        let pairs = self.classes.mixed().iter().filter(|pair| pair.group == group);
        let pair = |pair: &class::Mixed| {
            let (low, high) = (record(&pair.low.0)?, record(&pair.high.0)?);
            Some(MixedPair { low: (low, pair.low.1), high: (high, pair.high.1) })
        };
        pairs.filter_map(pair).collect()
    }

    fn legacy(&self, record: &'m Record) -> Option<Legacy<'m>> {
        let field = record.fields.iter().find(|field| field.name.value == "legacy")?;
        let Value::Table(fields) = &field.value else {
            return None;
        };
        Some(Legacy {
            record,
            at: &field.name.at,
            fields,
            has_path: self.project.edition() == Edition::Amended,
            effective: self.effective(record),
        })
    }
}
