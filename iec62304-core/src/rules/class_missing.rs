//! A software system, or an item under no classified parent, without a safety class.

use super::{Check, PerEdition, Rule, named, subject};
use crate::finding::{Gap, Severity, Subject};
use crate::model::record::{Record, RecordKind};
use crate::standard::Classes;
use crate::trace::Trace;
use crate::trace::class::{Stated, stated};

pub(super) static RULE: Rule = Rule {
    name: "class-missing",
    severity: Severity::Error,
    clauses: PerEdition::both(&["4.3"]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("class_missing.md"),
    check: Check::Project(check),
};

const MEANWHILE: &str = "judged as class C meanwhile, as clause 4.3 asks";

fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let records = trace.project().records();
    let (mut systems, mut judged) = (0, 0);
    for record in records {
        match record.kind {
            RecordKind::SoftwareSystem => systems += 1,
            RecordKind::Item if stands_under_a_system(trace, record) => {
                if let Stated::Unknown(_) = stated(record) {
                    gaps.extend(gap(record));
                }
                judged += 1;
                continue;
            }
            RecordKind::Item => {}
            _ => continue,
        }
        gaps.extend(gap(record));
        judged += 1;
    }
    if systems == 0 {
        let at = &trace.project().configuration.at;
        let gap = Gap::new(Subject::new("software system", "-"), "no software system is declared");
        let help = "declare it: `[software_system.NAME]` with `class`, `rationale` and `risk_ref`";
        gaps.push(gap.at(at, "no [software_system.…] in any record").note(MEANWHILE).help(help));
    }
    judged.max(1)
}

/// An item without a parent stands under the software system, if there is exactly one.
fn stands_under_a_system(trace: &Trace<'_>, item: &Record) -> bool {
    let systems =
        trace.project().records().filter(|record| record.kind == RecordKind::SoftwareSystem);
    match item.fields.text("parent") {
        Some(parent) => trace.index().get(&parent.value).is_some(),
        None => systems.count() == 1,
    }
}

fn gap(record: &Record) -> Option<Gap> {
    let name = named(record);
    let gap = match stated(record) {
        Stated::Class(_) => return None,
        Stated::Unknown(word) => {
            Gap::new(subject(record), format!("{name} has the class {:?}", word.value))
                .at(&word.at, "not A, B or C")
        }
        Stated::Absent => Gap::new(subject(record), format!("{name} has no safety class"))
            .at(record.at(), "`class` is missing"),
    };
    Some(gap.note(MEANWHILE).help(
        "decide by the harm that the software can lead to after controls outside it, \
         and write `class = \"A\"`, `\"B\"` or `\"C\"` with a `rationale`",
    ))
}
