//! Hazardous situations, their causes, the items that these name, and the risk controls
//! against them: how the records of chapter 7 hang together, and by which class each is
//! judged.
//!
//! A cause is judged by the class of its item or by the class that the severity of its
//! situation asks for, whichever is higher: an item whose class is too low for a serious
//! situation still owes what the situation asks for.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::location::{Located, Location};
use crate::model::record::{Fields, Record, RecordKind};
use crate::records::Index;
use crate::trace::class::{ClassTree, Classed, Effective, asked_by, highest};
use crate::trace::nesting::Nesting;

/// A hazardous situation and what is known of it.
#[derive(Clone, Debug)]
pub struct HazardousSituation<'m> {
    /// Its record.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// What in the software may contribute to it.
    pub causes: Vec<Cause<'m>>,
}

impl Classed for HazardousSituation<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// A cause of a hazardous situation.
#[derive(Clone, Debug)]
pub struct Cause<'m> {
    /// Its table.
    pub fields: &'m Fields,
    /// The situation that it contributes to.
    pub situation: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// The risk controls of every kind that name it or the whole situation.
    pub controls: Vec<&'m Record>,
    /// Ids of the requirements, or parts of them, whose failure it is.
    pub requirements: Vec<String>,
}

impl Classed for Cause<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// An item that may contribute to a hazardous situation, since a cause names it.
#[derive(Clone, Debug)]
pub struct ContributingItem<'m> {
    /// Its record: of an item, or of the software system.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// The causes that name it or a part of it.
    pub causes: Vec<Cause<'m>>,
    /// What says, of it or of what it is a part of, which kinds of cause it cannot have.
    pub not_a_cause: Vec<&'m Fields>,
}

impl Classed for ContributingItem<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// A risk control of any kind, and what it is against.
#[derive(Clone, Debug)]
pub struct Control<'m> {
    /// Its record.
    pub record: &'m Record,
    /// The causes and situations that it names.
    pub against: Vec<Controlled<'m>>,
}

/// What a risk control is against: a cause, or a situation with all its causes.
#[derive(Clone, Debug)]
pub struct Controlled<'m> {
    /// The situation.
    pub situation: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
}

/// All hazardous situations of a project.
#[derive(Clone, Debug)]
pub struct Hazards<'m> {
    /// Every situation, in the order of the records.
    pub situations: Vec<HazardousSituation<'m>>,
    /// Every risk control of any kind, in the order of the records.
    pub controls: Vec<Control<'m>>,
    /// By which class something is judged that names no item and no situation.
    pub class_of_nothing: Effective,
    items: Vec<ContributingItem<'m>>,
}

impl<'m> HazardousSituation<'m> {
    /// Why nothing in the software can contribute to it, where somebody says so.
    pub fn no_cause(&self) -> Option<&'m Located<String>> {
        self.record.fields.text("no_cause")
    }
}

impl<'m> Cause<'m> {
    /// Its id; one that has none goes by the situation.
    pub fn name(&self) -> String {
        match self.fields.text("id") {
            Some(id) => id.value.clone(),
            None => format!("of {}", self.situation.id.value),
        }
    }

    /// Where it stands: at its id, else at its first field.
    pub fn at(&self) -> &'m Location {
        let first = self.fields.iter().next().map(|field| &field.name.at);
        let id = self.fields.text("id").map(|id| &id.at);
        id.or(first).unwrap_or(&self.situation.id.at)
    }

    /// The id of the item that may contribute.
    pub fn item(&self) -> Option<&'m str> {
        self.fields.text("item").map(|item| item.value.as_str())
    }

    /// The id by which a risk control can name it: its own, else that of the situation.
    pub fn reference(&self) -> &'m str {
        self.fields.text("id").map_or(&self.situation.id.value, |id| &id.value)
    }

    /// Its kind, in the word of the vocabulary.
    pub fn kind(&self) -> Option<&'m str> {
        self.fields.text("kind").map(|kind| kind.value.as_str())
    }
}

impl Control<'_> {
    /// Whether software realises it; one of no stated kind is taken for it.
    pub fn is_in_software(&self) -> bool {
        self.record.fields.text("kind").is_none_or(|kind| kind.value == "software")
    }
}

impl<'m> Hazards<'m> {
    /// Links the records of chapter 7.
    #[requirement("TOOL-27")]
    pub fn build(index: &Index, records: &[&'m Record], classes: &ClassTree) -> Self {
        let links = Links { index, classes };
        let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let situations = of_kind(RecordKind::HazardousSituation);
        let mut situations: Vec<_> = situations.map(|record| links.situation(record)).collect();
        let places = Places::of(&situations);
        let mut controls = Vec::new();
        for record in of_kind(RecordKind::RiskControl) {
            let named = links.named(record.fields.list("against"), HAZARDS);
            let named: Vec<Place> = named.iter().filter_map(|id| places.get(id)).collect();
            let against = named.iter().map(|place| controlled(&situations, *place)).collect();
            controls.push(Control { record, against });
            for place in named {
                add_control(&mut situations, place, record);
            }
        }
        Self {
            items: items(&situations, &Nesting::of(records)),
            situations,
            controls,
            class_of_nothing: classes.of_items(std::iter::empty()),
        }
    }

    /// Every cause, situation by situation.
    pub fn causes(&self) -> impl Iterator<Item = &Cause<'m>> {
        self.situations.iter().flat_map(|situation| &situation.causes)
    }

    /// Every item that a cause names, systems first, as far as there is something to
    /// decide on: none while no cause says of which kind it is.
    pub fn items_to_decide_on(&self) -> &[ContributingItem<'m>] {
        if self.state_kinds() { &self.items } else { &[] }
    }

    /// Every cause that says which requirements fail in it.
    pub fn failures(&self) -> impl Iterator<Item = &Cause<'m>> {
        self.causes().filter(|cause| !cause.requirements.is_empty())
    }

    /// Whether some cause says of which kind it is.
    pub fn state_kinds(&self) -> bool {
        self.causes().any(|cause| cause.kind().is_some())
    }

    /// Whether some situation says how severe it is.
    pub fn state_severities(&self) -> bool {
        self.situations.iter().any(|situation| situation.record.text("severity").is_some())
    }

    /// Whether some risk control says what it is against.
    pub fn state_what_controls_are_against(&self) -> bool {
        self.controls.iter().any(|control| !control.against.is_empty())
    }
}

const HAZARDS: &[RecordKind] = &[RecordKind::HazardousSituation];
const REQUIREMENTS: &[RecordKind] = &[RecordKind::Requirement];

/// What the records are linked with.
struct Links<'a> {
    index: &'a Index,
    classes: &'a ClassTree,
}

impl Links<'_> {
    fn situation<'m>(&self, record: &'m Record) -> HazardousSituation<'m> {
        let tables = record.fields.tables("cause").iter();
        let causes: Vec<Cause<'m>> = tables.map(|fields| self.cause(record, fields)).collect();
        let class = highest(causes.iter().map(|cause| cause.class.clone()));
        let class = class.unwrap_or_else(|| raised(self.classes.system().clone(), record));
        HazardousSituation { record, class, causes }
    }

    /// A cause that names no item may sit anywhere in the system.
    fn cause<'m>(&self, situation: &'m Record, fields: &'m Fields) -> Cause<'m> {
        let class = match fields.text("item") {
            Some(item) => self.classes.item(&item.value),
            None => self.classes.system().clone(),
        };
        Cause {
            fields,
            situation,
            class: raised(class, situation),
            controls: Vec::new(),
            requirements: self.named(fields.list("requirements"), REQUIREMENTS),
        }
    }

    /// The ids that references name, ranges spread out; what is unknown is reported elsewhere.
    fn named(&self, references: &[Located<String>], kinds: &[RecordKind]) -> Vec<String> {
        let entries = references.iter().flat_map(|id| self.index.entries(&id.value, kinds));
        let mut named: Vec<String> = entries.map(|entry| entry.id.value.clone()).collect();
        named.sort();
        named.dedup();
        named
    }
}

/// The class, or the one that the severity of the situation asks for where that is higher.
fn raised(class: Effective, situation: &Record) -> Effective {
    match asked_by(situation) {
        Some(asked) if asked.class > class.class => asked,
        _ => class,
    }
}

/// A situation by its index, or one of its causes by its index there.
#[derive(Clone, Copy)]
struct Place {
    situation: usize,
    cause: Option<usize>,
}

/// Where the id of each situation and cause leads. Of an id given twice the first counts.
struct Places<'m>(BTreeMap<&'m str, Place>);

impl<'m> Places<'m> {
    fn of(situations: &[HazardousSituation<'m>]) -> Self {
        let mut places = BTreeMap::new();
        for (index, situation) in situations.iter().enumerate() {
            let whole = Place { situation: index, cause: None };
            places.entry(situation.record.id.value.as_str()).or_insert(whole);
            for (cause, table) in situation.causes.iter().enumerate() {
                if let Some(id) = table.fields.text("id") {
                    let place = Place { situation: index, cause: Some(cause) };
                    places.entry(id.value.as_str()).or_insert(place);
                }
            }
        }
        Self(places)
    }

    fn get(&self, id: &str) -> Option<Place> {
        self.0.get(id).copied()
    }
}

fn controlled<'m>(situations: &[HazardousSituation<'m>], place: Place) -> Controlled<'m> {
    let situation = &situations[place.situation];
    let cause = place.cause.map(|cause| &situation.causes[cause]);
    Controlled {
        situation: situation.record,
        class: cause.map_or(&situation.class, |cause| &cause.class).clone(),
    }
}

/// A control of a whole situation is one of each of its causes.
fn add_control<'m>(situations: &mut [HazardousSituation<'m>], place: Place, control: &'m Record) {
    let causes = &mut situations[place.situation].causes;
    let named = match place.cause {
        Some(cause) => &mut causes[cause..=cause],
        None => causes.as_mut_slice(),
    };
    for cause in named {
        if cause.controls.iter().all(|known| known.at() != control.at()) {
            cause.controls.push(control);
        }
    }
}

/// The items that causes name, each with its own causes and those of its parts.
fn items<'m>(
    situations: &[HazardousSituation<'m>],
    nesting: &Nesting<'m>,
) -> Vec<ContributingItem<'m>> {
    let causes = situations.iter().flat_map(|situation| &situation.causes);
    let causes: Vec<(&str, BTreeSet<&str>, &Cause<'m>)> = causes
        .filter_map(|cause| Some((cause.item()?, nesting.with_wholes(cause.item()?), cause)))
        .collect();
    let item = |record: &'m Record| {
        let id = record.id.value.as_str();
        let own = causes.iter().filter(|(item, ..)| *item == id);
        let inside = causes.iter().filter(|(_, wholes, _)| wholes.contains(id));
        let wholes = nesting.with_wholes(id);
        let whole = nesting.records().filter(|whole| wholes.contains(whole.id.value.as_str()));
        Some(ContributingItem {
            record,
            class: highest(own.map(|(_, _, cause)| cause.class.clone()))?,
            causes: inside.map(|(_, _, cause)| (*cause).clone()).collect(),
            not_a_cause: whole.filter_map(|whole| whole.fields.table("not_a_cause")).collect(),
        })
    };
    nesting.records().filter_map(item).collect()
}

#[cfg(test)]
mod tests;
