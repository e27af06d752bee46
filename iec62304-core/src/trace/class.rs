//! Effective safety classes: by which class a record, a package or a unit is judged,
//! and why.
//!
//! Decided here and nowhere else: no class means C (4.3); an item takes the class of
//! its parent unless a rationale and a segregation say otherwise; what two items share
//! takes the higher class; several items give the highest.

use std::collections::BTreeMap;

use iec62304_macros::{requirement, risk_control};

use crate::location::Located;
use crate::model::record::{Record, RecordKind};
use crate::standard::SafetyClass;

/// A class and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The class.
    pub class: SafetyClass,
    /// Why: a phrase that follows "is class C, ".
    pub because: String,
}

impl Effective {
    fn new(class: SafetyClass, because: impl Into<String>) -> Self {
        Self { class, because: because.into() }
    }
}

/// The class that a record states for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated<'m> {
    /// A, B or C.
    Class(SafetyClass),
    /// Some other word.
    Unknown(&'m Located<String>),
    /// Nothing.
    Absent,
}

/// The class that a software system or item states for itself.
pub fn stated(record: &Record) -> Stated<'_> {
    match record.fields.text("class") {
        None => Stated::Absent,
        Some(word) => SafetyClass::parse(&word.value).map_or(Stated::Unknown(word), Stated::Class),
    }
}

/// The classes of the software systems and items of a project.
#[derive(Clone, Debug)]
pub struct ClassTree {
    system: Effective,
    items: BTreeMap<String, Effective>,
    packages: BTreeMap<String, Effective>,
}

impl ClassTree {
    /// Works out every class from the records of systems and items.
    #[requirement("TOOL-8")]
    #[risk_control("GUARD-2")]
    pub fn build(records: &[&Record]) -> Self {
        let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let systems: Vec<&Record> = of_kind(RecordKind::SoftwareSystem).collect();
        let items: Vec<&Record> = of_kind(RecordKind::Item).collect();
        let nodes =
            || systems.iter().chain(&items).map(|record| (record.id.value.as_str(), *record));
        let by_id: BTreeMap<&str, &Record> = nodes().collect();
        let system = highest(systems.iter().map(|system| own_class(system))).unwrap_or_else(|| {
            Effective::new(SafetyClass::C, "no software system states a class (4.3)")
        });
        let items: BTreeMap<String, Effective> = items
            .iter()
            .map(|item| (item.id.value.clone(), item_class(item, &by_id, &system, &mut Vec::new())))
            .collect();
        let packages = package_classes(of_kind(RecordKind::Item), &items);
        Self { system, items, packages }
    }

    /// The highest class of the software systems; class C if there is none.
    pub fn system(&self) -> &Effective {
        &self.system
    }

    /// The class of an item; that of the system for an item that no record declares.
    pub fn item(&self, id: &str) -> Effective {
        match self.items.get(id) {
            Some(effective) => through_item(id, effective),
            None => self.system.clone(),
        }
    }

    /// Every item with its class, by id.
    pub fn items(&self) -> impl Iterator<Item = (&str, &Effective)> {
        self.items.iter().map(|(id, class)| (id.as_str(), class))
    }

    /// The class of a package: the highest among the items that name it.
    pub fn package(&self, name: &str) -> Effective {
        self.packages.get(name).cloned().unwrap_or_else(|| self.system.clone())
    }

    /// The highest class among items; that of the system if there are none.
    pub fn of_items<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Effective {
        highest(ids.map(|id| self.item(id))).unwrap_or_else(|| {
            Effective::new(
                self.system.class,
                format!("{}; it is allocated to no item", self.system.because),
            )
        })
    }
}

/// The class that the severity of a hazardous situation asks for; `None` while nobody has
/// said how severe it is.
pub fn asked_by(situation: &Record) -> Option<Effective> {
    let severity = situation.text("severity")?;
    let because = format!("since hazardous situation {} is {severity}", situation.id.value);
    Some(Effective::new(SafetyClass::asked_by(severity)?, because))
}

/// The class of an item as that of something in it.
fn through_item(id: &str, class: &Effective) -> Effective {
    let own = class.because.starts_with(&format!("as item {id} "));
    let because =
        if own { class.because.clone() } else { format!("through item {id}, {}", class.because) };
    Effective::new(class.class, because)
}

/// The highest of several classes, the first of them where several are equal.
pub fn highest(classes: impl Iterator<Item = Effective>) -> Option<Effective> {
    classes.reduce(|highest, next| if next.class > highest.class { next } else { highest })
}

/// The class of a software system, or of an item by its own word alone.
pub fn own_class(record: &Record) -> Effective {
    let id = &record.id.value;
    match stated(record) {
        Stated::Class(class) => {
            Effective::new(class, format!("as {} {id} states", record.kind.noun()))
        }
        Stated::Unknown(word) => Effective::new(
            SafetyClass::C,
            format!("since {id} states {:?}, which is no class (4.3)", word.value),
        ),
        Stated::Absent => {
            Effective::new(SafetyClass::C, format!("since {id} states no class (4.3)"))
        }
    }
}

/// The class of an item, by way of its parents.
///
/// `below` holds the items that asked for it, so that a circle ends.
fn item_class<'m>(
    item: &'m Record,
    by_id: &BTreeMap<&str, &'m Record>,
    system: &Effective,
    below: &mut Vec<&'m str>,
) -> Effective {
    let id = item.id.value.as_str();
    if below.contains(&id) {
        return Effective::new(SafetyClass::C, "since its parents form a circle");
    }
    below.push(id);
    let parent = item.fields.text("parent").and_then(|parent| by_id.get(parent.value.as_str()));
    let parent = match parent {
        Some(parent) if parent.kind == RecordKind::SoftwareSystem => own_class(parent),
        Some(parent) => item_class(parent, by_id, system, below),
        None => system.clone(),
    };
    class_below(item, parent)
}

/// An item's own class counts above its parent's at once, below it only with a
/// rationale and a segregation.
fn class_below(item: &Record, parent: Effective) -> Effective {
    let class = match stated(item) {
        Stated::Class(class) => class,
        Stated::Unknown(_) => return own_class(item),
        Stated::Absent => return parent,
    };
    let argued = ["rationale", "segregation"].iter().all(|field| item.fields.text(field).is_some());
    if class >= parent.class || argued {
        return own_class(item);
    }
    let id = &item.id.value;
    let because = format!(
        "since {id} states {class} without rationale and segregation below class {}",
        parent.class
    );
    Effective::new(parent.class, because)
}

fn package_classes<'m>(
    items: impl Iterator<Item = &'m Record>,
    classes: &BTreeMap<String, Effective>,
) -> BTreeMap<String, Effective> {
    let mut packages: BTreeMap<String, Effective> = BTreeMap::new();
    for item in items {
        let class = &classes[&item.id.value];
        for package in item.fields.list("crates") {
            let higher = packages.get(&package.value).is_none_or(|known| class.class > known.class);
            if higher {
                packages.insert(package.value.clone(), through_item(&item.id.value, class));
            }
        }
    }
    packages
}
