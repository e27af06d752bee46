//! Effective safety classes: by which class a record, a package or a unit is judged,
//! and why.
//!
//! Decided here and nowhere else: no class means C (4.3); an item takes the class of
//! its parent unless a rationale and a segregation that keeps it apart say otherwise;
//! what two items share takes the higher class; items whose code runs together take the
//! highest class among them unless a segregation keeps them apart; several items give
//! the highest.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};

use crate::location::Located;
use crate::model::record::{Record, RecordKind};
use crate::standard::SafetyClass;
use crate::trace::group::Holdings;
use crate::trace::nesting::Nesting;
use apart::Apart;
pub use apart::Lacking;

mod apart;

/// A class and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The class.
    pub class: SafetyClass,
    /// Why: a phrase that follows "is class C, ".
    pub because: String,
    /// Whether code that runs with it raised it; such a class is not the first to name
    /// where it is one of several.
    pub is_raised: bool,
}

impl Effective {
    fn new(class: SafetyClass, because: impl Into<String>) -> Self {
        Self { class, because: because.into(), is_raised: false }
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

/// What is judged by a class of its own.
pub trait Classed {
    /// By which class it is judged.
    fn effective(&self) -> &Effective;
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
    systems: BTreeMap<String, Effective>,
    items: BTreeMap<String, Effective>,
    packages: BTreeMap<String, Effective>,
    places: BTreeMap<String, Place>,
    apart: Apart,
    mixed: Vec<Mixed>,
    perhaps_mixed: Vec<(ItemClass, ItemClass)>,
}

/// Where an item stands, and what it lacks to have another class than that place gives it.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it is a part of, if that is known.
    pub parent: Option<String>,
    /// The class of that.
    pub whole: Effective,
    /// What it lacks to have the class that it states.
    pub lacks: Vec<Lacking>,
}

/// Two items of different classes whose code runs together, and nothing keeps them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mixed {
    /// The group, counted from 0.
    pub group: usize,
    /// The item of the lower class.
    pub low: ItemClass,
    /// The item of the higher class.
    pub high: ItemClass,
}

/// The id of a system or item, and the class that it has for itself.
pub type ItemClass = (String, SafetyClass);

impl ClassTree {
    /// Works out every class from the records of systems and items, and from what runs
    /// together.
    #[requirement("TOOL-8", "TOOL-23")]
    #[risk_control("GUARD-2")]
    pub fn build(records: &[&Record], holdings: &Holdings<'_>) -> Self {
        let mut builder = Builder::of(records);
        let mixed = builder.mixed(holdings);
        let mut perhaps_mixed = builder.pairs(&holdings.perhaps_together);
        let known: BTreeSet<_> = mixed.iter().map(|known| (&known.low, &known.high)).collect();
        perhaps_mixed.retain(|(low, high)| !known.contains(&(low, high)));
        builder.raise(&mixed, holdings);
        let of_kind = |kind| {
            let records = records.iter().filter(move |record| record.kind == kind);
            records.map(|it| (it.id.value.clone(), builder.class_of(it, &mut Vec::new()))).collect()
        };
        Self {
            systems: of_kind(RecordKind::SoftwareSystem),
            items: of_kind(RecordKind::Item),
            packages: builder.packages(holdings),
            places: builder.places(),
            system: builder.system,
            apart: builder.apart,
            mixed,
            perhaps_mixed,
        }
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

    /// The class of a system or item, as a phrase about itself.
    pub fn of_record(&self, id: &str) -> Effective {
        self.systems.get(id).or_else(|| self.items.get(id)).unwrap_or(&self.system).clone()
    }

    /// Whether a record declares this item.
    pub fn has_item(&self, id: &str) -> bool {
        self.items.contains_key(id)
    }

    /// Every item with its class, by id.
    pub fn items(&self) -> impl Iterator<Item = (&str, &Effective)> {
        self.items.iter().map(|(id, class)| (id.as_str(), class))
    }

    /// The class of a package: the highest among the items with code in it.
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

    /// Where an item stands; `None` for a software system.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id)
    }

    /// An item, what it is a part of, and so on up to its software system.
    pub fn chain<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        self.apart.chain(id)
    }

    /// Whether a segregation keeps two items apart, or wholes that they are parts of.
    pub fn keeps_apart(&self, one: &str, other: &str) -> bool {
        self.apart.keeps(one, other)
    }

    /// Every two items of different classes whose code runs together, each pair once.
    pub fn mixed(&self) -> &[Mixed] {
        &self.mixed
    }

    /// Every two items of which nobody knows whether their code runs together, and for
    /// which it would matter.
    pub fn perhaps_mixed(&self) -> &[(ItemClass, ItemClass)] {
        &self.perhaps_mixed
    }
}

/// What the classes are worked out from.
struct Builder<'m> {
    by_id: BTreeMap<&'m str, &'m Record>,
    /// The highest class of the software systems.
    system: Effective,
    apart: Apart,
    /// What an item shares with others raises its class to this.
    raised: BTreeMap<String, Effective>,
}

impl<'m> Builder<'m> {
    fn of(records: &[&'m Record]) -> Self {
        let of_kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let systems: Vec<&Record> = of_kind(RecordKind::SoftwareSystem).collect();
        let items: Vec<&Record> = of_kind(RecordKind::Item).collect();
        let nodes = systems.iter().chain(&items);
        let by_id: BTreeMap<&str, &Record> =
            nodes.map(|record| (record.id.value.as_str(), *record)).collect();
        let system = highest(systems.iter().map(|system| own_class(system))).unwrap_or_else(|| {
            Effective::new(SafetyClass::C, "no software system states a class (4.3)")
        });
        let nesting = Nesting::of(records);
        let owned = |(part, whole): (&str, &str)| (part.to_owned(), whole.to_owned());
        let parents = nesting.wholes().map(owned).collect();
        let apart = Apart::of(records, parents);
        Self { by_id, system, apart, raised: BTreeMap::new() }
    }

    /// The class of a system or item by its id; that of the system for an unknown one.
    fn class(&self, id: &str) -> Effective {
        match self.by_id.get(id) {
            Some(record) => self.class_of(record, &mut Vec::new()),
            None => self.system.clone(),
        }
    }

    fn class_of(&self, record: &'m Record, below: &mut Vec<&'m str>) -> Effective {
        match record.kind {
            RecordKind::SoftwareSystem => self.raise_one(record, own_class(record)),
            _ => self.item_class(record, below),
        }
    }

    /// The class of an item, by way of its parents.
    ///
    /// `below` holds the items that asked for it, so that a circle ends.
    fn item_class(&self, item: &'m Record, below: &mut Vec<&'m str>) -> Effective {
        let id = item.id.value.as_str();
        if below.contains(&id) {
            return Effective::new(SafetyClass::C, "since its parents form a circle");
        }
        below.push(id);
        let whole = self.whole(item, below);
        self.raise_one(item, self.class_below(item, whole))
    }

    /// The class of what an item is a part of.
    fn whole(&self, item: &Record, below: &mut Vec<&'m str>) -> Effective {
        match self.apart.parent(&item.id.value).and_then(|parent| self.by_id.get(parent)) {
            Some(parent) => self.class_of(parent, below),
            None => self.system.clone(),
        }
    }

    /// An item's own class counts above its parent's at once, below it only with a
    /// rationale and a segregation that keeps it apart.
    fn class_below(&self, item: &Record, parent: Effective) -> Effective {
        let class = match stated(item) {
            Stated::Class(class) => class,
            Stated::Unknown(_) => return own_class(item),
            Stated::Absent => return parent,
        };
        let lacks = self.apart.lacks(item);
        if class >= parent.class || lacks.is_empty() {
            return own_class(item);
        }
        let (id, above) = (&item.id.value, parent.class);
        let because = if lacks == [Lacking::Naming] {
            format!(
                "since {id} states {class} below class {above}, and its segregation does not name it"
            )
        } else {
            format!(
                "since {id} states {class} without rationale and segregation below class {above}"
            )
        };
        Effective::new(above, because)
    }

    fn raise_one(&self, record: &Record, class: Effective) -> Effective {
        match self.raised.get(&record.id.value) {
            Some(raised) if raised.class > class.class => raised.clone(),
            _ => class,
        }
    }

    /// Every two items that share a group, have different classes, and are not kept apart.
    fn mixed(&self, holdings: &Holdings<'_>) -> Vec<Mixed> {
        let mut mixed: Vec<Mixed> = Vec::new();
        let mut known = BTreeSet::new();
        for (group, together) in holdings.groups.iter().enumerate() {
            for (low, high) in self.pairs(&together.items) {
                if known.insert((low.clone(), high.clone())) {
                    mixed.push(Mixed { group, low, high });
                }
            }
        }
        mixed
    }

    /// Every two of these items with different classes that nothing keeps apart, the one
    /// of the lower class first.
    fn pairs(&self, items: &[&str]) -> Vec<(ItemClass, ItemClass)> {
        let with_class = |id: &&str| ((*id).to_owned(), self.class(id).class);
        let items: Vec<ItemClass> = items.iter().map(with_class).collect();
        let mut pairs = Vec::new();
        for low in &items {
            let higher = items.iter().filter(|high| high.1 > low.1);
            let open = higher.filter(|high| !self.apart.keeps(&low.0, &high.0));
            pairs.extend(open.map(|high| (low.clone(), high.clone())));
        }
        pairs
    }

    /// Raises the lower of every two to the highest class that it meets.
    fn raise(&mut self, mixed: &[Mixed], holdings: &Holdings<'_>) {
        for Mixed { group, low, high } in mixed {
            let known = self.raised.get(&low.0);
            if known.is_none_or(|known| high.1 > known.class) {
                let group = holdings.groups[*group].name();
                let because =
                    format!("since {} shares {group} with {} of class {}", low.0, high.0, high.1);
                let raised = Effective { is_raised: true, ..Effective::new(high.1, because) };
                self.raised.insert(low.0.clone(), raised);
            }
        }
    }

    /// The highest class in each package. What no item names is of the system's class at
    /// least, whatever units reach into it.
    fn packages(&self, holdings: &Holdings<'_>) -> BTreeMap<String, Effective> {
        let package = |(package, items): (&&str, &Vec<&str>)| {
            let named = items.iter().any(|id| self.names(id, package));
            let classes = items.iter().map(|id| self.class_in(id));
            let all = (!named).then(|| self.system.clone()).into_iter().chain(classes);
            Some(((*package).to_owned(), highest(all)?))
        };
        holdings.by_package.iter().filter_map(package).collect()
    }

    fn names(&self, item: &str, package: &str) -> bool {
        let item = self.by_id.get(item).filter(|record| record.kind == RecordKind::Item);
        item.is_some_and(|item| item.fields.list("crates").iter().any(|name| name.value == package))
    }

    /// The class of something in a system or item.
    fn class_in(&self, id: &str) -> Effective {
        let class = self.class(id);
        match self.by_id.get(id) {
            Some(record) if record.kind == RecordKind::Item => through_item(id, &class),
            _ => class,
        }
    }

    fn places(&self) -> BTreeMap<String, Place> {
        let items = self.by_id.values().filter(|record| record.kind == RecordKind::Item);
        let place = |item: &&'m Record| {
            let id = &item.id.value;
            let whole = self.whole(item, &mut vec![id]);
            let mut lacks = self.apart.lacks(item);
            match stated(item) {
                Stated::Class(class) if class < whole.class => {}
                // Nothing has to keep an item apart from what is of a lower class.
                Stated::Class(class) if class > whole.class => {
                    lacks.retain(|lacking| *lacking == Lacking::Rationale);
                }
                _ => lacks.clear(),
            }
            let parent = self.apart.parent(id).map(str::to_owned);
            (id.clone(), Place { parent, whole, lacks })
        };
        items.map(place).collect()
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
    Effective { because, ..class.clone() }
}

/// The highest of several classes; where several are equal the first of them that nothing
/// raised, else the first.
pub fn highest(classes: impl Iterator<Item = Effective>) -> Option<Effective> {
    let rank = |class: &Effective| (class.class, !class.is_raised);
    classes.reduce(|highest, next| if rank(&next) > rank(&highest) { next } else { highest })
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
