//! Which items realise a risk control, and whether their class is as high as the risk
//! asks for (7.2.2).

use std::collections::BTreeSet;

use iec62304_macros::requirement;

use crate::location::Location;
use crate::model::code::Tag;
use crate::model::record::{Record, RecordKind};
use crate::standard::SafetyClass;
use crate::trace::class::{Effective, asked_by, own_class};
use crate::trace::role::Role;
use crate::trace::{RiskControl, Trace};

/// An item that realises a risk control, and has a class that may be too low for it.
#[derive(Clone, Debug)]
pub struct TooLow<'m> {
    /// The id of the item; `None` for the software system as a whole.
    pub item: Option<&'m str>,
    /// The letter of its class.
    pub letter: &'static str,
    /// Where it is said to realise the control.
    pub at: &'m Location,
    /// The class that the risk asks for.
    pub asked: Asked<'m>,
}

/// The class that the risk behind a control asks for.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'m> {
    /// This one, because of this situation.
    Class(SafetyClass, &'m Record),
    /// Perhaps a higher one: the control says not what it is against.
    WithoutSituation,
    /// Perhaps a higher one: this situation says not how severe it is.
    WithoutSeverity(&'m Record),
}

/// An item, and where it is said to realise something.
struct Realising<'m> {
    item: Option<&'m str>,
    class: Effective,
    at: &'m Location,
}

impl<'m> Trace<'m> {
    /// The items that realise a control and have a class below the one that the risk asks
    /// for, or that it may ask for as far as anybody has said.
    #[requirement("TOOL-27")]
    pub fn items_too_low_for(&self, control: &RiskControl<'m>) -> Vec<TooLow<'m>> {
        let situations = || control.controls.iter().map(|controlled| controlled.situation);
        let asks = |situation: &'m Record| Some((asked_by(situation)?.class, situation));
        let known = situations().filter_map(asks);
        let known = known.reduce(|highest, next| if next.0 > highest.0 { next } else { highest });
        let unknown = self.what_is_unsaid(control);
        let too_low = |realising: Realising<'m>| {
            let Realising { item, class: Effective { class, .. }, at } = realising;
            let asked = match known {
                Some((asked, situation)) if class < asked => Asked::Class(asked, situation),
                _ if class < SafetyClass::C => unknown?,
                _ => return None,
            };
            Some(TooLow { item, letter: class.letter(), at, asked })
        };
        let mut low: Vec<TooLow<'m>> =
            self.realising(control).into_iter().filter_map(too_low).collect();
        let mut seen = BTreeSet::new();
        low.retain(|low| seen.insert(low.item));
        low
    }

    /// What keeps the class that a control asks for unknown. While no record at all says
    /// such a thing it is not checked, and no gap.
    fn what_is_unsaid(&self, control: &RiskControl<'m>) -> Option<Asked<'m>> {
        if control.controls.is_empty() {
            let begun = self.hazards().state_what_controls_are_against();
            return begun.then_some(Asked::WithoutSituation);
        }
        let mut situations = control.controls.iter().map(|controlled| controlled.situation);
        let open = situations.find(|situation| asked_by(situation).is_none())?;
        self.hazards().state_severities().then_some(Asked::WithoutSeverity(open))
    }

    /// The items that realise a control: those of its requirements, and those of the code
    /// that carries the id of the control or of one of its requirements.
    fn realising(&self, control: &RiskControl<'m>) -> Vec<Realising<'m>> {
        let mut all = Vec::new();
        for requirement in self.requirements_of(control) {
            let items = requirement.record.fields.list("items");
            all.extend(items.iter().map(|id| self.realising_item(&id.value, &id.at)));
            if items.is_empty() {
                let (class, at) = (requirement.class.clone(), requirement.record.at());
                all.push(Realising { item: None, class, at });
            }
        }
        let records = self.requirements_of(control).map(|requirement| requirement.record);
        for record in records.chain([control.record]) {
            let links = self.by_record.get(record.at()).into_iter().flatten();
            let code = links.filter(|link| link.role == Role::Implements);
            all.extend(code.flat_map(|link| self.realising_code(link.tag)));
        }
        all
    }

    /// A software system goes by no id, so that it is the same with and without one. It
    /// has its own class here, whatever class other systems have.
    fn realising_item(&self, id: &'m str, at: &'m Location) -> Realising<'m> {
        let system = self.index.get_kind(RecordKind::SoftwareSystem, id);
        let class = match system {
            Some(system) => own_class(system.record_in(&self.project.documents)),
            None => self.classes().item(id),
        };
        Realising { item: self.item(id).map(|item| item.id.value.as_str()), class, at }
    }

    /// Code is in the item of its unit. A module that stands in for a unit is in the item
    /// that names its package, and code of no unit in none but the system.
    fn realising_code(&self, tag: &'m Tag) -> Vec<Realising<'m>> {
        let items: BTreeSet<Option<&str>> = self.units.holding(tag).map(|unit| unit.item).collect();
        let items = if items.is_empty() { BTreeSet::from([None]) } else { items };
        let of_system =
            || Realising { item: None, class: self.system_class().clone(), at: &tag.at };
        let realising = |item: Option<&'m str>| {
            item.map_or_else(of_system, |id| self.realising_item(id, &tag.at))
        };
        items.into_iter().map(realising).collect()
    }
}
