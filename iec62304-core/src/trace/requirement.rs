//! Software requirements and risk controls, each with its class and its evidence.

use std::collections::BTreeMap;

use crate::model::record::{Record, RecordKind};
use crate::trace::LinksByRecord;
use crate::trace::class::{self, ClassTree, Classed, Effective};
use crate::trace::evidence::{self, Evidence};
use crate::trace::hazard::{self, Controlled, Hazards};
use crate::trace::review::Judgements;
use crate::trace::role::Role;

/// A software requirement and what is known of it.
#[derive(Clone, Debug)]
pub struct Requirement<'m> {
    /// Its record.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// The parts it declares, by their short names.
    pub parts: Vec<&'m str>,
    /// What implements and verifies it.
    pub evidence: Evidence<'m>,
}

/// A risk control that is realised in software, and what is known of it.
#[derive(Clone, Debug)]
pub struct RiskControl<'m> {
    /// Its record.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// The causes and situations that it is against.
    pub controls: Vec<Controlled<'m>>,
    /// Indices of the requirements that name it as source.
    pub requirements: Vec<usize>,
    /// What implements and verifies it by its own id.
    pub evidence: Evidence<'m>,
}

impl Classed for Requirement<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

impl Classed for RiskControl<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// What implements and verifies a record by its own id.
pub(super) fn evidence_for<'m>(
    record: &Record,
    links: &LinksByRecord<'m>,
    judgements: &Judgements<'m>,
) -> Evidence<'m> {
    let of_role = |role| {
        let links = links.get(record.at()).into_iter().flatten();
        links.filter(|link| link.role == role).copied().collect()
    };
    Evidence {
        implementations: of_role(Role::Implements),
        tests: of_role(Role::Verifies),
        reviews: judgements.evidence(record, evidence::verifies),
    }
}

/// Every software requirement, in the order of the records.
pub(super) fn requirements<'m>(
    records: &[&'m Record],
    classes: &ClassTree,
    links: &LinksByRecord<'m>,
    judgements: &Judgements<'m>,
) -> Vec<Requirement<'m>> {
    let requirements = records.iter().filter(|record| record.kind == RecordKind::Requirement);
    let requirement = |record: &&'m Record| Requirement {
        record,
        class: classes.of_items(record.fields.list("items").iter().map(|item| item.value.as_str())),
        parts: record.fields.table("parts").map_or_else(Vec::new, |parts| {
            parts.iter().map(|part| part.name.value.as_str()).collect()
        }),
        evidence: evidence_for(record, links, judgements),
    };
    requirements.map(requirement).collect()
}

/// Risk controls that are realised in software.
///
/// Each is judged by the highest class among the items of its requirements, the items of
/// the causes that it is against, and what the severity of their situations asks for.
pub(super) fn risk_controls<'m>(
    hazards: &Hazards<'m>,
    requirements: &[Requirement<'m>],
    evidence: impl Fn(&Record) -> Evidence<'m>,
) -> Vec<RiskControl<'m>> {
    let mut realised_by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, requirement) in requirements.iter().enumerate() {
        for source in requirement.record.fields.list("source") {
            realised_by.entry(&source.value).or_default().push(index);
        }
    }
    let control = |control: &hazard::Control<'m>| {
        let record = control.record;
        let own = realised_by.get(record.id.value.as_str()).cloned().unwrap_or_default();
        let of_requirements = own.iter().map(|index| requirements[*index].class.clone());
        let of_causes = control.against.iter().map(|controlled| controlled.class.clone());
        let class = class::highest(of_requirements.chain(of_causes));
        RiskControl {
            record,
            class: class.unwrap_or_else(|| hazards.class_of_nothing.clone()),
            controls: control.against.clone(),
            requirements: own,
            evidence: evidence(record),
        }
    };
    hazards.controls.iter().filter(|control| control.is_in_software()).map(control).collect()
}
